//! Guards across agencies, and across staff, for sign-ins from unknown devices.
//!
//! An agency's allowance does not see somebody who tries a few numbers at each of thousands of agencies.
//! So it is counted as well how many *different* agencies were tried from one network, and how many one and
//! the same number was tried on. A guard is a set of agencies for a window of time: the store adds to it
//! before a try is judged, with [`Guard::admits`] as the condition of the write, whether or not the agency has
//! an account. Known devices, resets and proofs are not guarded: there is always a way in.
//! Staff sign in with long passphrases, so that only the network is counted there, and against fewer accounts.

use std::collections::BTreeSet;
use std::fmt;
use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// What a guard counts together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuardKind {
    /// Agencies that were tried from one network.
    Network,
    /// Agencies that one and the same number was tried on.
    Number,
    /// Accounts of staff that were tried from one network.
    StaffNetwork,
}

/// Different agencies that one network may try in three hours.
///
/// Generous, for many people share one address: a mobile carrier puts thousands of subscribers behind one /24,
/// and on a training day the agencies of a district sign in from one office. The largest district has 29
/// agencies, so that sixty are two such at once. Known devices, which most are, do not count, and whoever gives
/// the mailed code is taken off again: sixty means sixty agencies that began from a new device and did not read the
/// mail. A guesser with 1,000 networks still reaches every agency in a day; this guard makes them rent the
/// networks, the next one takes the numbers away.
const NETWORK_AGENCIES: usize = 60;
/// The window of a network. Long enough that waiting for the next one is slow, short enough that a shared
/// address is free again on the same working day.
const NETWORK_WINDOW: SignedDuration = SignedDuration::from_hours(3);

/// Different agencies that one number may be tried on in a day.
///
/// Of 7,850 agencies some choose the same number by chance or by custom, but few of them
/// sign in from a new device on one day, and those who give the mailed code are taken off
/// again. Twelve leaves them room; and it is what makes guessing hopeless, however many
/// networks there are: a number that a share p of all agencies uses is hit 12 p times a day at most, and since
/// these shares add up to one, all numbers together are hit twelve times a day at most
/// (`tests/guessing.rs` counts it), of 157,000 tries that the allowances let through.
const NUMBER_AGENCIES: usize = 12;
/// The window of a number: with the day, the hash that stands for it changes too.
const NUMBER_WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// Different addresses of staff that one network may try in three hours.
///
/// A province office has a handful of officers, a training room a few dozen; their known devices do not count, and
/// whoever completes a sign-in is taken off again. All staff of the country are about two thousand.
const NETWORK_STAFF: usize = 30;

/// Windows begin at midnight in Thailand, which has been seven hours ahead of UTC since 1920, and every so
/// many hours from there.
const BANGKOK: SignedDuration = SignedDuration::from_hours(7);

impl GuardKind {
    /// How many different agencies, or accounts of staff, are let through in one window.
    #[must_use]
    pub const fn room(self) -> usize {
        match self {
            Self::Network => NETWORK_AGENCIES,
            Self::Number => NUMBER_AGENCIES,
            Self::StaffNetwork => NETWORK_STAFF,
        }
    }

    /// How long one window lasts.
    #[must_use]
    pub const fn window(self) -> SignedDuration {
        match self {
            Self::Network | Self::StaffNetwork => NETWORK_WINDOW,
            Self::Number => NUMBER_WINDOW,
        }
    }

    /// The word for it in keys.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Network => "NETWORK",
            Self::Number => "NUMBER",
            Self::StaffNetwork => "STAFF-NETWORK",
        }
    }
}

/// Which window of its kind a moment is in, counted from 1970.
///
/// Windows have fixed borders, so that one conditional write is all it takes; who waits for a border may
/// use two windows' worth around it, and no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Window(i64);

impl Window {
    /// The window that `now` is in.
    #[must_use]
    pub fn of(kind: GuardKind, now: Timestamp) -> Self {
        Self((now.as_second() + BANGKOK.as_secs()).div_euclid(kind.window().as_secs()))
    }

    /// When it ends.
    #[must_use]
    pub fn ends_at(self, kind: GuardKind) -> Timestamp {
        let end = self.0.saturating_add(1).saturating_mul(kind.window().as_secs()) - BANGKOK.as_secs();
        Timestamp::from_second(end).unwrap_or(Timestamp::MAX)
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One guard in one window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guard {
    /// What it counts.
    pub kind: GuardKind,
    /// What stands for the network or the number: a keyed hash, under a key that is not in the database. With
    /// the window in what is hashed, it is another one in the next window.
    pub mark: String,
    /// When.
    pub window: Window,
}

impl Guard {
    /// Whether it lets a try at this agency (or account of staff) through, and counts it: there is room, or it
    /// is counted already.
    #[must_use]
    pub fn admits<S: Ord>(&self, counted: &BTreeSet<S>, whom: &S) -> bool {
        counted.len() < self.kind.room() || counted.contains(whom)
    }

    /// When its window ends, and with it the wait.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        self.window.ends_at(self.kind)
    }
}

/// The network of an address, as far as one subscriber or office has it to itself: 24 bits of IPv4, 56 of IPv6.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Network(IpAddr);

const V4_BITS: u32 = 24;
const V6_BITS: u32 = 56;

impl Network {
    /// The network that `address` is in.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        // An IPv4 address is the same network when it comes dressed as IPv6.
        Self(match address.to_canonical() {
            IpAddr::V4(v4) => IpAddr::V4((v4.to_bits() & (u32::MAX << (u32::BITS - V4_BITS))).into()),
            IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & (u128::MAX << (u128::BITS - V6_BITS))).into()),
        })
    }

    /// Its first address as text, to be hashed and never kept.
    #[must_use]
    pub fn to_text(self) -> String {
        self.0.to_string()
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Network(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agency::AgencyCode;

    fn network(address: &str) -> Network {
        Network::of(address.parse().expect("an address"))
    }

    fn guard(kind: GuardKind, now: &str) -> Guard {
        let window = Window::of(kind, now.parse().expect("a time"));
        Guard { kind, mark: "m".into(), window }
    }

    #[test]
    fn a_subscriber_is_one_network_and_not_another() {
        assert_eq!(network("203.0.113.7"), network("203.0.113.250"));
        assert_ne!(network("203.0.113.7"), network("203.0.114.7"));
        assert_eq!(network("::ffff:203.0.113.7"), network("203.0.113.9"));
        assert_eq!(network("2001:db8:1:2a00::1"), network("2001:db8:1:2aff:ffff::9"));
        assert_ne!(network("2001:db8:1:2a00::1"), network("2001:db8:1:2b00::1"));
        assert_eq!(network("203.0.113.7").to_text(), "203.0.113.0");
        assert_eq!(network("2001:db8:1:2aff::1").to_text(), "2001:db8:1:2a00::");
        assert!(!format!("{:?}", network("203.0.113.7")).contains("203"));
    }

    #[test]
    fn windows_begin_at_midnight_in_thailand() {
        for (kind, now, end) in [
            (GuardKind::Number, "2026-11-22T17:00:00Z", "2026-11-23T17:00:00Z"),
            (GuardKind::Number, "2026-11-23T16:59:59.999Z", "2026-11-23T17:00:00Z"),
            (GuardKind::Network, "2026-11-22T17:00:00Z", "2026-11-22T20:00:00Z"),
            (GuardKind::Network, "2026-11-23T04:05:06Z", "2026-11-23T05:00:00Z"),
            (GuardKind::Number, "1969-12-31T00:00:00Z", "1969-12-31T17:00:00Z"),
        ] {
            assert_eq!(guard(kind, now).ends_at().to_string(), end, "{now}");
        }
        assert_ne!(
            guard(GuardKind::Network, "2026-11-23T04:59:59Z").window,
            guard(GuardKind::Network, "2026-11-23T05:00:00Z").window
        );
    }

    #[test]
    fn a_full_guard_lets_only_those_through_that_it_has_counted() {
        for kind in [GuardKind::Network, GuardKind::Number, GuardKind::StaffNetwork] {
            let guard = guard(kind, "2026-11-23T04:05:06Z");
            let mut counted = BTreeSet::new();
            for number in 0..kind.room() {
                let agency: AgencyCode = format!("{number:06}").parse().expect("a code");
                assert!(guard.admits(&counted, &agency));
                counted.insert(agency);
            }
            assert!(!guard.admits(&counted, &"999999".parse().expect("a code")));
            assert!(guard.admits(&counted, &"000000".parse().expect("a code")));
        }
    }

    #[test]
    fn a_guard_is_written_and_read() {
        let guard = guard(GuardKind::Network, "2026-11-23T04:05:06Z");
        let json = serde_json::to_string(&guard).expect("JSON");
        assert_eq!(json, r#"{"kind":"network","mark":"m","window":166243}"#);
        assert_eq!(serde_json::from_str::<Guard>(&json).expect("a guard"), guard);
    }
}
