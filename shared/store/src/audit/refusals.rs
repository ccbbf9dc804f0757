//! What officers tried and may not, as lines of the audit of their own office: one a day for each officer and kind, so
//! that nobody can fill it.

use jiff::Timestamp;
use palad_domain::audit::{Chain, Event};
use palad_domain::session::Actor;
use palad_environment::{Variables, VariablesError};
use palad_thai::date::bangkok_day;

use super::NewLine;
use super::refused_lines::RefusedLines;
use crate::StoreError;
use crate::aws::Aws;

/// The lines about refusals, for the function that refuses.
#[derive(Clone)]
pub struct RefusalLog {
    lines: RefusedLines,
}

impl RefusalLog {
    /// Needs `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { lines: RefusedLines::from_environment(aws, variables)? })
    }

    /// An officer tried to decide a claim outside the office's care.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn claim_out_of_reach(
        &self,
        actor: &Actor,
        request_id: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(actor, Event::ClaimOutOfReach, "OUT-OF-REACH", request_id, now).await
    }

    /// An officer tried to decide a claim of their own.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn own_claim(&self, actor: &Actor, request_id: &str, now: Timestamp) -> Result<(), StoreError> {
        self.write(actor, Event::OwnClaim, "OWN-CLAIM", request_id, now).await
    }

    /// Writes the line, unless the officer has one of this kind today, or is no officer.
    async fn write(
        &self,
        actor: &Actor,
        event: Event,
        kind: &str,
        request_id: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (chain, staff) = match actor {
            Actor::Agency { .. } => return Ok(()),
            Actor::District { province, staff, .. } | Actor::Province { province, staff } => {
                (Chain::StaffOf(*province), staff)
            }
            Actor::Central { staff } => (Chain::StaffOfCentre, staff),
        };
        let line = NewLine {
            office: Some(actor.office()),
            staff: Some(staff),
            ..NewLine::by_proof(event, request_id, now)
        };
        let marker = format!("REFUSED#{kind}#{staff}#{}", bangkok_day(now));
        self.lines.write(chain, Some(&marker), line).await
    }
}
