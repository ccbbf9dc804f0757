//! The time of a step, from its messages to those of the next: who was to have one, and who had it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use palad_domain::agency::AgencyCode;
use palad_domain::province::ProvinceCode;
use palad_domain::round::calendar::Calendar;
use palad_domain::round::reminder::StepOf;
use palad_store::Lease;

use super::queue::{files, read};
use super::world::World;

/// What has happened since the messages of a step began.
#[derive(Default)]
pub(super) struct Window {
    pub(super) of: Option<StepOf>,
    /// Whether a run has come to its end.
    pub(super) is_ordered: bool,
    /// Who owed when its messages were ordered, and could be written to.
    pub(super) owed: BTreeSet<AgencyCode>,
    /// Who has answered since, and may have taken it back: its message went out no more.
    pub(super) answered: BTreeSet<AgencyCode>,
    /// The provinces in which somebody owed then.
    pub(super) told: BTreeSet<ProvinceCode>,
    /// Mails to each agency, and to the officer of each province.
    mails: BTreeMap<AgencyCode, usize>,
    digests: BTreeMap<ProvinceCode, usize>,
}

/// Whose address it is.
pub(super) enum Reader {
    Agency(usize),
    Officer(ProvinceCode),
}

impl World {
    /// The step whose messages stand now.
    pub(super) fn step(&self) -> Option<StepOf> {
        self.round.step_at(&Calendar::default(), self.clock.now())
    }

    /// Reads the mails that were sent since the last time. Nobody has one who had answered before it was claimed: the
    /// clock goes on between two waves of workers, and whoever answers during one has a race with its mail.
    pub(super) fn read_mails(&mut self) {
        let folder = self.data().join("mail");
        let names = files(&folder);
        let new = &names[self.mails_read.min(names.len())..];
        for name in new {
            let mail = read(&folder.join(name));
            let text = |name: &str| mail[name].as_str().expect("text");
            let at: Timestamp = text("at").parse().expect("a time");
            match &self.readers[text("to")] {
                Reader::Officer(province) => {
                    *self.window.digests.entry(*province).or_default() += 1;
                    self.counts.digests += 1;
                }
                Reader::Agency(number) => {
                    let one = &self.agencies[*number];
                    let code = one.agency.code.clone();
                    let owed = one.answered_at.is_none_or(|answered_at| at <= answered_at);
                    assert!(owed, "{code} was written to at {at}, after it had answered");
                    *self.window.mails.entry(code).or_default() += 1;
                    self.counts.sent += 1;
                }
            }
        }
        self.mails_read += new.len();
    }

    /// Looks back at a step when the next one comes: each that owed all the time had its one message.
    pub(super) async fn close_window(&mut self) {
        let window = std::mem::take(&mut self.window);
        let Some(of) = window.of else { return };
        let mark = of.mark();
        for (code, mails) in &window.mails {
            assert!(*mails <= 1, "{code} was written to {mails} times for {mark}");
        }
        for (province, digests) in &window.digests {
            assert!(*digests <= 1, "{province} had {digests} lists for {mark}");
        }
        assert!(window.is_ordered, "nothing was ordered for {mark}");
        let mut doubted = BTreeSet::new();
        for code in window.owed.iter().filter(|code| !window.mails.contains_key(*code)) {
            let lease = self.lease(&format!("REMIND#{mark}#{code}")).await;
            assert!(
                window.answered.contains(code) || lease == Lease::InDoubt,
                "{code} was forgotten for {mark}: {lease:?}"
            );
            if lease == Lease::InDoubt {
                doubted.insert(code.clone());
            }
        }
        self.counts.in_doubt += doubted.len();
        // Whoever may have missed the message before, and still owed, has this one.
        self.counts.reached_later +=
            self.doubted.iter().filter(|code| window.mails.contains_key(*code)).count();
        self.doubted = doubted;
        if of.step.tells_provinces() {
            for province in window.told.iter().filter(|province| !window.digests.contains_key(*province)) {
                let officer = self.officers[province].as_str();
                let lease = self.lease(&format!("DIGEST#{mark}#{province}#{officer}")).await;
                assert_eq!(lease, Lease::InDoubt, "the office of {province} was forgotten for {mark}");
            }
        }
    }

    async fn lease(&self, order: &str) -> Lease {
        self.ledger.claim(order, self.clock.now()).await.expect("the store")
    }
}
