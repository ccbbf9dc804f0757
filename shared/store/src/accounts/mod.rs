//! The accounts table: accounts, claims, devices, counters and codes.
//!
//! | pk | sk | what |
//! |---|---|---|
//! | `ACCOUNT#<code>` | `ACCOUNT` | the agency's account |
//! | `ACCOUNT#<code>` | `DEVICE#<hash>` | a device that gave a mailed code |
//! | `TRIES#<scope>` | `TRIES` | an allowance of tries, for an agency or an address, account or not |
//! | `CLAIM#<id>` | `CLAIM` | a registration on its way |
//! | `CHALLENGE#<id>` | `CHALLENGE` | a sign-in that waits for its code |
//! | `RESET#<hash of the token>` | `RESET` | a link for a new password |
//!
//! Tokens and codes are stored as hashes only. Whether something has expired is checked in code.

mod challenges;
mod claims;
mod code_tries;
mod codec;
mod opening;
mod resets;
mod sign_in;
mod tries;

pub use challenges::Challenges;
pub use claims::Claims;
pub use resets::{Reset, Resets};
pub use sign_in::{KnownDevice, SignIn, SignInView};
pub use tries::{Tries, TriesScope};

use palad_domain::agency::AgencyCode;

/// The partition of an agency's account.
pub(crate) fn account_pk(code: &AgencyCode) -> String {
    format!("ACCOUNT#{code}")
}

/// The sort key of the account itself.
pub(crate) const ACCOUNT: &str = "ACCOUNT";
