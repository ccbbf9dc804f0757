//! Chance that can be repeated.

use std::future::poll_fn;
use std::task::Poll;

/// How many of a hundred workers are killed. Some are done before that.
const KILLED: usize = 28;

/// A stream of numbers from a seed (xorshift64*).
pub(super) struct Chance {
    state: u64,
    /// How many pieces of work were begun, and how many of them killed.
    pub(super) begun: usize,
    pub(super) killed: usize,
}

/// A kind of work, with how often the last one of it was woken: who is killed, is killed within that.
#[derive(Default)]
pub(super) struct Usual(usize);

/// What becomes of a worker: it lives, or is killed after it was woken so many times.
#[derive(Clone, Copy)]
pub(super) struct Fate(Option<usize>);

/// What became of a worker.
pub(super) struct Met<T> {
    /// What it has done; none where it was killed.
    pub(super) done: Option<T>,
    woken: usize,
}

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

    /// What will become of a worker that begins now.
    pub(super) fn fate(&mut self, usual: &Usual) -> Fate {
        self.begun += 1;
        let is_killed = self.percent(KILLED);
        Fate(is_killed.then(|| 1 + self.below(usual.0)))
    }

    /// Notes what became of it.
    pub(super) fn note<T>(&mut self, usual: &mut Usual, met: Met<T>) -> Option<T> {
        match &met.done {
            Some(_) => usual.0 = met.woken,
            None => self.killed += 1,
        }
        met.done
    }
}

impl Fate {
    /// Does some work; where it is to be killed, it is dropped at the moment at which it would begin to wait for the
    /// so many-th time: its call may have been heard by then, or not.
    pub(super) async fn meet<T>(self, work: impl Future<Output = T>) -> Met<T> {
        let mut work = Box::pin(work);
        let mut woken = 0;
        let done = poll_fn(|context| {
            woken += 1;
            match work.as_mut().poll(context) {
                Poll::Ready(done) => Poll::Ready(Some(done)),
                Poll::Pending if self.0 == Some(woken) => Poll::Ready(None),
                Poll::Pending => Poll::Pending,
            }
        });
        let done = done.await;
        Met { done, woken }
    }
}
