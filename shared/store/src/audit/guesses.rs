//! Wrong guesses, as lines of the audit.
//!
//! Whoever may guess is bounded before: by the allowance of a known device, by the tries that a letter has, and on
//! unknown devices, for mailed codes and for officers by one line a day. So nobody can fill an audit.

use jiff::Timestamp;
use palad_domain::agency::AgencyCode;
use palad_domain::audit::{Chain, Event};
use palad_domain::staff::{StaffId, StaffPlace};
use palad_environment::{Variables, VariablesError};
use palad_thai::date::bangkok_day;

use super::NewLine;
use super::refused_lines::RefusedLines;
use crate::StoreError;
use crate::aws::Aws;

/// The lines about wrong guesses, for the functions that refuse them.
#[derive(Clone)]
pub struct GuessLog {
    lines: RefusedLines,
}

impl GuessLog {
    /// Needs `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { lines: RefusedLines::from_environment(aws, variables)? })
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
        self.lines
            .write(code.into(), Some(order), NewLine::by_proof(Event::WrongNumber, request_id, now))
            .await
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
        self.lines.write(code.into(), None, line).await
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
        self.lines.write(code.into(), None, NewLine::by_proof(Event::WrongLetterCode, request_id, now)).await
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
        self.lines
            .write(code.into(), Some(&today), NewLine::by_proof(Event::WrongCode, request_id, now))
            .await
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
        self.lines.write(Chain::of_staff(place), Some(order), NewLine { about: Some(staff), ..line }).await
    }
}
