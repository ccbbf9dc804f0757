//! Lines and their seals.
//!
//! A line is sealed as text: what is hashed is exactly what is stored, so that lines of long ago verify
//! whatever later versions of the program add to a line. The text names the agency (or the office whose staff it
//! is about), the number and the hash of the line before: a line can neither be moved nor be lent to another chain.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::event::Event;
use crate::agency::AgencyCode;
use crate::export::Export;
use crate::province::ProvinceCode;
use crate::record::Office;
use crate::say::Say;
use crate::staff::{StaffId, StaffPlace};

/// SHA-256, passed in: the domain has no cryptography of its own.
pub type Digest = fn(&[u8]) -> [u8; 32];

/// The hash of a line: 43 characters of base64url.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LineHash(String);

impl LineHash {
    /// What stands before the first line.
    #[must_use]
    pub fn of_nothing() -> Self {
        Self(data_encoding::BASE64URL_NOPAD.encode(&[0; 32]))
    }

    /// A hash as it was stored. Whatever it is: one that was tampered with equals no other.
    #[must_use]
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn of(text: &str, digest: Digest) -> Self {
        Self(data_encoding::BASE64URL_NOPAD.encode(&digest(text.as_bytes())))
    }
}

impl fmt::Debug for LineHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whose chain it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chain {
    /// What happened to an agency's record and account.
    Agency(AgencyCode),
    /// What happened to the staff of a province, its districts with it, and which lists they took along.
    StaffOf(ProvinceCode),
    /// The same of the centre.
    StaffOfCentre,
}

impl Chain {
    /// The chain of the staff of a place.
    #[must_use]
    pub fn of_staff(place: &StaffPlace) -> Self {
        place.province().map_or(Self::StaffOfCentre, Self::StaffOf)
    }
}

impl From<&AgencyCode> for Chain {
    fn from(code: &AgencyCode) -> Self {
        Self::Agency(code.clone())
    }
}

/// Where a chain ends: how many lines there are, and the hash of the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many lines there are.
    pub count: u64,
    /// The hash of the last.
    pub hash: LineHash,
}

impl Default for Head {
    fn default() -> Self {
        Self { count: 0, hash: LineHash::of_nothing() }
    }
}

/// One line, in the order in which its fields are sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Whose audit it is.
    #[serde(flatten)]
    pub chain: Chain,
    /// Its place; the first is 1, and there are no gaps.
    pub number: u64,
    /// The hash of the line before.
    pub previous: LineHash,
    /// When.
    pub at: Timestamp,
    /// By which office; none where nobody was signed in, but somebody had a mailed link or code.
    pub office: Option<Office>,
    /// The staff account, where it was one of staff.
    pub staff: Option<String>,
    /// What happened.
    pub event: Event,
    /// To which officer, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<StaffId>,
    /// Which list, where one was taken along.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub export: Option<Export>,
    /// The request that did it, to be found in the log.
    pub request_id: String,
}

/// A line with its seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The line as JSON text: what is stored.
    pub text: String,
    /// The hash of the text.
    pub hash: LineHash,
}

impl Line {
    /// What happened, in plain words.
    #[must_use]
    pub fn words(&self) -> Say {
        self.export.as_ref().map_or_else(|| self.event.words(), Export::words)
    }

    /// Seals it.
    ///
    /// # Errors
    /// When it cannot be written as JSON, which no line of ours is.
    pub fn seal(&self, digest: Digest) -> Result<Sealed, serde_json::Error> {
        let text = serde_json::to_string(self)?;
        Ok(Sealed { hash: LineHash::of(&text, digest), text })
    }
}
