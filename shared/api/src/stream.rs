//! A function that follows a table's stream: it is given whole batches, for one change rarely matters alone.
//!
//! A batch is repeated until it succeeds, and later ones of the same shard wait for it. So a handler looks at what
//! stands in the table now, and a change that is repeated, late or overtaken does no harm.

use std::future::Future;
use std::time::Instant;

use lambda_http::BoxFuture;
use lambda_http::lambda_runtime::Error;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::catch::caught;
use crate::queue::{QueueError, QueueFunction, answer_queue};
use crate::{event, log};

/// One stream function.
pub trait StreamFunction: Send + Sync + 'static {
    /// The name of its folder, which is also its name in the log.
    const NAME: &'static str;

    /// Works on a batch, in the order of the stream.
    fn changes(&self, changes: &[StreamChange]) -> impl Future<Output = Result<(), QueueError>> + Send;
}

/// One change of an item. The images are as the stream writes them, each value under its type; the store reads
/// them.
#[derive(Clone, Debug, Deserialize)]
pub struct StreamChange {
    /// Its number in the shard.
    #[serde(rename = "SequenceNumber")]
    pub sequence: String,
    /// The item's key.
    #[serde(rename = "Keys")]
    pub keys: Value,
    /// The item before, if there was one.
    #[serde(rename = "OldImage")]
    pub old: Option<Value>,
    /// The item after, if it is still there.
    #[serde(rename = "NewImage")]
    pub new: Option<Value>,
}

#[derive(Deserialize)]
struct Batch {
    #[serde(rename = "Records")]
    records: Vec<Record>,
}

#[derive(Deserialize)]
struct Record {
    dynamodb: StreamChange,
}

/// Takes a batch of the stream and answers where it failed, if it did:
/// `{"batchItemFailures":[{"itemIdentifier":"<sequence number>"}]}` has the stream repeat it from there.
///
/// # Errors
/// When the event is of another kind.
pub async fn answer_stream<F: StreamFunction>(function: &F, event: Value) -> Result<Value, Error> {
    let kind = event::kind(&event);
    let batch =
        if is_from(&event, "aws:dynamodb") { serde_json::from_value::<Batch>(event).ok() } else { None };
    let Some(batch) = batch else {
        let cause =
            format!("this function follows a table's stream; this is {kind}, or one that cannot be read");
        tracing::error!(function = F::NAME, cause, "event refused");
        return Err(cause.into());
    };
    let changes: Vec<_> = batch.records.into_iter().map(|record| record.dynamodb).collect();
    let Some(first) = changes.first().map(|change| change.sequence.clone()) else {
        return Ok(json!({"batchItemFailures": []}));
    };
    let started = Instant::now();
    let cold = log::is_cold(F::NAME);
    // Boxed for the same reason as in `function.rs`.
    let handler: BoxFuture<'_, Result<(), QueueError>> = Box::pin(function.changes(&changes));
    let cause = match caught(handler).await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(error.to_string()),
        Err(panic) => Some(panic),
    };
    log::batch(F::NAME, &first, changes.len(), started, cold, cause.as_deref());
    let failures: Vec<_> = cause.iter().map(|_| json!({"itemIdentifier": first})).collect();
    Ok(json!({"batchItemFailures": failures}))
}

/// For a function that takes both: a stream's batch as [`answer_stream`], anything else as
/// [`answer_queue`].
///
/// # Errors
/// When the event is of another kind.
pub async fn answer_queue_or_stream<F: QueueFunction + StreamFunction>(
    function: &F,
    event: Value,
) -> Result<Value, Error> {
    if is_from(&event, "aws:dynamodb") {
        answer_stream(function, event).await
    } else {
        answer_queue(function, event).await
    }
}

/// Whether every record of the event comes from `source`, and there is one at least.
fn is_from(event: &Value, source: &str) -> bool {
    let records = event.get("Records").and_then(Value::as_array);
    records.is_some_and(|records| {
        !records.is_empty()
            && records.iter().all(|record| record.get("eventSource").and_then(Value::as_str) == Some(source))
    })
}
