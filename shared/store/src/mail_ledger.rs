//! What was mailed: a marker for each order, claimed before sending.
//!
//! The mail service knows no idempotency token, so that exactly once cannot be had; a marker claimed
//! first means at most once for each lease, whatever is delivered twice or killed.

use aws_sdk_dynamodb::Client;
use jiff::{SignedDuration, Timestamp};
use palad_environment::{Variables, VariablesError};

use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Builder, Reader, key, number, text};
use crate::table::{get, is_condition, put_if, sdk_error, values};
use crate::tables::MailTable;

/// How long a sender that claimed an order may take before another may try: longer than the call to the mail service
/// can last, and shorter than the queue keeps bringing the order back.
const LEASE: SignedDuration = SignedDuration::from_secs(12);
/// How long a marker is kept: longer than any queue keeps an order, and than a round lasts.
const MARKER_LIFE: SignedDuration = SignedDuration::from_hours(24 * 400);

/// What a sender may do with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lease {
    /// It is ours to send now.
    Ours,
    /// Another sender has it, or died with it a moment ago: come back later.
    Taken,
    /// It was sent.
    Sent,
    /// It was handed to the mail service, and nobody knows whether that took it. It is not sent again.
    InDoubt,
}

/// The markers of sent mail.
#[derive(Clone)]
pub struct MailLedger {
    client: Client,
    mail: MailTable,
}

impl MailLedger {
    /// Needs `MAIL_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), mail: MailTable::from_environment(variables)? })
    }

    /// Reads an item that is never there, so that the way to the store is open.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn warm_up(&self) -> Result<(), StoreError> {
        get(&self.client, self.mail.name(), key("WARM-UP", "ORDER")).await.map(drop)
    }

    /// Claims an order.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn claim(&self, order_key: &str, now: Timestamp) -> Result<Lease, StoreError> {
        let pk = format!("ORDER#{order_key}");
        let item = Builder::new(&pk, "ORDER")
            .text("delivery", "claimed")
            .number("lease_ends", (now + LEASE).as_second())
            .expires(now + MARKER_LIFE)
            .build();
        let free = "attribute_not_exists(pk) OR (delivery = :claimed AND lease_ends < :now)";
        let values = values([(":claimed", text("claimed")), (":now", number(now.as_second()))]);
        if put_if(&self.client, self.mail.name(), item, free, values).await? {
            return Ok(Lease::Ours);
        }
        let marker = get(&self.client, self.mail.name(), key(pk, "ORDER")).await?;
        let delivery = marker.and_then(|marker| Reader(&marker).find_text("delivery"));
        Ok(match delivery.as_deref() {
            Some("sent") => Lease::Sent,
            Some("sending") => Lease::InDoubt,
            _ => Lease::Taken,
        })
    }

    /// Says that an order which was claimed at `claimed_at` is handed to the mail service now. From here on nobody
    /// claims it any more, unless it is given back: for mail that must not arrive twice, whoever is killed. Answers
    /// whether the claim still stood.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn hand_over(&self, order_key: &str, claimed_at: Timestamp) -> Result<bool, StoreError> {
        let sent = self
            .client
            .update_item()
            .table_name(self.mail.name())
            .set_key(Some(key(format!("ORDER#{order_key}"), "ORDER")))
            .update_expression("SET delivery = :sending")
            .condition_expression("delivery = :claimed AND lease_ends = :lease_ends")
            .set_expression_attribute_values(Some(values([
                (":sending", text("sending")),
                (":claimed", text("claimed")),
                (":lease_ends", number((claimed_at + LEASE).as_second())),
            ])))
            .send()
            .await;
        match sent {
            Ok(_) => Ok(true),
            Err(error) if is_condition(&error) => Ok(false),
            Err(error) => Err(sdk_error("UpdateItem", error)),
        }
    }

    /// Notes that the mail service took it.
    ///
    /// # Errors
    /// When the store fails; the mail is on its way all the same.
    pub async fn sent(&self, order_key: &str) -> Result<(), StoreError> {
        self.set(order_key, "sent", None).await
    }

    /// Gives a claim back, when the mail service surely did not take it.
    ///
    /// # Errors
    /// When the store fails; then the lease ends by itself.
    pub async fn release(&self, order_key: &str) -> Result<(), StoreError> {
        self.set(order_key, "claimed", Some(0)).await
    }

    async fn set(&self, order_key: &str, delivery: &str, lease_ends: Option<i64>) -> Result<(), StoreError> {
        let mut values = values([(":delivery", text(delivery))]);
        let mut expression = "SET delivery = :delivery".to_owned();
        if let Some(lease_ends) = lease_ends {
            values.insert(":lease_ends".into(), number(lease_ends));
            expression.push_str(", lease_ends = :lease_ends");
        }
        let sent = self
            .client
            .update_item()
            .table_name(self.mail.name())
            .set_key(Some(key(format!("ORDER#{order_key}"), "ORDER")))
            .update_expression(expression)
            .condition_expression("attribute_exists(pk)")
            .set_expression_attribute_values(Some(values))
            .send()
            .await;
        match sent {
            Ok(_) => Ok(()),
            Err(error) if is_condition(&error) => Ok(()),
            Err(error) => Err(sdk_error("UpdateItem", error)),
        }
    }
}
