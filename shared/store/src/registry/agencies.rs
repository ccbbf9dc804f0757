//! Looking up one agency.

use aws_sdk_dynamodb::Client;
use palad_domain::agency::{Agency, AgencyCode};
use palad_environment::{Variables, VariablesError};

use super::{AGENCY, agency_pk, codec};
use crate::aws::Aws;
use crate::item::key;
use crate::tables::RegistryTable;
use crate::{StoreError, table};

/// The list of agencies, for those who only look one up.
#[derive(Clone)]
pub struct Agencies {
    client: Client,
    registry: RegistryTable,
}

impl Agencies {
    /// Needs `REGISTRY_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), registry: RegistryTable::from_environment(variables)? })
    }

    /// Reads an item that is never there: the way to the store is open after that, and the first call
    /// need not wait for a handshake.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn warm_up(&self) -> Result<(), StoreError> {
        table::get(&self.client, self.registry.name(), key("WARM-UP", AGENCY)).await.map(drop)
    }

    /// The agency with this code.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn find(&self, code: &AgencyCode) -> Result<Option<Agency>, StoreError> {
        let item = table::get(&self.client, self.registry.name(), key(agency_pk(code), AGENCY)).await?;
        item.as_ref().map(codec::read_agency).transpose()
    }
}
