//! Which reminders go out on which day: a plain value that is shown in full before a round starts.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::dates::Dates;

/// When a message is due, seen from the round's dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "when", content = "days", rename_all = "snake_case")]
pub enum Step {
    /// When the round opens.
    Opening,
    /// So many days before the deadline.
    Before(u8),
    /// So many days after the deadline.
    After(u8),
    /// When the deadline was moved, for the first time or a later one. It follows from the move, and is never planned.
    Moved(u8),
}

/// The steps that a round begins with; the office changes them as it likes.
pub const USUAL: [Step; 7] = [
    Step::Opening,
    Step::Before(30),
    Step::Before(14),
    Step::Before(7),
    Step::Before(3),
    Step::Before(1),
    Step::After(1),
];

/// From how many days before the deadline on the provinces are told who owes.
const PROVINCE_FROM: u8 = 7;

/// A step on its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Due {
    /// Which step.
    pub step: Step,
    /// The day on which it goes out.
    pub day: Date,
}

impl Step {
    /// The day on which it goes out: never one on which offices are closed. A reminder before the deadline is
    /// sent earlier rather than later, and none before the round is open.
    #[must_use]
    pub fn day(self, dates: &Dates, calendar: &Calendar) -> Date {
        match self {
            Self::Opening => calendar.on_or_after(dates.opens()),
            Self::Before(days) => {
                let meant = dates.deadline().saturating_sub(i64::from(days).days());
                let day = calendar.on_or_before(meant);
                if day < dates.opens() { calendar.on_or_after(dates.opens()) } else { day }
            }
            Self::After(days) => {
                calendar.on_or_after(dates.deadline().saturating_add(i64::from(days).days()))
            }
            // Which day that was, the round's moves say: see `Round::messages`.
            Self::Moved(_) => calendar.on_or_after(dates.opens()),
        }
    }

    /// Whether the province offices are told on this step's day who still owes: when it is time to telephone.
    #[must_use]
    pub fn tells_provinces(self) -> bool {
        match self {
            Self::Opening => false,
            Self::Before(days) => days <= PROVINCE_FROM,
            Self::After(_) | Self::Moved(_) => true,
        }
    }

    /// A name for markers and logs: `opening`, `before-7`, `after-1`, `moved-1`.
    #[must_use]
    pub fn slug(self) -> String {
        match self {
            Self::Opening => "opening".to_owned(),
            Self::Before(days) => format!("before-{days}"),
            Self::After(days) => format!("after-{days}"),
            Self::Moved(number) => format!("moved-{number}"),
        }
    }
}

/// The whole plan, by day. Of steps that a short round or a long holiday puts on one day only the latest goes out:
/// nobody is written to twice on a day.
#[must_use]
pub fn plan(steps: &[Step], dates: &Dates, calendar: &Calendar) -> Vec<Due> {
    let mut due: Vec<Due> =
        steps.iter().map(|step| Due { step: *step, day: step.day(dates, calendar) }).collect();
    due.sort_by_key(|due| (due.day, nearness(due.step)));
    due.dedup_by(|later, kept| {
        let is_same_day = later.day == kept.day;
        if is_same_day {
            *kept = *later;
        }
        is_same_day
    });
    due
}

/// Grows towards the deadline and beyond it.
fn nearness(step: Step) -> i16 {
    match step {
        Step::Opening => i16::MIN,
        Step::Moved(_) => i16::MAX,
        Step::Before(days) => -i16::from(days),
        Step::After(days) => i16::from(days),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::round::dates::DatesInput;

    fn dates(opens: Date, deadline: Date) -> Dates {
        let closes = deadline.saturating_add(30.days());
        Dates::parse(DatesInput { opens, deadline, closes }).expect("in order")
    }

    #[test]
    fn the_plan_of_a_real_round() {
        // The letter of 25 January 2566 with its deadline on Friday 31 March; 6 March was Makha Bucha.
        let calendar = Calendar::with([date(2023, 3, 6)]);
        let days: Vec<(String, Date)> = plan(&USUAL, &dates(date(2023, 1, 25), date(2023, 3, 31)), &calendar)
            .iter()
            .map(|due| (due.step.slug(), due.day))
            .collect();
        let meant = [
            ("opening", date(2023, 1, 25)),
            ("before-30", date(2023, 3, 1)),
            ("before-14", date(2023, 3, 17)),
            ("before-7", date(2023, 3, 24)),
            ("before-3", date(2023, 3, 28)),
            ("before-1", date(2023, 3, 30)),
            ("after-1", date(2023, 4, 3)),
        ];
        assert_eq!(days, meant.map(|(step, day)| (step.to_owned(), day)));
    }

    #[test]
    fn in_a_short_round_nobody_is_written_to_twice_on_a_day() {
        // From Friday to Monday: what was due before the opening goes out on it, once, and as the nearest step.
        let due = plan(&USUAL, &dates(date(2026, 11, 20), date(2026, 11, 23)), &Calendar::default());
        let days: Vec<(String, Date)> = due.iter().map(|due| (due.step.slug(), due.day)).collect();
        let meant = [("before-1", date(2026, 11, 20)), ("after-1", date(2026, 11, 24))];
        assert_eq!(days, meant.map(|(step, day)| (step.to_owned(), day)));
    }

    #[test]
    fn no_day_of_a_plan_is_one_on_which_offices_are_closed() {
        let calendar = Calendar::default();
        for offset in 0..400 {
            let opens = date(2026, 1, 1).saturating_add(offset.days());
            let plan = plan(&USUAL, &dates(opens, opens.saturating_add(40.days())), &calendar);
            assert!(plan.iter().all(|due| calendar.is_working_day(due.day) && due.day >= opens), "{opens}");
            assert!(plan.windows(2).all(|pair| pair[0].day < pair[1].day), "{opens}");
        }
    }
}
