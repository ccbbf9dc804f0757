//! Inviting staff as the operator of the system: the first officer, and whoever comes when nobody else is left.

use palad_domain::email::Email;
use palad_domain::staff::{Invitation, StaffPlace};
use palad_environment::{Clock, Random, Variables, VariablesError};
use palad_store::{AgencyList, Aws, MailQueue, OperatorInvitations, StoreError, staff_id};

use super::invite::Letter;
use super::is_known;

/// What stands in the audit in the place of a request's number.
const COMMAND: &str = "command-line";

/// Invitations, for an operator: it needs neither a session nor a secret that a function has.
pub struct OperatorDesk {
    agencies: AgencyList,
    invitations: OperatorInvitations,
    queue: MailQueue,
    clock: Clock,
    random: Random,
}

/// Why nobody was invited.
#[derive(Debug, thiserror::Error)]
pub enum NotInvited {
    /// No agency of the province bears the district's name.
    #[error("no agency of the province is in such a district; write its name as the agencies bear it")]
    UnknownDistrict,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl OperatorDesk {
    /// Needs `REGISTRY_TABLE`, `ACCOUNTS_TABLE` and `MAIL_QUEUE_URL`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(
        variables: &Variables,
        clock: Clock,
        random: Random,
    ) -> Result<Self, VariablesError> {
        let aws = Aws::from_environment(variables)?;
        Ok(Self {
            agencies: AgencyList::from_environment(&aws, variables)?,
            invitations: OperatorInvitations::from_environment(&aws, variables)?,
            queue: MailQueue::from_environment(&aws, variables)?,
            clock,
            random,
        })
    }

    /// Invites by mail; the link is in the mail alone.
    ///
    /// # Errors
    /// Why not.
    pub async fn invite(&self, email: Email, place: StaffPlace) -> Result<Invitation, NotInvited> {
        if !is_known(&self.agencies, &place).await? {
            return Err(NotInvited::UnknownDistrict);
        }
        let account = self.invitations.account(&staff_id(&email)?).await?;
        let replaces = account.map(|account| account.session_version);
        let now = self.clock.now();
        let letter = Letter::new(&self.random, email, place, None, replaces, now);
        let invitation = letter.invitation.clone();
        self.invitations.open(&invitation, COMMAND, now).await?;
        self.queue.order(&letter.order()).await?;
        Ok(invitation)
    }
}
