//! The code of eight digits that is mailed.

use crate::rules::CODE_LENGTH;
use crate::say::{Say, say};

/// Understands a typed code: Thai digits, spaces and dashes are welcome.
///
/// # Errors
/// When it is not eight digits.
pub fn parse(text: &str) -> Result<String, Say> {
    let folded = palad_thai::digits::fold_digits(text);
    let digits: String = folded.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if digits.is_empty() {
        return Err(say("กรุณากรอกรหัสยืนยันจากอีเมล", "Enter the code from the e-mail."));
    }
    if digits.len() == CODE_LENGTH && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(digits)
    } else {
        Err(say(
            "รหัสยืนยันเป็นตัวเลข 8 หลัก ให้ดูในอีเมลอีกครั้ง",
            "The code has eight digits. Look at the e-mail again.",
        ))
    }
}

/// Says that a code is wrong, and how often it can still be tried.
#[must_use]
pub fn wrong(tries_left: u32) -> Say {
    if tries_left == 0 {
        return say(
            "รหัสยืนยันไม่ถูกต้อง และลองครบจำนวนครั้งแล้ว ให้เริ่มใหม่อีกครั้ง",
            "The code is not right and cannot be tried again. Start again.",
        );
    }
    say(
        format!("รหัสยืนยันไม่ถูกต้อง ลองได้อีก {tries_left} ครั้ง"),
        format!("The code is not right. You can try {tries_left} more times."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for typed in ["12345678", " 1234 5678 ", "1234-5678", "๑๒๓๔๕๖๗๘"] {
            assert_eq!(parse(typed).as_deref(), Ok("12345678"), "{typed}");
        }
        for typed in ["", "1234567", "123456789", "1234567a"] {
            assert!(parse(typed).is_err(), "{typed}");
        }
    }
}
