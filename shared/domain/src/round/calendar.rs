//! On which days offices work.
//!
//! Holidays that fall on the same day each year are known by rule (holidays.csv). Those that move with the moon,
//! and those that the cabinet adds, are entered by the central office for each year: nothing here guesses them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// One holiday of every year.
struct Fixed {
    month: i8,
    day: i8,
    since: i16,
}

static FIXED: LazyLock<Vec<Fixed>> =
    LazyLock::new(|| include_str!("holidays.csv").lines().skip(1).filter_map(fixed).collect());

fn fixed(line: &str) -> Option<Fixed> {
    let mut cells = line.split(',');
    let (month, day, since) = (cells.next()?, cells.next()?, cells.next()?);
    Some(Fixed { month: month.parse().ok()?, day: day.parse().ok()?, since: since.parse().ok()? })
}

/// The days on which offices are closed, beside weekends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Calendar {
    /// Holidays that the office has entered: those that move, and those that were added.
    entered: BTreeSet<Date>,
}

impl Calendar {
    /// A calendar with the holidays that the office has entered.
    #[must_use]
    pub fn with(entered: impl IntoIterator<Item = Date>) -> Self {
        Self { entered: entered.into_iter().collect() }
    }

    /// Whether offices work on this day.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        !is_weekend(day) && !self.is_holiday(day) && !self.stands_in(day)
    }

    /// The day itself or the last working day before it.
    #[must_use]
    pub fn on_or_before(&self, day: Date) -> Date {
        self.seek(day, Date::yesterday)
    }

    /// The day itself or the first working day after it.
    #[must_use]
    pub fn on_or_after(&self, day: Date) -> Date {
        self.seek(day, Date::tomorrow)
    }

    /// At the ends of the calendar, where there is no next day, the day itself.
    fn seek(&self, day: Date, step: impl Fn(Date) -> Result<Date, jiff::Error>) -> Date {
        let mut found = day;
        while !self.is_working_day(found) {
            match step(found) {
                Ok(next) => found = next,
                Err(_) => return day,
            }
        }
        found
    }

    fn is_holiday(&self, day: Date) -> bool {
        let is_fixed =
            |fixed: &Fixed| (fixed.month, fixed.day) == (day.month(), day.day()) && fixed.since <= day.year();
        self.entered.contains(&day) || FIXED.iter().any(is_fixed)
    }

    /// Whether this day stands in for a holiday that fell on the weekend before it: the first day after that
    /// weekend that is not a holiday itself, and one day only, however many holidays fell on the weekend.
    fn stands_in(&self, day: Date) -> bool {
        let mut before = day.yesterday();
        while let Ok(earlier) = before
            && !is_weekend(earlier)
            && self.is_holiday(earlier)
        {
            before = earlier.yesterday();
        }
        let Ok(sunday) = before else { return false };
        sunday.weekday() == Weekday::Sunday
            && (self.is_holiday(sunday) || sunday.yesterday().is_ok_and(|saturday| self.is_holiday(saturday)))
    }
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_line_of_the_list_is_read() {
        let lines: Vec<&str> = include_str!("holidays.csv").lines().collect();
        assert_eq!(FIXED.len(), lines.len() - 1);
        assert!(lines.iter().all(|line| line.split(',').count() == 5));
        assert!(FIXED.iter().all(|fixed| Date::new(2024, fixed.month, fixed.day).is_ok()));
    }

    #[test]
    fn a_holiday_on_a_weekend_is_made_up_for_once() {
        let calendar = Calendar::default();
        // Songkran of 2024 was on Saturday, Sunday and Monday: Tuesday stood in, and Wednesday did not.
        let works = |day: i8| calendar.is_working_day(date(2024, 4, day));
        assert_eq!((12..=17).map(works).collect::<Vec<_>>(), [true, false, false, false, false, true]);
        // New Year's Eve of 2022 was a Saturday and New Year a Sunday: Monday stood in.
        assert!(!calendar.is_working_day(date(2023, 1, 2)) && calendar.is_working_day(date(2023, 1, 3)));
        // The tenth of December 2023 was a Sunday.
        assert!(!calendar.is_working_day(date(2023, 12, 11)) && calendar.is_working_day(date(2023, 12, 12)));
    }

    #[test]
    fn days_that_the_office_entered_count_too() {
        // Makha Bucha of 2023 was on Monday the sixth of March.
        assert!(Calendar::default().is_working_day(date(2023, 3, 6)));
        let calendar = Calendar::with([date(2023, 3, 6)]);
        assert!(!calendar.is_working_day(date(2023, 3, 6)));
        assert_eq!(calendar.on_or_before(date(2023, 3, 6)), date(2023, 3, 3));
        assert_eq!(calendar.on_or_after(date(2023, 3, 4)), date(2023, 3, 7));
        // One entered for a Saturday is made up for on Monday.
        assert!(!Calendar::with([date(2023, 3, 4)]).is_working_day(date(2023, 3, 6)));
    }
}
