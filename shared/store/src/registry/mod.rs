//! The registry table: agencies, their records with history, and what changed lately.
//!
//! | pk | sk | what |
//! |---|---|---|
//! | `AGENCY#<code>` | `AGENCY` | the agency, and the mailboxes whose readers disowned it; in the index `by_province` |
//! | `AGENCY#<code>` | `POST` | the ledger: version and current record; in the index `by_province` |
//! | `AGENCY#<code>` | `VERSION#<number>` | one version of the record |
//! | `AGENCY#<code>` | `TENURE#<until>#<version>` | a past holder |
//! | `AGENCY#<code>` | `DELETED#<id>` | a record that can be restored |
//! | `AGENCY#<code>` | `PHOTO#<id>` | an upload and what became of it |
//! | `AGENCY#<code>` | `UPLOADS#<day>` | how many uploads the agency began on a day |
//! | `REQUEST#<code>#<key>` | `REQUEST` | the outcome of a request with an idempotency key |
//! | `CHANGES` | `<time>#<code>` | the public view of a record just saved |
//! | `RECEIPT#<number>` | `RECEIPT` | the receipt of an answer or a confirmation |
//!
//! Rounds stand in the same table, as `rounds` says.

mod agencies;
mod agency_list;
mod codec;
mod confirmations;
mod counting;
mod directory;
mod disowned;
mod exports;
mod import;
mod mailboxes;
mod page;
mod photo_desk;
mod photos;
mod receipts;
mod records;
mod roster;
mod round_look;
mod rounds;

pub use agencies::Agencies;
pub use agency_list::AgencyList;
pub(crate) use codec::read_agency;
pub use confirmations::{Confirmable, Confirmations, Confirmed};
pub use counting::Counting;
pub use directory::{Directory, DirectoryChange, DirectoryCopy, Mark};
pub use disowned::Disowned;
pub(crate) use disowned::read_disowned;
pub use exports::{ExportedEntry, ExportedLine, Exports};
pub use import::{AgencyImport, ImportPlan};
pub use mailboxes::Mailboxes;
pub use page::RecordsPage;
pub use photo_desk::PhotoDesk;
pub use photos::Photos;
pub use receipts::Receipts;
pub use records::{Records, Reference, RequestKey, Saved};
pub use roster::{AnsweredPage, Roster, RosterLine, RosterPage, RoundsOverview};
pub use round_look::{RoundLook, RoundLooked};
pub use rounds::{
    Attachments, CallList, Census, Endings, FileChange, Opened, Owing, Parts, RoundProgress, Rounds,
};

use palad_domain::agency::AgencyCode;

/// The partition of one agency.
pub(crate) fn agency_pk(code: &AgencyCode) -> String {
    format!("AGENCY#{code}")
}

/// The sort key of the agency itself.
pub(crate) const AGENCY: &str = "AGENCY";
/// The sort key of its ledger.
pub(crate) const POST: &str = "POST";
/// On the ledger: whether the photo can be shown, 1 or 0.
pub(crate) const PHOTO_READY: &str = "photo_ready";
/// On the ledger: what the agency has answered in each round, as JSON in one form only, so that a condition can
/// compare it.
pub(crate) const ANSWERS: &str = "answers";
/// On the ledger: when the record was last found right, as it stands.
pub(crate) const CONFIRMED_AT: &str = "confirmed_at";
/// The partition of what changed lately.
pub(crate) const CHANGES: &str = "CHANGES";
