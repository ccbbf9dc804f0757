//! An agency's account, and what stands around signing in to it.

use jiff::{SignedDuration, Timestamp};

use crate::agency::AgencyCode;
use crate::email::Email;
use crate::guessing::Guard;
use crate::life::was_made_by;
use crate::session::SessionVersion;

/// The one account of an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Whose it is.
    pub agency: AgencyCode,
    /// Where codes and notices go.
    pub email: Email,
    /// The password, hashed.
    pub password_hash: String,
    /// Raised to end every session.
    pub session_version: SessionVersion,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When its address was last changed, if that can still be undone.
    pub email_changed_at: Option<Timestamp>,
    /// Since when it may not be used, if it may not.
    pub suspended: Option<Suspension>,
    /// When somebody last signed in.
    pub signed_in_at: Option<Timestamp>,
}

/// An account that may not be used until an office says otherwise. It outlives whatever else happens to the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// Since when.
    pub since: Timestamp,
    /// The session version of before: only devices known then are told why nobody can sign in.
    pub devices: SessionVersion,
}

impl Account {
    /// The session version whose devices are known.
    #[must_use]
    pub fn devices_version(&self) -> SessionVersion {
        self.suspended.map_or(self.session_version, |suspended| suspended.devices)
    }

    /// Until when the address cannot be changed again: as long as the last change can be undone.
    #[must_use]
    pub fn email_fixed_until(&self) -> Option<Timestamp> {
        self.email_changed_at.map(|changed_at| changed_at + EMAIL_UNDO_LIFE)
    }
}

/// A sign-in from an unknown device that waits for its code. It is made for a wrong number too, then
/// with a code that was never sent, so that nobody can tell the difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// Its key: 22 characters of base64url.
    pub id: String,
    /// The agency.
    pub agency: AgencyCode,
    /// The code's keyed hash.
    pub code_hash: String,
    /// The hash of the browser's device token: the code works nowhere else.
    pub device_hash: String,
    /// Tries that are left.
    pub tries_left: u32,
    /// The account's session version when the number was right.
    pub session_version: SessionVersion,
    /// The guards that were charged for it, to be given back when the code proves that it was the owner.
    pub guards: Vec<Guard>,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl Challenge {
    /// Whether it was made by `now`, as far as clocks agree. One that is yet to be made is refused, so that a
    /// clock that was set back gives no code a longer life.
    #[must_use]
    pub fn was_made_by(&self, now: Timestamp) -> bool {
        was_made_by(self.expires_at, CHALLENGE_LIFE, now)
    }
}

/// How long a sign-in code can be used.
pub const CHALLENGE_LIFE: SignedDuration = SignedDuration::from_mins(10);
/// How long the link can be used that confirms a new address.
pub const EMAIL_CHANGE_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// How long a change of the address can be undone.
pub const EMAIL_UNDO_LIFE: SignedDuration = SignedDuration::from_hours(24 * 7);
/// How long a successor may take to accept a hand-over.
pub const HAND_OVER_LIFE: SignedDuration = SignedDuration::from_hours(24 * 7);
/// How many links to other addresses an agency may have mailed in a day: for changes of the address and hand-overs.
pub const LINKS_A_DAY: i32 = 10;
/// How long a reset link can be used.
pub const RESET_LIFE: SignedDuration = SignedDuration::from_mins(60);
/// How long a device stays known without being used.
pub const DEVICE_LIFE: SignedDuration = SignedDuration::from_hours(24 * 400);
/// How many resets may be asked for at one agency in a day with one address from one network, whether or not the address
/// is the account's: a stranger takes none from its owner. An office may send as many, counted apart.
pub const RESETS_A_DAY: i32 = 10;
/// How many resets may be asked for at one agency in a day with one address from all networks together: each may be a mail.
pub const RESETS_A_DAY_FROM_ALL: i32 = 50;
/// How many registrations may name one address in a day from one network: a stranger takes none from its owner.
pub const REGISTRATIONS_A_DAY: i32 = 10;
/// How many registrations may name one address in a day from all networks together: each sends it a mail.
pub const REGISTRATIONS_A_DAY_FROM_ALL: i32 = 100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_that_is_yet_to_be_made_is_none() {
        let made = Timestamp::UNIX_EPOCH;
        let challenge = Challenge {
            id: String::new(),
            agency: "549900".parse().expect("a code"),
            code_hash: String::new(),
            device_hash: String::new(),
            tries_left: 5,
            session_version: SessionVersion(1),
            guards: Vec::new(),
            expires_at: made + CHALLENGE_LIFE,
        };
        for (seconds, is_made) in [(0, true), (600, true), (-5, true), (-6, false), (-3600, false)] {
            assert_eq!(
                challenge.was_made_by(made + SignedDuration::from_secs(seconds)),
                is_made,
                "{seconds}"
            );
        }
    }
}
