//! Staff: officers of the central office, the provinces and the districts.

mod place;

pub use place::{PlaceView, StaffPlace};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::email::Email;
use crate::guessing::Guard;
use crate::life::was_made_by;
use crate::rules::STAFF_NAME_MAX;
use crate::say::{Say, say};
use crate::session::SessionVersion;

/// The key of a staff account: 22 characters of base64url, derived from its address, so that an address
/// can have one account only.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StaffId(String);

impl StaffId {
    /// A key from an address of the site or from a token, if it has the form of one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        crate::record::ClerkId::parse(text).map(|id| Self(id.as_str().to_owned()))
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One officer's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffAccount {
    /// Its key.
    pub id: StaffId,
    /// Where mail goes, and the name to sign in with.
    pub email: Email,
    /// What the officer is called, for colleagues and for the audit.
    pub name: String,
    /// Where the officer belongs.
    pub place: StaffPlace,
    /// The passphrase, hashed.
    pub passphrase_hash: String,
    /// The secret of the one-time codes, sealed.
    pub totp_sealed: String,
    /// The last time step of which a code was used: each counts once.
    pub totp_step: u64,
    /// What is left of the recovery codes, hashed and sealed.
    pub recovery_sealed: Vec<String>,
    /// Raised to end every session.
    pub session_version: SessionVersion,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Since when it may not sign in, if it may not.
    pub suspended_at: Option<Timestamp>,
    /// When it last signed in.
    pub signed_in_at: Option<Timestamp>,
}

/// What an officer is told of the own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StaffView {
    /// The officer's name.
    pub name: String,
    /// Where mail goes.
    pub email: Email,
    /// Where the officer belongs.
    pub place: PlaceView,
}

impl StaffAccount {
    /// As it stands on the wire.
    #[must_use]
    pub fn view(&self) -> StaffView {
        StaffView { name: self.name.clone(), email: self.email.clone(), place: self.place.view() }
    }

    /// Whether a session that began at this version still stands, for the place that the officer has now.
    #[must_use]
    pub fn stands_at(&self, version: SessionVersion) -> bool {
        self.session_version == version && self.suspended_at.is_none()
    }
}

/// An invitation to become staff, or to set a staff account up anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The hash of the link's token.
    pub token_hash: String,
    /// To whom it was sent.
    pub email: Email,
    /// Where the officer will belong.
    pub place: StaffPlace,
    /// Who invited; none for the operator of the system. It holds only while the inviter is not suspended.
    pub by: Option<StaffId>,
    /// The session version of the account that the address had then; none if it had none. It holds only while
    /// that stands: of several invitations the first one that is accepted ends the others, and so does
    /// suspending.
    pub replaces: Option<SessionVersion>,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// A sign-in that waits for its second factor. It is made for a wrong passphrase too, and then nothing
/// completes it, so that nobody can tell the difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffChallenge {
    /// Its key: 22 characters of base64url.
    pub id: String,
    /// The key that follows from the address, whether it has an account or not.
    pub staff: StaffId,
    /// The hash of the browser's device token: the code works nowhere else.
    pub device_hash: String,
    /// Tries that are left.
    pub tries_left: u32,
    /// The account's session version when the passphrase was right; [`StaffChallenge::NOBODY`] otherwise.
    pub session_version: SessionVersion,
    /// What counted the sign-in: taken off again when it is completed.
    pub guards: Vec<Guard>,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl StaffChallenge {
    /// The version of a challenge that nothing completes: accounts begin at one.
    pub const NOBODY: SessionVersion = SessionVersion(0);

    /// Whether it was made by `now`, as far as clocks agree: a clock that was set back gives it no longer life.
    #[must_use]
    pub fn was_made_by(&self, now: Timestamp) -> bool {
        was_made_by(self.expires_at, STAFF_CHALLENGE_LIFE, now)
    }
}

/// The name of an officer, as colleagues will read it.
///
/// # Errors
/// When it is empty, too long or no line of text.
pub fn parse_name(text: &str) -> Result<String, Say> {
    if text.trim().is_empty() {
        return Err(say("กรุณากรอกคำนำหน้า ชื่อ และนามสกุลของท่าน", "Enter your prefix, first and last name."));
    }
    palad_thai::name::parse_line(text, STAFF_NAME_MAX).map_err(|_| {
        say(
            format!("ชื่อใช้ตัวอักษรไทย ไม่เกิน {STAFF_NAME_MAX} ตัวอักษร ให้ตรวจสอบแล้วกรอกใหม่"),
            format!(
                "The name is Thai text of at most {STAFF_NAME_MAX} characters. Check it and enter it again."
            ),
        )
    })
}

/// How long an invitation can be accepted.
pub const INVITATION_LIFE: SignedDuration = SignedDuration::from_hours(24 * 7);
/// How long the second factor can be given after the passphrase.
pub const STAFF_CHALLENGE_LIFE: SignedDuration = SignedDuration::from_mins(10);
/// How often the second factor may be tried at one sign-in.
pub const SECOND_FACTOR_TRIES: u32 = 5;
/// How many recovery codes an officer is given.
pub const RECOVERY_CODES: usize = 10;
/// Sign-ins by one staff address in a day from unknown browsers together, right or wrong; and from each
/// browser that it knows.
pub const STAFF_TRIES_A_DAY: i32 = 30;
