//! Messages to those who owe: to each agency one for each step, and to each province office the list of its agencies.
//!
//! A message is ordered, waits in a queue, and is looked at again before it is sent. So it says which step of which
//! round it belongs to, and whether that is still the step of the day can be judged at any moment.

use serde::{Deserialize, Serialize};

use super::dates::Dates;
use super::id::RoundId;
use super::plan::Step;
use super::tally::{Standing, Tally};
use crate::agency::AgencyView;
use crate::directory::PublicPost;
use crate::email::Email;
use crate::province::ProvinceCode;
use crate::staff::StaffId;

/// One step of one round, with the deadline that it was reckoned from: when the deadline moves, seven days before it is
/// another day, and its message another message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepOf {
    /// The round.
    pub round: RoundId,
    /// The step.
    pub step: Step,
    /// The deadline; none where the step does not depend on it.
    pub deadline: Option<jiff::civil::Date>,
}

/// A message to an agency that owes an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// To whom.
    pub to: Email,
    /// Which agency.
    pub agency: AgencyView,
    /// Which step of which round.
    pub of: StepOf,
    /// The record as it stands and as anybody may see it; none where nothing was recorded.
    pub record: Option<PublicPost>,
    /// How the agency can answer.
    pub way: Way,
}

/// How an agency can answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum Way {
    /// By the link that shows the record.
    Confirm {
        /// The token of the link.
        token: String,
    },
    /// By signing in: it has an account and no record.
    SignIn,
    /// By registering: it has no account.
    Register,
}

/// A message to an officer of a province office: which agencies of the province owe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// To whom.
    pub to: Email,
    /// Which province.
    pub province: ProvinceCode,
    /// Which step of which round.
    pub of: StepOf,
    /// Where the agencies of the province stand.
    pub tally: Tally,
    /// Those that owe, in the order of districts and names.
    pub owing: Vec<Owing>,
}

/// An agency that owes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owing {
    /// Its district.
    pub district: String,
    /// Its whole name.
    pub name: String,
    /// Where it stands.
    pub standing: Standing,
    /// Where it can be called.
    pub telephone: Option<String>,
}

impl StepOf {
    /// The step of a round with these dates.
    #[must_use]
    pub fn new(round: RoundId, step: Step, dates: &Dates) -> Self {
        let deadline = (step != Step::Opening).then(|| dates.deadline());
        Self { round, step, deadline }
    }

    /// A name for markers: `2569-1#opening`, `2569-1#before-7@2026-11-30`.
    #[must_use]
    pub fn mark(&self) -> String {
        let Self { round, step, deadline } = self;
        let slug = step.slug();
        deadline.map_or_else(|| format!("{round}#{slug}"), |day| format!("{round}#{slug}@{day}"))
    }
}

impl Reminder {
    /// The key of its order: an agency is written to at most once for each step.
    #[must_use]
    pub fn key(&self) -> String {
        format!("REMIND#{}#{}", self.of.mark(), self.agency.code)
    }
}

impl Digest {
    /// The key of its order.
    #[must_use]
    pub fn key(&self, officer: &StaffId) -> String {
        format!("DIGEST#{}#{}#{}", self.of.mark(), self.province, officer.as_str())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::round::dates::DatesInput;

    fn dates() -> Dates {
        let input =
            DatesInput { opens: date(2026, 11, 2), deadline: date(2026, 11, 30), closes: date(2026, 12, 15) };
        Dates::parse(input).expect("in order")
    }

    #[test]
    fn a_step_of_another_deadline_is_another_step_but_the_opening_is_one() {
        let round = "2569-1".parse().expect("a round");
        let moved = DatesInput { deadline: date(2026, 12, 10), ..dates().into() };
        let moved = Dates::parse(moved).expect("in order");
        let of = |step: Step, dates: &Dates| StepOf::new(round, step, dates).mark();
        assert_ne!(of(Step::Before(7), &dates()), of(Step::Before(7), &moved));
        assert_eq!(of(Step::Opening, &dates()), of(Step::Opening, &moved));
    }
}
