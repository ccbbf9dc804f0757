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
mod mail_ledger;
mod queue;
mod registry;
mod session_check;
mod table;
mod tables;
mod transaction;

pub use accounts::{Challenges, Claims, KnownDevice, Reset, Resets, SignIn, SignInView, Tries, TriesScope};
pub use aws::{Aws, Service};
pub use error::StoreError;
pub use mail_ledger::{Lease, MailLedger};
pub use queue::MailQueue;
pub use registry::{
    Agencies, AgencyImport, Directory, DirectoryChange, DirectoryCopy, ImportPlan, Mark, PhotoDesk, Photos,
    Records, RecordsPage, RequestKey, Saved,
};
