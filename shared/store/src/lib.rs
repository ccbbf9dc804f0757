//! DynamoDB and the queue behind the domain's types: the only crate that names a table or an
//! attribute.
//!
//! Each struct is what one role may do: a function that only looks agencies up holds an [`Agencies`]
//! and cannot name a write. Uniqueness and freshness are conditions of writes, never a look before.

mod accounts;
mod audit;
mod aws;
mod error;
mod item;
mod mail;
mod mail_ledger;
mod mailbox_check;
mod many;
mod queue;
mod reaches;
mod registry;
mod session_check;
mod table;
mod tables;
mod transaction;

pub use accounts::{
    AccountCare, EmailChange, EmailChangeBegun, EmailChanges, EmailRestored, HandOver, HandOverAcceptance,
    HandOvers, Helped, OwnAccount, OwnAccountView, Pending,
};
pub use accounts::{
    Challenges, Claims, Guards, KnownDevice, NewDevice, Reset, Resets, SignIn, SignInView, Tries, TriesScope,
};
pub use accounts::{
    ClaimsPage, Grounds, Letter, LetterCodes, OtherClaim, QueuedClaim, TakeOverLink, TakeOvers,
    WaitingTakeOver,
};
pub use accounts::{
    Invited, OperatorInvitations, StaffAcceptance, StaffChallenges, StaffDesk, StaffInvitations,
    StaffSessions, StaffSignIn, StaffSignInView, StoredSecrets, staff_id,
};
pub use accounts::{Officer, Officers};
pub use audit::{AuditPage, AuditTrail, AuditVerifier, ExportLog, GuessLog, RefusalLog};
pub use aws::{Aws, Service};
pub use error::StoreError;
pub use mail::{AddressState, Addresses, PlanProgress, Plans};
pub use mail_ledger::{Lease, MailLedger};
pub use queue::{MailQueue, RoundMail};
pub use reaches::{Reached, Reaches};
pub use registry::{
    Agencies, AgencyImport, AgencyList, Directory, DirectoryChange, DirectoryCopy, Disowned, ImportPlan,
    Mailboxes, Mark, PhotoDesk, Photos, Records, RecordsPage, Reference, RequestKey, Saved,
};
pub use registry::{
    AnsweredPage, Counting, Roster, RosterLine, RosterPage, RoundLook, RoundLooked, RoundsOverview,
};
pub use registry::{Attachments, ExportedEntry, ExportedLine, Exports, FileChange};
pub use registry::{
    CallList, Census, Confirmable, Confirmations, Confirmed, Endings, Opened, Owing, Parts, Receipts,
    RoundProgress, Rounds,
};
