//! What a file is, by its first bytes. Its name and declared type say nothing.

use crate::Refusal;

/// The two kinds of file that are decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Jpeg,
    Png,
}

/// What every PNG begins with.
pub(crate) const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// How far into a file the header of a PDF may be, by its readers' custom.
const PDF_REACH: usize = 1024;

impl Kind {
    pub(crate) fn of(upload: &[u8]) -> Result<Self, Refusal> {
        if upload.starts_with(&[0xFF, 0xD8, 0xFF]) {
            Ok(Self::Jpeg)
        } else if upload.starts_with(PNG_SIGNATURE) {
            Ok(Self::Png)
        } else {
            Err(why_not(upload))
        }
    }
}

/// The refusal that helps most for a file that is neither JPEG nor PNG.
fn why_not(upload: &[u8]) -> Refusal {
    if upload.is_empty() {
        return Refusal::Truncated;
    }
    if upload.get(4..8) == Some(b"ftyp".as_slice()) {
        return match upload.get(8..12) {
            Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1") => {
                Refusal::Heic
            }
            Some(b"avif" | b"avis") => Refusal::OtherFormat,
            _ => Refusal::NotAnImage,
        };
    }
    let start = upload.get(..PDF_REACH).unwrap_or(upload);
    if start.windows(5).any(|window| window == b"%PDF-") {
        return Refusal::Pdf;
    }
    let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    if text.first() == Some(&b'<') {
        return Refusal::WebPage;
    }
    let webp = upload.starts_with(b"RIFF") && upload.get(8..12) == Some(b"WEBP".as_slice());
    let others: [&[u8]; 6] = [b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\xFF\x0A", b"\0\0\x01\0"];
    if webp || others.iter().any(|magic| upload.starts_with(magic)) {
        return Refusal::OtherFormat;
    }
    Refusal::NotAnImage
}
