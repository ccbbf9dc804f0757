//! An agency's account, and what stands around signing in to it.

use jiff::{SignedDuration, Timestamp};

use crate::agency::AgencyCode;
use crate::email::Email;
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
    /// When it ends.
    pub expires_at: Timestamp,
}

/// How long a sign-in code can be used.
pub const CHALLENGE_LIFE: SignedDuration = SignedDuration::from_mins(10);
/// How long a reset link can be used.
pub const RESET_LIFE: SignedDuration = SignedDuration::from_mins(60);
/// How long a device stays known without being used.
pub const DEVICE_LIFE: SignedDuration = SignedDuration::from_hours(24 * 400);
/// How many resets an agency may ask for in a day.
pub const RESETS_A_DAY: i32 = 10;
/// How many registrations one address may begin in a day.
pub const REGISTRATIONS_A_DAY: i32 = 10;
