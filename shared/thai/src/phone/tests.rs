//! Numbers in every way offices write them.

use super::*;

fn shown(typed: &str) -> Result<String, PhoneFault> {
    Phones::parse(typed).map(|phones| phones.to_string())
}

#[test]
fn numbers_are_read_and_shown_in_official_groups() {
    let cases = [
        ("054534119", "0-5453-4119"),
        ("0-5453-4119", "0-5453-4119"),
        ("054-534119", "0-5453-4119"),
        ("(054) 534-119", "0-5453-4119"),
        ("0 5453 4119", "0-5453-4119"),
        ("๐ ๕๔๕๓ ๔๑๑๙", "0-5453-4119"),
        ("โทร. 0-5453-4119", "0-5453-4119"),
        ("โทรศัพท์: 0-5453-4119", "0-5453-4119"),
        ("Tel. 054.534.119", "0-5453-4119"),
        ("０５４５３４１１９", "0-5453-4119"),
        ("02-225-8965", "0-2225-8965"),
        ("0–2225–8965", "0-2225-8965"),
        ("0865862599", "08-6586-2599"),
        ("๐๘๖ ๕๘๖ ๒๕๙๙", "08-6586-2599"),
        ("086-586-2599", "08-6586-2599"),
        ("+66 86 586 2599", "08-6586-2599"),
        ("+66(0)86-586-2599", "08-6586-2599"),
        ("(+66) 865862599", "08-6586-2599"),
        ("0066 5453 4119", "0-5453-4119"),
        ("66865862599", "08-6586-2599"),
        ("มือถือ 0612345678", "06-1234-5678"),
        ("1567", "1567"),
        ("0-5453-4119 ต่อ 203", "0-5453-4119 ต่อ 203"),
        ("054534119ต่อ๒๐๓", "0-5453-4119 ต่อ 203"),
        ("054534119 ext. 203", "0-5453-4119 ต่อ 203"),
        ("054534119 EXT203", "0-5453-4119 ต่อ 203"),
        ("054534119 #203", "0-5453-4119 ต่อ 203"),
        ("054534119 ต่อ 203-205", "0-5453-4119 ต่อ 203-205"),
        ("054534119 ต่อ 203, 204", "0-5453-4119 ต่อ 203, 0-5453-4119 ต่อ 204"),
        ("054534119 ต่อ 2031, 1567", "0-5453-4119 ต่อ 2031, 1567"),
        ("054534119, 0865862599", "0-5453-4119, 08-6586-2599"),
        ("054534119 หรือ 0865862599", "0-5453-4119, 08-6586-2599"),
        ("054534119/0865862599", "0-5453-4119, 08-6586-2599"),
        ("054534119, 0-5453-4119,", "0-5453-4119"),
        ("0-5453-4119-20", "0-5453-4119, 0-5453-4120"),
        ("0 5453 4119 - 20", "0-5453-4119, 0-5453-4120"),
        ("0-2225-8965-7", "0-2225-8965, 0-2225-8966, 0-2225-8967"),
        ("0-5453-4119 ถึง 20", "0-5453-4119, 0-5453-4120"),
        ("0-2225-8965-6 ต่อ 12", "0-2225-8965 ต่อ 12, 0-2225-8966 ต่อ 12"),
        ("0-5453-4108-9", "0-5453-4108, 0-5453-4109"),
        ("๐ ๒๒๒๕ ๘๙๖๕ (มท) ๕๐๖๐๘", "0-2225-8965, (มท) 50608"),
        ("0-2225-8965 มท. 50608", "0-2225-8965, (มท) 50608"),
        ("(มท.) 50608 ต่อ 12", "(มท) 50608 ต่อ 12"),
    ];
    for (typed, expected) in cases {
        assert_eq!(shown(typed).as_deref(), Ok(expected), "{typed}");
        assert_eq!(shown(expected).as_deref(), Ok(expected), "its own display");
        assert_eq!(Phones::parse(typed), Phones::parse(expected), "{typed}");
    }
}

#[test]
fn the_fault_is_named() {
    let cases = [
        ("", PhoneFault::Empty),
        (" - ", PhoneFault::Empty),
        ("โทร.", PhoneFault::Empty),
        ("05453411", PhoneFault::TooShort),
        ("0", PhoneFault::TooShort),
        ("54534119", PhoneFault::TooShort),
        ("086586259", PhoneFault::TooShort),
        ("191", PhoneFault::TooShort),
        ("0545341199", PhoneFault::TooLong),
        ("08658625999", PhoneFault::TooLong),
        ("0-5453-4119-08", PhoneFault::TooLong),
        ("0-5453-4119 0-5453-4120", PhoneFault::TooLong),
        ("+1 212 555 0100", PhoneFault::NotThai),
        ("0012125550100", PhoneFault::NotThai),
        ("0123456789", PhoneFault::NotThai),
        ("5453411999", PhoneFault::NotThai),
        ("05453x119", PhoneFault::Letters),
        ("โทรสาร 054534119", PhoneFault::Letters),
        ("=054534119", PhoneFault::Letters),
        ("054534119\u{202E}", PhoneFault::Letters),
        ("054534119\n", PhoneFault::Letters),
        ("0545+34119", PhoneFault::Letters),
        ("054534119 ต่อ", PhoneFault::Extension),
        ("054534119 ต่อ ก", PhoneFault::Extension),
        ("054534119 ต่อ 1234567", PhoneFault::Extension),
        ("ต่อ 203", PhoneFault::Extension),
        ("(มท)", PhoneFault::TooShort),
        ("(มท) 506", PhoneFault::TooShort),
        ("(มท) 5060812", PhoneFault::TooLong),
        ("0-5453-4110-20", PhoneFault::TooMany),
        ("021111111,021111112,021111113,021111114,021111115,021111116", PhoneFault::TooMany),
    ];
    for (typed, fault) in cases {
        assert_eq!(shown(typed), Err(fault), "{typed}");
    }
}

#[test]
fn parts_of_a_number_can_be_asked() {
    let phones = Phones::parse("0-5453-4119 ต่อ 203, 0865862599 (มท) 50608").expect("three numbers");
    assert_eq!(phones.digits(), ["054534119", "0865862599", "50608"]);
    assert!(phones.has_mobile());
    let kinds: Vec<PhoneKind> = phones.iter().map(Phone::kind).collect();
    assert_eq!(kinds, [PhoneKind::Landline, PhoneKind::Mobile, PhoneKind::Ministry]);
    let first = &phones.as_slice()[0];
    assert_eq!((first.digits(), first.extension(), first.is_mobile()), ("054534119", Some("203"), false));
}
