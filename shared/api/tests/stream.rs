//! Batches of a table's stream: all of one succeeds, or it is repeated from its first change.

use std::sync::Mutex;

use palad_api::{QueueError, StreamChange, StreamFunction, answer_stream};
use serde_json::{Value, json};

#[derive(Default)]
struct Toy(Mutex<Vec<String>>);

impl StreamFunction for Toy {
    const NAME: &'static str = "toy-stream";

    async fn changes(&self, changes: &[StreamChange]) -> Result<(), QueueError> {
        self.0.lock().expect("not poisoned").extend(changes.iter().map(|change| change.sequence.clone()));
        match changes[0].new.as_ref().and_then(|image| image["name"]["S"].as_str()) {
            Some("fail") => Err(QueueError::new("bucket away")),
            Some("panic") => panic!("in a handler"),
            _ => Ok(()),
        }
    }
}

fn record(sequence: &str, name: &str) -> Value {
    json!({"eventID": "e", "eventName": "MODIFY", "eventSource": "aws:dynamodb", "dynamodb": {
        "Keys": {"pk": {"S": "AGENCY#540001"}, "sk": {"S": "POST"}}, "SequenceNumber": sequence,
        "NewImage": {"name": {"S": name}}, "StreamViewType": "NEW_AND_OLD_IMAGES"}})
}

#[tokio::test]
async fn a_batch_that_fails_is_repeated_from_its_first_change() {
    for (name, failures) in [
        ("right", json!([])),
        ("fail", json!([{"itemIdentifier": "11"}])),
        ("panic", json!([{"itemIdentifier": "11"}])),
    ] {
        let toy = Toy::default();
        let event = json!({"Records": [record("11", name), record("12", "right")]});
        let answer = answer_stream(&toy, event).await.expect("an answer");
        assert_eq!(answer, json!({"batchItemFailures": failures}), "{name}");
        assert_eq!(toy.0.into_inner().expect("not poisoned"), ["11", "12"]);
    }
}

#[tokio::test]
async fn a_queue_is_no_stream() {
    let event = json!({"Records": [{"eventSource": "aws:sqs", "messageId": "1", "body": ""}]});
    assert!(answer_stream(&Toy::default(), event).await.is_err());
}
