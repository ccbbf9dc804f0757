//! What sign-in reads and writes: the account, and the device that asks.

use aws_sdk_dynamodb::Client;
use jiff::Timestamp;
use palad_domain::account::Account;
use palad_domain::agency::AgencyCode;
use palad_domain::guessing::DeviceTries;
use palad_environment::{Variables, VariablesError};

use super::codec::{device_item, device_sk, read_account, read_device};
use super::devices::{KnownDevice, NewDevice};
use super::{ACCOUNT, account_pk};
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Reader, key, number, text};
use crate::table::{get, get_many, is_condition, is_conflict, put_if, sdk_error, values};
use crate::tables::{AccountsTable, SK};

/// Accounts and devices, for the function that signs in.
#[derive(Clone)]
pub struct SignIn {
    client: Client,
    accounts: AccountsTable,
}

/// All that a sign-in looks at, read at once whether it is there or not.
#[derive(Clone, Debug)]
pub struct SignInView {
    /// The account, if there is one.
    pub account: Option<Account>,
    /// The device, if the account knows it.
    pub device: Option<KnownDevice>,
}

impl SignIn {
    /// Needs `ACCOUNTS_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), accounts: AccountsTable::from_environment(variables)? })
    }

    /// The account and the device with this hash.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn view(
        &self,
        code: &AgencyCode,
        device_hash: &str,
        now: Timestamp,
    ) -> Result<SignInView, StoreError> {
        let keys = vec![key(account_pk(code), ACCOUNT), key(account_pk(code), device_sk(device_hash))];
        let mut account = None;
        let mut device = None;
        for item in get_many(&self.client, self.accounts.name(), keys).await? {
            if Reader(&item).text(SK)? == ACCOUNT {
                account = Some(read_account(&item)?);
            } else {
                device = Some(read_device(&item)?);
            }
        }
        let device = device
            .filter(|device| account.as_ref().is_some_and(|account: &Account| device.is_known(account, now)));
        Ok(SignInView { account, device })
    }

    /// The account alone.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn account(&self, code: &AgencyCode) -> Result<Option<Account>, StoreError> {
        let item = get(&self.client, self.accounts.name(), key(account_pk(code), ACCOUNT)).await?;
        item.as_ref().map(read_account).transpose()
    }

    /// Writes the charged counter of a known device, if the seen one still stands. Answers whether it
    /// did: of parallel tries only one is let through.
    ///
    /// # Errors
    /// When the store fails; then no try was given.
    pub async fn charge_device(
        &self,
        account: &Account,
        device: &KnownDevice,
        charged: DeviceTries,
    ) -> Result<bool, StoreError> {
        let seen = device_item(&account.agency, device)?;
        let item = device_item(&account.agency, &KnownDevice { tries: charged, ..device.clone() })?;
        let seen = values([(":seen", text(Reader(&seen).text("tries")?))]);
        put_if(&self.client, self.accounts.name(), item, "tries = :seen", seen).await
    }

    /// Notes a sign-in from a known device: its tries are forgotten, and it is called `name` from now on.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn signed_in(
        &self,
        account: &Account,
        device: &KnownDevice,
        name: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let device = NewDevice { hash: &device.hash, name }.known(device.version, now);
        let item = device_item(&account.agency, &device)?;
        let known = put_if(&self.client, self.accounts.name(), item, "attribute_exists(pk)", values([]));
        tokio::try_join!(known, self.note_sign_in(account, now))?;
        Ok(())
    }

    /// When the account was last used, for the offices that look after it.
    async fn note_sign_in(&self, account: &Account, now: Timestamp) -> Result<(), StoreError> {
        let sent = self
            .client
            .update_item()
            .table_name(self.accounts.name())
            .set_key(Some(key(account_pk(&account.agency), ACCOUNT)))
            .update_expression("SET last_sign_in_at = :now")
            .condition_expression("session_version = :seen")
            .set_expression_attribute_values(Some(values([
                (":now", text(now.to_string())),
                (":seen", number(account.session_version.0)),
            ])))
            .send()
            .await;
        match sent {
            Ok(_) => Ok(()),
            // The account is being changed at this moment: the time is not worth waiting for that.
            Err(error) if is_condition(&error) || is_conflict(&error) => Ok(()),
            Err(error) => Err(sdk_error("UpdateItem", error)),
        }
    }

    /// Replaces the hash by one with today's parameters, if the password is still the same.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn rehash(&self, account: &Account, password_hash: &str) -> Result<(), StoreError> {
        let sent = self
            .client
            .update_item()
            .table_name(self.accounts.name())
            .set_key(Some(key(account_pk(&account.agency), ACCOUNT)))
            .update_expression("SET password_hash = :new")
            .condition_expression("password_hash = :old")
            .set_expression_attribute_values(Some(values([
                (":new", text(password_hash)),
                (":old", text(&account.password_hash)),
            ])))
            .send()
            .await;
        match sent {
            Ok(_) => Ok(()),
            Err(error) if is_condition(&error) => Ok(()),
            Err(error) => Err(sdk_error("UpdateItem", error)),
        }
    }
}
