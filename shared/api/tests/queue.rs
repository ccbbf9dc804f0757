//! Batches of the queue: each message is judged on its own.

use std::sync::Mutex;

use palad_api::{QueueError, QueueFunction, QueueMessage, answer_queue};
use serde_json::{Value, json};

#[derive(Default)]
struct Toy(Mutex<Vec<(String, QueueMessage)>>);

impl QueueFunction for Toy {
    const NAME: &'static str = "toy-queue";

    async fn handle(&self, body: &str, message: &QueueMessage) -> Result<(), QueueError> {
        self.0.lock().expect("not poisoned").push((body.to_owned(), message.clone()));
        match body {
            "fail" => Err(QueueError::new("mail service throttled")),
            "panic" => panic!("in a handler"),
            _ => Ok(()),
        }
    }
}

fn record(id: &str, body: &str) -> Value {
    json!({"messageId": id, "receiptHandle": "r", "body": body, "eventSource": "aws:sqs",
           "eventSourceARN": "arn:aws:sqs:ap-southeast-7:000000000000:palad-test-toy",
           "attributes": {"ApproximateReceiveCount": "2", "SentTimestamp": "1"}, "messageAttributes": {}})
}

#[tokio::test]
async fn only_the_failed_messages_are_named() {
    let toy = Toy::default();
    let event =
        json!({"Records": [record("1", "a"), record("2", "fail"), record("3", "panic"), record("4", "b")]});
    let answer = answer_queue(&toy, event).await.expect("an answer");
    assert_eq!(answer, json!({"batchItemFailures": [{"itemIdentifier": "2"}, {"itemIdentifier": "3"}]}));
    let seen = toy.0.into_inner().expect("not poisoned");
    assert_eq!(seen.len(), 4);
    assert_eq!(
        seen[0],
        (
            "a".to_owned(),
            QueueMessage { id: "1".to_owned(), queue: "palad-test-toy".to_owned(), receives: 2 }
        )
    );
    let answer = answer_queue(&Toy::default(), json!({"Records": []})).await.expect("an answer");
    assert_eq!(answer, json!({"batchItemFailures": []}));
}

#[tokio::test]
async fn other_events_are_refused_by_name() {
    let mut nameless = record("1", "a");
    nameless.as_object_mut().expect("an object").remove("messageId");
    let mut of_bucket = record("1", "a");
    of_bucket["eventSource"] = json!("aws:s3");
    for (event, kind) in [
        (json!({"Records": [of_bucket]}), "S3"),
        (json!({"Records": [nameless]}), "cannot be read"),
        (json!({"detail-type": "Scheduled Event"}), "EventBridge"),
        (json!({"requestContext": {"http": {"method": "GET"}}}), "HTTP API"),
        (json!(null), "unknown"),
    ] {
        let toy = Toy::default();
        let error = answer_queue(&toy, event).await.expect_err("refused");
        assert!(error.to_string().contains(kind), "{error}");
        assert!(toy.0.into_inner().expect("not poisoned").is_empty());
    }
}
