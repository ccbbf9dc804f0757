//! How agencies stand by their own books, which the system does not know.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use palad_domain::agency::AgencyCode;
use palad_domain::province::ProvinceCode;
use palad_domain::round::tally::{Standing, Tally};

use super::agencies::Simulated;
use super::office::DUE;
use super::world::World;

impl World {
    /// Those who have answered while mail was on its way count as having answered from `at` on.
    pub(super) fn settle(&mut self, numbers: &[usize], at: Timestamp) {
        for number in numbers {
            let answered_at = &mut self.agencies[*number].answered_at;
            *answered_at = answered_at.map(|_| at);
        }
    }

    /// Whether mail could reach an agency, by its own book: none where it has no address.
    fn reach(&self, simulated: &Simulated) -> Option<bool> {
        let account = simulated.has_account.then_some(&simulated.email);
        let mut addresses = account.into_iter().chain(&simulated.agency.official_email).peekable();
        addresses.peek()?;
        Some(addresses.any(|address| !self.dead.contains(address)))
    }

    /// Where an agency stands by its own book.
    fn standing(&self, simulated: &Simulated) -> Standing {
        match (simulated.answered_at, self.reach(simulated), simulated.has_account) {
            (Some(_), ..) if simulated.is_vacant => Standing::Vacant,
            (Some(_), ..) => Standing::Updated,
            (None, Some(false), _) => Standing::Unreachable,
            (None, _, true) => Standing::Silent,
            (None, _, false) => Standing::NotRegistered,
        }
    }

    /// What the totals are to be, by the agencies' own books.
    pub(super) fn expected(&self) -> BTreeMap<ProvinceCode, Tally> {
        let due = usize::try_from(DUE).expect("a day");
        let mut expected: BTreeMap<ProvinceCode, Tally> = BTreeMap::new();
        for one in &self.agencies {
            let is_late = one.answered_at.is_some() && one.answers.is_some_and(|day| day > due);
            *expected.entry(one.agency.province.code()).or_default() +=
                Tally::one(self.standing(one), is_late);
        }
        expected
    }

    /// Who owes and can be written to.
    pub(super) fn owing(&self) -> BTreeSet<AgencyCode> {
        let owes = |one: &&Simulated| one.answered_at.is_none() && self.reach(one) == Some(true);
        self.agencies.iter().filter(owes).map(|one| one.agency.code.clone()).collect()
    }

    /// The provinces in which somebody owes.
    pub(super) fn provinces_that_owe(&self) -> BTreeSet<ProvinceCode> {
        let owing = self.agencies.iter().filter(|one| one.answered_at.is_none());
        owing.map(|one| one.agency.province.code()).collect()
    }
}
