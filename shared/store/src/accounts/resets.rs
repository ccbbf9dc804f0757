//! Links for a new password. Whoever has the mailbox has the account: that is what a reset means.

use jiff::{SignedDuration, Timestamp};
use palad_domain::account::{Account, RESET_LIFE};
use palad_domain::agency::AgencyCode;
use palad_domain::audit::Event;
use palad_domain::life::stands;
use palad_domain::session::SessionVersion;
use palad_environment::{Variables, VariablesError};

use super::changes::{Changes, Write};
use super::codec::device_item;
use super::devices::NewDevice;
use super::opening::find_account;
use super::{ACCOUNT, account_pk};
use crate::StoreError;
use crate::audit::NewLine;
use crate::aws::Aws;
use crate::item::{Attributes, Builder, Reader, key, number, text};
use crate::table::{get, put, values};

/// The links for a new password.
#[derive(Clone)]
pub struct Resets {
    changes: Changes,
}

/// A link that can be used once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reset {
    /// The hash of the link's token.
    pub token_hash: String,
    /// Whose password it changes.
    pub agency: AgencyCode,
    /// The account's session version when the link was made.
    pub session_version: SessionVersion,
}

impl Resets {
    /// Needs `ACCOUNTS_TABLE` and `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { changes: Changes::from_environment(aws, variables)? })
    }

    /// Stores a link.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn open(&self, reset: &Reset, now: Timestamp) -> Result<(), StoreError> {
        put(&self.changes.client, self.changes.accounts.name(), reset_item(reset, now)).await
    }

    /// The link with this hash and its account, if it can still be used.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn find(
        &self,
        token_hash: &str,
        now: Timestamp,
    ) -> Result<Option<(Reset, Account)>, StoreError> {
        let Some(item) =
            get(&self.changes.client, self.changes.accounts.name(), reset_key(token_hash)).await?
        else {
            return Ok(None);
        };
        let read = Reader(&item);
        let reset = Reset {
            token_hash: token_hash.to_owned(),
            agency: read.parse("agency", |text| text.parse().ok())?,
            session_version: read.number("session_version").map(SessionVersion)?,
        };
        if !stands(read.time("ends_at")?, RESET_LIFE, now) {
            return Ok(None);
        }
        let account = find_account(&self.changes.client, &self.changes.accounts, &reset.agency).await?;
        Ok(account
            .filter(|account| account.session_version == reset.session_version)
            .filter(|account| account.suspended.is_none())
            .map(|account| (reset, account)))
    }

    /// Uses the link: the new password, every session ended, every device forgotten but this one.
    /// Answers whether the link was still good.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn use_up(
        &self,
        reset: &Reset,
        password_hash: &str,
        device: NewDevice<'_>,
        request_id: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let code = &reset.agency;
        let version = SessionVersion(reset.session_version.0 + 1);
        let line = NewLine::by_proof(Event::PasswordReset, request_id, now);
        self.changes
            .write(code, line, |transaction, accounts| {
                let link = reset_key(&reset.token_hash);
                transaction.delete(Write::Account, accounts, link, "attribute_exists(pk)");
                // In place: whatever else has changed meanwhile, as the address, stays as it is now.
                transaction.update(
                    Write::Account,
                    accounts,
                    key(account_pk(code), ACCOUNT),
                    "SET password_hash = :hash, session_version = :next",
                    "session_version = :seen AND attribute_not_exists(suspended_at)",
                    values([
                        (":hash", text(password_hash)),
                        (":next", number(version.0)),
                        (":seen", number(reset.session_version.0)),
                    ]),
                );
                let device = device_item(code, &device.known(version, now))?;
                transaction.put(Write::Account, accounts, device, None);
                Ok(())
            })
            .await
    }
}

/// The item of a link.
pub(super) fn reset_item(reset: &Reset, now: Timestamp) -> Attributes {
    let ends_at = now + RESET_LIFE;
    Builder::new(pk(&reset.token_hash), "RESET")
        .text("agency", reset.agency.as_str())
        .number("session_version", reset.session_version.0)
        .time("ends_at", ends_at)
        .expires(ends_at + SignedDuration::from_hours(1))
        .build()
}

fn pk(token_hash: &str) -> String {
    format!("RESET#{token_hash}")
}

fn reset_key(token_hash: &str) -> Attributes {
    key(pk(token_hash), "RESET")
}
