//! Who did what when: for each agency, and for the staff of each office, a chain of lines, to which lines are only
//! ever added.
//!
//! | pk | sk | what |
//! |---|---|---|
//! | `AGENCY#<code>` | `LINE#<number>` | one line as text, and its hash |
//! | `AGENCY#<code>` | `HEAD` | how many lines there are, and the hash of the last |
//! | `AGENCY#<code>` | `RECORD#<version>` | a change of the record from before there was a chain; only read |
//! | `STAFF#<province or CENTRAL>` | `LINE#<number>`, `HEAD` | the same, about the staff of an office and the lists that they took along |
//! | `AGENCY#<code>` | `WRONG-NUMBER#…`, `WRONG-CODE#…` | that the wrong numbers, or codes, of a day have their line |
//! | `STAFF#<province or CENTRAL>` | `REFUSED#…`, `STAFF-WRONG#…` | that what an officer may not and tried, or a sign-in as an officer that was refused, has its line of the day |
//!
//! A line is written in the transaction that does what it tells. Whoever writes one reads the head first; where
//! another line came first the transaction is refused at the line's label, and is made anew.

mod exports;
mod guesses;
mod head;
mod refusals;
mod refused_lines;
mod trail;
mod verifier;

pub use exports::ExportLog;
pub use guesses::GuessLog;
pub use refusals::RefusalLog;
pub use trail::{AuditPage, AuditTrail};
pub use verifier::AuditVerifier;

use jiff::Timestamp;
use palad_domain::audit::{Chain, Event, Head, Line, LineHash};
use palad_domain::export::Export;
use palad_domain::policy::Leave;
use palad_domain::record::Office;
use palad_domain::staff::StaffId;
use palad_environment::{Variables, VariablesError};

use crate::StoreError;
use crate::item::{Attributes, Builder, Reader, key, number, text};
use crate::registry::agency_pk;
use crate::table::values;
use crate::tables::AuditTable;
use crate::transaction::Transaction;

/// The beginning of the sort key of a line.
const LINE: &str = "LINE#";
/// The beginning of the sort key of a change of the record from before there was a chain.
const EARLIER: &str = "RECORD#";
/// How often a writer looks again when another line came first.
pub(crate) const ATTEMPTS: usize = 8;

/// The sort key of a chain's end.
const HEAD: &str = "HEAD";
/// How many lines there are.
const LINES: &str = "chain_lines";
/// The hash of a line, and of the last one at the head.
const HASH: &str = "chain_hash";
/// A line as text.
const SEALED: &str = "sealed";

/// The chains, for those who add to them.
#[derive(Clone, Debug)]
pub(crate) struct AuditLog {
    table: AuditTable,
}

/// What a line tells, apart from its place in the chain.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewLine<'a> {
    /// When.
    pub(crate) at: Timestamp,
    /// By which office; none where nobody was signed in.
    pub(crate) office: Option<Office>,
    /// The staff account.
    pub(crate) staff: Option<&'a str>,
    /// What happened.
    pub(crate) event: Event,
    /// To which officer, where it is about one.
    pub(crate) about: Option<&'a StaffId>,
    /// Which list, where one was taken along.
    pub(crate) export: Option<&'a Export>,
    /// The request that did it.
    pub(crate) request_id: &'a str,
}

impl<'a> NewLine<'a> {
    /// A line about something done by a signed-in caller.
    pub(crate) fn by(leave: &'a Leave, event: Event, request_id: &'a str, at: Timestamp) -> Self {
        Self {
            office: Some(leave.office()),
            staff: leave.actor().staff(),
            ..Self::by_proof(event, request_id, at)
        }
    }

    /// A line about something done by whoever had a mailed link or code.
    pub(crate) fn by_proof(event: Event, request_id: &'a str, at: Timestamp) -> Self {
        Self { at, office: None, staff: None, event, about: None, export: None, request_id }
    }
}

impl AuditLog {
    /// Needs `AUDIT_TABLE`.
    pub(crate) fn from_environment(variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { table: AuditTable::from_environment(variables)? })
    }

    /// What to ask for where the end of a chain is read together with other items, in one call.
    pub(crate) fn wanted(&self, chain: impl Into<Chain>) -> (&str, Vec<Attributes>) {
        (self.table.name(), vec![key(chain_pk(&chain.into()), HEAD)])
    }

    /// Adds a line after `head`. The transaction is refused at `label` if another line came first.
    pub(crate) fn append<L: Copy>(
        &self,
        transaction: &mut Transaction<L>,
        label: L,
        head: &Head,
        chain: impl Into<Chain>,
        line: NewLine<'_>,
    ) -> Result<(), StoreError> {
        let chain = chain.into();
        let pk = chain_pk(&chain);
        let line = Line {
            chain,
            number: head.count + 1,
            previous: head.hash.clone(),
            at: line.at,
            office: line.office,
            staff: line.staff.map(str::to_owned),
            event: line.event,
            about: line.about.cloned(),
            export: line.export.cloned(),
            request_id: line.request_id.to_owned(),
        };
        let sealed = line
            .seal(sha256)
            .map_err(|error| StoreError::Failed(format!("a line of the audit cannot be written: {error}")))?;
        let absent = || Some(("attribute_not_exists(pk)", Attributes::new()));
        let item = Builder::new(pk.clone(), line_sk(line.number))
            .text(SEALED, sealed.text)
            .text(HASH, sealed.hash.as_str())
            .build();
        transaction.put(label, self.table.name(), item, absent());

        let item = Builder::new(pk, HEAD).number(LINES, line.number).text(HASH, sealed.hash.as_str()).build();
        let unchanged = if head.count == 0 {
            absent()
        } else {
            let seen = values([(":lines", number(head.count)), (":hash", text(head.hash.as_str()))]);
            Some(("chain_lines = :lines AND chain_hash = :hash", seen))
        };
        transaction.put(label, self.table.name(), item, unchanged);
        Ok(())
    }
}

/// Another line kept coming first.
pub(crate) fn overrun() -> StoreError {
    StoreError::Unavailable("the audit goes on faster than a line can be added".into())
}

/// Where a chain ends, by what [`AuditLog::wanted`] has brought.
pub(crate) fn found_head(items: &[Attributes]) -> Result<Head, StoreError> {
    items.first().map_or_else(|| Ok(Head::default()), read_head)
}

fn read_head(item: &Attributes) -> Result<Head, StoreError> {
    let read = Reader(item);
    Ok(Head { count: read.number(LINES)?, hash: LineHash::stored(read.text(HASH)?) })
}

/// The partition of a chain.
fn chain_pk(chain: &Chain) -> String {
    match chain {
        Chain::Agency(code) => agency_pk(code),
        Chain::StaffOf(province) => format!("STAFF#{province}"),
        Chain::StaffOfCentre => "STAFF#CENTRAL".to_owned(),
    }
}

/// The sort key of a line; ten digits, so that text order is number order.
fn line_sk(number: u64) -> String {
    format!("{LINE}{number:010}")
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(ring::digest::digest(&ring::digest::SHA256, bytes).as_ref());
    hash
}
