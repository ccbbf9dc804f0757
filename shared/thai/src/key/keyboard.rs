//! Thai typed while the keyboard was in English: "l,=kp" is สมชาย.
//!
//! The layout is Kedmanee (TIS 820), the one on nearly every keyboard sold in Thailand.

use crate::text::{TextWarning, tidy};

const UNSHIFTED: (&str, &str) =
    ("1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./", "ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ");

const SHIFTED: (&str, &str) =
    ("!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?~", "+๑๒๓๔ู฿๕๖๗๘๙๐\"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ%");

/// What the same keys give in Thai, when that can be Thai: there must be a Latin letter and no Thai one in what
/// was typed, and no mark without its consonant in what comes out.
pub fn qwerty_to_kedmanee(input: &str) -> Option<String> {
    if !input.is_ascii() || !input.bytes().any(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let remapped: String = input.chars().map(key).collect();
    let tidied = tidy(&remapped);
    let broken = tidied.warnings.iter().any(|warning| match warning {
        TextWarning::StrayMark(_) | TextWarning::ConflictingMarks(..) | TextWarning::Lakkhangyao => true,
        // While a query is being typed its last letter may wait for its consonant.
        TextWarning::VowelAlone(c) => !tidied.text.ends_with(*c),
        _ => false,
    });
    (!broken && !tidied.text.is_empty()).then_some(tidied.text)
}

/// The Thai character on a key; a key without one, as the space bar, gives what it gives.
fn key(typed: char) -> char {
    [UNSHIFTED, SHIFTED]
        .iter()
        .flat_map(|(latin, thai)| latin.chars().zip(thai.chars()))
        .find(|(latin, _)| *latin == typed)
        .map_or(typed, |(_, thai)| thai)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_rows_of_the_table_are_of_one_length() {
        for (latin, thai) in [UNSHIFTED, SHIFTED] {
            assert_eq!(latin.chars().count(), thai.chars().count());
        }
    }

    #[test]
    fn the_wrong_layout_is_undone() {
        let cases = [
            ("l,=kp", "สมชาย"),
            ("l,=kp .0fu", "สมชาย ใจดี"),
            ("cri", "แพร"),
            ("crij", "แพร่"),
            ("o7o", "นึน"),
            ("LydfN", "ศักด์"),
            ("lyd", "สัก"),
            ("l,=kpg", "สมชายเ"),
        ];
        for (typed, expected) in cases {
            assert_eq!(qwerty_to_kedmanee(typed).as_deref(), Some(expected), "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_thai_is_left_alone() {
        for typed in ["", " ", "cri j", "0545", "สมชาย", "somchai", "a สม", "hello"] {
            assert_eq!(qwerty_to_kedmanee(typed), None, "{typed}");
        }
    }
}
