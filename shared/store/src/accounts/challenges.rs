//! Sign-ins that wait for their code.

use aws_sdk_dynamodb::Client;
use jiff::Timestamp;
use palad_domain::account::Challenge;
use palad_domain::guessing::DeviceTries;
use palad_environment::{Variables, VariablesError};

use super::code_tries::take_try;
use super::codec::{challenge_item, challenge_pk, device_item, read_challenge};
use super::{ACCOUNT, account_pk};
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{key, number};
use crate::table::{put, values};
use crate::tables::AccountsTable;
use crate::transaction::{Outcome, Transaction};

/// The challenges of sign-in.
#[derive(Clone)]
pub struct Challenges {
    client: Client,
    accounts: AccountsTable,
}

impl Challenges {
    /// Needs `ACCOUNTS_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), accounts: AccountsTable::from_environment(variables)? })
    }

    /// Opens a challenge.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn open(&self, challenge: &Challenge) -> Result<(), StoreError> {
        put(&self.client, self.accounts.name(), challenge_item(challenge)).await
    }

    /// Takes one try at a challenge's code; none where there is no try to take.
    ///
    /// # Errors
    /// When the store fails; then the try may be lost.
    pub async fn take_try(&self, id: &str, now: Timestamp) -> Result<Option<Challenge>, StoreError> {
        let item =
            take_try(&self.client, self.accounts.name(), key(challenge_pk(id), "CHALLENGE"), now).await?;
        item.as_ref().map(read_challenge).transpose()
    }

    /// Ends the challenge and makes the device known. Answers whether this was the first to do so, with
    /// the account as it was when the number was right.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn complete(&self, challenge: &Challenge, now: Timestamp) -> Result<bool, StoreError> {
        let accounts = self.accounts.name();
        let version = challenge.session_version;
        let device =
            device_item(&challenge.agency, &challenge.device_hash, version, DeviceTries::default(), now)?;
        let mut transaction = Transaction::new();
        transaction.delete(
            (),
            accounts,
            key(challenge_pk(&challenge.id), "CHALLENGE"),
            "attribute_exists(pk)",
        );
        transaction.put((), accounts, device, None);
        transaction.check(
            (),
            accounts,
            key(account_pk(&challenge.agency), ACCOUNT),
            "session_version = :version",
            values([(":version", number(version.0))]),
        );
        Ok(matches!(transaction.run(&self.client).await?, Outcome::Done))
    }
}
