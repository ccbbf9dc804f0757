//! Staff: officers of the central office, the provinces and the districts.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::email::Email;
use crate::province::ProvinceCode;
use crate::session::{Actor, SessionVersion};

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

/// Where an officer belongs, and so what is in the officer's care.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum StaffPlace {
    /// The central office: all agencies.
    Central,
    /// A province office: the agencies of its province.
    Province {
        /// The province.
        province: ProvinceCode,
    },
    /// A district office: reads what concerns the agencies of its district.
    District {
        /// The province.
        province: ProvinceCode,
        /// The name of the district, as agencies bear it.
        district: String,
    },
}

impl StaffPlace {
    /// The caller that a session of such an officer makes.
    #[must_use]
    pub fn actor(&self, id: &StaffId) -> Actor {
        let staff = id.as_str().to_owned();
        match self {
            Self::Central => Actor::Central { staff },
            Self::Province { province } => Actor::Province { province: *province, staff },
            Self::District { province, district } => {
                Actor::District { province: *province, district: district.clone(), staff }
            }
        }
    }

    /// The province, unless it is the centre.
    #[must_use]
    pub fn province(&self) -> Option<ProvinceCode> {
        match self {
            Self::Central => None,
            Self::Province { province } | Self::District { province, .. } => Some(*province),
        }
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
    /// What is left of the recovery codes, hashed.
    pub recovery_hashes: Vec<String>,
    /// Raised to end every session.
    pub session_version: SessionVersion,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Since when it may not sign in, if it may not.
    pub suspended_at: Option<Timestamp>,
    /// When it last signed in.
    pub signed_in_at: Option<Timestamp>,
}

/// An invitation to become staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The hash of the link's token.
    pub token_hash: String,
    /// To whom it was sent.
    pub email: Email,
    /// Where the officer will belong.
    pub place: StaffPlace,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// How long an invitation can be accepted.
pub const INVITATION_LIFE: SignedDuration = SignedDuration::from_hours(24 * 7);
/// How many recovery codes an officer is given.
pub const RECOVERY_CODES: usize = 10;
/// Sign-ins by one staff address in a day, right or wrong.
pub const STAFF_TRIES_A_DAY: i32 = 30;
