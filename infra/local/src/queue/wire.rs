//! The protocol of SQS, as the SDK and the AWS command line speak it: JSON over POST, with the
//! operation in `x-amz-target`.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use palad_environment::Random;
use serde_json::{Map, Value, json};

use super::folder::{Queue, Queues};
use crate::names;
use crate::template::{ACCOUNT, REGION};

/// What SQS says when it refuses: the type of the error, and a sentence.
struct Refusal(&'static str, String);

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        tracing::error!(%error, "the queue's folder could not be written");
        Self("InternalFailure", "the message was not kept".to_owned())
    }
}

/// The answer to one call. `target` is `AmazonSQS.SendMessage` and its like.
pub(crate) async fn answer(queues: Queues, target: String, body: Vec<u8>, random: Random) -> Response {
    // Each call syncs files: not on the threads that serve requests.
    let answered = tokio::task::spawn_blocking(move || dispatch(&queues, &target, &body, &random)).await;
    let answered = answered.unwrap_or_else(|error| Err(Refusal("InternalFailure", error.to_string())));
    match answered {
        Ok(body) => (StatusCode::OK, [CONTENT], body.to_string()).into_response(),
        Err(Refusal(kind, message)) => {
            let (status, fault) = match kind {
                "InternalFailure" => (StatusCode::INTERNAL_SERVER_ERROR, "Receiver"),
                _ => (StatusCode::BAD_REQUEST, "Sender"),
            };
            // The name that the error had in the protocol before JSON; clients still go by it.
            let old =
                if kind == "QueueDoesNotExist" { "AWS.SimpleQueueService.NonExistentQueue" } else { kind };
            let old = ("x-amzn-query-error", format!("{old};{fault}"));
            let body = json!({ "__type": format!("com.amazonaws.sqs#{kind}"), "message": message });
            (status, [CONTENT], [old], body.to_string()).into_response()
        }
    }
}

const CONTENT: (&str, &str) = ("content-type", "application/x-amz-json-1.0");

fn dispatch(queues: &Queues, target: &str, body: &[u8], random: &Random) -> Result<Value, Refusal> {
    let request: Value = serde_json::from_slice(body)
        .map_err(|error| Refusal("InvalidParameterValue", format!("the body is not JSON: {error}")))?;
    match target.strip_prefix("AmazonSQS.") {
        Some("GetQueueUrl") => {
            let queue = find(queues, text(&request, "QueueName")?)?;
            let name = &queue.declared.name;
            Ok(json!({ "QueueUrl": format!("https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{name}") }))
        }
        Some("SendMessage") => send(addressed(queues, &request)?, &request, random),
        Some("SendMessageBatch") => send_batch(addressed(queues, &request)?, &request, random),
        Some("ReceiveMessage") => receive(addressed(queues, &request)?, &request),
        Some("DeleteMessage") => {
            addressed(queues, &request)?.remove(text(&request, "ReceiptHandle")?)?;
            Ok(json!({}))
        }
        Some("GetQueueAttributes") => {
            let count = addressed(queues, &request)?.len().to_string();
            Ok(json!({ "Attributes": { "ApproximateNumberOfMessages": count } }))
        }
        _ => Err(Refusal("UnsupportedOperation", format!("{target} is not among what one machine offers"))),
    }
}

fn send(queue: &Queue, request: &Value, random: &Random) -> Result<Value, Refusal> {
    let body = text(request, "MessageBody")?;
    if body.is_empty() || body.len() > 1_048_576 {
        return Err(Refusal("InvalidParameterValue", "a message has between 1 byte and 1 MiB".to_owned()));
    }
    let attributes = request.get("MessageAttributes").cloned().unwrap_or(Value::Object(Map::new()));
    let delay = Duration::from_secs(request["DelaySeconds"].as_u64().unwrap_or(0).min(900));
    let message = queue.send(body.to_owned(), attributes, delay, random)?;
    Ok(json!({ "MessageId": message.id, "MD5OfMessageBody": names::md5(body) }))
}

fn send_batch(queue: &Queue, request: &Value, random: &Random) -> Result<Value, Refusal> {
    let entries = request["Entries"].as_array().map_or(&[][..], Vec::as_slice);
    match entries.len() {
        0 => return Err(Refusal("EmptyBatchRequest", "there are no entries".to_owned())),
        1..=10 => {}
        _ => return Err(Refusal("TooManyEntriesInBatchRequest", "at most ten entries".to_owned())),
    }
    let (mut successful, mut failed) = (Vec::new(), Vec::new());
    for entry in entries {
        let id = text(entry, "Id")?;
        match send(queue, entry, random) {
            Ok(mut sent) => {
                sent["Id"] = json!(id);
                successful.push(sent);
            }
            Err(Refusal(kind, message)) => {
                let sender = kind != "InternalFailure";
                failed.push(json!({ "Id": id, "Code": kind, "Message": message, "SenderFault": sender }));
            }
        }
    }
    Ok(json!({ "Successful": successful, "Failed": failed }))
}

fn receive(queue: &Queue, request: &Value) -> Result<Value, Refusal> {
    let count = request["MaxNumberOfMessages"].as_u64().unwrap_or(1).clamp(1, 10);
    let hidden = request["VisibilityTimeout"].as_u64().map_or(queue.declared.visibility, Duration::from_secs);
    let taken = queue.take(usize::try_from(count).unwrap_or(1), hidden)?;
    let messages: Vec<Value> = taken
        .into_iter()
        .map(|taken| {
            json!({
                "MessageId": taken.message.id,
                "ReceiptHandle": taken.handle,
                "MD5OfBody": names::md5(&taken.message.body),
                "Body": taken.message.body,
                "Attributes": { "ApproximateReceiveCount": taken.message.received.to_string() },
                "MessageAttributes": taken.message.attributes,
            })
        })
        .collect();
    Ok(json!({ "Messages": messages }))
}

fn addressed<'a>(queues: &'a Queues, request: &Value) -> Result<&'a Arc<Queue>, Refusal> {
    let url = text(request, "QueueUrl")?;
    find(queues, url.rsplit('/').next().unwrap_or_default())
}

fn find<'a>(queues: &'a Queues, name: &str) -> Result<&'a Arc<Queue>, Refusal> {
    queues
        .get(name)
        .ok_or_else(|| Refusal("QueueDoesNotExist", format!("there is no queue {name} in the template")))
}

fn text<'a>(request: &'a Value, name: &str) -> Result<&'a str, Refusal> {
    request[name].as_str().ok_or_else(|| Refusal("MissingParameter", format!("{name} is missing")))
}
