//! Sign-ins of staff that wait for their second factor.

use aws_sdk_dynamodb::Client;
use jiff::Timestamp;
use palad_domain::staff::{StaffAccount, StaffChallenge};
use palad_environment::{Variables, VariablesError};

use super::account_key;
use super::codec::{challenge_item, challenge_key, device_item, json_text, read_challenge};
use crate::StoreError;
use crate::accounts::code_tries::take_try;
use crate::aws::Aws;
use crate::item::{Attributes, number, text};
use crate::table::{put, values};
use crate::tables::AccountsTable;
use crate::transaction::{Outcome, Transaction};

/// The challenges of staff.
#[derive(Clone)]
pub struct StaffChallenges {
    client: Client,
    accounts: AccountsTable,
}

impl StaffChallenges {
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
    pub async fn open(&self, challenge: &StaffChallenge) -> Result<(), StoreError> {
        put(&self.client, self.accounts.name(), challenge_item(challenge)?).await
    }

    /// Takes one try at a challenge; none where there is no try to take.
    ///
    /// # Errors
    /// When the store fails; then the try may be lost.
    pub async fn take_try(&self, id: &str, now: Timestamp) -> Result<Option<StaffChallenge>, StoreError> {
        let item = take_try(&self.client, self.accounts.name(), challenge_key(id), now).await?;
        Ok(item.as_ref().map(read_challenge).transpose()?.flatten())
    }

    /// Completes a sign-in by the code of a time step. Answers whether it did: the challenge was still open,
    /// the account is as it was when the passphrase was right, and no code of this step or a later one was
    /// used before.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn complete_by_totp(
        &self,
        challenge: &StaffChallenge,
        account: &StaffAccount,
        step: u64,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let change = ("totp_step = :step", "totp_step < :step");
        self.complete(challenge, account, change, values([(":step", number(step))]), now).await
    }

    /// Completes a sign-in by a recovery code; `left` are the others. Answers whether it did, as by a code of
    /// a time step: of the same one used twice at once only one does.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn complete_by_recovery_code(
        &self,
        challenge: &StaffChallenge,
        account: &StaffAccount,
        left: &[String],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let change = ("recovery_codes = :left", "recovery_codes = :seen");
        let codes = [(":left", json_text(&left)?), (":seen", json_text(&account.recovery_sealed)?)];
        let codes = values(codes.map(|(name, value)| (name, text(value))));
        self.complete(challenge, account, change, codes, now).await
    }

    /// Ends the challenge, notes what the factor changes and makes the browser known.
    async fn complete(
        &self,
        challenge: &StaffChallenge,
        account: &StaffAccount,
        (change, condition): (&str, &str),
        mut values: Attributes,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let accounts = self.accounts.name();
        values.insert(":now".to_owned(), text(now.to_string()));
        values.insert(":version".to_owned(), number(challenge.session_version.0));
        let mut transaction = Transaction::new();
        transaction.delete((), accounts, challenge_key(&challenge.id), "attribute_exists(pk)");
        transaction.update(
            (),
            accounts,
            account_key(&account.id),
            &format!("SET {change}, signed_in_at = :now"),
            &format!("session_version = :version AND attribute_not_exists(suspended_at) AND {condition}"),
            values,
        );
        let device = device_item(&account.id, &challenge.device_hash, challenge.session_version, now);
        transaction.put((), accounts, device, None);
        Ok(matches!(transaction.run(&self.client).await?, Outcome::Done))
    }
}
