//! Changing an agency's record: one transaction for each save.
//!
//! Together or not at all go the ledger at its expected version with what it answers in the open rounds, the history's new
//! line, a tenure where somebody left, what can be restored, the change for search, the audit's line, the receipt where a
//! round takes it as an answer, the check of the session or of the link's mailbox, and the outcome for the idempotency
//! key. There is no counter in it, so that the last day of a round has no hot item.

mod author;
mod reference;
mod requests;
mod saving;
mod writes;

use aws_sdk_dynamodb::Client;
use jiff::Timestamp;
use palad_domain::agency::{Agency, AgencyCode};
use palad_domain::change::Change;
use palad_domain::policy::{CanEdit, CanRestore, LinkLeave};
use palad_domain::post::Post;
use palad_domain::record::{ClerkId, Deleted, Ledger};
use palad_domain::round::receipt::{Receipt, ReceiptNumber};
use palad_environment::{Variables, VariablesError};

pub use self::reference::Reference;
pub use self::requests::RequestKey;

use self::author::Author;
use self::requests::repeated;
use super::codec;
use super::{POST, agency_pk};
use crate::StoreError;
use crate::audit::AuditLog;
use crate::aws::Aws;
use crate::item::{key, text};
use crate::table::{get, query_all, values};
use crate::tables::{AccountsTable, RegistryTable};

/// The records of all agencies, for those who may change them.
#[derive(Clone)]
pub struct Records {
    pub(super) client: Client,
    pub(super) registry: RegistryTable,
    accounts: AccountsTable,
    audit: AuditLog,
}

/// The record after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The record as this request left it.
    pub ledger: Ledger,
    /// The receipt that this request was given, where a round takes the change as an answer.
    pub receipt: Option<Receipt>,
    /// Whether the change was made by an earlier request with the same key.
    pub repeated: bool,
}

impl Records {
    /// Needs `REGISTRY_TABLE`, `ACCOUNTS_TABLE` and `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self {
            client: aws.dynamodb(),
            registry: RegistryTable::from_environment(variables)?,
            accounts: AccountsTable::from_environment(variables)?,
            audit: AuditLog::from_environment(variables)?,
        })
    }

    /// The ledger of an agency as it stands.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn ledger(&self, code: &AgencyCode) -> Result<Ledger, StoreError> {
        let item = get(&self.client, self.registry.name(), key(agency_pk(code), POST)).await?;
        item.as_ref().map_or_else(|| Ok(Ledger::default()), codec::read_ledger)
    }

    /// Adds, edits or deletes a record.
    ///
    /// # Errors
    /// `AlreadyRecorded`, `NotFound` and `Stale` where the record is not as the change expects;
    /// `SessionRevoked`; `KeyReused`; and the store's own.
    pub async fn change(
        &self,
        leave: &CanEdit,
        agency: &Agency,
        change: Change,
        request: Option<&RequestKey>,
        reference: impl Into<Reference<'_>>,
        now: Timestamp,
    ) -> Result<Saved, StoreError> {
        self.save(Author::Session(leave), agency, change, request, reference.into(), now).await
    }

    /// Records by the link of a reminder that the post is vacant, of the version that the link names.
    ///
    /// # Errors
    /// `NotFound` where there is no record; `RoundOver` where the round takes no answer any more; `Stale` where the record
    /// is at another version; `SessionRevoked` where the agency has the mailbox of the link no more; and the store's own.
    pub async fn vacate(
        &self,
        leave: &LinkLeave,
        agency: &Agency,
        receipt: &ReceiptNumber,
        request_id: &str,
        now: Timestamp,
    ) -> Result<Receipt, StoreError> {
        let current = self.ledger(leave.agency()).await?.current.ok_or(StoreError::NotFound)?;
        let change = Change::Edit {
            id: current.id,
            expected: leave.version(),
            post: Post::Vacant { since: None, reason: None },
            succession: None,
        };
        let reference = Reference::with_receipt(request_id, receipt);
        let saved = self.save(Author::Link(leave), agency, change, None, reference, now).await?;
        saved.receipt.ok_or(StoreError::RoundOver)
    }

    /// Brings a deleted record back.
    ///
    /// # Errors
    /// As [`Records::change`]; `NotFound` where there is nothing to restore under this key.
    pub async fn restore(
        &self,
        leave: &CanRestore,
        agency: &Agency,
        id: &ClerkId,
        request: Option<&RequestKey>,
        reference: impl Into<Reference<'_>>,
        now: Timestamp,
    ) -> Result<Saved, StoreError> {
        let Some(deleted) = self.deleted(&agency.code, id).await? else {
            // Nothing to restore any more, perhaps because this very request has restored it.
            let earlier = self.read_before(&agency.code, request).await?.earlier;
            let saved =
                request.zip(earlier).and_then(|(request, item)| repeated(request, &item, now).transpose());
            return saved.unwrap_or(Err(StoreError::NotFound));
        };
        let change = Change::Restore { deleted };
        self.save(Author::Session(leave), agency, change, request, reference.into(), now).await
    }

    /// The deleted record with this key: there are few, so they are looked through.
    async fn deleted(&self, code: &AgencyCode, id: &ClerkId) -> Result<Option<Deleted>, StoreError> {
        let bounds =
            [(":pk", text(agency_pk(code))), (":deleted", text("DELETED#")), (":id", text(id.as_str()))];
        let query = self
            .client
            .query()
            .table_name(self.registry.name())
            .key_condition_expression("pk = :pk AND begins_with(sk, :deleted)")
            .filter_expression("id = :id")
            .set_expression_attribute_values(Some(values(bounds)))
            .consistent_read(true);
        query_all(query).await?.first().map(codec::read_deleted).transpose()
    }
}
