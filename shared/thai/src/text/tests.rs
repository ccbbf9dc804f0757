//! What is mended, what is flagged, and what must be true of every text.

use super::*;
use crate::text::TextWarning as W;

#[test]
fn what_is_safe_is_mended() {
    let cases = [
        ("แม่\u{200B}น้ำ", "แม่น้ำ"),
        ("\u{FEFF}ดวง\u{200C}ใจ\u{200D}\u{2060}\u{00AD}", "ดวงใจ"),
        ("จ\u{0E4D}านวน", "จำนวน"),
        ("ด\u{0E49}\u{0E4D}า", "ด้ำ"),
        ("ด\u{0E4D}\u{0E49}า", "ด้ำ"),
        ("ด\u{0E4D}า\u{0E49}", "ด้ำ"),
        ("ค\u{0E33}\u{0E48}", "ค่ำ"),
        ("ค\u{0E4D}\u{0E33}", "คำ"),
        ("ก\u{0E49}\u{0E49}าว", "ก้าว"),
        ("ก\u{0E34}\u{0E34}น", "กิน"),
        ("พ\u{0E48}\u{0E35}", "พี่"),
        ("ค\u{0E38}\u{0E49}ม", "คุ้ม"),
        ("ค\u{0E49}\u{0E38}ม", "คุ้ม"),
        ("ส\u{0E4C}\u{0E34}", "สิ์"),
        ("เเก้ว", "แก้ว"),
        ("ใจ\u{00A0}\u{00A0} ดี\u{3000}", "ใจ ดี"),
        (" ก\tข\nค ", "ก ข ค"),
        ("ฤๅดี", "ฤๅดี"),
        ("เมืองฯ", "เมืองฯ"),
        ("ธมฺม", "ธมฺม"),
        ("", ""),
    ];
    for (typed, expected) in cases {
        assert_eq!(tidy(typed).text, expected, "{}", typed.escape_unicode());
    }
}

#[test]
fn what_is_not_safe_is_flagged() {
    let cases = [
        ("ขาาว", vec![W::DoubledVowel('า')]),
        ("โโต", vec![W::DoubledVowel('โ')]),
        ("ณ\u{0E4D}ฐ", vec![W::NikhahitAlone]),
        ("มๅลี", vec![W::Lakkhangyao]),
        ("ดา\u{0E48}", vec![W::StrayMark('\u{0E48}')]),
        ("\u{0E34}ก", vec![W::StrayMark('\u{0E34}')]),
        ("ก า", vec![W::StrayMark('า')]),
        ("ก\u{0E48}\u{0E49}", vec![W::ConflictingMarks('\u{0E48}', '\u{0E49}')]),
        ("ก\u{0E34}\u{0E38}", vec![W::ConflictingMarks('\u{0E34}', '\u{0E38}')]),
        ("กเ", vec![W::VowelAlone('เ')]),
        ("ตาบล", vec![W::LostSaraAm]),
        ("ฤๅษีเกาะแก้วพิสุทธิ์ น้ำเงิน พันธุ์ทิพย์ ฦๅ", vec![]),
        ("เจ๊ะโมฮำหมัดอิสฟิตรี พุทฺธ ก็", vec![]),
    ];
    for (typed, expected) in cases {
        assert_eq!(tidy(typed).warnings, expected, "{typed}");
    }
}

#[test]
fn a_likely_reading_is_offered() {
    let cases = [
        ("ขาาว", Some("ขาว")),
        ("มๅลี", Some("มาลี")),
        ("ณ\u{0E4D}ฐ", Some("ณัฐ")),
        ("องค์การบริหารส่วนตาบล", Some("องค์การบริหารส่วนตำบล")),
        ("ดา\u{0E48}", None),
        ("ฤๅดี", None),
        ("สม\u{200B}ชาย", None),
    ];
    for (typed, expected) in cases {
        assert_eq!(suggestion(typed).as_deref(), expected, "{typed}");
    }
}

#[test]
fn controls_are_seen() {
    for typed in
        ["ก\nข", "ก\u{0}", "\u{202E}ก", "ก\u{2066}", "ก\u{2028}", "ก\u{2029}", "ก\u{85}", "ก\u{E0041}"]
    {
        assert!(has_control(typed), "{}", typed.escape_unicode());
    }
    assert!(!has_control("สม\u{200B}ชาย ใจดี\u{FEFF}"));
}

/// A small generator of hard text: every Thai character, spaces, foreign marks, from a fixed seed.
fn hard_texts() -> impl Iterator<Item = String> {
    const OTHERS: [char; 12] = [
        ' ', '\u{00A0}', '\u{200B}', '.', '-', 'a', '1', '\u{0300}', '\u{0327}', '\u{05B0}', '\u{1100}', '😀',
    ];
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below).unwrap_or(0)
    };
    let thai: Vec<char> = ('\u{0E01}'..='\u{0E5B}').collect();
    let marks: Vec<char> = thai.iter().copied().filter(|c| crate::letters::is_mark(*c)).collect();
    (0..20_000).map(move |_| {
        let length = next(14);
        (0..length)
            .filter_map(|_| match next(4) {
                0 => OTHERS.get(next(12)),
                1 => thai.get(next(91)),
                _ => marks.get(next(15)),
            })
            .copied()
            .collect()
    })
}

#[test]
fn the_pass_is_idempotent_and_nfc_on_hard_text() {
    for text in hard_texts() {
        let once = tidy(&text);
        assert_eq!(tidy(&once.text), once, "{}", text.escape_unicode());
        assert!(unicode_normalization::is_nfc(&once.text));
        let strict = crate::key::strict_key(&text);
        assert_eq!(crate::key::strict_key(&strict), strict, "{}", text.escape_unicode());
    }
}

#[test]
fn nothing_panics_on_hard_text() {
    for text in hard_texts() {
        let _ = suggestion(&text);
        let _ = crate::name::ThaiName::parse(&text);
        let _ = crate::name::parse_line(&text, 20);
        let _ = crate::prefix::split_prefix(&text);
        let _ = crate::prefix::tidy_prefix(&text);
        let _ = crate::phone::Phones::parse(&text);
        let _ = crate::date::parse_day(&text);
        let _ = crate::key::loose_key(&text);
        let _ = crate::key::qwerty_to_kedmanee(&text);
        let _ = crate::agency_name::split_kind(&text);
    }
}
