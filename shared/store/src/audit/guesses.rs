//! Wrong guesses, as lines of the audit.
//!
//! Whoever may guess is bounded before: by the allowance of a known device, by the tries that a letter has, and on
//! unknown devices, for mailed codes and for officers by one line a day. So nobody can fill an audit.

use aws_sdk_dynamodb::Client;
use jiff::Timestamp;
use palad_domain::agency::AgencyCode;
use palad_domain::audit::{Chain, Event};
use palad_domain::staff::{StaffId, StaffPlace};
use palad_environment::{Variables, VariablesError};
use palad_thai::date::bangkok_day;

use super::{ATTEMPTS, AuditLog, NewLine, chain_pk, overrun};
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Attributes, Builder};
use crate::transaction::{Outcome, Transaction};

/// The lines about wrong guesses, for the functions that refuse them.
#[derive(Clone)]
pub struct GuessLog {
    client: Client,
    audit: AuditLog,
}

/// The writes of a line, by name.
#[derive(Clone, Copy)]
enum Write {
    /// What keeps it from being written twice.
    Marker,
    /// The line: another one came first.
    Audit,
}

impl GuessLog {
    /// Needs `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), audit: AuditLog::from_environment(variables)? })
    }

    /// A wrong number from an unknown device, of which the owner is told by the order with this key: once for each
    /// key, however often the order comes.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn wrong_number_is_told(
        &self,
        code: &AgencyCode,
        order: &str,
        request_id: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(code.into(), Some(order), NewLine::by_proof(Event::WrongNumber, request_id, now)).await
    }

    /// A wrong number on a known device.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn wrong_number_on_known_device(
        &self,
        code: &AgencyCode,
        request_id: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let line = NewLine::by_proof(Event::WrongNumberOnKnownDevice, request_id, now);
        self.write(code.into(), None, line).await
    }

    /// A wrong code in the place of the official letter's, whether there is a letter or not.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn wrong_letter_code(
        &self,
        code: &AgencyCode,
        request_id: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(code.into(), None, NewLine::by_proof(Event::WrongLetterCode, request_id, now)).await
    }

    /// A mailed code that was wrong, used, over or another browser's: one line a day.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn wrong_code(
        &self,
        code: &AgencyCode,
        request_id: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let today = format!("WRONG-CODE#{}", bangkok_day(now));
        self.write(code.into(), Some(&today), NewLine::by_proof(Event::WrongCode, request_id, now)).await
    }

    /// A sign-in as an officer that was refused, of which the officer is told by the order with this key: once for
    /// each key, in the audit of the office's staff.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn wrong_staff_sign_in_is_told(
        &self,
        place: &StaffPlace,
        staff: &StaffId,
        order: &str,
        request_id: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let line = NewLine::by_proof(Event::StaffWrongSignIn, request_id, now);
        self.write(Chain::of_staff(place), Some(order), NewLine { about: Some(staff), ..line }).await
    }

    async fn write(&self, chain: Chain, once_for: Option<&str>, line: NewLine<'_>) -> Result<(), StoreError> {
        for _ in 0..ATTEMPTS {
            let head = self.audit.head(&self.client, chain.clone()).await?;
            let mut transaction = Transaction::new();
            if let Some(marker) = once_for {
                let item = Builder::new(chain_pk(&chain), marker).build();
                let absent = Some(("attribute_not_exists(pk)", Attributes::new()));
                transaction.put(Write::Marker, self.audit.table.name(), item, absent);
            }
            self.audit.append(&mut transaction, Write::Audit, &head, chain.clone(), line)?;
            match transaction.run(&self.client).await? {
                Outcome::Done | Outcome::Refused(Write::Marker, _) => return Ok(()),
                Outcome::Refused(Write::Audit, _) => {}
            }
        }
        Err(overrun())
    }
}
