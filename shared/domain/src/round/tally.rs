//! How far a round has come: counts that add up to the number of agencies at every level.

use std::ops::{AddAssign, SubAssign};

use serde::{Deserialize, Serialize};

use super::answer::{Answer, AnswerKind};

/// Where one agency stands in a round. Each stands in one place only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Excused, with a reason.
    Exempt,
    /// It has no account, so that nobody could answer.
    NotRegistered,
    /// It has an account and is silent.
    Silent,
    /// It is silent, and mail to it comes back: a matter for the telephone, not of will.
    Unreachable,
    /// It found its record right.
    Confirmed,
    /// It brought its record up to date.
    Updated,
    /// Nobody holds the post.
    Vacant,
}

impl Standing {
    /// Every place.
    pub const ALL: [Self; 7] = [
        Self::Exempt,
        Self::NotRegistered,
        Self::Silent,
        Self::Unreachable,
        Self::Confirmed,
        Self::Updated,
        Self::Vacant,
    ];

    /// Where an agency stands.
    #[must_use]
    pub fn of(is_exempt: bool, has_account: bool, is_unreachable: bool, answer: Option<&Answer>) -> Self {
        match answer.map(|answer| answer.kind) {
            Some(AnswerKind::Confirmed) => Self::Confirmed,
            Some(AnswerKind::Updated) => Self::Updated,
            Some(AnswerKind::Vacant) => Self::Vacant,
            None if is_exempt => Self::Exempt,
            None if is_unreachable => Self::Unreachable,
            None if has_account => Self::Silent,
            None => Self::NotRegistered,
        }
    }

    /// Whether the agency still owes an answer.
    #[must_use]
    pub fn owes(self) -> bool {
        matches!(self, Self::NotRegistered | Self::Silent | Self::Unreachable)
    }
}

/// How many agencies stand where; and how many of those that answered were late.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    standing: [u32; Standing::ALL.len()],
    late: u32,
}

impl Tally {
    /// One agency.
    #[must_use]
    pub fn one(standing: Standing, is_late: bool) -> Self {
        let mut tally = Self { late: u32::from(is_late), ..Self::default() };
        tally.standing[standing as usize] = 1;
        tally
    }

    /// How many stand there.
    #[must_use]
    pub fn at(&self, standing: Standing) -> u32 {
        self.standing[standing as usize]
    }

    /// How many answered after the deadline.
    #[must_use]
    pub fn late(&self) -> u32 {
        self.late
    }

    /// How many agencies there are.
    #[must_use]
    pub fn all(&self) -> u32 {
        self.standing.iter().sum()
    }

    /// How many still owe an answer.
    #[must_use]
    pub fn owing(&self) -> u32 {
        Standing::ALL.into_iter().filter(|standing| standing.owes()).map(|standing| self.at(standing)).sum()
    }

    /// How many have answered.
    #[must_use]
    pub fn answered(&self) -> u32 {
        self.all() - self.owing() - self.at(Standing::Exempt)
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        for (own, other) in self.standing.iter_mut().zip(other.standing) {
            *own = own.saturating_add(other);
        }
        self.late = self.late.saturating_add(other.late);
    }
}

impl SubAssign for Tally {
    /// Never below nothing: what drifted is mended by the recount, and does not become four thousand million.
    fn sub_assign(&mut self, other: Self) {
        for (own, other) in self.standing.iter_mut().zip(other.standing) {
            *own = own.saturating_sub(other);
        }
        self.late = self.late.saturating_sub(other.late);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_add_up_to_the_number_of_agencies() {
        let mut tally = Tally::default();
        for (at, standing) in Standing::ALL.into_iter().enumerate() {
            for _ in 0..=at {
                tally += Tally::one(standing, standing == Standing::Vacant);
            }
        }
        assert_eq!(tally.all(), (1..=7).sum::<u32>());
        assert_eq!(tally.all(), tally.answered() + tally.owing() + tally.at(Standing::Exempt));
        assert_eq!((tally.owing(), tally.answered(), tally.late()), (2 + 3 + 4, 5 + 6 + 7, 7));
        tally -= Tally::one(Standing::Exempt, false);
        tally -= Tally::one(Standing::Exempt, false);
        assert_eq!(tally.at(Standing::Exempt), 0, "never below nothing");
    }

    #[test]
    fn an_answer_counts_before_anything_else() {
        assert_eq!(Standing::of(false, false, false, None), Standing::NotRegistered);
        assert_eq!(Standing::of(false, true, false, None), Standing::Silent);
        assert_eq!(Standing::of(false, true, true, None), Standing::Unreachable);
        assert_eq!(Standing::of(true, true, true, None), Standing::Exempt);
        let answer = Answer {
            kind: AnswerKind::Vacant,
            answered_at: jiff::Timestamp::UNIX_EPOCH,
            changed_at: jiff::Timestamp::UNIX_EPOCH,
            late: true,
            by: crate::record::Office::Agency,
            version: crate::record::Version(1),
            receipt: None,
        };
        assert_eq!(Standing::of(true, true, true, Some(&answer)), Standing::Vacant);
    }
}
