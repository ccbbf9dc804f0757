//! A staff passphrase: any text that is long enough.
//!
//! As NIST SP 800-63B has it: length is what counts, every character is welcome, and there are no rules about
//! kinds of characters. Refused is only what a guesser tries first: the same piece again and again, and the
//! officer's own address.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::email::Email;
use crate::rules::{PASSPHRASE_MAX, PASSPHRASE_MIN};
use crate::say::{Say, say};

/// A passphrase in NFC, so that the same text typed on another keyboard is the same. Never printed.
///
/// Spaces count, in front and behind too: nothing is cut off from what somebody chose.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(String);

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

impl Passphrase {
    /// A passphrase as typed at sign-in: nothing is judged but that it can be one at all.
    ///
    /// # Errors
    /// When it is empty or endless.
    pub fn parse(text: &str) -> Result<Self, Say> {
        // Before it is normalised: nobody's passphrase takes that much, and work is bounded.
        if text.chars().take(2 * PASSPHRASE_MAX + 1).count() > 2 * PASSPHRASE_MAX {
            return Err(too_long());
        }
        let text: String = text.nfc().collect();
        if text.is_empty() {
            return Err(say("กรุณากรอกวลีรหัสผ่าน", "Enter the passphrase."));
        }
        if text.chars().count() > PASSPHRASE_MAX {
            return Err(too_long());
        }
        Ok(Self(text))
    }

    /// A passphrase for the account of this address.
    ///
    /// # Errors
    /// When it is too short or easily guessed.
    pub fn choose(text: &str, email: &Email) -> Result<Self, Say> {
        let passphrase = Self::parse(text)?;
        if palad_thai::text::has_control(&passphrase.0) {
            return Err(say(
                "วลีรหัสผ่านมีอักขระควบคุม เช่น แท็บ หรือขึ้นบรรทัดใหม่ ให้ลบออก",
                "The passphrase has a control character, such as a tab or a new line. Remove it.",
            ));
        }
        let length = passphrase.0.chars().count();
        if length < PASSPHRASE_MIN {
            return Err(say(
                format!(
                    "วลีรหัสผ่านต้องยาวอย่างน้อย {PASSPHRASE_MIN} ตัวอักษร (ขณะนี้ {length}) ใช้คำหลายคำต่อกันก็ได้ เว้นวรรคได้"
                ),
                format!(
                    "The passphrase needs at least {PASSPHRASE_MIN} characters (now {length}). Several words will do, with spaces."
                ),
            ));
        }
        let folded = passphrase.0.to_lowercase();
        if folded.contains(email.as_str()) {
            return Err(say(
                "วลีรหัสผ่านมีอีเมลของท่านอยู่ในนั้น เดาง่าย ให้ใช้คำอื่น",
                "The passphrase contains your e-mail address, which is easy to guess. Choose other words.",
            ));
        }
        if is_repetition(&folded) {
            return Err(say(
                "วลีรหัสผ่านเป็นตัวอักษรหรือคำเดิมซ้ำ ๆ เดาง่าย ให้ใช้คำหลายคำที่ต่างกัน",
                "The passphrase is the same character or word again and again. Use several different words.",
            ));
        }
        Ok(passphrase)
    }

    /// The bytes, for hashing.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

fn too_long() -> Say {
    say(
        format!("วลีรหัสผ่านยาวได้ไม่เกิน {PASSPHRASE_MAX} ตัวอักษร"),
        format!("The passphrase has at most {PASSPHRASE_MAX} characters."),
    )
}

/// Whether, spaces apart, it is one piece again and again: aaaa, abcabcabc, ปลัด ปลัด ปลัด.
fn is_repetition(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let repeats = |period: usize| letters.iter().zip(&letters[period..]).all(|(a, b)| a == b);
    letters.is_empty() || (1..=letters.len() / 2).any(repeats)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email() -> Email {
        "somsri.jaidee@palad.test".parse().expect("an address")
    }

    fn choose(text: &str) -> Result<Passphrase, Say> {
        Passphrase::choose(text, &email())
    }

    #[test]
    fn any_long_text_is_a_passphrase() {
        for text in [
            "แมวสามตัวกินปลา",
            "correct horse battery",
            "  83920471 83920472",
            "🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐯",
        ] {
            assert!(choose(text).is_ok(), "{text}");
        }
        assert!(choose(&"กข".repeat(PASSPHRASE_MAX / 2 - 1).replacen('ก', "ค", 1)).is_ok());
    }

    #[test]
    fn length_is_counted_in_characters_after_normalising() {
        assert!(choose("แมวสองตัวกินปู").is_err(), "14 characters, 42 bytes");
        let composed = "caf\u{e9} au lait chaud";
        assert_eq!(choose(composed), choose("cafe\u{301} au lait chaud"));
        assert!(choose("e\u{301}x3\u{301}a").is_err());
        for endless in ["ก".repeat(PASSPHRASE_MAX + 1), "x ".repeat(100_000)] {
            assert!(Passphrase::parse(&endless).is_err());
        }
        assert!(Passphrase::parse("").is_err() && Passphrase::parse("short").is_ok());
    }

    #[test]
    fn what_is_guessed_first_is_refused() {
        for bad in [
            "aaaaaaaaaaaaaaaa",
            "                ",
            "passwordpassword",
            "ปลัด ปลัด ปลัด ปลัด",
            "Palad palad PALAD palad",
            "Somsri.Jaidee@palad.test",
            "my somsri.jaidee@palad.test 1",
            "two lines\nof one text",
        ] {
            let refusal = choose(bad).expect_err(bad);
            assert!(!refusal.th.is_empty() && refusal.en.ends_with('.'), "{bad}");
        }
    }

    #[test]
    fn it_is_not_printed() {
        assert!(!format!("{:?}", choose("correct horse battery")).contains("horse"));
    }
}
