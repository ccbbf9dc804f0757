//! Changes of staff, each in one transaction with its lines in the audit.

use aws_sdk_dynamodb::Client;
use jiff::Timestamp;
use palad_domain::audit::{Chain, Event, Head};
use palad_domain::policy::CanManageStaff;
use palad_domain::staff::{StaffAccount, StaffId};
use palad_environment::{Variables, VariablesError};

use super::account_key;
use super::codec::read_staff;
use crate::StoreError;
use crate::audit::{self, AuditLog, NewLine};
use crate::aws::Aws;
use crate::table::get;
use crate::tables::AccountsTable;
use crate::transaction::{Outcome, Transaction};

/// The writes of a change, by name.
#[derive(Clone, Copy)]
pub(super) enum Write {
    /// The account or the invitation: it is not as it was seen.
    Account,
    /// The session of who asks.
    Session,
    /// The audit's line: another one came first.
    Audit,
}

/// The way to change staff.
#[derive(Clone)]
pub(super) struct StaffChanges {
    pub(super) client: Client,
    pub(super) accounts: AccountsTable,
    audit: AuditLog,
}

impl StaffChanges {
    /// Needs `ACCOUNTS_TABLE` and `AUDIT_TABLE`.
    pub(super) fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self {
            client: aws.dynamodb(),
            accounts: AccountsTable::from_environment(variables)?,
            audit: AuditLog::from_environment(variables)?,
        })
    }

    /// The account with this key.
    pub(super) async fn account(&self, id: &StaffId) -> Result<Option<StaffAccount>, StoreError> {
        let item = get(&self.client, self.accounts.name(), account_key(id)).await?;
        item.as_ref().map(read_staff).transpose()
    }

    /// Writes what `build` puts together, and the lines, each in its chain. Answers whether the account was still as
    /// it was seen.
    ///
    /// # Errors
    /// `SessionRevoked`, and the store's own.
    pub(super) async fn write(
        &self,
        lines: &[(Chain, NewLine<'_>)],
        build: impl Fn(&mut Transaction<Write>, &AccountsTable) -> Result<(), StoreError>,
    ) -> Result<bool, StoreError> {
        for _ in 0..audit::ATTEMPTS {
            let mut heads: Vec<Head> = Vec::with_capacity(lines.len());
            for (chain, _) in lines {
                heads.push(self.audit.head(&self.client, chain.clone()).await?);
            }
            let mut transaction = Transaction::new();
            build(&mut transaction, &self.accounts)?;
            for ((chain, line), head) in lines.iter().zip(&heads) {
                self.audit.append(&mut transaction, Write::Audit, head, chain.clone(), *line)?;
            }
            match transaction.run(&self.client).await? {
                Outcome::Done => return Ok(true),
                Outcome::Refused(Write::Account, _) => return Ok(false),
                Outcome::Refused(Write::Session, _) => return Err(StoreError::SessionRevoked),
                Outcome::Refused(Write::Audit, _) => {}
            }
        }
        Err(audit::overrun())
    }
}

/// What a manager did to an officer.
pub(super) fn line_of<'a>(
    leave: &'a CanManageStaff,
    event: Event,
    about: &'a StaffId,
    request_id: &'a str,
    at: Timestamp,
) -> (Chain, NewLine<'a>) {
    let actor = leave.actor();
    let line = NewLine {
        at,
        office: Some(actor.office()),
        staff: actor.staff(),
        event,
        about: Some(about),
        request_id,
    };
    (Chain::of_staff(leave.place()), line)
}
