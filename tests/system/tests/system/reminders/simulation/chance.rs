//! Chance that can be repeated.

use std::time::{Duration, Instant};

/// A stream of numbers from a seed (xorshift64*).
pub(super) struct Chance {
    state: u64,
    /// How many pieces of work were begun, and how many of them killed.
    pub(super) begun: usize,
    pub(super) killed: usize,
}

/// A kind of work, with how long the last one of it took: who is killed, is killed within that.
#[derive(Default)]
pub(super) struct Usual(Duration);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self { state: seed.max(1), begun: 0, killed: 0 }
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

    /// Does some work; every fifth time it is killed, wherever it is then. Some are done before that, and so it is
    /// tried somewhat more often.
    pub(super) async fn perhaps_killed<T>(
        &mut self,
        usual: &mut Usual,
        work: impl Future<Output = T>,
    ) -> Option<T> {
        self.begun += 1;
        let began = Instant::now();
        if !self.percent(27) {
            let done = work.await;
            usual.0 = began.elapsed();
            return Some(done);
        }
        let most = usize::try_from(usual.0.as_micros()).expect("a while");
        let after = Duration::from_micros(self.below(most) as u64);
        let done = tokio::time::timeout(after, work).await.ok();
        self.killed += usize::from(done.is_none());
        done
    }
}
