//! Links for a new password. Whoever has the mailbox has the account: that is what a reset means.

use aws_sdk_dynamodb::Client;
use jiff::{SignedDuration, Timestamp};
use palad_domain::account::{Account, RESET_LIFE};
use palad_domain::agency::AgencyCode;
use palad_domain::guessing::DeviceTries;
use palad_domain::session::SessionVersion;
use palad_environment::{Variables, VariablesError};

use super::codec::{account_item, device_item};
use super::opening::find_account;
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Attributes, Builder, Reader, key, number};
use crate::table::{get, put, values};
use crate::tables::AccountsTable;
use crate::transaction::{Outcome, Transaction};

/// The links for a new password.
#[derive(Clone)]
pub struct Resets {
    client: Client,
    accounts: AccountsTable,
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
    /// Needs `ACCOUNTS_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), accounts: AccountsTable::from_environment(variables)? })
    }

    /// Stores a link.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn open(&self, reset: &Reset, now: Timestamp) -> Result<(), StoreError> {
        let ends_at = now + RESET_LIFE;
        let item = Builder::new(pk(&reset.token_hash), "RESET")
            .text("agency", reset.agency.as_str())
            .number("session_version", reset.session_version.0)
            .time("ends_at", ends_at)
            .expires(ends_at + SignedDuration::from_hours(1))
            .build();
        put(&self.client, self.accounts.name(), item).await
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
        let Some(item) = get(&self.client, self.accounts.name(), reset_key(token_hash)).await? else {
            return Ok(None);
        };
        let read = Reader(&item);
        let reset = Reset {
            token_hash: token_hash.to_owned(),
            agency: read.parse("agency", |text| text.parse().ok())?,
            session_version: read.number("session_version").map(SessionVersion)?,
        };
        if read.time("ends_at")? <= now {
            return Ok(None);
        }
        let account = find_account(&self.client, &self.accounts, &reset.agency).await?;
        Ok(account
            .filter(|account| account.session_version == reset.session_version)
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
        account: &Account,
        password_hash: String,
        device_hash: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let accounts = self.accounts.name();
        let version = SessionVersion(account.session_version.0 + 1);
        let renewed = Account { password_hash, session_version: version, ..account.clone() };
        let device = device_item(&account.agency, device_hash, version, DeviceTries::default(), now)?;
        let seen = values([(":seen", number(reset.session_version.0))]);
        let mut transaction = Transaction::new();
        transaction.delete((), accounts, reset_key(&reset.token_hash), "attribute_exists(pk)");
        transaction.put((), accounts, account_item(&renewed), Some(("session_version = :seen", seen)));
        transaction.put((), accounts, device, None);
        Ok(matches!(transaction.run(&self.client).await?, Outcome::Done))
    }
}

fn pk(token_hash: &str) -> String {
    format!("RESET#{token_hash}")
}

fn reset_key(token_hash: &str) -> Attributes {
    key(pk(token_hash), "RESET")
}
