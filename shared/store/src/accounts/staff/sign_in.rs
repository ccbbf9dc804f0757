//! What the sign-in of staff reads and writes: the account, and whether it knows the browser.

use aws_sdk_dynamodb::Client;
use jiff::Timestamp;
use palad_domain::staff::{StaffAccount, StaffId};
use palad_environment::{Variables, VariablesError};

use super::account_key;
use super::codec::{device_key, read_staff};
use crate::StoreError;
use crate::accounts::ACCOUNT;
use crate::aws::Aws;
use crate::item::{Reader, text};
use crate::table::{get, get_many, is_condition, sdk_error, values};
use crate::tables::{AccountsTable, SK};

/// Staff accounts, for the function that signs in.
#[derive(Clone)]
pub struct StaffSignIn {
    client: Client,
    accounts: AccountsTable,
}

/// All that a sign-in looks at, read at once whether it is there or not.
#[derive(Clone, Debug)]
pub struct StaffSignInView {
    /// The account, if there is one.
    pub account: Option<StaffAccount>,
    /// Whether a second factor was given from this browser before.
    pub knows_device: bool,
}

impl StaffSignIn {
    /// Needs `ACCOUNTS_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), accounts: AccountsTable::from_environment(variables)? })
    }

    /// The account with this key, and whether it knows the browser with this hash.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn view(
        &self,
        id: &StaffId,
        device_hash: &str,
        now: Timestamp,
    ) -> Result<StaffSignInView, StoreError> {
        let keys = vec![account_key(id), device_key(id, device_hash)];
        let (mut account, mut device) = (None, None);
        for item in get_many(&self.client, self.accounts.name(), keys).await? {
            if Reader(&item).text(SK)? == ACCOUNT {
                account = Some(read_staff(&item)?);
            } else {
                device = Some(item);
            }
        }
        let version = account.as_ref().map(|account| account.session_version.0);
        let knows_device = match device {
            Some(item) => {
                let read = Reader(&item);
                read.expires() > now && Some(read.number("session_version")?) == version
            }
            None => false,
        };
        Ok(StaffSignInView { account, knows_device })
    }

    /// The account alone.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn account(&self, id: &StaffId) -> Result<Option<StaffAccount>, StoreError> {
        let item = get(&self.client, self.accounts.name(), account_key(id)).await?;
        item.as_ref().map(read_staff).transpose()
    }

    /// Replaces the hash by one with today's parameters, if the passphrase is still the same.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn rehash(&self, account: &StaffAccount, passphrase_hash: &str) -> Result<(), StoreError> {
        let sent = self
            .client
            .update_item()
            .table_name(self.accounts.name())
            .set_key(Some(account_key(&account.id)))
            .update_expression("SET passphrase_hash = :new")
            .condition_expression("passphrase_hash = :old")
            .set_expression_attribute_values(Some(values([
                (":new", text(passphrase_hash)),
                (":old", text(&account.passphrase_hash)),
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
