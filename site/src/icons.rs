//! Pictures: drawn once here, always beside a word.

use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};

/// A picture of 24 units square, drawn with the colour of its text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Icon {
    /// คน: view.
    Person,
    /// ดินสอ: edit.
    Pencil,
    /// ถังขยะ: delete.
    Bin,
    /// Tools.
    Spanner,
    /// Add.
    Plus,
    /// Undo, restore.
    Undo,
    /// Search.
    Glass,
    /// ยังถูกต้อง.
    Tick,
}

impl Icon {
    pub(crate) fn draw(self) -> Markup {
        let path = match self {
            Self::Person => {
                "M12 12a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Zm0 2c-4.4 0-8 2.5-8 5.6V21h16v-1.4c0-3.1-3.6-5.6-8-5.6Z"
            }
            Self::Pencil => {
                "M3 17.2V21h3.8L17.9 9.9l-3.8-3.8L3 17.2ZM20.7 7c.4-.4.4-1 0-1.4l-2.3-2.3a1 1 0 0 0-1.4 0l-1.8 1.8 3.8 3.8L20.7 7Z"
            }
            Self::Bin => {
                "M6 8h12l-.9 11.2A2 2 0 0 1 15.1 21H8.9a2 2 0 0 1-2-1.8L6 8Zm3.5-5h5l1 1.5H20v2H4v-2h4.5l1-1.5Z"
            }
            Self::Spanner => {
                "M21.6 18.3 13 9.7a5.6 5.6 0 0 0-7-7l3.5 3.5-2.6 2.6L3.3 5.4a5.6 5.6 0 0 0 7.1 7l8.6 8.6a1 1 0 0 0 1.4 0l1.2-1.3a1 1 0 0 0 0-1.4Z"
            }
            Self::Plus => "M10.7 4h2.6v6.7H20v2.6h-6.7V20h-2.6v-6.7H4v-2.6h6.7V4Z",
            Self::Undo => "M9 5v4c6.5 0 10.5 3 11.5 9-2.3-3.3-6-5-11.5-5v4.2L2.5 11 9 5Z",
            Self::Tick => "M9.6 18.9 3 12.3l2.3-2.3 4.3 4.3L18.7 5.2 21 7.5 9.6 18.9Z",
            Self::Glass => {
                "M10 3a7 7 0 1 0 4.2 12.6l5.1 5.1 1.5-1.5-5.1-5.1A7 7 0 0 0 10 3Zm0 2.2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6Z"
            }
        };
        html! {
            svg.icon viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false" {
                path fill="currentColor" d=(path) {}
            }
        }
    }
}

/// The mark of the site: a record card with a person on it.
pub(crate) fn mark_file() -> String {
    concat!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">"##,
        r##"<rect width="32" height="32" rx="6" fill="#1d3b6f"/>"##,
        r##"<rect y="27" width="32" height="2" fill="#e0b64a"/>"##,
        r##"<path fill="#fff" d="M16 14.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Zm0 1.8c-4.9 0-8.5 2.5-8.5 5.8V24h17v-1.9c0-3.3-3.6-5.8-8.5-5.8Z"/>"##,
        "</svg>"
    )
    .to_owned()
}

/// The QR code of an address, or none where the address is too long for one.
pub(crate) fn qr_file(address: &str) -> Option<String> {
    let code = QrCode::encode_text(address, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let squares: String = (0..size)
        .flat_map(|y| (0..size).map(move |x| (x, y)))
        .filter(|(x, y)| code.get_module(*x, *y))
        .map(|(x, y)| format!("M{} {}h1v1h-1z", x + 4, y + 4))
        .collect();
    let side = size + 8;
    Some(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{squares}"/></svg>"##
    ))
}
