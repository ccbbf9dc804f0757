//! Mail that has come back, and readers who want none: what the mail service says of it, and what follows.
//!
//! An address that mail does not reach is marked, by its hash, and messages of rounds are not sent there any more. What
//! passes by itself, a full mailbox or a holiday notice, marks nothing.

use jiff::Timestamp;
use palad_api::{QueueError, dropped};
use palad_domain::email::Email;
use palad_store::AddressState;
use serde::Deserialize;
use serde_json::Value;

use crate::App;

/// The end of the name of the queue that such events arrive in.
pub(crate) const QUEUE: &str = "-returned";

/// An event of the mail service, as far as it matters here.
#[derive(Deserialize)]
#[serde(tag = "eventType")]
enum Event {
    Bounce { bounce: Bounce },
    Complaint { complaint: Complaint },
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bounce {
    bounce_type: String,
    bounced_recipients: Vec<Recipient>,
    timestamp: Timestamp,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Complaint {
    complained_recipients: Vec<Recipient>,
    timestamp: Timestamp,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recipient {
    email_address: String,
}

/// What an event asks for.
#[derive(Debug, PartialEq, Eq)]
enum Meant {
    Mark(AddressState, Vec<Email>, Timestamp),
    /// Nothing, and why: a word for the log.
    Nothing(&'static str),
}

impl App {
    /// Takes one event of the mail service. What is none, or none of those that matter, is noted by its kind and
    /// dropped: it would be the same the next time.
    pub(crate) async fn returned(&self, body: &str) -> Result<(), QueueError> {
        match meant(body) {
            Meant::Nothing(kind) => dropped("mail", kind),
            Meant::Mark(state, addresses, at) => {
                for address in addresses {
                    self.addresses.mark(&address, state, at).await?;
                }
            }
        }
        Ok(())
    }
}

fn meant(body: &str) -> Meant {
    let Ok(event) = serde_json::from_str::<Value>(body) else { return Meant::Nothing("not JSON") };
    let kind = kind(&event);
    match serde_json::from_value(event) {
        Ok(Event::Bounce { bounce }) if bounce.bounce_type != "Permanent" => {
            Meant::Nothing("a bounce that passes")
        }
        Ok(Event::Bounce { bounce }) => {
            Meant::Mark(AddressState::Bounced, addresses(bounce.bounced_recipients), bounce.timestamp)
        }
        Ok(Event::Complaint { complaint }) => Meant::Mark(
            AddressState::Complained,
            addresses(complaint.complained_recipients),
            complaint.timestamp,
        ),
        Err(_) => Meant::Nothing(kind),
    }
}

/// What kind of message this is, from a fixed list: it may hold anything, so nothing of it is repeated.
fn kind(event: &Value) -> &'static str {
    match event.get("eventType").and_then(Value::as_str) {
        Some("Bounce") => "a bounce that cannot be read",
        Some("Complaint") => "a complaint that cannot be read",
        Some(_) => "another event of the mail service",
        None if event.get("TopicArn").is_some() => "a message in the envelope of a topic",
        None => "an unknown message",
    }
}

/// Addresses come as they were written to, perhaps with a name around them.
fn addresses(recipients: Vec<Recipient>) -> Vec<Email> {
    let bare = |text: &str| {
        let inner = text.rsplit_once('<').map_or(text, |(_, rest)| rest.trim_end_matches('>'));
        inner.parse().ok()
    };
    recipients.iter().filter_map(|recipient| bare(&recipient.email_address)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_comes_back_for_good_is_marked_and_what_passes_is_not() {
        let bounce = |kind: &str| {
            json!({ "eventType": "Bounce", "mail": { "messageId": "unknown to us" }, "bounce": {
                "bounceType": kind, "timestamp": "2026-11-23T04:05:06.000Z",
                "bouncedRecipients": [{ "emailAddress": "Saraban@Phrae.test", "status": "5.1.1" }, { "emailAddress": "no address" }],
            } })
            .to_string()
        };
        let at = "2026-11-23T04:05:06Z".parse().expect("a time");
        let address: Email = "saraban@phrae.test".parse().expect("an address");
        assert_eq!(
            meant(&bounce("Permanent")),
            Meant::Mark(AddressState::Bounced, vec![address.clone()], at)
        );
        assert_eq!(meant(&bounce("Transient")), Meant::Nothing("a bounce that passes"));
        let complaint = json!({ "eventType": "Complaint", "complaint": {
            "complainedRecipients": [{ "emailAddress": "สารบรรณ <saraban@phrae.test>" }], "timestamp": "2026-11-23T04:05:06Z" } });
        assert_eq!(meant(&complaint.to_string()), Meant::Mark(AddressState::Complained, vec![address], at));
    }

    #[test]
    fn anything_else_is_named_and_not_repeated() {
        for (body, kind) in [
            ("canary", "not JSON"),
            ("{}", "an unknown message"),
            ("[1]", "an unknown message"),
            (r#"{"eventType":"Delivery","delivery":{}}"#, "another event of the mail service"),
            (r#"{"eventType":"canary"}"#, "another event of the mail service"),
            (r#"{"eventType":"Bounce","bounce":{"bounceType":7}}"#, "a bounce that cannot be read"),
            (r#"{"eventType":"Complaint"}"#, "a complaint that cannot be read"),
            (
                r#"{"Type":"SubscriptionConfirmation","TopicArn":"arn"}"#,
                "a message in the envelope of a topic",
            ),
        ] {
            assert_eq!(meant(body), Meant::Nothing(kind), "{body}");
        }
    }

    #[test]
    fn the_sample_for_sam_local_is_understood() {
        let sample: Value =
            serde_json::from_str(include_str!("../../../infra/events/bounce.json")).expect("the sample");
        let record = &sample["Records"][0];
        assert!(record["eventSourceARN"].as_str().expect("a queue").ends_with(QUEUE));
        let body = record["body"].as_str().expect("a body");
        assert!(
            matches!(meant(body), Meant::Mark(AddressState::Bounced, addresses, _) if addresses.len() == 1)
        );
    }
}
