//! When a schedule fires, in the words of EventBridge: `rate(5 minutes)`, or `cron(0 2 * * ? *)` in UTC.
//!
//! A cron expression there has six fields: minutes, hours, day of the month, month, day of the week, year; Sunday is
//! 1; `0/15` counts from 0; and of the two days one must be `?`. `croner` understands all of that when it is told
//! so and given the seconds, which EventBridge does not have.

use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// When a schedule fires.
#[derive(Debug, Clone)]
pub struct Expression {
    text: String,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Every(SignedDuration),
    At(Box<Cron>),
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Expression {}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// When EventBridge would refuse it, or the local runner does not know it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let inside = |word: &str| text.strip_prefix(word)?.strip_prefix('(')?.strip_suffix(')');
        let kind = match (inside("rate"), inside("cron")) {
            (Some(rate), _) => Kind::Every(every(rate).ok_or_else(|| format!("{text} is no rate"))?),
            (_, Some(cron)) => Kind::At(Box::new(at(cron).map_err(|error| format!("{text}: {error}"))?)),
            _ => return Err(format!("{text} is neither rate(...) nor cron(...)")),
        };
        Ok(Self { text: text.to_owned(), kind })
    }

    /// The first firing after a moment; none when there is none any more.
    #[must_use]
    pub fn next_after(&self, after: Timestamp) -> Option<Timestamp> {
        match &self.kind {
            Kind::Every(pause) => after.checked_add(*pause).ok(),
            Kind::At(cron) => {
                let next = cron.find_next_occurrence(&Offset::UTC.to_datetime(after), false).ok()?;
                Some(next.to_zoned(TimeZone::UTC).ok()?.timestamp())
            }
        }
    }
}

/// `1 hour`, `5 minutes`: the unit agrees with the number.
fn every(rate: &str) -> Option<SignedDuration> {
    let (number, unit) = rate.split_once(' ')?;
    let number: i64 = number.parse().ok().filter(|number| *number > 0)?;
    let unit = if number == 1 { unit } else { unit.strip_suffix('s')? };
    let seconds = match unit {
        "minute" => 60,
        "hour" => 60 * 60,
        "day" => 24 * 60 * 60,
        _ => return None,
    };
    Some(SignedDuration::from_secs(number.checked_mul(seconds)?))
}

fn at(cron: &str) -> Result<Cron, String> {
    let fields: Vec<&str> = cron.split_whitespace().collect();
    let [_, _, day, _, weekday, _] = fields.as_slice() else {
        return Err("EventBridge wants six fields".to_owned());
    };
    if (*day == "?") == (*weekday == "?") {
        return Err("one of day of the month and day of the week is ?, and only one".to_owned());
    }
    if weekday.contains(['L', 'l', '+']) {
        return Err("the local runner does not know the last weekday of a month".to_owned());
    }
    let parser = CronParser::builder().seconds(Seconds::Required).year(Year::Required);
    let parser = parser.alternative_weekdays(true).sloppy_ranges(true).build();
    parser.parse(&format!("0 {cron}")).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn firings(expression: &str, after: &str, count: usize) -> Vec<String> {
        let expression = Expression::parse(expression).expect("an expression");
        let mut at: Timestamp = after.parse().expect("a time");
        let mut firings = Vec::new();
        while let Some(next) = expression.next_after(at).filter(|_| firings.len() < count) {
            firings.push(next.to_string());
            at = next;
        }
        firings
    }

    #[test]
    fn cron_is_in_utc_and_sunday_is_the_first_day() {
        let daily = firings("cron(0 2 * * ? *)", "2026-11-23T02:00:00Z", 2);
        assert_eq!(daily, ["2026-11-24T02:00:00Z", "2026-11-25T02:00:00Z"]);
        // 2026-11-23 is a Monday, the second day of EventBridge's week.
        for days in ["2-6", "MON-FRI"] {
            let working = firings(&format!("cron(30 18 ? * {days} *)"), "2026-11-26T00:00:00Z", 3);
            assert_eq!(working, ["2026-11-26T18:30:00Z", "2026-11-27T18:30:00Z", "2026-11-30T18:30:00Z"]);
        }
        let quarters = firings("cron(0/15 * * * ? *)", "2026-11-23T02:14:59.9Z", 2);
        assert_eq!(quarters, ["2026-11-23T02:15:00Z", "2026-11-23T02:30:00Z"]);
        let last = firings("cron(0 0 L * ? *)", "2027-02-01T00:00:00Z", 1);
        assert_eq!(last, ["2027-02-28T00:00:00Z"]);
        let years = firings("cron(0 0 1 1 ? 2027-2028)", "2026-11-23T00:00:00Z", 5);
        assert_eq!(years, ["2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z"]);
    }

    #[test]
    fn a_rate_counts_from_the_firing_before() {
        let hours = firings("rate(1 hour)", "2026-11-23T02:00:30Z", 2);
        assert_eq!(hours, ["2026-11-23T03:00:30Z", "2026-11-23T04:00:30Z"]);
        assert_eq!(firings("rate(5 minutes)", "2026-11-23T02:00:00Z", 1), ["2026-11-23T02:05:00Z"]);
        assert_eq!(firings("rate(2 days)", "2026-11-23T02:00:00Z", 1), ["2026-11-25T02:00:00Z"]);
    }

    #[test]
    fn what_eventbridge_refuses_is_refused() {
        for wrong in [
            "",
            "daily",
            "rate(0 minutes)",
            "rate(1 hours)",
            "rate(5 minute)",
            "rate(5 weeks)",
            "rate(5)",
            "cron(0 2 * * *)",
            "cron(0 2 * * * *)",
            "cron(0 2 ? * ? *)",
            "cron(61 2 * * ? *)",
            "cron(0 0 0 2 * * ? *)",
            "cron(0 2 ? * 6L *)",
            "cron 0 2 * * ? *",
        ] {
            assert!(Expression::parse(wrong).is_err(), "{wrong}");
        }
    }
}
