//! The three dates of a round, all of them days in Bangkok.

use jiff::Timestamp;
use jiff::civil::Date;
use palad_thai::date::{bangkok_day, bangkok_midnight};
use serde::{Deserialize, Serialize};

use crate::fields::FieldErrors;
use crate::say::say;

/// When a round opens, is due, and closes: never in another order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "DatesInput", into = "DatesInput")]
pub struct Dates {
    opens: Date,
    deadline: Date,
    closes: Date,
}

/// The dates as they are typed and stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatesInput {
    /// The first day on which an answer counts.
    pub opens: Date,
    /// The last day that is on time.
    pub deadline: Date,
    /// The last day on which an answer is taken.
    pub closes: Date,
}

/// Where a day lies in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Before it opens.
    Before,
    /// Open, and on time.
    OnTime,
    /// The deadline has passed; answers are taken and marked หลังกำหนด.
    Late,
    /// It has closed.
    Over,
}

impl Phase {
    /// Whether an answer is taken.
    #[must_use]
    pub fn takes_answers(self) -> bool {
        matches!(self, Self::OnTime | Self::Late)
    }
}

impl Dates {
    /// Holds the dates against each other.
    ///
    /// # Errors
    /// At `/dates/deadline` when it lies before the opening, at `/dates/closes` when that lies before the deadline.
    pub fn parse(input: DatesInput) -> Result<Self, FieldErrors> {
        let DatesInput { opens, deadline, closes } = input;
        let mut errors = FieldErrors::default();
        let not_before = |earlier: Date, later: Date, th: &'static str, en: &'static str| {
            if later < earlier { Err(say(th, en)) } else { Ok(()) }
        };
        errors.keep(
            "/dates/deadline",
            not_before(
                opens,
                deadline,
                "วันครบกำหนดต้องไม่ก่อนวันเปิดรอบ",
                "The deadline may not lie before the opening.",
            ),
        );
        errors.keep(
            "/dates/closes",
            not_before(
                deadline,
                closes,
                "วันปิดรอบต้องไม่ก่อนวันครบกำหนด",
                "The closing may not lie before the deadline.",
            ),
        );
        if errors.is_empty() { Ok(Self { opens, deadline, closes }) } else { Err(errors) }
    }

    /// The first day on which an answer counts.
    #[must_use]
    pub fn opens(&self) -> Date {
        self.opens
    }

    /// The last day that is on time.
    #[must_use]
    pub fn deadline(&self) -> Date {
        self.deadline
    }

    /// The last day on which an answer is taken.
    #[must_use]
    pub fn closes(&self) -> Date {
        self.closes
    }

    /// Where this moment lies. The deadline is a whole day: late is from 00:00 of the next one on, in Bangkok.
    #[must_use]
    pub fn phase(&self, now: Timestamp) -> Phase {
        let today = bangkok_day(now);
        if today < self.opens {
            Phase::Before
        } else if today <= self.deadline {
            Phase::OnTime
        } else if today <= self.closes {
            Phase::Late
        } else {
            Phase::Over
        }
    }

    /// The moment from which it is over: 00:00 in Bangkok after its last day.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        self.closes.tomorrow().map_or(Timestamp::MAX, bangkok_midnight)
    }

    /// How many days are left with today: 0 on the deadline itself, less than that afterwards.
    #[must_use]
    pub fn days_left(&self, now: Timestamp) -> i32 {
        (self.deadline - bangkok_day(now)).get_days()
    }
}

impl TryFrom<DatesInput> for Dates {
    type Error = &'static str;

    fn try_from(input: DatesInput) -> Result<Self, Self::Error> {
        Self::parse(input).map_err(|_| "the dates of a round are not in order")
    }
}

impl From<Dates> for DatesInput {
    fn from(Dates { opens, deadline, closes }: Dates) -> Self {
        Self { opens, deadline, closes }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn of(opens: Date, deadline: Date, closes: Date) -> Result<Dates, FieldErrors> {
        Dates::parse(DatesInput { opens, deadline, closes })
    }

    #[test]
    fn dates_stand_in_order() {
        let [first, second, third] = [date(2023, 1, 25), date(2023, 3, 31), date(2023, 4, 30)];
        assert!(of(first, second, third).is_ok());
        assert!(of(first, first, first).is_ok(), "a round of one day");
        assert!(of(second, first, third).is_err());
        assert!(of(first, third, second).is_err());
        let stored = r#"{"opens":"2023-03-31","deadline":"2023-01-25","closes":"2023-04-30"}"#;
        assert!(serde_json::from_str::<Dates>(stored).is_err());
    }

    #[test]
    fn the_deadline_ends_at_midnight_in_bangkok() {
        let dates = of(date(2023, 1, 25), date(2023, 3, 31), date(2023, 4, 30)).expect("in order");
        let at = |text: &str| dates.phase(text.parse().expect("a time"));
        assert_eq!(at("2023-01-24T16:59:59Z"), Phase::Before);
        assert_eq!(at("2023-01-24T17:00:00Z"), Phase::OnTime);
        assert_eq!(at("2023-03-31T16:59:59Z"), Phase::OnTime);
        assert_eq!(at("2023-03-31T17:00:00Z"), Phase::Late);
        assert_eq!(at("2023-04-30T17:00:00Z"), Phase::Over);
        assert_eq!(dates.ends_at().to_string(), "2023-04-30T17:00:00Z");
        let left = |text: &str| dates.days_left(text.parse().expect("a time"));
        assert_eq!(
            [left("2023-03-19T10:00:00Z"), left("2023-03-31T10:00:00Z"), left("2023-03-31T17:00:00Z")],
            [12, 0, -1]
        );
    }
}
