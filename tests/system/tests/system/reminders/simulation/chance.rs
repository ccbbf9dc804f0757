//! Chance that can be repeated.

/// Two odd numbers with their bits well mixed (of splitmix64), so that neighbouring seeds, days and parts of a day have
/// nothing in common.
const MIX: [u64; 2] = [0x9E37_79B9_7F4A_7C15, 0xBF58_476D_1CE4_E5B9];

/// A stream of numbers from a seed (xorshift64*). Each part of a day draws from one of its own: what happens in one part
/// does not change what chance has in store for the next.
pub(super) struct Chance {
    seed: u64,
    state: u64,
}

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed, state: mixed(seed) }
    }

    /// Begins a part of a day.
    pub(super) fn turn(&mut self, day: usize, part: u64) {
        let day = u64::try_from(day).expect("a day");
        self.state = mixed(mixed(mixed(self.seed) ^ day) ^ part);
    }

    fn next(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).expect("31 bits") % end.max(1)
    }

    /// Whether something happens that happens so many times in a hundred.
    pub(super) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// In another order.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// Never zero, at which the stream would stand still.
fn mixed(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(MIX[0]);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(MIX[1]);
    (mixed ^ (mixed >> 31)).max(1)
}

#[test]
fn the_same_seed_has_the_same_in_store_for_a_day_whatever_the_day_before_has_drawn() {
    let draw = |seed: u64, before: usize| {
        let mut chance = Chance::new(seed);
        chance.turn(3, 1);
        for _ in 0..before {
            let _ = chance.below(9);
        }
        chance.turn(4, 1);
        [chance.below(1_000), chance.below(1_000), chance.below(1_000)]
    };
    assert_eq!(draw(7, 0), draw(7, 5));
    assert_ne!(draw(7, 0), draw(8, 0));
}
