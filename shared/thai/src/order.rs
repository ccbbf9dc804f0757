//! The order of the Royal Institute's dictionary.
//!
//! Sorting by code points misplaces nearly every Thai name: เ แ โ ใ ไ are written before the consonant they are
//! sorted after. The collation data of Unicode know it; it costs a megabyte and half a microsecond a comparison,
//! so sort where lists are built and store the key.

use icu_collator::options::CollatorOptions;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::locale;
use std::cmp::Ordering;

/// Compares Thai as a dictionary does.
#[derive(Debug)]
pub struct ThaiOrder {
    /// Always there with the data compiled in, as a test shows; without it the order would be that of the code
    /// points, and nothing would panic.
    collator: Option<CollatorBorrowed<'static>>,
}

impl ThaiOrder {
    /// The Thai order. It holds compiled-in data: make one and keep it.
    pub fn new() -> Self {
        let preferences = CollatorPreferences::from(&locale!("th"));
        let collator = CollatorBorrowed::try_new(preferences, CollatorOptions::default()).ok();
        Self { collator }
    }

    /// Which of two texts stands first. Texts the dictionary holds equal are told apart by their code points, so
    /// that the order is total.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        match &self.collator {
            Some(collator) => collator.compare(a, b).then_with(|| a.cmp(b)),
            None => a.cmp(b),
        }
    }

    /// Bytes that compare as the texts do, to be stored beside what is sorted. Keys of different versions of the
    /// data do not mix: rebuild them together.
    pub fn sort_key(&self, text: &str) -> Vec<u8> {
        let mut key = Vec::new();
        if let Some(collator) = &self.collator {
            let Ok(()) = collator.write_sort_key_to(text, &mut key);
            // No collation key holds a zero byte, so one that is the beginning of another stays first.
            key.push(0);
        }
        key.extend_from_slice(text.as_bytes());
        key
    }
}

impl Default for ThaiOrder {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IN_ORDER: [&str; 16] = [
        "กมล",
        "กรรณิการ์",
        "กล้า",
        "กัญญา",
        "กา",
        "ก่า",
        "กิ่ง",
        "เกษม",
        "แก้ว",
        "ไกรสร",
        "ขวัญ",
        "เขียว",
        "งาม",
        "สมชาย",
        "แสง",
        "ฮารูน",
    ];

    #[test]
    fn the_data_are_compiled_in() {
        assert!(ThaiOrder::new().collator.is_some());
    }

    #[test]
    fn names_stand_as_in_the_dictionary() {
        let order = ThaiOrder::new();
        let mut names = IN_ORDER;
        names.sort_unstable();
        assert_ne!(names, IN_ORDER, "code points would not do");
        names.sort_by(|a, b| order.compare(a, b));
        assert_eq!(names, IN_ORDER);
    }

    #[test]
    fn keys_compare_as_the_texts_do() {
        let order = ThaiOrder::new();
        let texts = ["", "ก", "ก ก", "กก", "ก-ก", "เก", "แม่ใส", "แม่ สาย", "แพร่", "A", "1"];
        for a in texts {
            for b in texts {
                let by_key = order.sort_key(a).cmp(&order.sort_key(b));
                assert_eq!(by_key, order.compare(a, b), "{a:?} {b:?}");
            }
        }
    }
}
