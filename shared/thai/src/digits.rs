//! Thai digits and ASCII digits, both ways.
//!
//! Numbers are kept in ASCII digits and shown in Thai ones only where an official letter wants them. Links,
//! codes and addresses are never turned into Thai digits, and are folded back when typed so.

use crate::letters::is_invisible;

/// The text with ๐-๙ and full-width digits as ASCII digits; everything else stays.
pub fn fold_digits(input: &str) -> String {
    input.chars().map(fold_digit).collect()
}

/// The text with ASCII digits as Thai ones. For words on a letter, not for links, codes or addresses.
pub fn to_thai_digits(input: &str) -> String {
    input.chars().map(to_thai_digit).collect()
}

/// A typed link or mail address: trimmed, without zero-width characters, with Thai digits and full-width forms
/// as ASCII.
pub fn fold_link(input: &str) -> String {
    let folded: String =
        input.chars().filter(|c| !is_invisible(*c)).map(|c| fold_width(fold_digit(c))).collect();
    folded.trim().to_owned()
}

fn fold_digit(c: char) -> char {
    let zero = match c {
        '๐'..='๙' => '๐',
        '０'..='９' => '０',
        _ => return c,
    };
    shift(c, zero, '0')
}

fn to_thai_digit(c: char) -> char {
    if c.is_ascii_digit() { shift(c, '0', '๐') } else { c }
}

/// Full-width ASCII (U+FF01 to U+FF5E) as ASCII, and the ideographic space as a space.
pub(crate) fn fold_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => shift(c, '\u{FF01}', '!'),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// The character as far from `to` as `c` is from `from`.
fn shift(c: char, from: char, to: char) -> char {
    char::from_u32(u32::from(c) - u32::from(from) + u32::from(to)).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_fold_both_ways() {
        assert_eq!(fold_digits("๐๑๒๓๔๕๖๗๘๙ ０１９ ก"), "0123456789 019 ก");
        assert_eq!(to_thai_digits("31 มีนาคม 2566"), "๓๑ มีนาคม ๒๕๖๖");
        assert_eq!(fold_digits(&to_thai_digits("0123456789")), "0123456789");
    }

    #[test]
    fn links_come_back_to_ascii() {
        let cases = [
            ("http://example.test/site๒๐๒๖/", "http://example.test/site2026/"),
            (" clerk๑＠example.test\u{200B}", "clerk1@example.test"),
            ("\u{FEFF}example．test／ก", "example.test/ก"),
        ];
        for (typed, expected) in cases {
            assert_eq!(fold_link(typed), expected);
        }
    }
}
