//! A registration: a claim to an agency, which a proof turns into its account.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::agency::{Agency, AgencyCode};
use crate::email::Email;

/// The key of a claim: 22 characters of base64url, known only to the browser that made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClaimId(String);

impl ClaimId {
    /// A key made by a random source.
    #[must_use]
    pub fn of_random(id: String) -> Self {
        Self(id)
    }

    /// A key from an address or the command line, if it has the form of one.
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

/// How far a claim has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimState {
    /// The code was sent, and has not come back.
    Unproved,
    /// The address is proved, but it is not the agency's own mailbox.
    AwaitingApproval,
    /// The claim became the account.
    Active,
}

/// How long the code of a claim can be used.
pub const CLAIM_CODE_LIFE: SignedDuration = SignedDuration::from_mins(60);
/// How long a proved claim waits for approval.
pub const CLAIM_LIFE: SignedDuration = SignedDuration::from_hours(24 * 30);
/// How often a code may be tried.
pub const CODE_TRIES: u32 = 5;

/// A claim. Many may stand at once; none of them blocks another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Its key.
    pub id: ClaimId,
    /// The agency that is claimed.
    pub agency: AgencyCode,
    /// The address that is to be proved.
    pub email: Email,
    /// The password for the account, hashed.
    pub password_hash: String,
    /// The code's keyed hash.
    pub code_hash: String,
    /// The hash of the browser's device token.
    pub device_hash: String,
    /// How far it has come.
    pub state: ClaimState,
    /// Tries at the code that are left.
    pub tries_left: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// What a proof of the mailbox is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// It opens the account, or opens it anew for the same mailbox.
    Opens,
    /// Somebody who knows the agency must look at it.
    NeedsApproval,
}

/// Judges a proved address. Only the agency's own mailbox on the list opens an account by itself;
/// and where the account already belongs to another address, even that is for a person to decide.
#[must_use]
pub fn worth_of_mailbox(agency: &Agency, proved: &Email, account: Option<&Email>) -> Worth {
    let is_official = agency.official_email.as_ref() == Some(proved);
    let is_free_or_same = account.is_none_or(|owner| owner == proved);
    if is_official && is_free_or_same { Worth::Opens } else { Worth::NeedsApproval }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agency::AgencyKind;
    use crate::province::Province;

    #[test]
    fn only_the_official_mailbox_opens_an_account() {
        let official: Email = "saraban@phrae.test".parse().expect("an address");
        let private: Email = "somchai@mail.test".parse().expect("an address");
        let agency = |official_email| Agency {
            code: "549900".parse().expect("a code"),
            kind: AgencyKind::Town,
            name: "แพร่".into(),
            district: "เมืองแพร่".into(),
            province: Province::by_name("แพร่").expect("a province"),
            official_email,
            official_phone: None,
        };
        let listed = agency(Some(official.clone()));
        assert_eq!(worth_of_mailbox(&listed, &official, None), Worth::Opens);
        assert_eq!(worth_of_mailbox(&listed, &official, Some(&official)), Worth::Opens);
        assert_eq!(worth_of_mailbox(&listed, &official, Some(&private)), Worth::NeedsApproval);
        assert_eq!(worth_of_mailbox(&listed, &private, None), Worth::NeedsApproval);
        assert_eq!(worth_of_mailbox(&listed, &private, Some(&private)), Worth::NeedsApproval);
        assert_eq!(worth_of_mailbox(&agency(None), &official, None), Worth::NeedsApproval);
    }
}
