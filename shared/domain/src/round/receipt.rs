//! The receipt of an answer: a number that can be printed, read out, and looked up by anybody. A confirmation outside
//! of any round has one too.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::answer::{AnswerKind, Answers};
use super::id::RoundId;
use super::state::OpenRound;
use crate::agency::{Agency, AgencyView};
use crate::crockford;
use crate::record::Version;

/// The number of a receipt: random, so that nobody finds others by counting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReceiptNumber(String);

impl ReceiptNumber {
    /// A number of random bytes.
    #[must_use]
    pub fn of_random(bytes: [u8; crockford::LENGTH]) -> Self {
        Self(crockford::of_random(bytes))
    }

    /// A number as people type it, if it has the form of one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        crockford::parse(text).ok().map(Self)
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it is shown: two groups.
    #[must_use]
    pub fn grouped(&self) -> String {
        crockford::grouped(&self.0)
    }
}

/// What was answered, when, and in which rounds it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Its number.
    pub number: ReceiptNumber,
    /// The agency as it was called then.
    pub agency: AgencyView,
    /// When.
    pub at: Timestamp,
    /// The record's version that it is about.
    pub version: Version,
    /// The rounds in which it counts; none outside of any.
    pub answers: Vec<ReceiptAnswer>,
}

/// What it says in one round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptAnswer {
    /// Which round.
    pub round: RoundId,
    /// What it is called.
    pub title: String,
    /// What the answer says.
    pub kind: AnswerKind,
    /// Whether the agency first answered after the deadline.
    pub late: bool,
}

impl Receipt {
    /// The receipt of that after which these answers stand.
    #[must_use]
    pub fn of(
        number: ReceiptNumber,
        agency: &Agency,
        version: Version,
        open: &[OpenRound],
        answers: &Answers,
        at: Timestamp,
    ) -> Self {
        let answer = |round: &OpenRound| {
            // An answer that the round did not take now is not what this receipt is for.
            let answer = answers.get(&round.id).filter(|answer| answer.changed_at == at)?;
            let late = answer.is_after(round.dates.deadline());
            Some(ReceiptAnswer { round: round.id, title: round.title.clone(), kind: answer.kind, late })
        };
        let answers = open.iter().filter_map(answer).collect();
        Self { number, agency: agency.view(), at, version, answers }
    }
}

/// A receipt on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReceiptView<'a> {
    /// Its number, in two groups.
    pub number: String,
    /// The agency as it was called then.
    pub agency: &'a AgencyView,
    /// When.
    pub at: Timestamp,
    /// The record's version that was confirmed.
    pub version: Version,
    /// The rounds in which it counts; none outside of any.
    pub answers: &'a [ReceiptAnswer],
}

impl Receipt {
    /// As it is shown to whoever has its number.
    #[must_use]
    pub fn view(&self) -> ReceiptView<'_> {
        ReceiptView {
            number: self.number.grouped(),
            agency: &self.agency,
            at: self.at,
            version: self.version,
            answers: &self.answers,
        }
    }
}
