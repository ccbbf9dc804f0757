//! An officer's own sessions.

use aws_sdk_dynamodb::Client;
use palad_domain::session::SessionVersion;
use palad_domain::staff::StaffId;
use palad_environment::{Variables, VariablesError};

use super::account_key;
use crate::StoreError;
use crate::aws::Aws;
use crate::item::number;
use crate::table::{is_condition, sdk_error, values};
use crate::tables::AccountsTable;

/// The sessions of officers, each for its owner.
#[derive(Clone)]
pub struct StaffSessions {
    client: Client,
    accounts: AccountsTable,
}

impl StaffSessions {
    /// Needs `ACCOUNTS_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), accounts: AccountsTable::from_environment(variables)? })
    }

    /// Ends every session, this one too, and forgets every browser.
    ///
    /// # Errors
    /// `SessionRevoked` where the session has ended already; otherwise when the store fails.
    pub async fn end_all(&self, id: &StaffId, version: SessionVersion) -> Result<(), StoreError> {
        let sent = self
            .client
            .update_item()
            .table_name(self.accounts.name())
            .set_key(Some(account_key(id)))
            .update_expression("SET session_version = :next")
            .condition_expression("session_version = :seen")
            .set_expression_attribute_values(Some(values([
                (":next", number(version.0 + 1)),
                (":seen", number(version.0)),
            ])))
            .send()
            .await;
        match sent {
            Ok(_) => Ok(()),
            Err(error) if is_condition(&error) => Err(StoreError::SessionRevoked),
            Err(error) => Err(sdk_error("UpdateItem", error)),
        }
    }
}
