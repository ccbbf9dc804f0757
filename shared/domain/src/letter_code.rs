//! The one-time code of the official letter: 50 bits in ten characters, shown as XXXXX-XXXXX.

use std::fmt;

use jiff::SignedDuration;

use crate::agency::AgencyCode;
use crate::crockford::{self, Fault};
use crate::say::{Say, say};

/// How long a code can be used: from the day the letters are printed well past the deadline of their round.
pub const LETTER_CODE_LIFE: SignedDuration = SignedDuration::from_hours(24 * 120);
/// Tries at one agency's code by all claims together in a day; each claim has five of its own. 24,000 tries in a
/// code's lifetime are nothing against 50 bits, and where strangers have used a day's tries up the next one comes back
/// within eight minutes, while the claim of whoever waits for it still stands.
pub const LETTER_CODE_TRIES: i32 = 200;
/// Of these, how many from one network: it takes four to use up what an agency has, and in each of them the next try
/// comes back within half an hour.
pub const LETTER_CODE_TRIES_OF_A_NETWORK: i32 = 50;

/// A code. Never printed but on its letter.
#[derive(Clone, PartialEq, Eq)]
pub struct LetterCode(String);

impl fmt::Debug for LetterCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LetterCode(…)")
    }
}

impl LetterCode {
    /// A code made by a random source.
    #[must_use]
    pub fn of_random(bytes: [u8; crockford::LENGTH]) -> Self {
        Self(crockford::of_random(bytes))
    }

    /// Understands a typed code: any case, Thai digits, spaces and dashes are welcome, and O, I and L are the
    /// digits that they look like.
    ///
    /// # Errors
    /// When it is not ten characters of such a code.
    pub fn parse(text: &str) -> Result<Self, Say> {
        crockford::parse(text).map(Self).map_err(|fault| match fault {
            Fault::Empty => say("กรุณากรอกรหัสจากหนังสือราชการ", "Enter the code from the official letter."),
            Fault::Character => say(
                "รหัสจากหนังสือราชการมีเฉพาะตัวเลขและตัวอักษรภาษาอังกฤษ ให้เปลี่ยนแป้นพิมพ์เป็นภาษาอังกฤษแล้วกรอกใหม่",
                "The code of the letter has digits and English letters only, and no U. Look at the letter again.",
            ),
            Fault::Length => say(
                "รหัสจากหนังสือราชการมี 10 ตัว เช่น XXXXX-XXXXX ให้ดูในหนังสืออีกครั้ง",
                "The code of the letter has ten characters, as in XXXXX-XXXXX. Look at the letter again.",
            ),
        })
    }

    /// What is hashed: the code together with its agency, so that a hash is of no use beside another one.
    #[must_use]
    pub fn bound_to(&self, agency: &AgencyCode) -> String {
        format!("{agency}.{}", self.0)
    }

    /// As it stands in the letter: XXXXX-XXXXX.
    #[must_use]
    pub fn shown(&self) -> String {
        crockford::grouped(&self.0)
    }
}

/// Says that a code is not the right one, and how often the claim can still be proved. The words are the same
/// whether or not a letter was ever written to the agency.
#[must_use]
pub fn wrong(tries_left: u32) -> Say {
    if tries_left == 0 {
        return say(
            "รหัสจากหนังสือไม่ถูกต้อง หมดอายุ หรือใช้ไปแล้ว และลองครบจำนวนครั้งแล้ว ให้ลงทะเบียนใหม่อีกครั้ง",
            "The code of the letter is not right, has expired or was used, and cannot be tried again. Register again.",
        );
    }
    say(
        format!("รหัสจากหนังสือไม่ถูกต้อง หมดอายุ หรือใช้ไปแล้ว ลองได้อีก {tries_left} ครั้ง หรือยืนยันด้วยวิธีอื่น"),
        format!(
            "The code of the letter is not right, has expired or was used. You can try {tries_left} more times, or prove it in another way."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = LetterCode::parse("K7P2M-90X1T").expect("a code");
        for typed in ["k7p2m90x1t", " K7P2M 90X1T ", "K7P2M–9OXIT", "k7p2m-9oxlt", "K๗P๒M-๙๐X๑T"]
        {
            assert_eq!(LetterCode::parse(typed), Ok(code.clone()), "{typed}");
        }
        assert_eq!(code.shown(), "K7P2M-90X1T");
        assert_eq!(LetterCode::of_random([0; crockford::LENGTH]).shown(), "00000-00000");
    }

    #[test]
    fn what_is_no_code_is_refused_in_both_languages() {
        let typed = ["", "K7P2M-90X1", "K7P2M-90X1TT", "U7P2M-90X1T", "ห7P2M-90X1T", "K7P2M_90X1T"];
        for typed in typed {
            let refusal = LetterCode::parse(typed).expect_err(typed);
            assert!(refusal.th.chars().any(|c| ('ก'..='๛').contains(&c)) && refusal.en.ends_with('.'));
        }
    }

    #[test]
    fn a_code_belongs_to_one_agency_and_is_not_printed_by_accident() {
        let code = LetterCode::parse("K7P2M-90X1T").expect("a code");
        let agency = |code: &str| -> AgencyCode { code.parse().expect("a code") };
        assert_ne!(code.bound_to(&agency("549900")), code.bound_to(&agency("549901")));
        assert!(!format!("{code:?}").contains("K7P2M"));
    }
}
