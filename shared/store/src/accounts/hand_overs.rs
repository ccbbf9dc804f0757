//! Handing an account over to a named successor.

use jiff::Timestamp;
use palad_domain::audit::Event;
use palad_domain::email::Email;
use palad_domain::policy::CanManageAccount;
use palad_environment::{Variables, VariablesError};

use super::changes::{Changes, Write};
use super::opening::find_account;
use super::pending::{self, Kind, Pending};
use crate::StoreError;
use crate::audit::NewLine;
use crate::aws::Aws;
use crate::session_check::check_session;

/// The hand-overs, for the owner who begins and withdraws them.
#[derive(Clone)]
pub struct HandOvers {
    changes: Changes,
}

impl HandOvers {
    /// Needs `ACCOUNTS_TABLE` and `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { changes: Changes::from_environment(aws, variables)? })
    }

    /// Offers the account to `successor`, who accepts by the link with this token's hash. An earlier offer is over.
    /// Answers the account's present address; none where the successor has it already.
    ///
    /// # Errors
    /// `SessionRevoked`, and the store's own.
    pub async fn begin(
        &self,
        leave: &CanManageAccount,
        successor: &Email,
        token_hash: &str,
        request_id: &str,
        now: Timestamp,
    ) -> Result<Option<Email>, StoreError> {
        let Changes { client, accounts, .. } = &self.changes;
        let code = leave.agency();
        let account = find_account(client, accounts, code).await?.ok_or(StoreError::SessionRevoked)?;
        if account.email == *successor {
            return Ok(None);
        }
        let pending = Pending {
            email: successor.clone(),
            ends_at: now + Kind::HandOver.life(),
            token_hash: token_hash.to_owned(),
            session_version: leave.session_version(),
            before: account.email.clone(),
        };
        let line = NewLine::by(leave, Event::HandOverBegun, request_id, now);
        self.changes
            .write(code, line, |transaction, table| {
                pending.begin(Kind::HandOver, code, transaction, table);
                check_session(transaction, Write::Session, accounts, leave);
                Ok(())
            })
            .await?;
        Ok(Some(account.email))
    }

    /// Withdraws the offer. Where there is none any more, nothing happens.
    ///
    /// # Errors
    /// `SessionRevoked`, and the store's own.
    pub async fn end(
        &self,
        leave: &CanManageAccount,
        request_id: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Changes { client, accounts, .. } = &self.changes;
        let code = leave.agency();
        let (account, pending) = pending::find_of(client, accounts, Kind::HandOver, code).await?;
        let account = account.filter(|account| account.session_version == leave.session_version());
        let account = account.ok_or(StoreError::SessionRevoked)?;
        let Some(pending) = pending.filter(|pending| pending.is_open(Kind::HandOver, &account, now)) else {
            return Ok(());
        };
        let line = NewLine::by(leave, Event::HandOverEnded, request_id, now);
        self.changes
            .write(code, line, |transaction, table| {
                pending.end(Kind::HandOver, code, transaction, table);
                check_session(transaction, Write::Session, accounts, leave);
                Ok(())
            })
            .await?;
        Ok(())
    }
}
