//! The one that sends: takes orders from the queue and hands letters to the mail service.
//!
//! An order is claimed, sent and marked, in this sequence. Whatever is delivered twice, retried or
//! killed in between, each order is sent at most once for each lease of its claim.

mod letter;
mod words;

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sesv2::types::{Body, Content, Destination, EmailContent, Message};
use palad_api::{Edge, QueueError, QueueFunction, QueueMessage};
use palad_domain::mail::MailOrder;
use palad_environment::{Clock, Random, Variables, VariablesError};
use palad_store::{Aws, Lease, MailLedger, Service, StoreError};

use crate::letter::Letter;

/// What the function works with, made once when it starts.
pub struct App {
    edge: Edge,
    ledger: MailLedger,
    service: Client,
    sender: String,
    clock: Clock,
}

impl App {
    /// Reads the environment.
    ///
    /// # Errors
    /// When a variable is missing or malformed.
    pub fn from_environment(variables: &Variables, clock: Clock, _: Random) -> Result<Self, VariablesError> {
        let aws = Aws::from_environment(variables)?;
        Ok(Self {
            edge: Edge::from_environment(variables)?,
            ledger: MailLedger::from_environment(&aws, variables)?,
            service: Client::new(&aws.service(Service::SesV2)),
            sender: variables.require("MAIL_SENDER")?,
            clock,
        })
    }

    async fn send(&self, letter: Letter) -> Result<(), SendError> {
        let content =
            |text: String| Content::builder().data(text).charset("UTF-8").build().map_err(SendError::never);
        let body = Body::builder().text(content(letter.text)?).html(content(letter.html)?).build();
        let message = Message::builder().subject(content(letter.subject)?).body(body).build();
        let sent = self
            .service
            .send_email()
            .from_email_address(&self.sender)
            .destination(Destination::builder().to_addresses(letter.to.as_str()).build())
            .content(EmailContent::builder().simple(message).build())
            .send()
            .await;
        match sent {
            Ok(_) => Ok(()),
            Err(error) => Err(SendError {
                was_refused: matches!(error, SdkError::ServiceError(_) | SdkError::ConstructionFailure(_)),
                cause: format!("SendEmail: {}", error.code().unwrap_or("no answer")),
            }),
        }
    }
}

/// Why a letter was not sent, or may not have been.
struct SendError {
    /// Whether the service surely has not taken it.
    was_refused: bool,
    cause: String,
}

impl SendError {
    fn never(cause: impl std::fmt::Display) -> Self {
        Self { was_refused: true, cause: cause.to_string() }
    }
}

impl QueueFunction for App {
    const NAME: &'static str = "mail";

    async fn warm_up(&self) -> Result<(), StoreError> {
        self.ledger.warm_up().await
    }

    async fn handle(&self, body: &str, _: &QueueMessage) -> Result<(), QueueError> {
        // The cause names no contents: an order holds codes.
        let order: MailOrder = serde_json::from_str(body).map_err(|_| QueueError::new("not a mail order"))?;
        let Some(letter) = Letter::write(&order.occasion, self.edge.site()) else { return Ok(()) };
        match self.ledger.claim(&order.key, self.clock.now()).await? {
            Lease::Sent => return Ok(()),
            Lease::Taken => return Err(QueueError::new("another sender has this order")),
            Lease::Ours => {}
        }
        if let Err(error) = self.send(letter).await {
            // Only a letter that surely was not taken may be tried again at once; of one that may have
            // been, the lease has to end first.
            if error.was_refused {
                self.ledger.release(&order.key).await?;
            }
            return Err(QueueError::new(error.cause));
        }
        self.ledger.sent(&order.key).await?;
        Ok(())
    }
}
