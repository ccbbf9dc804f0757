//! Sign-ins that wait for their code.

use jiff::Timestamp;
use palad_domain::account::Challenge;
use palad_domain::agency::AgencyCode;
use palad_domain::audit::Event;
use palad_domain::record::Office;
use palad_environment::{Variables, VariablesError};

use super::changes::{Changes, Write};
use super::code_tries::{take_try, whose};
use super::codec::{challenge_item, challenge_pk, device_item, read_challenge};
use super::devices::NewDevice;
use super::{ACCOUNT, account_pk};
use crate::StoreError;
use crate::audit::NewLine;
use crate::aws::Aws;
use crate::item::{key, number, text};
use crate::table::{put, values};

/// The challenges of sign-in.
#[derive(Clone)]
pub struct Challenges {
    changes: Changes,
}

impl Challenges {
    /// Needs `ACCOUNTS_TABLE` and `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { changes: Changes::from_environment(aws, variables)? })
    }

    /// Opens a challenge.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn open(&self, challenge: &Challenge) -> Result<(), StoreError> {
        put(&self.changes.client, self.changes.accounts.name(), challenge_item(challenge)?).await
    }

    /// Takes one try at a challenge's code; none where there is no try to take.
    ///
    /// # Errors
    /// When the store fails; then the try may be lost.
    pub async fn take_try(&self, id: &str, now: Timestamp) -> Result<Option<Challenge>, StoreError> {
        let Changes { client, accounts, .. } = &self.changes;
        let item = take_try(client, accounts.name(), key(challenge_pk(id), "CHALLENGE"), now).await?;
        Ok(item.as_ref().map(read_challenge).transpose()?.flatten())
    }

    /// Whose challenge it is that no try can be taken at: its tries or its time are over, or it was completed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn whose(&self, id: &str) -> Result<Option<AgencyCode>, StoreError> {
        whose(&self.changes.client, self.changes.accounts.name(), key(challenge_pk(id), "CHALLENGE")).await
    }

    /// Ends the challenge and makes the device known, under this name. Answers whether this was the first to do
    /// so, with the account as it was when the number was right.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn complete(
        &self,
        challenge: &Challenge,
        device_name: &str,
        request_id: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let code = &challenge.agency;
        let version = challenge.session_version;
        let device = NewDevice { hash: &challenge.device_hash, name: device_name }.known(version, now);
        let line =
            NewLine { office: Some(Office::Agency), ..NewLine::by_proof(Event::NewDevice, request_id, now) };
        self.changes
            .write(code, line, |transaction, accounts| {
                // What is left of it says whose code it was, should somebody give it again.
                transaction.update(
                    Write::Account,
                    accounts,
                    key(challenge_pk(&challenge.id), "CHALLENGE"),
                    "SET tries_left = :none REMOVE code_hash",
                    "attribute_exists(code_hash)",
                    values([(":none", number(0))]),
                );
                transaction.put(Write::Account, accounts, device_item(code, &device)?, None);
                transaction.update(
                    Write::Account,
                    accounts,
                    key(account_pk(code), ACCOUNT),
                    "SET last_sign_in_at = :now",
                    "session_version = :version AND attribute_not_exists(suspended_at)",
                    values([(":version", number(version.0)), (":now", text(now.to_string()))]),
                );
                Ok(())
            })
            .await
    }
}
