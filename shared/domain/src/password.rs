//! The agency's password: digits, at least six, as the letters fix it, and which of them are weak.

use std::fmt;

use palad_thai::phone::Phones;

use crate::agency::{Agency, AgencyCode};
use crate::rules::{PASSWORD_MAX, PASSWORD_MIN};
use crate::say::{Say, say};

/// The digits of a telephone number that tell it from others of the same area.
const DIALLED: usize = 6;

/// A number of 6 to 64 ASCII digits. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl Password {
    /// A password as typed at sign-in: Thai digits are folded, nothing else is judged.
    ///
    /// # Errors
    /// When it cannot be anybody's password.
    pub fn parse(text: &str) -> Result<Self, Say> {
        let folded = palad_thai::digits::fold_digits(text.trim());
        if folded.is_empty() {
            return Err(say("กรุณากรอกรหัสผ่าน", "Enter the password."));
        }
        if !folded.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(say("รหัสผ่านต้องเป็นตัวเลขเท่านั้น", "The password has digits only."));
        }
        if folded.len() < PASSWORD_MIN {
            return Err(say("รหัสผ่านต้องเป็นตัวเลขไม่ต่ำกว่า 6 หลัก", "The password has at least six digits."));
        }
        if folded.len() > PASSWORD_MAX {
            return Err(say("รหัสผ่านยาวได้ไม่เกิน 64 หลัก", "The password has at most 64 digits."));
        }
        Ok(Self(folded))
    }

    /// A password for a new account or after a reset: weak numbers are refused with the reason.
    ///
    /// # Errors
    /// When it is malformed or easily guessed.
    pub fn choose(text: &str, agency: &AgencyCode) -> Result<Self, Say> {
        let password = Self::parse(text)?;
        match weakness(&password.0, agency) {
            None => Ok(password),
            Some(weakness) => Err(weakness.words()),
        }
    }

    /// The same password, unless the agency's own telephone is in it: the list with these is public, so that a
    /// guesser would try each agency's own number, which no guard across agencies sees.
    ///
    /// # Errors
    /// When it contains what somebody in the same place would dial.
    pub fn apart_from(self, agency: &Agency) -> Result<Self, Say> {
        let phones = agency.official_phone.as_ref().map(Phones::digits).unwrap_or_default();
        let dialled = |phone: &String| {
            phone.len().checked_sub(DIALLED).and_then(|at| phone.get(at..).map(str::to_owned))
        };
        if phones.iter().filter_map(dialled).any(|dialled| self.0.contains(&dialled)) {
            return Err(Weakness::OwnTelephone.words());
        }
        Ok(self)
    }

    /// The digits, for hashing.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// Why a number is easily guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weakness {
    Repeated,
    Run,
    Palindrome,
    Keypad,
    Date,
    OwnCode,
    OwnTelephone,
}

impl Weakness {
    fn words(self) -> Say {
        match self {
            Self::Repeated => say(
                "รหัสผ่านนี้เดาง่าย เพราะเป็นตัวเลขชุดเดิมซ้ำ ๆ ให้ใช้เลขอื่น",
                "This number is easy to guess: it repeats the same digits. Choose another.",
            ),
            Self::Run => say(
                "รหัสผ่านนี้เดาง่าย เพราะเป็นตัวเลขเรียงกัน ให้ใช้เลขอื่น",
                "This number is easy to guess: its digits run up or down. Choose another.",
            ),
            Self::Palindrome => say(
                "รหัสผ่านนี้เดาง่าย เพราะอ่านจากหน้าหรือหลังเหมือนกัน ให้ใช้เลขอื่น",
                "This number is easy to guess: it reads the same backwards. Choose another.",
            ),
            Self::Keypad => say(
                "รหัสผ่านนี้เดาง่าย เพราะเป็นแถวบนแป้นตัวเลข ให้ใช้เลขอื่น",
                "This number is easy to guess: it follows the lines of a keypad. Choose another.",
            ),
            Self::Date => say(
                "รหัสผ่านนี้เดาง่าย เพราะอ่านเป็นวันที่ได้ ให้ใช้เลขอื่น",
                "This number is easy to guess: it reads as a date. Choose another.",
            ),
            Self::OwnCode => say(
                "รหัสผ่านนี้เดาง่าย เพราะมีรหัสหน่วยงานอยู่ในนั้น ให้ใช้เลขอื่น",
                "This number is easy to guess: it contains the agency's code. Choose another.",
            ),
            Self::OwnTelephone => say(
                "รหัสผ่านนี้เดาง่าย เพราะมีหมายเลขโทรศัพท์ของหน่วยงานอยู่ในนั้น ให้ใช้เลขอื่น",
                "This number is easy to guess: it contains the agency's telephone number. Choose another.",
            ),
        }
    }
}

/// The weakness of a number, found by rule and not from a list.
fn weakness(digits: &str, agency: &AgencyCode) -> Option<Weakness> {
    let bytes = digits.as_bytes();
    if digits.contains(agency.as_str()) {
        return Some(Weakness::OwnCode);
    }
    if (1..=3).any(|period| bytes.iter().zip(&bytes[period..]).all(|(a, b)| a == b)) {
        return Some(Weakness::Repeated);
    }
    if is_run(bytes) {
        return Some(Weakness::Run);
    }
    if bytes.iter().eq(bytes.iter().rev()) {
        return Some(Weakness::Palindrome);
    }
    if is_keypad_path(digits) {
        return Some(Weakness::Keypad);
    }
    (digits.len() == 6 || digits.len() == 8)
        .then(|| reads_as_date(digits))
        .filter(|date| *date)
        .map(|_| Weakness::Date)
}

/// Whether the digits go up or down by the same step, around 9 and 0 too: 123456, 987654, 890123, 135790.
fn is_run(bytes: &[u8]) -> bool {
    (1..=9).any(|step| bytes.iter().zip(&bytes[1..]).all(|(a, b)| (a - b'0' + step) % 10 == b - b'0'))
}

/// Whether the number is made of whole lines of a telephone or computer keypad: 147258, 789456, 159357.
fn is_keypad_path(digits: &str) -> bool {
    const LINES: [&str; 8] = ["123", "456", "789", "147", "258", "369", "159", "357"];
    let is_line = |part: &str| {
        let reversed: String = part.chars().rev().collect();
        LINES.contains(&part) || LINES.contains(&reversed.as_str())
    };
    digits.len().is_multiple_of(3)
        && digits.as_bytes().chunks(3).all(|part| std::str::from_utf8(part).is_ok_and(is_line))
}

/// Whether six or eight digits read as a day: day, month and year in any usual order, the year in
/// the Buddhist or the common era, with two digits or four.
fn reads_as_date(digits: &str) -> bool {
    let number = |part: &str| part.parse::<u32>().unwrap_or(0);
    let is_day = |day: u32, month: u32| (1..=31).contains(&day) && (1..=12).contains(&month);
    let is_year = |year: u32| (1900..=2100).contains(&year) || (2443..=2643).contains(&year);
    match digits.len() {
        // Two digits may be any year, so that only day and month decide.
        6 => {
            let (a, b, c) = (number(&digits[..2]), number(&digits[2..4]), number(&digits[4..]));
            is_day(a, b) || is_day(c, b) || is_day(b, a)
        }
        8 => {
            let (a, b) = (number(&digits[..2]), number(&digits[2..4]));
            let (c, d) = (number(&digits[4..6]), number(&digits[6..]));
            let (first, last) = (number(&digits[..4]), number(&digits[4..]));
            (is_year(last) && (is_day(a, b) || is_day(b, a)))
                || (is_year(first) && (is_day(d, c) || is_day(c, d)))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::province::Province;

    fn agency() -> AgencyCode {
        "540001".parse().expect("a code")
    }

    #[test]
    fn thai_digits_are_welcome() {
        assert_eq!(Password::choose("๘๓๙๒๐๔๗๑", &agency()), Password::choose("83920471", &agency()));
        assert!(Password::choose("83920471", &agency()).is_ok());
    }

    #[test]
    fn malformed_numbers_are_refused() {
        for bad in ["", "12345", "12a456", "8392 0471", &"7".repeat(65)] {
            assert!(Password::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn weak_numbers_are_refused_with_the_reason() {
        for (number, reason) in [
            ("111111", Weakness::Repeated),
            ("121212", Weakness::Repeated),
            ("123123", Weakness::Repeated),
            ("123456", Weakness::Run),
            ("987654", Weakness::Run),
            ("890123", Weakness::Run),
            ("135791", Weakness::Run),
            ("483384", Weakness::Palindrome),
            ("147258", Weakness::Keypad),
            ("789456", Weakness::Keypad),
            ("310366", Weakness::Date),
            ("660331", Weakness::Date),
            ("31032566", Weakness::Date),
            ("19840229", Weakness::Date),
            ("540001", Weakness::OwnCode),
            ("99540001", Weakness::OwnCode),
        ] {
            assert_eq!(weakness(number, &agency()), Some(reason), "{number}");
        }
    }

    #[test]
    fn the_agencys_own_telephone_is_refused_with_or_without_its_area() {
        let mut agency = Agency {
            code: agency(),
            kind: "ทม.".parse().expect("a kind"),
            name: "แพร่".into(),
            district: "เมืองแพร่".into(),
            province: Province::by_name("แพร่").expect("a province"),
            official_email: None,
            official_phone: Some(Phones::parse("0-5451-1060, 054-534119").expect("telephones")),
        };
        let is_apart = |agency: &Agency, digits: &str| {
            Password::parse(digits).expect("digits").apart_from(agency).is_ok()
        };
        for (digits, meant) in [
            ("054511060", false),
            ("511060", false),
            ("5110609", false),
            ("99534119", false),
            ("83920471", true),
        ] {
            assert_eq!(is_apart(&agency, digits), meant, "{digits}");
        }
        agency.official_phone = None;
        assert!(is_apart(&agency, "511060"));
    }

    #[test]
    fn most_numbers_are_allowed() {
        let weak = (0..1_000_000).filter(|n| weakness(&format!("{n:06}"), &agency()).is_some()).count();
        assert!((20_000..150_000).contains(&weak), "{weak} of a million are weak");
    }

    #[test]
    fn a_password_is_not_printed() {
        let password = Password::parse("839204").expect("digits");
        assert!(!format!("{password:?}").contains("839204"));
    }
}
