//! What is stored under the pepper, for the one who changes it.

use aws_sdk_dynamodb::Client;
use palad_domain::agency::AgencyCode;
use palad_domain::province::ProvinceCode;
use palad_domain::staff::{StaffAccount, StaffPlace};
use palad_environment::{Variables, VariablesError};

use super::staff::{accounts_at, json_text, list_pk, staff_pk};
use super::{ACCOUNT, account_pk};
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Attributes, Reader, key, text};
use crate::registry::AgencyList;
use crate::table::{get_many, is_condition, sdk_error, values};
use crate::tables::{AccountsTable, PK};

/// How many accounts are read at once: as many as the table takes.
const AT_ONCE: usize = 100;

/// The password hashes and seals of all accounts. No function has it: an operator changes the pepper.
#[derive(Clone)]
pub struct StoredSecrets {
    client: Client,
    accounts: AccountsTable,
    agencies: AgencyList,
}

impl StoredSecrets {
    /// Needs `REGISTRY_TABLE` and `ACCOUNTS_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self {
            client: aws.dynamodb(),
            accounts: AccountsTable::from_environment(variables)?,
            agencies: AgencyList::from_environment(aws, variables)?,
        })
    }

    /// The password hash of each account of a province's agencies.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn of_agencies(&self, province: ProvinceCode) -> Result<Vec<(AgencyCode, String)>, StoreError> {
        let agencies = self.agencies.of_province(province).await?;
        let mut hashes = Vec::new();
        for agencies in agencies.chunks(AT_ONCE) {
            let keys = agencies.iter().map(|agency| key(account_pk(&agency.code), ACCOUNT)).collect();
            for item in get_many(&self.client, self.accounts.name(), keys).await? {
                let read = Reader(&item);
                let code = read.parse(PK, |pk| pk.strip_prefix("ACCOUNT#")?.parse().ok())?;
                hashes.push((code, read.text("password_hash")?));
            }
        }
        Ok(hashes)
    }

    /// The staff accounts of a place.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn of_staff(&self, place: &StaffPlace) -> Result<Vec<StaffAccount>, StoreError> {
        accounts_at(&self.client, &self.accounts, &list_pk(place)).await
    }

    /// Replaces an agency's password hash, if it is still the one seen. Answers whether it was.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn replace(&self, code: &AgencyCode, seen: &str, wrapped: &str) -> Result<bool, StoreError> {
        self.update(
            key(account_pk(code), ACCOUNT),
            ("SET password_hash = :wrapped", "password_hash = :seen"),
            values([(":wrapped", text(wrapped)), (":seen", text(seen))]),
        )
        .await
    }

    /// Replaces what is hashed and sealed of a staff account, if all of it is still as it was seen. Answers
    /// whether it was.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn replace_staff(
        &self,
        seen: &StaffAccount,
        renewed: &StaffAccount,
    ) -> Result<bool, StoreError> {
        self.update(
            key(staff_pk(seen.id.as_str()), ACCOUNT),
            (
                "SET passphrase_hash = :hash, totp_sealed = :totp, recovery_codes = :codes",
                "passphrase_hash = :seen_hash AND totp_sealed = :seen_totp AND recovery_codes = :seen_codes",
            ),
            values([
                (":hash", text(&renewed.passphrase_hash)),
                (":totp", text(&renewed.totp_sealed)),
                (":codes", text(json_text(&renewed.recovery_sealed)?)),
                (":seen_hash", text(&seen.passphrase_hash)),
                (":seen_totp", text(&seen.totp_sealed)),
                (":seen_codes", text(json_text(&seen.recovery_sealed)?)),
            ]),
        )
        .await
    }

    async fn update(
        &self,
        key: Attributes,
        (change, condition): (&str, &str),
        values: Attributes,
    ) -> Result<bool, StoreError> {
        let sent = self
            .client
            .update_item()
            .table_name(self.accounts.name())
            .set_key(Some(key))
            .update_expression(change)
            .condition_expression(condition)
            .set_expression_attribute_values(Some(values))
            .send()
            .await;
        match sent {
            Ok(_) => Ok(true),
            Err(error) if is_condition(&error) => Ok(false),
            Err(error) => Err(sdk_error("UpdateItem", error)),
        }
    }
}
