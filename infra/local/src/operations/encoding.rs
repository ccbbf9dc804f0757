//! What a list was written in. Excel in Thai saves CSV in the code page of Windows and, where the system's settings
//! say so, with semicolons or tabs; none of that is the fault of whoever sends the list.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::WINDOWS_874;

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Its characters.
    pub encoding: Encoding,
    /// What stands between its cells.
    pub separator: Separator,
}

/// The characters of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8WithMark,
    /// Windows-874, the Thai code page, of which TIS-620 is a part.
    Windows874,
    /// UTF-16, which Excel calls Unicode text.
    Utf16,
}

/// What stands between cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// `,`
    Commas,
    /// `;`
    Semicolons,
    /// A tab.
    Tabs,
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let encoding = match self.encoding {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf8WithMark => "UTF-8 with a byte order mark",
            Encoding::Windows874 => "Windows-874",
            Encoding::Utf16 => "UTF-16",
        };
        let separator = match self.separator {
            Separator::Commas => "commas",
            Separator::Semicolons => "semicolons",
            Separator::Tabs => "tabs",
        };
        write!(f, "{encoding}, {separator}")
    }
}

impl Separator {
    /// The byte.
    pub(super) fn byte(self) -> u8 {
        match self {
            Self::Commas => b',',
            Self::Semicolons => b';',
            Self::Tabs => b'\t',
        }
    }

    /// The one that the heading has most of; commas where it has none.
    fn of(heading: &str) -> Self {
        let count = |separator: &Self| heading.bytes().filter(|byte| *byte == separator.byte()).count();
        // Of equals the last is taken.
        [Self::Tabs, Self::Semicolons, Self::Commas].into_iter().max_by_key(count).unwrap_or(Self::Commas)
    }
}

/// The text of a list and how it is written, or the line where it is neither UTF-8 nor Windows-874.
pub(super) fn read(bytes: &[u8]) -> Result<(Cow<'_, str>, Written), u64> {
    let (text, encoding) = decoded(bytes)?;
    let separator = Separator::of(text.lines().next().unwrap_or_default());
    Ok((text, Written { encoding, separator }))
}

fn decoded(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), u64> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        let text = std::str::from_utf8(rest).map_err(|error| line_of(rest, error.valid_up_to()))?;
        return Ok((Cow::Borrowed(text), Encoding::Utf8WithMark));
    }
    for (mark, encoding) in [(b"\xff\xfe", encoding_rs::UTF_16LE), (b"\xfe\xff", encoding_rs::UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let (text, is_wrong) = encoding.decode_without_bom_handling(rest);
            return if is_wrong { Err(replaced_on(&text)) } else { Ok((text, Encoding::Utf16)) };
        }
    }
    let wrong_at = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((Cow::Borrowed(text), Encoding::Utf8)),
        Err(error) => error.valid_up_to(),
    };
    // Of Thai as UTF-8 that was cut or mixed, the line of the first wrong byte is the one to look at.
    if looks_like_utf8(bytes) {
        return Err(line_of(bytes, wrong_at));
    }
    let (text, is_wrong) = WINDOWS_874.decode_without_bom_handling(bytes);
    if is_wrong {
        return Err(replaced_on(&text));
    }
    // Bytes that are no characters of a Thai list: some other code page, or no text at all.
    match text.chars().position(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n')) {
        None => Ok((text, Encoding::Windows874)),
        Some(at) => Err(1 + text.chars().take(at).filter(|c| *c == '\n').count() as u64),
    }
}

/// Whether most of what is not ASCII is Thai as UTF-8 has it: three bytes, the first two of them E0 B8 or E0 B9. In
/// Windows-874 these would be เ with ธ or น again and again.
fn looks_like_utf8(bytes: &[u8]) -> bool {
    let others = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let thai = bytes.windows(2).filter(|pair| matches!(pair, [0xe0, 0xb8 | 0xb9])).count() * 3;
    thai * 2 > others
}

/// The line of the first character that stands for bytes that could not be read.
fn replaced_on(text: &str) -> u64 {
    let before = text.split('\u{fffd}').next().unwrap_or_default();
    line_of(before.as_bytes(), before.len())
}

fn line_of(bytes: &[u8], at: usize) -> u64 {
    1 + bytes.iter().take(at).filter(|byte| **byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn windows(text: &str) -> Vec<u8> {
        let (bytes, _, is_wrong) = WINDOWS_874.encode(text);
        assert!(!is_wrong);
        bytes.into_owned()
    }

    #[test]
    fn each_way_of_writing_is_told() {
        let thai = "code;name\r\n540001;\"เทศบาลเมืองแพร่ ๑\"\r\n";
        let tell = |bytes: &[u8]| read(bytes).map(|(text, written)| (text.into_owned(), written.to_string()));
        assert_eq!(tell(thai.as_bytes()), Ok((thai.to_owned(), "UTF-8, semicolons".to_owned())));
        assert_eq!(tell(&windows(thai)), Ok((thai.to_owned(), "Windows-874, semicolons".to_owned())));
        let marked = format!("\u{feff}{}", thai.replace(';', "\t"));
        let (text, written) = tell(marked.as_bytes()).expect("a list");
        assert!(!text.starts_with('\u{feff}'));
        assert_eq!(written, "UTF-8 with a byte order mark, tabs");
        let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(tell(&wide).expect("a list").1, "UTF-16, tabs");
        assert_eq!(tell(b"a,b").expect("a list").1, "UTF-8, commas");
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_line() {
        let mut cut = "code,name\nแพร่\nแม่ยม\n".as_bytes().to_vec();
        let length = cut.len();
        cut.remove(length - 2);
        assert_eq!(read(&cut).err(), Some(3), "UTF-8 with a byte missing is not taken for Windows-874");
        let mut bytes = windows("code,name\nแพร่\n");
        bytes.extend(b"\xdb\n");
        assert_eq!(read(&bytes).err(), Some(3), "a byte that Windows-874 does not have");
        assert_eq!(read(b"PK\x03\x04\xe1\xe2\x00").err(), Some(1), "a spreadsheet");
    }
}
