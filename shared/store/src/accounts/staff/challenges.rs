//! Sign-ins of staff that wait for their second factor.

use aws_sdk_dynamodb::types::ReturnValue;
use jiff::Timestamp;
use palad_domain::audit::{Chain, Event};
use palad_domain::staff::{StaffAccount, StaffChallenge};
use palad_environment::{Variables, VariablesError};

use super::account_key;
use super::codec::{challenge_item, challenge_key, device_item, json_text, read_challenge};
use crate::StoreError;
use crate::accounts::changes::{Changes, Write};
use crate::accounts::code_tries::take_try;
use crate::audit::NewLine;
use crate::aws::Aws;
use crate::item::{Attributes, number, text};
use crate::table::{is_condition, put, sdk_error, values};

/// The challenges of staff.
#[derive(Clone)]
pub struct StaffChallenges {
    changes: Changes,
}

impl StaffChallenges {
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
    pub async fn open(&self, challenge: &StaffChallenge) -> Result<(), StoreError> {
        put(&self.changes.client, self.changes.accounts.name(), challenge_item(challenge)?).await
    }

    /// Takes one try at a challenge; none where there is no try to take.
    ///
    /// # Errors
    /// When the store fails; then the try may be lost.
    pub async fn take_try(&self, id: &str, now: Timestamp) -> Result<Option<StaffChallenge>, StoreError> {
        let item =
            take_try(&self.changes.client, self.changes.accounts.name(), challenge_key(id), now).await?;
        Ok(item.as_ref().map(read_challenge).transpose()?.flatten())
    }

    /// The challenge that no try can be taken at: its tries or its time are over, or it was completed. It is answered
    /// once; after that it is as if there were none, so that going on is no way to have more done than was charged.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn first_refusal(&self, id: &str) -> Result<Option<StaffChallenge>, StoreError> {
        let sent = self
            .changes
            .client
            .update_item()
            .table_name(self.changes.accounts.name())
            .set_key(Some(challenge_key(id)))
            .update_expression("SET was_refused = :yes")
            .condition_expression("attribute_exists(pk) AND attribute_not_exists(was_refused)")
            .set_expression_attribute_values(Some(values([(":yes", number(1))])))
            .return_values(ReturnValue::AllNew)
            .send()
            .await;
        match sent {
            Ok(output) => Ok(output.attributes.as_ref().map(read_challenge).transpose()?.flatten()),
            Err(error) if is_condition(&error) => Ok(None),
            Err(error) => Err(sdk_error("UpdateItem", error)),
        }
    }

    /// Completes a sign-in by the code of a time step; from a browser that the account does not know, the audit of the
    /// officer's office tells of it. Answers whether it did: the challenge was still open,
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
        knows_device: bool,
        request_id: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let change = ("totp_step = :step", "totp_step < :step");
        let line = (!knows_device).then(|| NewLine::by_proof(Event::StaffNewDevice, request_id, now));
        self.complete(challenge, account, change, values([(":step", number(step))]), line, now).await
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
        request_id: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let change = ("recovery_codes = :left", "recovery_codes = :seen");
        let codes = [(":left", json_text(&left)?), (":seen", json_text(&account.recovery_sealed)?)];
        let codes = values(codes.map(|(name, value)| (name, text(value))));
        let line = NewLine::by_proof(Event::RecoveryCodeUsed, request_id, now);
        self.complete(challenge, account, change, codes, Some(line), now).await
    }

    /// Ends the challenge, notes what the factor changes and makes the browser known.
    async fn complete(
        &self,
        challenge: &StaffChallenge,
        account: &StaffAccount,
        (change, condition): (&str, &str),
        mut bound: Attributes,
        line: Option<NewLine<'_>>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        bound.insert(":now".to_owned(), text(now.to_string()));
        bound.insert(":version".to_owned(), number(challenge.session_version.0));
        let change = format!("SET {change}, signed_in_at = :now");
        let condition =
            format!("session_version = :version AND attribute_not_exists(suspended_at) AND {condition}");
        let device = device_item(&account.id, &challenge.device_hash, challenge.session_version, now);
        let chain = Chain::of_staff(&account.place);
        let lines = line.map(|line| (chain, NewLine { about: Some(&account.id), ..line }));
        self.changes
            .write_lines(lines.as_slice(), |transaction, accounts| {
                // What is left of it says whose sign-in it was, should somebody complete it again.
                transaction.update(
                    Write::Account,
                    accounts,
                    challenge_key(&challenge.id),
                    "SET tries_left = :none, completed_at = :now",
                    "attribute_exists(pk) AND attribute_not_exists(completed_at)",
                    values([(":none", number(0)), (":now", text(now.to_string()))]),
                );
                let key = account_key(&account.id);
                transaction.update(Write::Account, accounts, key, &change, &condition, bound.clone());
                transaction.put(Write::Account, accounts, device.clone(), None);
                Ok(())
            })
            .await
    }
}
