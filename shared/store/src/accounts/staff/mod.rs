//! Staff in the accounts table.
//!
//! | pk | sk | what |
//! |---|---|---|
//! | `STAFF#<id>` | `ACCOUNT` | an officer's account |
//! | `STAFF#<id>` | `DEVICE#<hash>` | a browser that has given a second factor |
//! | `STAFF-LIST#<province or CENTRAL>` | `STAFF#<id>` | who belongs where, for lists |
//! | `CHALLENGE#<id>` | `STAFF-CHALLENGE` | a sign-in that waits for its second factor |
//! | `INVITATION#<hash of the token>` | `INVITATION` | an invitation |
//!
//! The key of an account follows from its address, so that an address has one account at most, whoever
//! invites it.

mod acceptance;
mod challenges;
mod changes;
mod codec;
mod desk;
mod invitations;
mod list;
mod sessions;
mod sign_in;

pub(super) use codec::{json_text, list_pk};
pub(super) use list::accounts_at;

pub use acceptance::{Invited, StaffAcceptance};
pub use challenges::StaffChallenges;
pub use desk::StaffDesk;
pub use invitations::{OperatorInvitations, StaffInvitations};
pub use sessions::StaffSessions;
pub use sign_in::{StaffSignIn, StaffSignInView};

use data_encoding::BASE64URL_NOPAD;
use palad_domain::email::Email;
use palad_domain::staff::StaffId;
use ring::digest;

use crate::StoreError;
use crate::accounts::ACCOUNT;
use crate::item::{Attributes, key};

/// How many characters of the address's hash make the key.
const ID_LENGTH: usize = 22;

/// The key of the staff account of an address.
///
/// # Errors
/// Never, unless a hash cannot be written as text.
pub fn staff_id(email: &Email) -> Result<StaffId, StoreError> {
    let hash = digest::digest(&digest::SHA256, email.as_str().as_bytes());
    let text = BASE64URL_NOPAD.encode(hash.as_ref());
    let id = text.get(..ID_LENGTH).and_then(StaffId::parse);
    id.ok_or_else(|| StoreError::Failed("the key of a staff account cannot be made".into()))
}

/// The partition of a staff account.
pub(crate) fn staff_pk(id: &str) -> String {
    format!("STAFF#{id}")
}

fn account_key(id: &StaffId) -> Attributes {
    key(staff_pk(id.as_str()), ACCOUNT)
}
