//! Names of local administrative organisations as people type them.
//!
//! The kind is written out, shortened, with and without its dot and its space: องค์การบริหารส่วนตำบลแม่ใส, อบต.แม่ใส,
//! อบต แม่ใส. Splitting it off gives the short form that lists use and the bare name.

use crate::digits::fold_digits;
use crate::letters::{fold_dashes, is_consonant, is_leading_vowel};
use crate::text::tidy;

/// The kinds with a written-out form before the name: the short form, the long one.
pub const KINDS: [(&str, &str); 5] = [
    ("อบจ.", "องค์การบริหารส่วนจังหวัด"),
    ("ทน.", "เทศบาลนคร"),
    ("ทม.", "เทศบาลเมือง"),
    ("ทต.", "เทศบาลตำบล"),
    ("อบต.", "องค์การบริหารส่วนตำบล"),
];

/// Other ways to write a kind; dots are optional in all of them.
const VARIANTS: [(&str, &str); 11] = [
    ("อบจ.", "อ.บ.จ."),
    ("อบจ.", "อบ.จ."),
    ("อบต.", "อ.บ.ต."),
    ("อบต.", "อบ.ต."),
    ("ทน.", "ท.น."),
    ("ทม.", "ท.ม."),
    ("ทต.", "ท.ต."),
    ("ทน.", "เทศบาลน."),
    ("ทม.", "เทศบาลม."),
    ("ทต.", "เทศบาลต."),
    ("ทต.", "เทศบาล ต."),
];

/// Names of people and places that begin like ทน or ทม without its dot.
const NAMES: [&str; 5] = ["ทนง", "ทนที", "ทมตะขบ", "ทมนางาม", "ทมยัน"];

/// Takes the kind off a typed name: its short form when one stands there, and the rest, tidied.
pub fn split_kind(query: &str) -> (Option<&'static str>, String) {
    let text = tidy_name(query);
    let found = KINDS
        .iter()
        .flat_map(|(short, long)| [(*short, *long), (*short, *short)])
        .chain(VARIANTS)
        .filter_map(|(short, form)| Some((short, after(&text, form)?)))
        .min_by_key(|(_, rest)| rest.len());
    match found {
        Some((short, rest)) => (Some(short), rest.to_owned()),
        None => (None, text),
    }
}

/// The name with its kind written out: อบต. แม่ใส is องค์การบริหารส่วนตำบลแม่ใส. Text without a kind stays, tidied.
pub fn expand_kind(input: &str) -> String {
    match split_kind(input) {
        (Some(kind), rest) => full_name(kind, &rest),
        (None, text) => text,
    }
}

/// The official name of an agency from its kind and bare name. Pattaya and Bangkok, which are of no such kind,
/// are called by their names.
pub fn full_name(kind: &str, name: &str) -> String {
    match kind {
        "กทม." => "กรุงเทพมหานคร".to_owned(),
        "เมืองพัทยา" => "เมืองพัทยา".to_owned(),
        _ => {
            let long = KINDS.iter().find(|(short, _)| *short == kind).map_or(kind, |(_, long)| long);
            format!("{long}{name}")
        }
    }
}

/// An agency's or a place's name, tidied: every dash as `-`, digits in ASCII. ฯ stays, and spaces around a hyphen
/// stay as typed; keys do without them.
pub fn tidy_name(input: &str) -> String {
    fold_dashes(&fold_digits(&tidy(input).text))
}

/// A district's full name: เมืองฯ and เมือง are เมือง and the province, อำเภอ before a name goes.
pub fn expand_district(district: &str, province: &str) -> String {
    let text = tidy_name(district);
    let bare = text.strip_prefix("อำเภอ").or_else(|| text.strip_prefix("อ.")).unwrap_or(&text).trim();
    match bare {
        "เมือง" | "เมืองฯ" | "เมือง ฯ" => {
            format!("เมือง{}", tidy_name(province))
        }
        _ => bare.to_owned(),
    }
}

/// What stands after the form, when the text begins with it and a name or nothing follows.
fn after<'a>(text: &'a str, form: &str) -> Option<&'a str> {
    let mut rest = text;
    let mut dotless = false;
    for letter in form.chars() {
        match (letter, rest.strip_prefix(letter)) {
            (_, Some(next)) => {
                rest = next;
                dotless = false;
            }
            ('.', None) => dotless = true,
            (' ', None) => {}
            (_, None) => return None,
        }
    }
    let spaced = rest.is_empty() || rest.starts_with(' ');
    let name = rest.trim_start();
    let starts = name.is_empty()
        || name.starts_with(|c: char| is_consonant(c) || is_leading_vowel(c) || c.is_ascii_digit());
    // Two letters alone, or with one more, are as likely a name (ทน, ทมอ) as a kind without its dot.
    let unsure = dotless && matches!(form, "ทน." | "ทม." | "ท.น." | "ท.ม.") && {
        let short = rest.is_empty() || (!spaced && name.chars().count() < 2);
        short || NAMES.iter().any(|stem| text.starts_with(stem))
    };
    // เทศบาลต. without its dot is the beginning of เทศบาลตำบล, which has a form of its own.
    let cut = dotless && !spaced && form.starts_with("เทศบาล");
    (starts && !unsure && !cut).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_split_off() {
        let cases = [
            ("อบต แม่ยม", Some("อบต."), "แม่ยม"),
            ("อบตแม่ยม", Some("อบต."), "แม่ยม"),
            ("อบต.แม่ยม", Some("อบต."), "แม่ยม"),
            ("อบต. แม่ใส", Some("อบต."), "แม่ใส"),
            ("อ.บ.ต. แม่ใส", Some("อบต."), "แม่ใส"),
            ("อบต แม่ยม แพร่", Some("อบต."), "แม่ยม แพร่"),
            ("องค์การบริหารส่วนตำบลแม่ใส", Some("อบต."), "แม่ใส"),
            ("องค์การบริหารส่วนตำบล แม่ใส", Some("อบต."), "แม่ใส"),
            ("องค์การบริหารส่วนจังหวัดแพร่", Some("อบจ."), "แพร่"),
            ("อบจแพร่", Some("อบจ."), "แพร่"),
            ("เทศบาลเมืองแพร่", Some("ทม."), "แพร่"),
            ("เทศบาลเมืองเมืองพล", Some("ทม."), "เมืองพล"),
            ("เทศบาลตำบลเมืองแกลง", Some("ทต."), "เมืองแกลง"),
            ("เทศบาลต.แม่หล่าย", Some("ทต."), "แม่หล่าย"),
            ("เทศบาล ต. แม่หล่าย", Some("ทต."), "แม่หล่าย"),
            ("เทศบาลนครลำปาง", Some("ทน."), "ลำปาง"),
            ("ทม.แพร่", Some("ทม."), "แพร่"),
            ("ทม แพร่", Some("ทม."), "แพร่"),
            ("ทมแพร่", Some("ทม."), "แพร่"),
            ("ทนลำปาง", Some("ทน."), "ลำปาง"),
            ("ทต ต้นตาล – พระยาทด", Some("ทต."), "ต้นตาล - พระยาทด"),
            ("อบต.", Some("อบต."), ""),
            ("อบต.๕", Some("อบต."), "5"),
            ("เทศบาล", None, "เทศบาล"),
            ("เมืองพัทยา", None, "เมืองพัทยา"),
            ("ทนงศักดิ์", None, "ทนงศักดิ์"),
            ("ทนาวุฒิ", None, "ทนาวุฒิ"),
            ("ทมยันตี", None, "ทมยันตี"),
            ("ทน", None, "ทน"),
            ("ทม.", Some("ทม."), ""),
            ("ทมอ", None, "ทมอ"),
            ("ทมตะพานหิน", Some("ทม."), "ตะพานหิน"),
            ("ทมนางาม", None, "ทมนางาม"),
            ("ทม.นางาม", Some("ทม."), "นางาม"),
            ("แม่ยม", None, "แม่ยม"),
            ("", None, ""),
        ];
        for (typed, kind, rest) in cases {
            assert_eq!(split_kind(typed), (kind, rest.to_owned()), "{typed}");
        }
    }

    #[test]
    fn kinds_are_written_out() {
        assert_eq!(expand_kind("อบต. แม่ใส"), "องค์การบริหารส่วนตำบลแม่ใส");
        assert_eq!(expand_kind("เทศบาลเมืองแพร่"), "เทศบาลเมืองแพร่");
        assert_eq!(expand_kind("แพร่"), "แพร่");
        assert_eq!(full_name("กทม.", "กรุงเทพมหานคร"), "กรุงเทพมหานคร");
        assert_eq!(full_name("เมืองพัทยา", "พัทยา"), "เมืองพัทยา");
    }

    #[test]
    fn districts_of_the_capital_are_named_in_full() {
        let cases = [
            ("เมืองฯ", "เมืองแพร่"),
            ("เมือง", "เมืองแพร่"),
            ("อ.เมือง", "เมืองแพร่"),
            ("อำเภอเมืองแพร่", "เมืองแพร่"),
            ("เด่นชัย", "เด่นชัย"),
            ("", ""),
        ];
        for (typed, expected) in cases {
            assert_eq!(expand_district(typed, "แพร่"), expected);
        }
    }

    #[test]
    fn a_name_keeps_its_sign_and_its_spaces() {
        assert_eq!(tidy_name("เมืองฯ"), "เมืองฯ");
        assert_eq!(tidy_name("ต้นตาล  –  พระยาทด"), "ต้นตาล - พระยาทด");
        assert_eq!(tidy_name("เขาวัว‑พลอยแหวน"), "เขาวัว-พลอยแหวน");
    }
}
