//! Many items by their keys: in calls of as many as the table takes, until it has read them all.

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::KeysAndAttributes;

use crate::StoreError;
use crate::item::Attributes;
use crate::table::sdk_error;

/// Keys in one call.
const AT_ONCE: usize = 100;
/// How often what the table did not get to is asked for again.
const ROUNDS: u32 = 8;

/// The items that are there, consistent, in no particular order; with `attributes` only these of them.
pub(crate) async fn read_many(
    client: &Client,
    table: &str,
    keys: Vec<Attributes>,
    attributes: Option<&str>,
) -> Result<Vec<Attributes>, StoreError> {
    let mut items = Vec::with_capacity(keys.len());
    for keys in keys.chunks(AT_ONCE) {
        let mut left = Some(keys.to_vec());
        for round in 0..ROUNDS {
            let Some(keys) = left.take() else { break };
            if round > 0 {
                tokio::time::sleep(Duration::from_millis(20 << round)).await;
            }
            let request = KeysAndAttributes::builder()
                .set_keys(Some(keys))
                .consistent_read(true)
                .set_projection_expression(attributes.map(str::to_owned))
                .build()
                .map_err(|error| StoreError::Failed(format!("BatchGetItem: {error}")))?;
            let output = client.batch_get_item().request_items(table, request).send().await;
            let output = output.map_err(|error| sdk_error("BatchGetItem", error))?;
            items.extend(output.responses.unwrap_or_default().remove(table).unwrap_or_default());
            left = output.unprocessed_keys.unwrap_or_default().remove(table).map(|unread| unread.keys);
        }
        if left.is_some() {
            return Err(StoreError::Unavailable("BatchGetItem: the table is too busy".into()));
        }
    }
    Ok(items)
}
