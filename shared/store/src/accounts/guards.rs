//! Guards across agencies and staff: sets that are added to before a try is judged, in one conditional write each.
//!
//! The key holds a keyed hash, never an address or a number, and another one in each window. Whoever read
//! the table would see that two agencies were tried from one network, or with one number, on one day, and not which.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{SignedDuration, Timestamp};
use palad_domain::guessing::Guard;
use palad_environment::{Variables, VariablesError};

use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Attributes, key, number, text};
use crate::table::{is_condition, sdk_error, values};
use crate::tables::{AccountsTable, EXPIRES_AT};

/// Items are kept a while after their window, so that a clock that is set back finds them still.
const GRACE: SignedDuration = SignedDuration::from_hours(1);

/// The guards of sign-ins from unknown devices.
#[derive(Clone)]
pub struct Guards {
    client: Client,
    accounts: AccountsTable,
}

impl Guards {
    /// Needs `ACCOUNTS_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), accounts: AccountsTable::from_environment(variables)? })
    }

    /// Counts the agency or the account of staff, or answers how long to wait where the guard does not admit it
    /// ([`Guard::admits`], as a condition of the write).
    ///
    /// # Errors
    /// When the store fails; then the agency may be counted, and no try was given.
    pub async fn charge(
        &self,
        guard: &Guard,
        whom: &str,
        now: Timestamp,
    ) -> Result<Result<(), SignedDuration>, StoreError> {
        let sent = self
            .client
            .update_item()
            .table_name(self.accounts.name())
            .set_key(Some(guard_key(guard)))
            .update_expression(format!("ADD counted :one SET {EXPIRES_AT} = :expires"))
            .condition_expression(
                "attribute_not_exists(counted) OR size(counted) < :limit OR contains(counted, :whom)",
            )
            .set_expression_attribute_values(Some(values([
                (":one", one(whom)),
                (":whom", text(whom)),
                (":limit", number(guard.kind.room())),
                (":expires", number((guard.ends_at() + GRACE).as_second())),
            ])))
            .send()
            .await;
        match sent {
            Ok(_) => Ok(Ok(())),
            Err(error) if is_condition(&error) => Ok(Err(guard.ends_at().duration_since(now))),
            Err(error) => Err(sdk_error("UpdateItem", error)),
        }
    }

    /// Takes it off again: the try was the owner's. Where it is not counted, nothing happens.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn give_back(&self, guard: &Guard, whom: &str) -> Result<(), StoreError> {
        let sent = self
            .client
            .update_item()
            .table_name(self.accounts.name())
            .set_key(Some(guard_key(guard)))
            .update_expression("DELETE counted :one")
            .condition_expression("contains(counted, :whom)")
            .set_expression_attribute_values(Some(values([(":one", one(whom)), (":whom", text(whom))])))
            .send()
            .await;
        match sent {
            Ok(_) => Ok(()),
            Err(error) if is_condition(&error) => Ok(()),
            Err(error) => Err(sdk_error("UpdateItem", error)),
        }
    }
}

fn guard_key(guard: &Guard) -> Attributes {
    key(format!("GUARD#{}#{}#{}", guard.kind.as_str(), guard.mark, guard.window), "GUARD")
}

fn one(whom: &str) -> AttributeValue {
    AttributeValue::Ss(vec![whom.to_owned()])
}
