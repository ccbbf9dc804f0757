//! Days in every form people type, and the ones that must be refused.

use super::*;
use jiff::civil::date;

#[test]
fn days_are_read() {
    let march = date(2023, 3, 31);
    let cases = [
        ("๓๑ มีนาคม ๒๕๖๖", false),
        ("31 มีนาคม 2566", false),
        ("31มีนาคม2566", false),
        ("วันที่ ๓๑ เดือนมีนาคม พ.ศ. ๒๕๖๖", false),
        ("วันศุกร์ที่ 31 มีนาคม 2566", false),
        ("31 มี.ค. 66", false),
        ("31 มีค 2566", false),
        ("31 มีนา 66", false),
        ("31/03/2566", false),
        ("31/3/66", false),
        ("31-03-2566", false),
        ("31–03–2566", false),
        ("31.3.2566", false),
        ("31/03/2023", true),
        ("31 มีนาคม 2023", true),
        ("31 มีนาคม ค.ศ. 2023", true),
        ("2023-03-31", false),
        ("2566-03-31", false),
        ("\u{200B}31\u{00A0}มีนาคม  2566 ", false),
    ];
    for (typed, ce_year_typed) in cases {
        let expected = ParsedDay { day: march, ce_year_typed };
        assert_eq!(parse_day(typed), Ok(expected), "{typed}");
    }
}

#[test]
fn every_month_is_read_long_and_short() {
    let short = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.";
    for ((long, short), number) in MONTHS.iter().zip(short.split(' ')).zip(1..) {
        for month in [*long, short] {
            let parsed = parse_day(&format!("1 {month} 2569")).map(|parsed| parsed.day);
            assert_eq!(parsed, Ok(date(2026, number, 1)), "{month}");
        }
    }
}

#[test]
fn what_is_no_day_is_refused() {
    let cases = [
        ("", DateFault::Empty),
        (" \u{200B}", DateFault::Empty),
        ("เมื่อวาน", DateFault::Form),
        ("มีนาคม 2566", DateFault::Form),
        ("31/03", DateFault::Form),
        ("31/03/2566 10:00", DateFault::Form),
        ("31 มีนาคม 2566 ก", DateFault::Form),
        ("31/03-2566", DateFault::Form),
        ("031/03/2566", DateFault::Form),
        ("-31/03/2566", DateFault::Form),
        ("31 มีนกคม 2566", DateFault::Form),
        ("31 เมษายน 2566", DateFault::NoSuchDay),
        ("29/02/2566", DateFault::NoSuchDay),
        ("00/01/2566", DateFault::NoSuchDay),
        ("31/13/2566", DateFault::NoSuchDay),
        ("31/03/23", DateFault::Year),
        ("31/03/256", DateFault::Year),
        ("31/03/3000", DateFault::Year),
        ("31 มีนาคม พ.ศ. 2023", DateFault::Year),
        ("31/03/99999999999", DateFault::Year),
    ];
    for (typed, fault) in cases {
        assert_eq!(parse_day(typed), Err(fault), "{typed}");
    }
}

#[test]
fn days_are_written_and_read_back() {
    let day = date(2026, 11, 1);
    assert_eq!(thai_day(day), "๑ พฤศจิกายน ๒๕๖๙");
    assert_eq!(thai_day_plain(day), "1 พฤศจิกายน 2569");
    assert_eq!(parse_day(&thai_day(day)).map(|parsed| parsed.day), Ok(day));
    assert_eq!(thai_day_plain(Date::MAX), "31 ธันวาคม 10542");
}

#[test]
fn the_day_turns_at_midnight_in_bangkok() {
    let cases = [("2026-11-30T16:59:59Z", date(2026, 11, 30)), ("2026-11-30T17:00:00Z", date(2026, 12, 1))];
    for (at, expected) in cases {
        let at: Timestamp = at.parse().expect("a timestamp");
        assert_eq!(bangkok_day(at), expected);
    }
}
