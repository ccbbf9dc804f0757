//! The officers of a province office, for the function that writes to them; nothing else of their accounts is read.

use aws_sdk_dynamodb::Client;
use palad_domain::email::Email;
use palad_domain::province::ProvinceCode;
use palad_domain::staff::{StaffId, StaffPlace};
use palad_environment::{Variables, VariablesError};

use super::ACCOUNT;
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Reader, key, text};
use crate::many::read_many;
use crate::table::{query_all, values};
use crate::tables::{AccountsTable, PK, SK};

/// What is read of an officer's account.
const READ: &str = "pk, email, place, suspended_at";

/// The officers of province offices.
#[derive(Clone)]
pub struct Officers {
    client: Client,
    accounts: AccountsTable,
}

/// An officer who is written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    /// The account's key.
    pub id: StaffId,
    /// The address.
    pub email: Email,
}

impl Officers {
    /// Needs `ACCOUNTS_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), accounts: AccountsTable::from_environment(variables)? })
    }

    /// Those of a province office who are not suspended.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn of_province(&self, province: ProvinceCode) -> Result<Vec<Officer>, StoreError> {
        let list = [(":pk", text(format!("STAFF-LIST#{province}")))];
        let query = self
            .client
            .query()
            .table_name(self.accounts.name())
            .key_condition_expression("pk = :pk")
            .projection_expression(SK)
            .set_expression_attribute_values(Some(values(list)))
            .consistent_read(true);
        let mut keys = Vec::new();
        for item in query_all(query).await? {
            keys.push(key(Reader(&item).text(SK)?, ACCOUNT));
        }
        let mut officers = Vec::new();
        for item in read_many(&self.client, self.accounts.name(), keys, Some(READ)).await? {
            let read = Reader(&item);
            let place = read.json::<StaffPlace>("place")?;
            // Districts are listed with their province, and are not written to.
            if place == (StaffPlace::Province { province }) && read.find_text("suspended_at").is_none() {
                officers.push(Officer {
                    id: read.parse(PK, |pk| StaffId::parse(pk.strip_prefix("STAFF#")?))?,
                    email: read.parse("email", |text| text.parse().ok())?,
                });
            }
        }
        officers.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(officers)
    }
}
