//! Receipts of answers and confirmations, which anybody may look up by their number.

use aws_sdk_dynamodb::Client;
use palad_domain::round::receipt::{Receipt, ReceiptNumber};
use palad_environment::{Variables, VariablesError};

use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Attributes, Builder, Reader, key};
use crate::table::get;
use crate::tables::RegistryTable;

const RECEIPT: &str = "RECEIPT";

/// The receipts, for those who look one up.
#[derive(Clone)]
pub struct Receipts {
    client: Client,
    registry: RegistryTable,
}

impl Receipts {
    /// Needs `REGISTRY_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), registry: RegistryTable::from_environment(variables)? })
    }

    /// The receipt with this number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn find(&self, number: &ReceiptNumber) -> Result<Option<Receipt>, StoreError> {
        let item = get(&self.client, self.registry.name(), key(receipt_pk(number), RECEIPT)).await?;
        item.map(|item| Reader(&item).json("receipt")).transpose()
    }
}

pub(super) fn receipt_item(receipt: &Receipt) -> Result<Attributes, StoreError> {
    Ok(Builder::new(receipt_pk(&receipt.number), RECEIPT).json("receipt", receipt)?.build())
}

fn receipt_pk(number: &ReceiptNumber) -> String {
    format!("{RECEIPT}#{}", number.as_str())
}
