//! How many tries are allowed: counters that are charged before a try is checked.
//!
//! The two counters here are plain values, and the guards across agencies plain sets. The store writes the charged value with the condition that the
//! seen one still stands, so that of many parallel tries exactly one is let through, and a process
//! that dies after charging costs the guesser a try, never the owner.

mod guards;

pub use guards::{Guard, GuardKind, Network, Window};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Tries that no known device makes share one allowance for each agency; it refills all day long.
///
/// A full allowance that refills at an even rate lets a stranger annoy, but not lock anybody out:
/// the mailed code is needed anyway, and known devices have a counter of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowance {
    /// The moment at which the allowance is (or was) full again.
    full_at: Timestamp,
}

impl Allowance {
    /// Nothing was used yet.
    #[must_use]
    pub fn full(now: Timestamp) -> Self {
        Self { full_at: now }
    }

    /// Takes one of `tries` that refill within `period`.
    ///
    /// # Errors
    /// How long to wait for the next try when none is left.
    pub fn charge(self, now: Timestamp, tries: i32, period: SignedDuration) -> Result<Self, SignedDuration> {
        let refill = period / tries.max(1);
        let full_at = self.full_at.max(now) + refill;
        let over = full_at.duration_since(now) - period;
        if over > SignedDuration::ZERO { Err(over) } else { Ok(Self { full_at }) }
    }

    /// Gives one try back, for one that turned out to be the owner's.
    #[must_use]
    pub fn refund(self, tries: i32, period: SignedDuration) -> Self {
        Self { full_at: self.full_at.checked_sub(period / tries.max(1)).unwrap_or(self.full_at) }
    }

    /// When it is full again, so that the counter can be forgotten.
    #[must_use]
    pub fn full_at(self) -> Timestamp {
        self.full_at
    }
}

/// Wrong tries of unknown devices at one agency in a day.
pub const UNKNOWN_DEVICE_TRIES: i32 = 20;
/// The day of the allowance.
pub const DAY: SignedDuration = SignedDuration::from_hours(24);
/// The hour of an allowance that somebody may meet in good faith: the next try is never far.
pub const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Tries of one known device: free at first, then with ever longer waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceTries {
    /// Tries charged since the last right one.
    pub fails: u32,
    /// No try before this moment.
    pub next_ok: Option<Timestamp>,
}

impl DeviceTries {
    const FREE: u32 = 5;
    const LONGEST_MINUTES: i64 = 60;

    /// Charges one try. From the fifth on each is followed by a wait of 1, 2, 4 ... 60 minutes.
    ///
    /// # Errors
    /// How long to wait when it is too early.
    pub fn charge(self, now: Timestamp) -> Result<Self, SignedDuration> {
        if let Some(next_ok) = self.next_ok.filter(|next_ok| *next_ok > now) {
            return Err(next_ok.duration_since(now));
        }
        let fails = self.fails.saturating_add(1);
        let wait = fails.checked_sub(Self::FREE).map(|over| {
            let minutes = 1_i64.checked_shl(over.min(6)).unwrap_or(Self::LONGEST_MINUTES);
            SignedDuration::from_mins(minutes.min(Self::LONGEST_MINUTES))
        });
        Ok(Self { fails, next_ok: wait.map(|wait| now + wait) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn an_allowance_is_used_up_and_refills() {
        let charge = |allowance: Allowance, now| allowance.charge(now, UNKNOWN_DEVICE_TRIES, DAY);
        let mut allowance = Allowance::full(NOW);
        for _ in 0..UNKNOWN_DEVICE_TRIES {
            allowance = charge(allowance, NOW).expect("within the allowance");
        }
        let wait = charge(allowance, NOW).expect_err("used up");
        assert_eq!(wait, SignedDuration::from_mins(72));
        assert!(charge(allowance, NOW + wait).is_ok());
        assert!(charge(allowance.refund(UNKNOWN_DEVICE_TRIES, DAY), NOW).is_ok());
        assert!(charge(allowance, NOW + DAY).is_ok());
    }

    #[test]
    fn a_known_device_waits_longer_each_time_from_the_fifth_on() {
        let mut tries = DeviceTries::default();
        let mut now = NOW;
        let mut waits = Vec::new();
        for _ in 0..13 {
            tries = tries.charge(now).expect("in time");
            let wait = tries.next_ok.map_or(0, |next_ok| next_ok.duration_since(now).as_mins());
            waits.push(wait);
            if let Some(next_ok) = tries.next_ok {
                assert!(tries.charge(now).is_err());
                now = next_ok;
            }
        }
        assert_eq!(waits, [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
    }
}
