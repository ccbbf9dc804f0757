//! A function that works on queue messages: each is judged on its own.
//!
//! The answer names the messages that failed and only those; the queue brings them again, and
//! after some times puts them aside. One that panics does not take its neighbours with it.

use std::fmt;
use std::future::Future;
use std::time::Instant;

use lambda_http::BoxFuture;
use lambda_http::lambda_runtime::Error;
use palad_store::StoreError;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use crate::catch::caught;
use crate::{event, log};

/// One queue function.
pub trait QueueFunction: Send + Sync + 'static {
    /// The name of its folder, which is also its name in the log.
    const NAME: &'static str;

    /// Opens the way to the store before the first message, as for functions that answer calls.
    fn warm_up(&self) -> impl Future<Output = Result<(), StoreError>> + Send {
        std::future::ready(Ok(()))
    }

    /// Works on one message. Write it as `async fn handle(&self, body: &str, message: &QueueMessage) -> ...`.
    fn handle(
        &self,
        body: &str,
        message: &QueueMessage,
    ) -> impl Future<Output = Result<(), QueueError>> + Send;
}

/// What stands on the envelope of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueMessage {
    /// The queue's name for it; a repeated delivery has the same one.
    pub id: String,
    /// The name of the queue that brings it, for functions that take messages from more than one.
    pub queue: String,
    /// How many times it was delivered, this time included.
    pub receives: u32,
}

/// Why a message was not dealt with; it will come again.
#[derive(Debug)]
pub struct QueueError(String);

impl QueueError {
    /// The cause is logged: no addresses and no contents in it.
    #[must_use]
    pub fn new(cause: impl fmt::Display) -> Self {
        Self(cause.to_string())
    }
}

impl From<StoreError> for QueueError {
    fn from(error: StoreError) -> Self {
        Self::new(error)
    }
}

impl fmt::Display for QueueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for QueueError {}

#[derive(Deserialize)]
struct Batch {
    #[serde(rename = "Records")]
    records: Vec<Record>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    message_id: String,
    body: String,
    #[serde(default)]
    attributes: Attributes,
    #[serde(rename = "eventSourceARN", default)]
    source: String,
}

#[derive(Default, Deserialize)]
struct Attributes {
    #[serde(rename = "ApproximateReceiveCount", default, deserialize_with = "count")]
    receives: Option<u32>,
}

/// The queue writes the count as a string; some stand-ins write a number.
fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.as_u64().and_then(|number| u32::try_from(number).ok()),
        _ => None,
    })
}

/// Takes a batch of the queue and answers which messages failed:
/// `{"batchItemFailures":[{"itemIdentifier":"..."}]}`.
///
/// # Errors
/// When the event is of another kind, or a message has no name by which to answer for it.
pub async fn answer_queue<F: QueueFunction>(function: &F, event: Value) -> Result<Value, Error> {
    let kind = event::kind(&event);
    let is_batch = event.get("Records").and_then(Value::as_array).is_some_and(|records| {
        records.iter().all(|record| record.get("eventSource").and_then(Value::as_str) == Some("aws:sqs"))
    });
    let batch = if is_batch { serde_json::from_value::<Batch>(event).ok() } else { None };
    let Some(batch) = batch else {
        let cause = format!(
            "this function takes batches of queue messages (SQS); this is {kind}, or one that cannot be read"
        );
        tracing::error!(function = F::NAME, cause, "event refused");
        return Err(cause.into());
    };
    let mut failures = Vec::new();
    for record in batch.records {
        let started = Instant::now();
        let cold = log::is_cold(F::NAME);
        let message = QueueMessage {
            id: record.message_id,
            queue: record.source.rsplit(':').next().unwrap_or_default().to_owned(),
            receives: record.attributes.receives.unwrap_or(1),
        };
        // Boxed for the same reason as in `function.rs`.
        let handler: BoxFuture<'_, Result<(), QueueError>> =
            Box::pin(function.handle(&record.body, &message));
        let cause = match caught(handler).await {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error.0),
            Err(panic) => Some(panic),
        };
        log::message(F::NAME, &message.id, message.receives, started, cold, cause.as_deref());
        if cause.is_some() {
            failures.push(json!({"itemIdentifier": message.id}));
        }
    }
    Ok(json!({"batchItemFailures": failures}))
}
