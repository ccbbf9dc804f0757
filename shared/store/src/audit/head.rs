//! Where a chain ends, asked for by itself.

use aws_sdk_dynamodb::Client;
use palad_domain::audit::{Chain, Head};

use super::{AuditLog, HEAD, chain_pk, read_head};
use crate::StoreError;
use crate::item::key;
use crate::table::get;

impl AuditLog {
    /// Where a chain ends.
    pub(crate) async fn head(&self, client: &Client, chain: impl Into<Chain>) -> Result<Head, StoreError> {
        let item = get(client, self.table.name(), key(chain_pk(&chain.into()), HEAD)).await?;
        item.as_ref().map_or_else(|| Ok(Head::default()), read_head)
    }
}
