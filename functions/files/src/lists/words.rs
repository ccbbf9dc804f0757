//! How places, outcomes and moments are written in a table.

use jiff::Timestamp;
use palad_domain::round::list::CallOutcome;
use palad_domain::round::tally::Standing;

/// How far Bangkok is ahead of Greenwich, all year.
const BANGKOK_HOURS: i8 = 7;

/// Where an agency stands.
pub(super) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Exempt => "ได้รับยกเว้น",
        Standing::NotRegistered => "ยังไม่ลงทะเบียน",
        Standing::Silent => "ลงทะเบียนแล้ว ยังไม่ตอบ",
        Standing::Unreachable => "ส่งอีเมลไม่ถึง",
        Standing::Confirmed => "ยืนยันว่าถูกต้อง",
        Standing::Updated => "ปรับปรุงข้อมูล",
        Standing::Vacant => "ตำแหน่งว่าง",
    }
}

/// What came of a call.
pub(super) fn outcome(outcome: CallOutcome) -> &'static str {
    match outcome {
        CallOutcome::Reached => "ได้พูดคุยแล้ว",
        CallOutcome::NoAnswer => "ไม่มีผู้รับสาย",
        CallOutcome::WrongNumber => "หมายเลขไม่ถูกต้อง",
        CallOutcome::WillAnswer => "แจ้งว่าจะตอบ",
    }
}

/// A moment in Bangkok, in the one form that every spreadsheet takes for a time and sorts.
pub(super) fn moment(at: Option<Timestamp>) -> String {
    let Some(at) = at else { return String::new() };
    let local = jiff::tz::offset(BANGKOK_HOURS).to_datetime(at);
    format!("{} {:02}:{:02}", local.date(), local.hour(), local.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_as_it_is_in_bangkok() {
        assert_eq!(moment("2026-11-30T17:05:59Z".parse().ok()), "2026-12-01 00:05");
        assert_eq!(moment(None), "");
    }
}
