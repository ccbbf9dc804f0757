//! Many items by their keys, for jobs that have the time: in calls of as many as the table takes, until it has read
//! them all.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;

use crate::StoreError;
use crate::item::Attributes;
use crate::table::{read_batch, wanted_of};

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
        let request = wanted_of(keys.to_vec(), attributes)?;
        let mut found = read_batch(client, HashMap::from([(table.to_owned(), request)]), ROUNDS).await?;
        items.extend(found.remove(table).unwrap_or_default());
    }
    Ok(items)
}
