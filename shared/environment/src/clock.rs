//! The time, with an offset that a test or the local runner may move.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// Tells handlers what time it is. Clones share one offset; on Lambda the offset is always zero.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    offset_ms: Arc<AtomicI64>,
}

impl Clock {
    /// The moment that handlers call now: the machine's time plus the offset.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let offset = SignedDuration::from_millis(self.offset_ms.load(Ordering::Relaxed));
        Timestamp::now().checked_add(offset).unwrap_or(Timestamp::MAX)
    }

    /// Makes `now` the present moment; the clock keeps running from there.
    pub fn set(&self, now: Timestamp) {
        let offset = now.duration_since(Timestamp::now());
        let offset_ms = i64::try_from(offset.as_millis()).unwrap_or(0);
        self.offset_ms.store(offset_ms, Ordering::Relaxed);
    }

    /// Back to the machine's own time.
    pub fn reset(&self) {
        self.offset_ms.store(0, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_clock_keeps_running_and_clones_follow() {
        let clock = Clock::default();
        let copy = clock.clone();
        let target: Timestamp = "2027-03-31T00:00:00Z".parse().expect("a timestamp");
        clock.set(target);
        assert!(copy.now() >= target - SignedDuration::from_secs(1));
        assert!(copy.now() < target + SignedDuration::from_secs(60));
        clock.reset();
        assert!((copy.now().duration_since(Timestamp::now())).abs() < SignedDuration::from_secs(60));
    }
}
