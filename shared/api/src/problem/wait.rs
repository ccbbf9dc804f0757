//! How long to wait, in words.

use jiff::SignedDuration;
use palad_domain::say::{Say, say};

const SECONDS_A_MINUTE: i64 = 60;
const MINUTES_AN_HOUR: i64 = 60;

/// The time in hours and minutes, rounded up, so that whoever waits as told is not refused again.
pub(super) fn words(wait: SignedDuration) -> Say {
    let seconds = wait.as_secs() + i64::from(wait.subsec_nanos() > 0);
    if seconds < SECONDS_A_MINUTE {
        return say("ไม่ถึง 1 นาที", "less than a minute");
    }
    let minutes = (seconds + SECONDS_A_MINUTE - 1) / SECONDS_A_MINUTE;
    let (hours, minutes) = (minutes / MINUTES_AN_HOUR, minutes % MINUTES_AN_HOUR);
    let one_or_many = |count: i64, unit: &str| format!("{count} {unit}{}", if count == 1 { "" } else { "s" });
    let (th_hours, en_hours) = (format!("{hours} ชั่วโมง"), one_or_many(hours, "hour"));
    let (th_minutes, en_minutes) = (format!("{minutes} นาที"), one_or_many(minutes, "minute"));
    match (hours, minutes) {
        (0, _) => say(th_minutes, en_minutes),
        (_, 0) => say(th_hours, en_hours),
        _ => say(format!("{th_hours} {th_minutes}"), format!("{en_hours} {en_minutes}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_said_in_hours_and_minutes_rounded_up() {
        for (milliseconds, th, en) in [
            (0, "ไม่ถึง 1 นาที", "less than a minute"),
            (59_000, "ไม่ถึง 1 นาที", "less than a minute"),
            (59_001, "1 นาที", "1 minute"),
            (60_001, "2 นาที", "2 minutes"),
            (72 * 60_000, "1 ชั่วโมง 12 นาที", "1 hour 12 minutes"),
            (2 * 3_600_000, "2 ชั่วโมง", "2 hours"),
            (2 * 3_600_000 + 1, "2 ชั่วโมง 1 นาที", "2 hours 1 minute"),
            (86_400_000, "24 ชั่วโมง", "24 hours"),
        ] {
            let words = words(SignedDuration::from_millis(milliseconds));
            assert_eq!((words.th.as_ref(), words.en.as_ref()), (th, en), "{milliseconds}");
        }
    }
}
