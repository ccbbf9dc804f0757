//! Who is asking.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::agency::AgencyCode;
use crate::province::ProvinceCode;
use crate::record::Office;

/// A signed-in caller, as a session token proves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum Actor {
    /// An agency, for its own record.
    Agency {
        /// Whose account it is.
        agency: AgencyCode,
    },
    /// A district office, which reads what concerns the agencies of its district.
    District {
        /// The province it belongs to.
        province: ProvinceCode,
        /// The name of the district, as agencies bear it.
        district: String,
        /// The staff account.
        staff: String,
    },
    /// A province office, for the agencies of its province.
    Province {
        /// The province it looks after.
        province: ProvinceCode,
        /// The staff account.
        staff: String,
    },
    /// The central office, for all.
    Central {
        /// The staff account.
        staff: String,
    },
}

impl Actor {
    /// The office.
    #[must_use]
    pub fn office(&self) -> Office {
        match self {
            Self::Agency { .. } => Office::Agency,
            Self::District { .. } => Office::District,
            Self::Province { .. } => Office::Province,
            Self::Central { .. } => Office::Central,
        }
    }

    /// The key of the staff account, where it is one of staff.
    #[must_use]
    pub fn staff(&self) -> Option<&str> {
        match self {
            Self::Agency { .. } => None,
            Self::District { staff, .. } | Self::Province { staff, .. } | Self::Central { staff } => {
                Some(staff)
            }
        }
    }
}

/// The number that revokes: raised whenever every earlier session of an account must end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SessionVersion(pub u64);

/// How long after the password was given an act may be done that gives the account away.
pub const FRESH: SignedDuration = SignedDuration::from_mins(10);

/// A session: who, since when, until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who is asking.
    pub actor: Actor,
    /// Must equal the account's number at every write.
    pub version: SessionVersion,
    /// When the password was given; the session ends a fixed time after this.
    pub signed_in_at: Timestamp,
    /// When this token ends unless it is renewed.
    pub expires_at: Timestamp,
}

impl Session {
    /// Whether the password was given a moment ago: a browser that was left alone is not enough to give an
    /// account away.
    #[must_use]
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        now.duration_since(self.signed_in_at) < FRESH
    }
}
