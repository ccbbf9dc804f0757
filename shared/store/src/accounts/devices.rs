//! Browsers that an account knows.

use jiff::Timestamp;
use palad_domain::account::{Account, DEVICE_LIFE};
use palad_domain::guessing::DeviceTries;
use palad_domain::session::SessionVersion;

/// A device that once gave a mailed code.
#[derive(Clone, Debug)]
pub struct KnownDevice {
    pub(super) hash: String,
    /// The account's session version when it became known.
    pub(super) version: SessionVersion,
    pub(super) name: String,
    pub(super) seen_at: Timestamp,
    /// Its own counter of tries.
    pub tries: DeviceTries,
}

/// A browser that is to become known.
#[derive(Clone, Copy, Debug)]
pub struct NewDevice<'a> {
    /// The hash of its token.
    pub hash: &'a str,
    /// What it is called, such as `Chrome, Windows`; empty where nobody can tell.
    pub name: &'a str,
}

impl NewDevice<'_> {
    /// As it is known from now on, for as long as this session version stands.
    pub(super) fn known(self, version: SessionVersion, now: Timestamp) -> KnownDevice {
        KnownDevice {
            hash: self.hash.to_owned(),
            version,
            name: self.name.to_owned(),
            seen_at: now,
            tries: DeviceTries::default(),
        }
    }
}

impl KnownDevice {
    /// What stands for its token.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// What it is called; empty where nobody could tell.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// When somebody last signed in from it.
    #[must_use]
    pub fn seen_at(&self) -> Timestamp {
        self.seen_at
    }

    /// Until when it stays known without being used.
    pub(super) fn ends_at(&self) -> Timestamp {
        self.seen_at + DEVICE_LIFE
    }

    /// Whether the account still knows it.
    pub(super) fn is_known(&self, account: &Account, now: Timestamp) -> bool {
        self.version == account.devices_version() && self.ends_at() > now
    }
}
