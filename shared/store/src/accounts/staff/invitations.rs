//! Inviting staff: by staff whose session stands, or by the operator of the system.

use aws_sdk_dynamodb::Client;
use palad_domain::policy::CanManageStaff;
use palad_domain::staff::{Invitation, StaffAccount, StaffId};
use palad_environment::{Variables, VariablesError};

use super::account_key;
use super::codec::{invitation_item, read_staff};
use crate::StoreError;
use crate::aws::Aws;
use crate::session_check::check_staff_session;
use crate::table::{get, put};
use crate::tables::AccountsTable;
use crate::transaction::{Outcome, Transaction};

/// Invitations, for staff who may manage staff.
#[derive(Clone)]
pub struct StaffInvitations {
    client: Client,
    accounts: AccountsTable,
}

impl StaffInvitations {
    /// Needs `ACCOUNTS_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), accounts: AccountsTable::from_environment(variables)? })
    }

    /// The account that an invitation would set up anew.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn account(&self, id: &StaffId) -> Result<Option<StaffAccount>, StoreError> {
        let item = get(&self.client, self.accounts.name(), account_key(id)).await?;
        item.as_ref().map(read_staff).transpose()
    }

    /// Stores an invitation to the place that the leave is for.
    ///
    /// # Errors
    /// `SessionRevoked` when the inviter's session was; `Failed` when it is an invitation to another place, or
    /// the store fails.
    pub async fn open(&self, leave: &CanManageStaff, invitation: &Invitation) -> Result<(), StoreError> {
        if invitation.place != *leave.place() {
            return Err(StoreError::Failed("an invitation to another place than the leave's".into()));
        }
        let mut transaction = Transaction::new();
        check_staff_session(&mut transaction, (), &self.accounts, leave);
        transaction.put((), self.accounts.name(), invitation_item(invitation)?, None);
        match transaction.run(&self.client).await? {
            Outcome::Done => Ok(()),
            Outcome::Refused(..) => Err(StoreError::SessionRevoked),
        }
    }
}

/// Invitations by the operator, who has no session: for the first officer, and where nobody else is left.
#[derive(Clone)]
pub struct OperatorInvitations {
    client: Client,
    accounts: AccountsTable,
}

impl OperatorInvitations {
    /// Needs `ACCOUNTS_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), accounts: AccountsTable::from_environment(variables)? })
    }

    /// The account that an invitation would set up anew.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn account(&self, id: &StaffId) -> Result<Option<StaffAccount>, StoreError> {
        let item = get(&self.client, self.accounts.name(), account_key(id)).await?;
        item.as_ref().map(read_staff).transpose()
    }

    /// Stores an invitation.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn open(&self, invitation: &Invitation) -> Result<(), StoreError> {
        put(&self.client, self.accounts.name(), invitation_item(invitation)?).await
    }
}
