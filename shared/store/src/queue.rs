//! The mail queue: orders go in here, and the mail function takes them out.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use palad_domain::mail::MailOrder;
use palad_environment::{Variables, VariablesError};

use crate::StoreError;
use crate::aws::Aws;
use crate::table::sdk_error;

/// Orders in one call.
const BATCH: usize = 10;
/// Bytes in one call: the queue takes no more together than of one message alone.
const BATCH_BYTES: usize = 240 * 1024;

/// The mail queue, for those who order mail.
#[derive(Clone)]
pub struct MailQueue {
    client: Client,
    url: String,
}

impl MailQueue {
    /// Needs `MAIL_QUEUE_URL`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.sqs(), url: variables.require("MAIL_QUEUE_URL")? })
    }

    /// Puts one order into the queue.
    ///
    /// # Errors
    /// When the queue does not take it.
    pub async fn order(&self, order: &MailOrder) -> Result<(), StoreError> {
        let body = serde_json::to_string(order)
            .map_err(|error| StoreError::Failed(format!("a mail order cannot be written: {error}")))?;
        self.client
            .send_message()
            .queue_url(&self.url)
            .message_body(body)
            .send()
            .await
            .map_err(|error| sdk_error("SendMessage", error))?;
        Ok(())
    }

    /// Puts many orders into the queue, in as few calls as it allows.
    async fn order_all(&self, orders: &[MailOrder]) -> Result<(), StoreError> {
        let mut batch = Vec::new();
        let mut bytes = 0;
        for order in orders {
            let body = serde_json::to_string(order)
                .map_err(|error| StoreError::Failed(format!("a mail order cannot be written: {error}")))?;
            if batch.len() == BATCH || (bytes + body.len() > BATCH_BYTES && !batch.is_empty()) {
                self.send_batch(std::mem::take(&mut batch)).await?;
                bytes = 0;
            }
            bytes += body.len();
            batch.push(body);
        }
        if batch.is_empty() { Ok(()) } else { self.send_batch(batch).await }
    }

    async fn send_batch(&self, bodies: Vec<String>) -> Result<(), StoreError> {
        let mut entries = Vec::with_capacity(bodies.len());
        for (number, body) in bodies.into_iter().enumerate() {
            let entry =
                SendMessageBatchRequestEntry::builder().id(number.to_string()).message_body(body).build();
            entries.push(entry.map_err(|error| StoreError::Failed(format!("SendMessageBatch: {error}")))?);
        }
        let sent = self
            .client
            .send_message_batch()
            .queue_url(&self.url)
            .set_entries(Some(entries))
            .send()
            .await
            .map_err(|error| sdk_error("SendMessageBatch", error))?;
        match sent.failed().first() {
            None => Ok(()),
            Some(failed) => Err(StoreError::Unavailable(format!("SendMessageBatch: {}", failed.code()))),
        }
    }
}

/// The queue of the messages of rounds, for those who order them by the thousand. It is one of its own, so that nobody's
/// sign-in code waits behind them; the same function takes both.
#[derive(Clone)]
pub struct RoundMail(MailQueue);

impl RoundMail {
    /// Needs `ROUND_MAIL_QUEUE_URL`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self(MailQueue { client: aws.sqs(), url: variables.require("ROUND_MAIL_QUEUE_URL")? }))
    }

    /// Puts orders into the queue, in as few calls as it allows.
    ///
    /// # Errors
    /// When the queue does not take one of them; then some may be in it.
    pub async fn order_all(&self, orders: &[MailOrder]) -> Result<(), StoreError> {
        self.0.order_all(orders).await
    }
}
