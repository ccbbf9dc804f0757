//! Pairs that must meet, and pairs that must not.

use super::*;

#[test]
fn the_strict_key_undoes_typing() {
    let cases = [
        ("สม\u{200B}ชาย", "สมชาย"),
        ("สมชาย\u{00A0} ใจดี", "สมชาย ใจดี"),
        ("อบต.๕", "อบต.5"),
        ("เเพร่", "แพร่"),
        ("ชๅติ", "ชาติ"),
        ("ฤๅษี", "ฤๅษี"),
        ("น\u{0E4D}\u{0E49}ๅใจ", "น้ำใจ"),
        ("ก้ิ่ง", "กิ่ง"),
        ("ก์ิ", "กิ์"),
        ("ต้นตาล – พระยาทด", "ต้นตาล-พระยาทด"),
        ("Somchai ＡＢ", "somchai ab"),
    ];
    for (typed, expected) in cases {
        assert_eq!(strict_key(typed), expected, "{typed}");
    }
}

#[test]
fn the_loose_key_hears_homophones() {
    let pairs = [
        ("สมชัย", "สมไชย"),
        ("ศิริพร", "สิริพร"),
        ("ณัฐกานต์", "นัฐกาณต์"),
        ("ณํฐกาณ", "ณัฐกาณ"),
        ("ธรรมนูญ", "ธัมนูญ"),
        ("พรรณี", "พันณี"),
        ("วรรณา", "วันนา"),
        ("กรรณิการ์", "กันนิการ์"),
        ("บรรจง", "บันจง"),
        ("บรรเทา", "บันเทา"),
        ("อำนวย", "อัมนวย"),
        ("พุทฺธ", "พุทธ"),
        ("น้ำใจ", "นำใจ"),
        ("ใหญ่", "ไหญ"),
        ("วิภา", "วีพา"),
        ("มะลิ", "มลิ"),
        ("ต้นตาล - พระยาทด", "ต้นตาล-พระยาทด"),
    ];
    for (a, b) in pairs {
        assert_eq!(loose_key(a), loose_key(b), "{a} {b}");
    }
    assert_ne!(loose_key("สมชาย"), loose_key("สมหมาย"));
    assert_ne!(loose_key("ดา"), loose_key("ตา"));
}

#[test]
fn a_key_that_would_match_everything_is_not_used() {
    for typed in ["ฮฮฮฮฮฮ", "ๆๆๆ", "ะะะะ", "...."] {
        assert_eq!(loose_key(typed), strict_key(typed));
    }
    assert_eq!(loose_key("ฮฮ"), "ห");
}
