//! Changes of accounts and of staff, each in one transaction with its lines in the audit.

use aws_sdk_dynamodb::Client;
use palad_domain::agency::AgencyCode;
use palad_domain::audit::{Chain, Head};
use palad_environment::{Variables, VariablesError};

use crate::StoreError;
use crate::audit::{self, AuditLog, NewLine};
use crate::aws::Aws;
use crate::tables::AccountsTable;
use crate::transaction::{Outcome, Transaction};

/// The writes of a change, by name.
#[derive(Clone, Copy)]
pub(super) enum Write {
    /// The account, or what hangs on it, as an invitation: it is not as it was seen.
    Account,
    /// The session of who asks.
    Session,
    /// The audit's line: another one came first.
    Audit,
}

/// The way to change an account.
#[derive(Clone)]
pub(super) struct Changes {
    pub(super) client: Client,
    pub(super) accounts: AccountsTable,
    audit: AuditLog,
}

impl Changes {
    /// Needs `ACCOUNTS_TABLE` and `AUDIT_TABLE`.
    pub(super) fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self {
            client: aws.dynamodb(),
            accounts: AccountsTable::from_environment(variables)?,
            audit: AuditLog::from_environment(variables)?,
        })
    }

    /// Writes what `build` puts together, and the line. Answers whether the account was still as it was seen.
    ///
    /// # Errors
    /// `SessionRevoked`, and the store's own.
    pub(super) async fn write(
        &self,
        code: &AgencyCode,
        line: NewLine<'_>,
        build: impl Fn(&mut Transaction<Write>, &str) -> Result<(), StoreError>,
    ) -> Result<bool, StoreError> {
        self.write_lines(&[(code.into(), line)], build).await
    }

    /// The same with lines in more chains than one.
    ///
    /// # Errors
    /// `SessionRevoked`, and the store's own.
    pub(super) async fn write_lines(
        &self,
        lines: &[(Chain, NewLine<'_>)],
        build: impl Fn(&mut Transaction<Write>, &str) -> Result<(), StoreError>,
    ) -> Result<bool, StoreError> {
        for _ in 0..audit::ATTEMPTS {
            let mut heads: Vec<Head> = Vec::with_capacity(lines.len());
            for (chain, _) in lines {
                heads.push(self.audit.head(&self.client, chain.clone()).await?);
            }
            let mut transaction = Transaction::new();
            build(&mut transaction, self.accounts.name())?;
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
