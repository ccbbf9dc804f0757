//! Names that must be taken whole, and everything that must not pass for one.

use super::*;

#[test]
fn names_are_taken() {
    let cases = [
        ("สมชาย", "สมชาย"),
        (" วิชัย\u{200B} ", "วิชัย"),
        ("ณ ลำปาง", "ณ ลำปาง"),
        ("เสนีวงศ์  ณ อยุธยา", "เสนีวงศ์ ณ อยุธยา"),
        ("ป.เสฎฐวุฒิ", "ป.เสฎฐวุฒิ"),
        ("อัล–ฟารีซี", "อัล-ฟารีซี"),
        ("กิตติศาลโชติไพบูลย์", "กิตติศาลโชติไพบูลย์"),
        ("ฤๅชา", "ฤๅชา"),
        ("พุทฺธ", "พุทฺธ"),
        ("ณ", "ณ"),
        ("น\u{0E4D}าใจ", "นำใจ"),
    ];
    for (typed, expected) in cases {
        let name = ThaiName::parse(typed).map(|name| name.to_string());
        assert_eq!(name.as_deref(), Ok(expected), "{typed}");
    }
}

#[test]
fn what_is_no_name_is_refused_with_its_fault() {
    let cases = [
        ("", NameFault::Empty),
        (" \u{200B}\u{00A0}", NameFault::Empty),
        ("-", NameFault::Empty),
        ("สมชาย😀", NameFault::Character('😀')),
        ("สมชาย๑", NameFault::Character('๑')),
        ("สมชาย1", NameFault::Character('1')),
        ("สมชาย (เล็ก)", NameFault::Character('(')),
        ("สม,ชาย", NameFault::Character(',')),
        ("เมืองฯ", NameFault::Character('ฯ')),
        (".สมชาย", NameFault::Character('.')),
        ("\u{0E48}สมชาย", NameFault::Character('\u{0E48}')),
        ("าสมชาย", NameFault::Character('า')),
        ("Wิชัย", NameFault::MixedScript),
        ("สмชาย", NameFault::MixedScript),
        ("Somchai", NameFault::NotThai),
        ("<i>สมชาย</i>", NameFault::Markup),
        ("สมชาย&nbsp;", NameFault::Markup),
        ("&#60;สมชาย", NameFault::Markup),
        ("=HYPERLINK(\"http://example.test\")", NameFault::Formula),
        ("+สมชาย", NameFault::Formula),
        ("-สมชาย", NameFault::Formula),
        ("–สมชาย", NameFault::Formula),
        (" @สมชาย", NameFault::Formula),
        ("＝สมชาย", NameFault::Formula),
        ("สม\nชาย", NameFault::Control),
        ("สมชาย\u{0}", NameFault::Control),
        ("\tสมชาย", NameFault::Control),
        ("สม\u{202E}ชาย", NameFault::Control),
        ("สม\u{2028}ชาย", NameFault::Control),
        ("เเ", NameFault::NoConsonant),
    ];
    for (typed, fault) in cases {
        assert_eq!(ThaiName::parse(typed), Err(fault), "{}", typed.escape_unicode());
    }
}

#[test]
fn the_length_is_counted_after_tidying() {
    let longest = "ก".repeat(NAME_MAX);
    assert!(ThaiName::parse(&format!("\u{200B}{longest}  ")).is_ok());
    let fault = NameFault::TooLong { max: NAME_MAX };
    assert_eq!(ThaiName::parse(&format!("{longest}ก")), Err(fault));
}

#[test]
fn warnings_do_not_refuse() {
    let name = ThaiName::parse("ณ\u{0E4D}ฐกาณ").expect("flagged, not refused");
    assert_eq!(name.warnings(), [TextWarning::NikhahitAlone]);
}

#[test]
fn lines_are_wider_than_names() {
    let cases = [
        ("นักบริหารงานท้องถิ่น ระดับกลาง", "นักบริหารงานท้องถิ่น ระดับกลาง"),
        ("ปลัดเทศบาล (นักบริหารงานท้องถิ่น)", "ปลัดเทศบาล (นักบริหารงานท้องถิ่น)"),
        ("ระดับ ๘", "ระดับ 8"),
        ("อบต.กม.5", "อบต.กม.5"),
        ("งาน/โครงการฯ ต่าง ๆ", "งาน/โครงการฯ ต่าง ๆ"),
    ];
    for (typed, expected) in cases {
        assert_eq!(parse_line(typed, 80).as_deref(), Ok(expected), "{typed}");
    }
    let refused = [
        ("", NameFault::Empty),
        ("ปลัด Dep.", NameFault::MixedScript),
        ("=1+1", NameFault::Formula),
        ("-ปลัด", NameFault::Formula),
        ("ปลัด<br>", NameFault::Markup),
        ("ปลัด\r\nเมือง", NameFault::Control),
        ("ปลัด🙂", NameFault::Character('🙂')),
        ("ปลัด\"", NameFault::Character('"')),
        ("12", NameFault::NoConsonant),
        ("ปลัดเทศบาลเมือง", NameFault::TooLong { max: 10 }),
    ];
    for (typed, fault) in refused {
        assert_eq!(parse_line(typed, 10), Err(fault), "{typed}");
    }
}
