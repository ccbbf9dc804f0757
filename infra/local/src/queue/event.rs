//! The event that Lambda gets from a queue.

use serde_json::{Map, Value, json};

use super::folder::Taken;
use crate::names;
use crate::template::{ACCOUNT, REGION};

/// The event for these messages of the queue called `queue`.
pub(crate) fn build(queue: &str, messages: &[Taken]) -> Value {
    let records: Vec<Value> = messages.iter().map(|taken| record(queue, taken)).collect();
    json!({ "Records": records })
}

fn record(queue: &str, taken: &Taken) -> Value {
    let message = &taken.message;
    json!({
        "messageId": message.id,
        "receiptHandle": taken.handle,
        "body": message.body,
        "attributes": {
            "ApproximateReceiveCount": message.received.to_string(),
            "SentTimestamp": message.sent_at.to_string(),
            "SenderId": ACCOUNT,
            "ApproximateFirstReceiveTimestamp": message.first_received_at.unwrap_or(message.sent_at).to_string(),
        },
        "messageAttributes": attributes(&message.attributes),
        "md5OfBody": names::md5(&message.body),
        "eventSource": "aws:sqs",
        "eventSourceARN": format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{queue}"),
        "awsRegion": REGION,
    })
}

/// `{"kind": {"DataType": "String", "StringValue": "code"}}` in the event's spelling, which begins small.
fn attributes(sent: &Value) -> Value {
    let mut attributes = Map::new();
    for (name, attribute) in sent.as_object().into_iter().flatten() {
        let mut value = json!({ "stringListValues": [], "binaryListValues": [] });
        for (there, here) in
            [("StringValue", "stringValue"), ("BinaryValue", "binaryValue"), ("DataType", "dataType")]
        {
            if let Some(part) = attribute.get(there) {
                value[here] = part.clone();
            }
        }
        attributes.insert(name.clone(), value);
    }
    Value::Object(attributes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::folder::Message;

    #[test]
    fn an_event_is_as_lambda_gets_it() {
        let message = Message {
            id: "7f0c8c2e-0000-4000-8000-000000000001".into(),
            body: "{\"kind\":\"hello\"}".into(),
            attributes: json!({ "kind": { "DataType": "String", "StringValue": "code" } }),
            sent_at: 1_795_400_000_000,
            first_received_at: Some(1_795_400_000_500),
            received: 1,
            visible_at: 0,
        };
        let event = build("palad-local-mail", &[Taken { handle: "h".into(), message }]);
        let expected = include_str!("../../fixtures/queue-event.json");
        assert_eq!(event, serde_json::from_str::<Value>(expected).expect("the fixture"));
    }
}
