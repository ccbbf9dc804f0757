//! An agency's record: its post today, with version, history and tenures.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::person::Person;
use crate::photo::PhotoId;
use crate::post::{Post, Reason};
use crate::round::answer::Answers;

/// How many times an agency's record was changed; 0 when nothing was ever recorded.
///
/// One number for each agency, not for each clerk: a deleted record and its successor are
/// successive versions of the same thing, so the history has no gaps and a stale form is caught.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Version(pub u64);

impl Version {
    /// The version after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Version {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// The key of one clerk's record at an agency: 22 characters of base64url.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClerkId(String);

impl ClerkId {
    /// A key made by a random source.
    #[must_use]
    pub fn of_random(id: String) -> Self {
        Self(id)
    }

    /// A key from an address, if it has the form of one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        (text.len() == 22 && plain).then(|| Self(text.to_owned()))
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The record that stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Current {
    /// Its key.
    pub id: ClerkId,
    /// The post.
    pub post: Post,
    /// Whether the photo that the post names can be shown.
    pub photo_ready: bool,
    /// When the record was first made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// When it was last found right, as it stands.
    pub confirmed_at: Option<Timestamp>,
}

impl Current {
    /// What is still to come before the record is complete (ยังไม่ครบ).
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        // Every other field is required, so that only the photo can be outstanding.
        self.post.person().filter(|_| !self.photo_ready).map(|_| "photo").into_iter().collect()
    }

    /// The photo that the post names, ready or not.
    #[must_use]
    pub fn photo(&self) -> Option<&PhotoId> {
        self.post.person().and_then(Person::photo)
    }
}

/// All of an agency's post: its version, and the current record unless there is no answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// How many changes there were.
    pub version: Version,
    /// The record that stands now, if the agency has answered.
    pub current: Option<Current>,
    /// What the agency has answered in each round.
    pub answers: Answers,
}

/// A record that was deleted and can be restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deleted {
    /// Its key.
    pub id: ClerkId,
    /// The version of the deletion.
    pub version: Version,
    /// What it said.
    pub post: Post,
    /// When it was first made.
    pub created_at: Timestamp,
    /// When it was deleted.
    pub deleted_at: Timestamp,
}

/// A person's past time in the post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenure {
    /// Who.
    pub person: Person,
    /// Whether the person acted and did not hold the post.
    pub acting: bool,
    /// The first day, where it is known.
    #[serde(rename = "from")]
    pub since: Option<Date>,
    /// The last day.
    pub until: Date,
    /// Why it ended.
    pub reason: Reason,
}

/// What was done to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// เพิ่ม.
    Created,
    /// แก้ไข.
    Edited,
    /// ลบ.
    Deleted,
    /// กู้คืน.
    Restored,
}

/// One version of an agency's record, kept for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Its number; the first is 1, and there are no gaps.
    pub version: Version,
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub action: Action,
    /// By which office.
    pub by: Office,
    /// The record's key.
    pub id: ClerkId,
    /// What the record said from then on; none after a deletion.
    pub post: Option<Post>,
}

/// Which office did something; the person behind it is the office's own affair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Office {
    /// The agency itself.
    Agency,
    /// The district office.
    District,
    /// The province office.
    Province,
    /// The central office.
    Central,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_one_form() {
        assert!(ClerkId::parse("AAAAAAAAAAAAAAAAAAAAAA").is_some());
        for bad in ["", "AAAA", "AAAAAAAAAAAAAAAAAAAAA/", "AAAAAAAAAAAAAAAAAAAAA#"] {
            assert!(ClerkId::parse(bad).is_none(), "{bad}");
        }
    }
}
