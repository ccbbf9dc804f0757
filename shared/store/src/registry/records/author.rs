//! Who changes a record, and what that asks of the write.

use jiff::Timestamp;
use palad_domain::agency::{Agency, AgencyCode};
use palad_domain::audit::Event;
use palad_domain::change::Applied;
use palad_domain::policy::{Leave, LinkLeave};
use palad_domain::record::Office;
use palad_domain::round::OpenRound;

use crate::audit::NewLine;
use crate::mailbox_check::check_mailbox;
use crate::session_check::check_session;
use crate::tables::{AccountsTable, RegistryTable};
use crate::transaction::Transaction;

/// Who changes the record.
#[derive(Clone, Copy)]
pub(super) enum Author<'a> {
    /// Somebody who is signed in.
    Session(&'a Leave),
    /// Whoever holds the link of a reminder.
    Link(&'a LinkLeave),
}

impl Author<'_> {
    pub(super) fn agency(&self) -> &AgencyCode {
        match self {
            Self::Session(leave) => leave.agency(),
            Self::Link(leave) => leave.agency(),
        }
    }

    pub(super) fn office(&self) -> Office {
        match self {
            Self::Session(leave) => leave.office(),
            Self::Link(_) => Office::Agency,
        }
    }

    /// Whether the change may be made as far as rounds go: who is signed in may always correct the record, a link is there
    /// to answer its round.
    pub(super) fn is_in_time(&self, agency: &Agency, open: &[OpenRound], now: Timestamp) -> bool {
        match self {
            Self::Session(_) => true,
            Self::Link(leave) => leave.is_taken(agency, open, now),
        }
    }

    /// Adds the condition that the author still is who it was when leave was given.
    pub(super) fn check<L: Copy>(
        &self,
        transaction: &mut Transaction<L>,
        label: L,
        tables: (&AccountsTable, &RegistryTable),
    ) {
        match self {
            Self::Session(leave) => check_session(transaction, label, tables.0, leave),
            Self::Link(leave) => {
                check_mailbox(transaction, label, tables, leave.agency(), leave.mailbox());
            }
        }
    }

    /// The audit's line of the change.
    pub(super) fn line<'b>(&'b self, applied: &Applied, request_id: &'b str) -> NewLine<'b> {
        let (version, at) = (applied.ledger.version, applied.entry.at);
        match self {
            Self::Session(leave) => {
                NewLine::by(leave, Event::of_record(applied.entry.action, version), request_id, at)
            }
            Self::Link(_) => NewLine::by_proof(Event::RecordVacatedByLink { version }, request_id, at),
        }
    }
}
