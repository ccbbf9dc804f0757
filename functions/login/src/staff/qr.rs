//! A QR code as the data of an SVG path: the page draws it, and no picture is fetched from anywhere.

use qrcodegen::{QrCode, QrCodeEcc};
use serde::Serialize;

/// The white margin that readers need, in modules.
const MARGIN: i32 = 4;

/// A square of `side` units, and the path of its dark modules.
#[derive(Serialize)]
pub(super) struct Qr {
    side: i32,
    path: String,
}

impl Qr {
    /// The QR code of a text; none where it is too long for one.
    pub(super) fn of(text: &str) -> Option<Self> {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
        let mut path = String::new();
        for y in 0..code.size() {
            let mut x = 0;
            while x < code.size() {
                let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
                let run = i32::try_from(run).ok()?;
                if run > 0 {
                    path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + MARGIN, y + MARGIN));
                }
                x += run + 1;
            }
        }
        Some(Self { side: code.size() + 2 * MARGIN, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_the_dark_modules_inside_its_margin() {
        let qr = Qr::of("otpauth://totp/Palad:a@palad.test?secret=GEZDGNBVGY3TQOJQ").expect("a code");
        let code = QrCode::encode_text(
            "otpauth://totp/Palad:a@palad.test?secret=GEZDGNBVGY3TQOJQ",
            QrCodeEcc::Medium,
        )
        .expect("a code");
        let dark = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        let dark = dark.filter(|(x, y)| code.get_module(*x, *y)).count();
        let drawn: usize = qr
            .path
            .split('h')
            .filter_map(|part| part.strip_suffix("v1").or_else(|| part.split_once("v1").map(|(run, _)| run)))
            .filter_map(|run| run.parse::<usize>().ok())
            .sum();
        assert_eq!((qr.side, drawn), (code.size() + 8, dark));
        assert!(qr.path.starts_with("M4 4h7v1h-7z"), "the corner: {}", &qr.path[..20]);
        assert!(Qr::of(&"x".repeat(5000)).is_none());
    }
}
