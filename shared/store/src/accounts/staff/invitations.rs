//! Inviting staff: by staff whose session stands, or by the operator of the system.

use jiff::Timestamp;
use palad_domain::audit::{Chain, Event};
use palad_domain::policy::CanManageStaff;
use palad_domain::record::Office;
use palad_domain::staff::{Invitation, StaffAccount, StaffId};
use palad_environment::{Variables, VariablesError};

use super::changes::{account, line_of};
use super::codec::invitation_item;
use super::staff_id;
use crate::StoreError;
use crate::accounts::changes::{Changes, Write};
use crate::audit::NewLine;
use crate::aws::Aws;
use crate::session_check::check_staff_session;
use crate::transaction::Transaction;

/// Invitations, for staff who may manage staff.
#[derive(Clone)]
pub struct StaffInvitations {
    changes: Changes,
}

impl StaffInvitations {
    /// Needs `ACCOUNTS_TABLE` and `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { changes: Changes::from_environment(aws, variables)? })
    }

    /// The account that an invitation would set up anew.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn account(&self, id: &StaffId) -> Result<Option<StaffAccount>, StoreError> {
        account(&self.changes, id).await
    }

    /// Stores an invitation to the place that the leave is for.
    ///
    /// # Errors
    /// `SessionRevoked` when the inviter's session was; `Failed` when it is an invitation to another place, or
    /// the store fails.
    pub async fn open(
        &self,
        leave: &CanManageStaff,
        invitation: &Invitation,
        request_id: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if invitation.place != *leave.place() {
            return Err(StoreError::Failed("an invitation to another place than the leave's".into()));
        }
        let about = staff_id(&invitation.email)?;
        let line = line_of(leave, Event::StaffInvited, &about, request_id, now);
        let build = |transaction: &mut Transaction<Write>, accounts: &str| {
            check_staff_session(transaction, Write::Session, &self.changes.accounts, leave);
            transaction.put(Write::Account, accounts, invitation_item(invitation)?, None);
            Ok(())
        };
        self.changes.write_lines(&[line], build).await.map(drop)
    }
}

/// Invitations by the operator, who has no session: for the first officer, and where nobody else is left.
#[derive(Clone)]
pub struct OperatorInvitations {
    changes: Changes,
}

impl OperatorInvitations {
    /// Needs `ACCOUNTS_TABLE` and `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { changes: Changes::from_environment(aws, variables)? })
    }

    /// The account that an invitation would set up anew.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn account(&self, id: &StaffId) -> Result<Option<StaffAccount>, StoreError> {
        account(&self.changes, id).await
    }

    /// Stores an invitation.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn open(
        &self,
        invitation: &Invitation,
        request_id: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let about = staff_id(&invitation.email)?;
        let line = NewLine {
            office: Some(Office::Central),
            about: Some(&about),
            ..NewLine::by_proof(Event::StaffInvited, request_id, now)
        };
        let build = |transaction: &mut Transaction<Write>, accounts: &str| {
            transaction.put(Write::Account, accounts, invitation_item(invitation)?, None);
            Ok(())
        };
        self.changes.write_lines(&[(Chain::of_staff(&invitation.place), line)], build).await.map(drop)
    }
}
