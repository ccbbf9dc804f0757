//! The one that sends: takes orders from the queue and hands letters to the mail service.
//!
//! An order is claimed, sent and marked, in this sequence. Whatever is delivered twice, retried or
//! killed in between, each order is sent at most once for each lease of its claim. What must not arrive twice at all,
//! the messages of rounds, is also marked before it is handed to the mail service: who is killed in that moment leaves
//! an order in doubt, which nobody sends again.
//!
//! What the mail service says of mail that has come back arrives in a queue of its own.

mod account_words;
mod letter;
mod returned;
mod rounds;
mod staff_words;
mod words;

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::config::Region;
use aws_sdk_sesv2::config::http::HttpResponse;
use aws_sdk_sesv2::config::retry::RetryConfig;
use aws_sdk_sesv2::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sesv2::types::{Body, Content, Destination, EmailContent, Message};
use palad_api::{Edge, QueueError, QueueFunction, QueueMessage};
use palad_domain::mail::{MailOrder, Occasion, StaffNotice};
use palad_environment::{Clock, Random, Variables, VariablesError};
use palad_store::{Addresses, Aws, GuessLog, Lease, MailLedger, RoundLook, Service, StoreError, staff_id};

use crate::letter::Letter;

/// What the function works with, made once when it starts.
pub struct App {
    edge: Edge,
    ledger: MailLedger,
    addresses: Addresses,
    rounds: RoundLook,
    guesses: GuessLog,
    service: Client,
    sender: String,
    /// The name under which the mail service says what became of our mail.
    configuration: String,
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
            addresses: Addresses::from_environment(&aws, variables)?,
            rounds: RoundLook::from_environment(&aws, variables)?,
            guesses: GuessLog::from_environment(&aws, variables)?,
            service: service(&aws, variables.require("MAIL_REGION")?),
            sender: variables.require("MAIL_SENDER")?,
            configuration: variables.require("MAIL_CONFIGURATION")?,
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
            .configuration_set_name(&self.configuration)
            .destination(Destination::builder().to_addresses(letter.to.as_str()).build())
            .content(EmailContent::builder().simple(message).build())
            .send()
            .await;
        match sent {
            Ok(_) => Ok(()),
            Err(error) => Err(SendError {
                was_refused: was_refused(&error),
                cause: format!("SendEmail: {}", word(&error)),
            }),
        }
    }

    /// Claims an order, sends its letter and marks it.
    async fn send_once(&self, key: &str, letter: Letter) -> Result<(), QueueError> {
        match self.ledger.claim(key, self.clock.now()).await? {
            Lease::Sent | Lease::InDoubt => return Ok(()),
            Lease::Taken => return Err(QueueError::new("another sender has this order")),
            Lease::Ours => {}
        }
        if let Err(error) = self.send(letter).await {
            // Only a letter that surely was not taken may be tried again at once; of one that may have
            // been, the lease has to end first.
            if error.was_refused {
                self.ledger.release(key).await?;
            }
            return Err(QueueError::new(error.cause));
        }
        self.ledger.sent(key).await?;
        Ok(())
    }
}

/// The client of the mail service. It does not repeat a call of its own accord: the service may have taken a mail
/// whose answer was lost, and knows no way to say that it is the same one. The queue brings the order back.
///
/// The service is called in a region of its own: the function's may have none.
fn service(aws: &Aws, region: String) -> Client {
    let config = aws_sdk_sesv2::config::Builder::from(&aws.service(Service::SesV2))
        .region(Region::new(region))
        .retry_config(RetryConfig::disabled())
        .build();
    Client::from_conf(config)
}

/// Whether the service surely has not taken the mail: it never heard of it, or has said no.
fn was_refused<E>(error: &SdkError<E, HttpResponse>) -> bool {
    match error {
        SdkError::ConstructionFailure(_) => true,
        SdkError::ServiceError(answer) => answer.raw().status().is_client_error(),
        _ => false,
    }
}

fn word<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> &str {
    error.code().unwrap_or("no answer")
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

    async fn handle(&self, body: &str, message: &QueueMessage) -> Result<(), QueueError> {
        if message.queue.ends_with(returned::QUEUE) {
            return self.returned(body).await;
        }
        // The cause names no contents: an order holds codes.
        let order: MailOrder = serde_json::from_str(body).map_err(|_| QueueError::new("not a mail order"))?;
        // Here and not where the number is judged: that must not take longer for a wrong one.
        let now = self.clock.now();
        match &order.occasion {
            Occasion::WrongNumber { agency, .. } => {
                self.guesses.wrong_number_is_told(&agency.code, &order.key, &message.id, now).await?;
            }
            Occasion::StaffNotice { to, place, notice: StaffNotice::WrongSignIn } => {
                let staff = staff_id(to).map_err(QueueError::new)?;
                self.guesses.wrong_staff_sign_in_is_told(place, &staff, &order.key, &message.id, now).await?;
            }
            _ => {}
        }
        match &order.occasion {
            Occasion::Reminder(_) | Occasion::Digest(_) => self.remind(&order).await,
            occasion => match Letter::write(occasion, self.edge.site()) {
                Some(letter) => self.send_once(&order.key, letter).await,
                None => Ok(()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mail_service_is_called_in_its_own_region() {
        let here = ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
        let here = here.map(|name| (name.to_owned(), "here-1".to_owned()));
        let aws = Aws::from_environment(&Variables::of_map(here.into())).expect("a configuration");
        let client = service(&aws, "there-2".to_owned());
        assert_eq!(client.config().region().map(Region::as_ref), Some("there-2"));
    }
}
