//! What officers tried and may not, as lines of the audit of their own office: one a day for each officer and kind, so
//! that nobody can fill it.

use aws_sdk_dynamodb::Client;
use jiff::Timestamp;
use palad_domain::audit::{Chain, Event};
use palad_domain::session::Actor;
use palad_environment::{Variables, VariablesError};
use palad_thai::date::bangkok_day;

use super::{ATTEMPTS, AuditLog, NewLine, chain_pk, overrun};
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Attributes, Builder};
use crate::transaction::{Outcome, Transaction};

/// The lines about refusals, for the function that refuses.
#[derive(Clone)]
pub struct RefusalLog {
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

impl RefusalLog {
    /// Needs `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), audit: AuditLog::from_environment(variables)? })
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
        for _ in 0..ATTEMPTS {
            let head = self.audit.head(&self.client, chain.clone()).await?;
            let mut transaction = Transaction::new();
            let marker = format!("REFUSED#{kind}#{staff}#{}", bangkok_day(now));
            let marker = Builder::new(chain_pk(&chain), marker).build();
            let absent = Some(("attribute_not_exists(pk)", Attributes::new()));
            transaction.put(Write::Marker, self.audit.table.name(), marker, absent);
            self.audit.append(&mut transaction, Write::Audit, &head, chain.clone(), line)?;
            match transaction.run(&self.client).await? {
                Outcome::Done | Outcome::Refused(Write::Marker, _) => return Ok(()),
                Outcome::Refused(Write::Audit, _) => {}
            }
        }
        Err(overrun())
    }
}
