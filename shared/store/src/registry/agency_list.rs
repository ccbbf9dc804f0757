//! The agencies of a province.

use aws_sdk_dynamodb::Client;
use palad_domain::agency::Agency;
use palad_domain::province::ProvinceCode;
use palad_environment::{Variables, VariablesError};

use super::directory::province_items;
use super::{AGENCY, codec};
use crate::StoreError;
use crate::aws::Aws;
use crate::tables::RegistryTable;

/// The list of agencies, for those who look through a province.
#[derive(Clone)]
pub struct AgencyList {
    client: Client,
    registry: RegistryTable,
}

impl AgencyList {
    /// Needs `REGISTRY_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), registry: RegistryTable::from_environment(variables)? })
    }

    /// The agencies of a province, by code.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn of_province(&self, province: ProvinceCode) -> Result<Vec<Agency>, StoreError> {
        let prefix = format!("{AGENCY}#");
        let items = province_items(&self.client, &self.registry, province, &prefix).await?;
        let mut agencies = items.iter().map(codec::read_agency).collect::<Result<Vec<_>, _>>()?;
        agencies.sort_by(|a, b| a.code.cmp(&b.code));
        Ok(agencies)
    }
}
