//! Who is killed, and when: decided by chance when a worker begins, and by nothing that the machine does. Of every four
//! workers of a kind one is killed, at a call that it makes, before that is heard or after; who has made all its calls by
//! then is killed before it can say so.

use std::collections::BTreeMap;

use palad_system_tests::Side;

use super::chance::Chance;

/// Of so many workers of a kind that begin one after the other, one is killed.
const ONE_OF: usize = 4;

/// A kind of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Work {
    Plan,
    Recount,
    Mail,
    Returned,
    Stream,
}

/// Where a worker is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kill {
    /// At which of its calls, counted from one.
    pub(super) call: usize,
    pub(super) side: Side,
}

/// How many were begun, and how many of them killed.
#[derive(Default)]
pub(super) struct Kills {
    kinds: BTreeMap<Work, Turn>,
    pub(super) begun: usize,
    pub(super) killed: usize,
}

/// Workers of one kind.
#[derive(Default)]
struct Turn {
    begun: usize,
    /// Which of the next four it is.
    victim: usize,
}

impl Work {
    /// The kinds there are.
    pub(super) const KINDS: usize = 5;

    /// About how many calls it makes for each piece: whoever is killed, is killed at one of them.
    fn calls(self) -> usize {
        match self {
            Self::Plan => 16,
            Self::Mail | Self::Recount => 6,
            Self::Stream => 3,
            Self::Returned => 2,
        }
    }
}

impl Kills {
    /// What becomes of a worker that begins with so many pieces of work: where it is killed, or none where it lives.
    pub(super) fn begin(&mut self, work: Work, pieces: usize, chance: &mut Chance) -> Option<Kill> {
        let turn = self.kinds.entry(work).or_default();
        if turn.begun.is_multiple_of(ONE_OF) {
            turn.victim = chance.below(ONE_OF);
        }
        let is_killed = turn.begun % ONE_OF == turn.victim;
        turn.begun += 1;
        self.begun += 1;
        self.killed += usize::from(is_killed);
        let (call, is_heard) = (1 + chance.below(pieces * work.calls()), chance.percent(50));
        let side = if is_heard { Side::After } else { Side::Before };
        is_killed.then_some(Kill { call, side })
    }

    /// Whether as many were killed as are meant to be, but for those kinds whose last four were not complete.
    pub(super) fn are_as_meant(&self) -> bool {
        self.killed.abs_diff(self.begun / ONE_OF) <= Work::KINDS
    }
}

#[test]
fn of_every_four_of_a_kind_one_is_killed_and_the_same_ones_by_the_same_seed() {
    let draw = |seed: u64| {
        let (mut chance, mut kills) = (Chance::new(seed), Kills::default());
        let fates: Vec<Option<Kill>> = (0..100)
            .map(|number| {
                let work = if number % 3 == 0 { Work::Stream } else { Work::Mail };
                kills.begin(work, 10, &mut chance)
            })
            .collect();
        assert!(kills.are_as_meant());
        assert_eq!((kills.begun, fates.iter().flatten().count()), (100, kills.killed));
        fates
    };
    assert_eq!(draw(7), draw(7));
    assert_ne!(draw(7), draw(8));
    for seed in 0..50 {
        let (mut chance, mut kills) = (Chance::new(seed), Kills::default());
        for _ in 0..40 {
            let _ = kills.begin(Work::Plan, 1, &mut chance);
        }
        assert_eq!(kills.killed, 10, "whatever chance says");
    }
}
