//! An officer's own sessions.

use jiff::Timestamp;
use palad_domain::audit::{Chain, Event};
use palad_domain::session::{Session, SessionVersion};
use palad_domain::staff::StaffId;
use palad_environment::{Variables, VariablesError};

use super::account_key;
use super::changes::account;
use crate::StoreError;
use crate::accounts::changes::{Changes, Write};
use crate::audit::NewLine;
use crate::aws::Aws;
use crate::item::number;
use crate::table::values;

/// The sessions of officers, each for its owner.
#[derive(Clone)]
pub struct StaffSessions {
    changes: Changes,
}

impl StaffSessions {
    /// Needs `ACCOUNTS_TABLE` and `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { changes: Changes::from_environment(aws, variables)? })
    }

    /// Ends every session of the officer whose session this is, this one too, and forgets every browser.
    ///
    /// # Errors
    /// `SessionRevoked` where the session has ended already or is no officer's; otherwise when the store fails.
    pub async fn end_all(
        &self,
        session: &Session,
        request_id: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let staff = session.actor.staff();
        let id = staff.and_then(StaffId::parse).ok_or(StoreError::SessionRevoked)?;
        let account = account(&self.changes, &id).await?.ok_or(StoreError::SessionRevoked)?;
        let line = NewLine {
            office: Some(session.actor.office()),
            staff,
            about: Some(&id),
            ..NewLine::by_proof(Event::SignedOutEverywhere, request_id, now)
        };
        let next = SessionVersion(session.version.0 + 1);
        self.changes
            .write_lines(&[(Chain::of_staff(&account.place), line)], |transaction, accounts| {
                transaction.update(
                    Write::Session,
                    accounts,
                    account_key(&id),
                    "SET session_version = :next",
                    "session_version = :seen",
                    values([(":next", number(next.0)), (":seen", number(session.version.0))]),
                );
                Ok(())
            })
            .await?;
        Ok(())
    }
}
