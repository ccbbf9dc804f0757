//! What staff type after the passphrase: the six digits of their app, or one of their recovery codes.

use std::fmt;

use crate::crockford::{self, Fault};
use crate::rules::TOTP_DIGITS;
use crate::say::{Say, say};

/// A second factor, as typed. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub enum SecondFactor {
    /// The code that the app shows for this half minute.
    Totp(String),
    /// A recovery code, in the form in which it is compared.
    Recovery(String),
}

impl fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecondFactor(…)")
    }
}

impl SecondFactor {
    /// Understands what was typed: Thai digits, spaces and dashes are welcome.
    ///
    /// # Errors
    /// When it is neither.
    pub fn parse(text: &str) -> Result<Self, Say> {
        if let Some(digits) = totp_digits(text) {
            return Ok(Self::Totp(digits));
        }
        match crockford::parse(text) {
            Ok(code) => Ok(Self::Recovery(code)),
            Err(Fault::Empty) => Err(say(
                "กรุณากรอกรหัส 6 หลักจากแอป หรือรหัสสำรอง",
                "Enter the six digits from the app, or a recovery code.",
            )),
            Err(Fault::Character | Fault::Length) => Err(say(
                "รหัสจากแอปเป็นตัวเลข 6 หลัก รหัสสำรองมี 10 ตัว เช่น XXXXX-XXXXX ให้ตรวจสอบแล้วกรอกใหม่",
                "The app's code has six digits, a recovery code ten characters as in XXXXX-XXXXX. Check it and enter it again.",
            )),
        }
    }

    /// The code of an app alone: for setting one up.
    ///
    /// # Errors
    /// When it is not six digits.
    pub fn parse_totp(text: &str) -> Result<String, Say> {
        totp_digits(text)
            .ok_or_else(|| say("กรุณากรอกรหัส 6 หลักที่แอปแสดงอยู่", "Enter the six digits that the app shows."))
    }
}

fn totp_digits(text: &str) -> Option<String> {
    let folded = palad_thai::digits::fold_digits(text);
    let digits: String = folded.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    (digits.len() == TOTP_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match SecondFactor::parse(text) {
            Ok(SecondFactor::Totp(code)) => format!("app {code}"),
            Ok(SecondFactor::Recovery(code)) => format!("recovery {code}"),
            Err(say) => say.en.into_owned(),
        }
    }

    #[test]
    fn both_kinds_are_told_apart() {
        assert_eq!(read(" 123 456"), "app 123456");
        assert_eq!(read("๑๒๓๔๕๖"), "app 123456");
        assert_eq!(read("7k3mq-9xhtb"), "recovery 7K3MQ9XHTB");
        assert_eq!(read("12345-67890"), "recovery 1234567890");
        for bad in ["", "12345", "1234567", "abcdef"] {
            assert!(read(bad).ends_with('.'), "{bad}");
        }
        assert!(SecondFactor::parse_totp("7k3mq-9xhtb").is_err());
        assert!(!format!("{:?}", SecondFactor::parse("123456")).contains("123456"));
    }
}
