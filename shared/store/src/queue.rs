//! The mail queue: orders go in here, and the mail function takes them out.

use aws_sdk_sqs::Client;
use palad_domain::mail::MailOrder;
use palad_environment::{Variables, VariablesError};

use crate::StoreError;
use crate::aws::Aws;
use crate::table::sdk_error;

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
}
