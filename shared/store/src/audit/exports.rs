//! Lists that officers take along, as lines of the audit of their office.

use aws_sdk_dynamodb::Client;
use jiff::Timestamp;
use palad_domain::audit::Event;
use palad_domain::export::Export;
use palad_domain::policy::CanExport;
use palad_environment::{Variables, VariablesError};

use super::{ATTEMPTS, AuditLog, NewLine, overrun};
use crate::StoreError;
use crate::aws::Aws;
use crate::session_check::check_version;
use crate::tables::AccountsTable;
use crate::transaction::{Outcome, Transaction};

/// The lines about lists that were taken along, for the function that gives them away.
#[derive(Clone)]
pub struct ExportLog {
    client: Client,
    accounts: AccountsTable,
    audit: AuditLog,
}

/// The writes of a line, by name.
#[derive(Clone, Copy)]
enum Write {
    /// The session of who asks.
    Session,
    /// The line: another one came first.
    Audit,
}

impl ExportLog {
    /// Needs `ACCOUNTS_TABLE` and `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self {
            client: aws.dynamodb(),
            accounts: AccountsTable::from_environment(variables)?,
            audit: AuditLog::from_environment(variables)?,
        })
    }

    /// Notes that an officer is given a list, before the officer is.
    ///
    /// # Errors
    /// `SessionRevoked`, and the store's own; then there may be no line, and the list is not to be given away.
    pub async fn note(
        &self,
        leave: &CanExport,
        export: &Export,
        request_id: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let actor = leave.actor();
        let line = NewLine {
            office: Some(actor.office()),
            staff: actor.staff(),
            export: Some(export),
            ..NewLine::by_proof(Event::ListExported, request_id, now)
        };
        for _ in 0..ATTEMPTS {
            let head = self.audit.head(&self.client, leave.chain()).await?;
            let mut transaction = Transaction::new();
            let version = leave.session_version();
            check_version(&mut transaction, Write::Session, &self.accounts, actor, version);
            self.audit.append(&mut transaction, Write::Audit, &head, leave.chain(), line)?;
            match transaction.run(&self.client).await? {
                Outcome::Done => return Ok(()),
                Outcome::Refused(Write::Session, _) => return Err(StoreError::SessionRevoked),
                Outcome::Refused(Write::Audit, _) => {}
            }
        }
        Err(overrun())
    }
}
