//! The accounts of a province, for the offices that look after them: how each stands, and what may be done for it.
//! Nothing here reads or sets a password.

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use palad_domain::account::Account;
use palad_domain::audit::{Event, SuspensionReason};
use palad_domain::policy::{CanHelpAccount, CanReadAccount};
use palad_domain::session::SessionVersion;
use palad_environment::{Variables, VariablesError};

use super::changes::{Changes, Write};
use super::codec::read_account;
use super::opening::find_account;
use super::resets::{Reset, reset_item};
use super::{ACCOUNT, account_pk};
use crate::StoreError;
use crate::audit::NewLine;
use crate::aws::Aws;
use crate::item::{key, number, text};
use crate::session_check::check_session;
use crate::table::{get_many, values};

/// How often a change is tried again when the account changes meanwhile.
const ATTEMPTS: usize = 3;

/// The accounts, for those who look after them.
#[derive(Clone)]
pub struct AccountCare {
    changes: Changes,
}

/// What became of something that was to be done to an account.
#[derive(Clone, Debug)]
pub enum Helped {
    /// It is done, to this account.
    Done(Account),
    /// It was so already.
    Already,
    /// There is no account.
    NoAccount,
    /// The account is suspended, and that has to be lifted first.
    Suspended,
}

impl AccountCare {
    /// Needs `ACCOUNTS_TABLE` and `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { changes: Changes::from_environment(aws, variables)? })
    }

    /// The accounts of at most a hundred agencies, as far as there are any.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn accounts(&self, leaves: &[CanReadAccount]) -> Result<Vec<Account>, StoreError> {
        if leaves.is_empty() {
            return Ok(Vec::new());
        }
        let Changes { client, accounts, .. } = &self.changes;
        let keys = leaves.iter().map(|leave| key(account_pk(leave.agency()), ACCOUNT)).collect();
        get_many(client, accounts.name(), keys).await?.iter().map(read_account).collect()
    }

    /// Suspends an account: every session ends, and nobody can sign in or set a password.
    ///
    /// # Errors
    /// `SessionRevoked`, and the store's own.
    pub async fn suspend(
        &self,
        leave: &CanHelpAccount,
        reason: SuspensionReason,
        request_id: &str,
        now: Timestamp,
    ) -> Result<Helped, StoreError> {
        let line = NewLine::by(leave, Event::Suspended { reason }, request_id, now);
        let since = now.to_string();
        self.help(leave, line, |account| {
            if account.suspended.is_some() {
                return None;
            }
            let devices = number(account.session_version.0);
            Some(Step {
                expression: "SET suspended_at = :now, suspended_devices = :devices, session_version = :next",
                values: vec![
                    (":now", text(&since)),
                    (":devices", devices),
                    (":next", number(SessionVersion(account.session_version.0 + 1).0)),
                ],
            })
        })
        .await
    }

    /// Lifts the suspension. What was forgotten stays forgotten: the next sign-in needs a mailed code.
    ///
    /// # Errors
    /// `SessionRevoked`, and the store's own.
    pub async fn unsuspend(
        &self,
        leave: &CanHelpAccount,
        request_id: &str,
        now: Timestamp,
    ) -> Result<Helped, StoreError> {
        let line = NewLine::by(leave, Event::Unsuspended, request_id, now);
        self.help(leave, line, |account| {
            account.suspended?;
            Some(Step { expression: "REMOVE suspended_at, suspended_devices", values: Vec::new() })
        })
        .await
    }

    /// Stores the link with this token's hash, by which the owner sets a new password.
    ///
    /// # Errors
    /// `SessionRevoked`, and the store's own.
    pub async fn send_reset(
        &self,
        leave: &CanHelpAccount,
        token_hash: &str,
        request_id: &str,
        now: Timestamp,
    ) -> Result<Helped, StoreError> {
        let Changes { client, accounts, .. } = &self.changes;
        let code = leave.agency();
        let Some(account) = find_account(client, accounts, code).await? else { return Ok(Helped::NoAccount) };
        if account.suspended.is_some() {
            return Ok(Helped::Suspended);
        }
        let reset = Reset {
            token_hash: token_hash.to_owned(),
            agency: code.clone(),
            session_version: account.session_version,
        };
        let line = NewLine::by(leave, Event::ResetSent, request_id, now);
        self.changes
            .write(code, line, |transaction, table| {
                transaction.put(Write::Account, table, reset_item(&reset, now), None);
                check_session(transaction, Write::Session, accounts, leave);
                Ok(())
            })
            .await?;
        Ok(Helped::Done(account))
    }

    /// Changes an account in place, if it is still as it was seen; otherwise looks again. Where there is no step to
    /// take, it is so already.
    async fn help(
        &self,
        leave: &CanHelpAccount,
        line: NewLine<'_>,
        step: impl Fn(&Account) -> Option<Step>,
    ) -> Result<Helped, StoreError> {
        let Changes { client, accounts, .. } = &self.changes;
        let code = leave.agency();
        for _ in 0..ATTEMPTS {
            let Some(account) = find_account(client, accounts, code).await? else {
                return Ok(Helped::NoAccount);
            };
            let Some(step) = step(&account) else { return Ok(Helped::Already) };
            let unchanged = if account.suspended.is_some() {
                "session_version = :seen AND attribute_exists(suspended_at)"
            } else {
                "session_version = :seen AND attribute_not_exists(suspended_at)"
            };
            let is_done = self
                .changes
                .write(code, line, |transaction, table| {
                    let mut bounds = values([(":seen", number(account.session_version.0))]);
                    bounds
                        .extend(step.values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
                    let item = key(account_pk(code), ACCOUNT);
                    transaction.update(Write::Account, table, item, step.expression, unchanged, bounds);
                    check_session(transaction, Write::Session, accounts, leave);
                    Ok(())
                })
                .await?;
            if is_done {
                return Ok(Helped::Done(account));
            }
        }
        Err(StoreError::Unavailable("the account changes while it is helped".into()))
    }
}

/// What to change in an account.
struct Step {
    expression: &'static str,
    values: Vec<(&'static str, AttributeValue)>,
}
