//! The accounts table: accounts, claims, devices, counters and codes.
//!
//! | pk | sk | what |
//! |---|---|---|
//! | `ACCOUNT#<code>` | `ACCOUNT` | the agency's account |
//! | `ACCOUNT#<code>` | `DEVICE#<hash>` | a device that gave a mailed code |
//! | `ACCOUNT#<code>` | `EMAIL-CHANGE` | the change of its address that was begun |
//! | `EMAIL-CHANGE#<hash of the token>` | `EMAIL-CHANGE` | whose change a mailed link confirms |
//! | `EMAIL-UNDO#<hash of the token>` | `EMAIL-UNDO` | which address a mailed link brings back |
//! | `ACCOUNT#<code>` | `HANDOVER` | the hand-over that was begun |
//! | `HANDOVER#<hash of the token>` | `HANDOVER` | whose account a mailed link hands over |
//! | `TRIES#<scope>` | `TRIES` | an allowance of tries, for an agency or an address, account or not |
//! | `GUARD#<kind>#<hash>#<window>` | `GUARD` | the agencies that one network, or one number, was tried on |
//! | `CLAIM#<id>` | `CLAIM` | a registration on its way |
//! | `CLAIMS#<province>` | `<created at>#<id>` | a claim that waits for a decision, for the office |
//! | `ACCOUNT#<code>` | `TAKEOVER#<id>` | a claim that waits to take the account over |
//! | `TAKEOVER#<hash of the token>` | `TAKEOVER` | the link that completes a take-over |
//! | `OBJECTION#<hash of the token>` | `OBJECTION` | the link by which the owner objects to it |
//! | `LETTER#<code>` | `LETTER` | the one-time code of the official letter to an agency |
//! | `CHALLENGE#<id>` | `CHALLENGE` | a sign-in that waits for its code |
//! | `RESET#<hash of the token>` | `RESET` | a link for a new password |
//!
//! Staff stands in the same table, as `staff` says. Tokens and codes are stored as hashes only. Whether something has expired is checked in code.

mod care;
mod challenges;
mod changes;
mod claim_moves;
mod claim_queue;
mod claims;
mod code_tries;
mod codec;
mod devices;
mod email_changes;
mod guards;
mod hand_over_acceptance;
mod hand_overs;
mod letter_codes;
mod officers;
mod opening;
mod own;
mod pending;
mod registered;
mod resets;
mod sign_in;
mod staff;
mod stored_secrets;
mod take_overs;
mod tries;

pub use care::{AccountCare, Helped};
pub use challenges::Challenges;
pub use claim_moves::Grounds;
pub use claim_queue::{ClaimsPage, OtherClaim, QueuedClaim};
pub use claims::Claims;
pub use devices::{KnownDevice, NewDevice};
pub use email_changes::{EmailChange, EmailChangeBegun, EmailChanges, EmailRestored};
pub use guards::Guards;
pub use hand_over_acceptance::{HandOver, HandOverAcceptance};
pub use hand_overs::HandOvers;
pub use letter_codes::{Letter, LetterCodes};
pub use officers::{Officer, Officers};
pub use own::{OwnAccount, OwnAccountView};
pub use pending::Pending;
pub(crate) use registered::Registered;
pub use resets::{Reset, Resets};
pub use sign_in::{SignIn, SignInView};
pub(crate) use staff::staff_pk;
pub use staff::{
    Invited, OperatorInvitations, StaffAcceptance, StaffChallenges, StaffDesk, StaffInvitations,
    StaffSessions, StaffSignIn, StaffSignInView, staff_id,
};
pub use stored_secrets::StoredSecrets;
pub use take_overs::{TakeOverLink, TakeOvers, WaitingTakeOver};
pub use tries::{Tries, TriesScope};

use palad_domain::agency::AgencyCode;

/// The partition of an agency's account.
pub(crate) fn account_pk(code: &AgencyCode) -> String {
    format!("ACCOUNT#{code}")
}

/// The sort key of the account itself.
pub(crate) const ACCOUNT: &str = "ACCOUNT";
/// What counted a sign-in that waits for its second step.
const GUARDS: &str = "guards";
