//! How places and moments are written in a table.

use jiff::Timestamp;
use palad_domain::round::tally::Standing;
use palad_thai::date::bangkok_time;

/// Where an agency stands, in the words of the screen (`site/src/modules/round-words.js`).
pub(super) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Exempt => "ยกเว้น",
        Standing::NotRegistered => "ยังไม่ลงทะเบียน",
        Standing::Silent => "ลงทะเบียนแล้ว ยังไม่ตอบ",
        Standing::Unreachable => "ส่งอีเมลไม่ถึง",
        Standing::Confirmed => "ยืนยันว่าถูกต้อง",
        Standing::Updated => "ปรับปรุงข้อมูล",
        Standing::Vacant => "ตำแหน่งว่าง",
    }
}

/// A moment in Bangkok, in the one form that every spreadsheet takes for a time and sorts.
pub(super) fn moment(at: Option<Timestamp>) -> String {
    let Some(at) = at else { return String::new() };
    let local = bangkok_time(at);
    format!("{} {:02}:{:02}", local.date(), local.hour(), local.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_it_in_the_words_of_the_screen() {
        let words = concat!(env!("CARGO_MANIFEST_DIR"), "/../../site/src/modules/round-words.js");
        let words = std::fs::read_to_string(words).expect("the words of the screen");
        for at in Standing::ALL {
            assert!(words.contains(&format!(": say('{}', ", standing(at))), "{at:?}: {}", standing(at));
        }
    }

    #[test]
    fn a_moment_is_told_as_it_is_in_bangkok() {
        assert_eq!(moment("2026-11-30T17:05:59Z".parse().ok()), "2026-12-01 00:05");
        assert_eq!(moment(None), "");
    }
}
