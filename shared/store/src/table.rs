//! The few calls that we make to a table, with errors in our own words.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes};

use crate::StoreError;
use crate::item::Attributes;

/// How often a batch for somebody who waits asks for what a busy table did not get to.
const ROUNDS: u32 = 3;
/// How long a batch waits before it asks again: twice as long each time.
const PAUSE: Duration = Duration::from_millis(40);

/// Turns an SDK error into ours: what may pass later is told from what will not.
///
/// The SDK's own text says only "service error", so the code and the request id are kept.
pub(crate) fn sdk_error<E, R>(call: &'static str, error: SdkError<E, R>) -> StoreError
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug,
{
    const PASSING: [&str; 8] = [
        "ProvisionedThroughputExceededException",
        "ThrottlingException",
        "RequestLimitExceeded",
        "InternalServerError",
        "ServiceUnavailable",
        "TransactionConflictException",
        "TransactionInProgressException",
        "InternalFailure",
    ];
    let code = error.code().unwrap_or_default().to_owned();
    let passes = match &error {
        SdkError::TimeoutError(_) | SdkError::DispatchFailure(_) | SdkError::ResponseError(_) => true,
        _ => PASSING.contains(&code.as_str()),
    };
    let cause = format!("{call}: {code} {}", DisplayErrorContext(&error));
    if passes { StoreError::Unavailable(cause) } else { StoreError::Failed(cause) }
}

/// Whether a single write was refused by its own condition.
pub(crate) fn is_condition<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> bool {
    error.code() == Some("ConditionalCheckFailedException")
}

/// Whether a single write met a transaction on the same item.
pub(crate) fn is_conflict<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> bool {
    error.code() == Some("TransactionConflictException")
}

/// One item, as it stands at this moment (consistent).
pub(crate) async fn get(
    client: &Client,
    table: &str,
    key: Attributes,
) -> Result<Option<Attributes>, StoreError> {
    let output = client
        .get_item()
        .table_name(table)
        .set_key(Some(key))
        .consistent_read(true)
        .send()
        .await
        .map_err(|error| sdk_error("GetItem", error))?;
    Ok(output.item)
}

/// Several items of one table at once, consistent, in no particular order; at most a hundred.
pub(crate) async fn get_many(
    client: &Client,
    table: &str,
    keys: Vec<Attributes>,
) -> Result<Vec<Attributes>, StoreError> {
    let [items] = get_many_of(client, [(table, keys)]).await?;
    Ok(items)
}

/// The same of several tables in one call, in the order of the tables.
pub(crate) async fn get_many_of<const TABLES: usize>(
    client: &Client,
    wanted: [(&str, Vec<Attributes>); TABLES],
) -> Result<[Vec<Attributes>; TABLES], StoreError> {
    let tables = wanted.each_ref().map(|(table, _)| (*table).to_owned());
    let mut requests = HashMap::new();
    for (table, keys) in wanted {
        requests.insert(table.to_owned(), wanted_of(keys, None)?);
    }
    let mut found = read_batch(client, requests, ROUNDS).await?;
    Ok(tables.map(|table| found.remove(&table).unwrap_or_default()))
}

/// What to ask one table for, consistent; with `attributes` only these of each item.
pub(crate) fn wanted_of(
    keys: Vec<Attributes>,
    attributes: Option<&str>,
) -> Result<KeysAndAttributes, StoreError> {
    KeysAndAttributes::builder()
        .set_keys(Some(keys))
        .consistent_read(true)
        .set_projection_expression(attributes.map(str::to_owned))
        .build()
        .map_err(|error| StoreError::Failed(format!("BatchGetItem: {error}")))
}

/// What is found, by the table. What a busy table did not get to is asked for again, `rounds` times in all: the SDK
/// does so only where all was refused.
pub(crate) async fn read_batch(
    client: &Client,
    mut left: HashMap<String, KeysAndAttributes>,
    rounds: u32,
) -> Result<HashMap<String, Vec<Attributes>>, StoreError> {
    let mut found: HashMap<String, Vec<Attributes>> = HashMap::new();
    for round in 0..rounds {
        if round > 0 {
            tokio::time::sleep(PAUSE * (1 << (round - 1))).await;
        }
        let output = client.batch_get_item().set_request_items(Some(left)).send().await;
        let output = output.map_err(|error| sdk_error("BatchGetItem", error))?;
        for (table, items) in output.responses.unwrap_or_default() {
            found.entry(table).or_default().extend(items);
        }
        left = output.unprocessed_keys.unwrap_or_default();
        if left.is_empty() {
            return Ok(found);
        }
    }
    Err(StoreError::Unavailable("BatchGetItem: the table is too busy".into()))
}

/// Every item that a query finds, page after page.
pub(crate) async fn query_all(query: QueryFluentBuilder) -> Result<Vec<Attributes>, StoreError> {
    let mut items = Vec::new();
    let mut start = None;
    loop {
        let page = query.clone().set_exclusive_start_key(start).send().await;
        let page = page.map_err(|error| sdk_error("Query", error))?;
        items.extend(page.items.unwrap_or_default());
        start = page.last_evaluated_key;
        if start.is_none() {
            return Ok(items);
        }
    }
}

/// Writes one item whatever was there.
pub(crate) async fn put(client: &Client, table: &str, item: Attributes) -> Result<(), StoreError> {
    client
        .put_item()
        .table_name(table)
        .set_item(Some(item))
        .send()
        .await
        .map_err(|error| sdk_error("PutItem", error))?;
    Ok(())
}

/// Writes one item if `condition` holds of what is there. Answers whether it did.
pub(crate) async fn put_if(
    client: &Client,
    table: &str,
    item: Attributes,
    condition: &str,
    values: Attributes,
) -> Result<bool, StoreError> {
    let values = (!values.is_empty()).then_some(values);
    let sent = client
        .put_item()
        .table_name(table)
        .set_item(Some(item))
        .condition_expression(condition)
        .set_expression_attribute_values(values)
        .send()
        .await;
    match sent {
        Ok(_) => Ok(true),
        Err(error) if is_condition(&error) => Ok(false),
        Err(error) => Err(sdk_error("PutItem", error)),
    }
}

/// Values for an expression.
pub(crate) fn values<const N: usize>(pairs: [(&str, AttributeValue); N]) -> Attributes {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
