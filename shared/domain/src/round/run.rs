//! The morning's planning run: on every working day, at one hour in Bangkok, the messages of the day are ordered.
//!
//! What is done before that is seen by the run of the same day, what is done after it by the next one's.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use palad_thai::date::bangkok_time;

use super::calendar::Calendar;

/// From when on what is done is left to the next run: a minute before nine, when the schedule calls. Whoever is called
/// then may have a clock that is a little behind, and must not take the run for one that is still to come.
const BEGINS: Time = Time::constant(8, 59, 0, 0);

/// The day of the first run that sees what is done at this moment.
#[must_use]
pub fn run_after(at: Timestamp, calendar: &Calendar) -> Date {
    let local = bangkok_time(at);
    let day = local.date();
    let first = if local.time() < BEGINS { day } else { day.tomorrow().unwrap_or(day) };
    calendar.on_or_after(first)
}

/// Whether a day's run has begun.
#[must_use]
pub fn has_come(day: Date, now: Timestamp) -> bool {
    let local = bangkok_time(now);
    day < local.date() || (day == local.date() && local.time() >= BEGINS)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn what_is_done_is_seen_by_the_next_run_on_a_working_day() {
        let run = |text: &str| run_after(at(text), &Calendar::default());
        assert_eq!(run("2026-11-16T01:58:59Z"), date(2026, 11, 16), "a Monday, before nine");
        assert_eq!(run("2026-11-16T01:59:59.999Z"), date(2026, 11, 17), "at nine by somebody else's clock");
        assert_eq!(run("2026-11-16T02:00:00Z"), date(2026, 11, 17), "at nine the run is at work");
        assert_eq!(run("2026-11-19T17:00:00Z"), date(2026, 11, 20), "midnight of the Friday");
        assert_eq!(run("2026-11-20T02:00:00Z"), date(2026, 11, 23), "over the weekend");
        let long = Calendar::with([date(2026, 11, 23)]);
        assert_eq!(run_after(at("2026-11-21T05:00:00Z"), &long), date(2026, 11, 24));
    }

    #[test]
    fn a_run_has_come_at_nine_by_a_clock_that_is_a_little_behind() {
        let day = date(2026, 11, 16);
        assert!(!has_come(day, at("2026-11-16T01:58:59Z")) && has_come(day, at("2026-11-16T01:59:59.999Z")));
        assert!(!has_come(day, at("2026-11-15T16:59:59Z")) && has_come(day, at("2026-11-16T17:00:00Z")));
    }
}
