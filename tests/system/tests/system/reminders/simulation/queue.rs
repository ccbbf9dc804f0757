//! The queues, taken from where they are kept: the simulation is the one that delivers, and does it badly.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

/// A message that was taken off a queue.
#[derive(Clone)]
pub(super) struct Taken {
    pub(super) id: String,
    pub(super) body: String,
    /// The key of an order, or the address from which mail came back.
    pub(super) about: String,
}

/// Takes everything off a queue, in the order in which it came.
pub(super) fn take_all(data: &Path, queue: &str) -> Vec<Taken> {
    let folder = data.join("queue").join(format!("palad-local-{queue}"));
    let take = |name: String| {
        let path = folder.join(name);
        let message = read(&path);
        let text = |name: &str| message[name].as_str().expect("text").to_owned();
        std::fs::remove_file(path).expect("taken off");
        let body = text("body");
        Taken { id: text("id"), about: about(&body), body }
    };
    files(&folder).into_iter().map(take).collect()
}

/// The names of the files that are wholly there, the oldest first.
pub(super) fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok);
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
    names.sort_unstable();
    names
}

/// What is kept in a file.
pub(super) fn read(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).expect("a file")).expect("JSON")
}

/// A batch, as the queue calls a function with it.
pub(super) fn event(queue: &str, batch: &[Taken]) -> Value {
    let record = |taken: &Taken| {
        json!({ "messageId": taken.id, "body": taken.body, "eventSource": "aws:sqs",
                "eventSourceARN": format!("arn:aws:sqs:ap-southeast-7:000000000000:palad-local-{queue}") })
    };
    json!({ "Records": batch.iter().map(record).collect::<Vec<_>>() })
}

/// The messages of a batch that failed.
pub(super) fn failures(answer: &Value) -> BTreeSet<String> {
    let failed = answer["batchItemFailures"].as_array().into_iter().flatten();
    failed.map(|item| item["itemIdentifier"].as_str().unwrap_or_default().to_owned()).collect()
}

fn about(body: &str) -> String {
    let body: Value = serde_json::from_str(body).expect("JSON");
    let address = &body["bounce"]["bouncedRecipients"][0]["emailAddress"];
    body["key"].as_str().or(address.as_str()).expect("an order, or mail that came back").to_owned()
}
