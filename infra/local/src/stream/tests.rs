use std::sync::{Arc, Mutex};
use std::time::Duration;

use dynoxide::Database;
use palad_environment::Random;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Filter, Reader, Worker};
use crate::invoke::Callable;
use crate::queue::Queues;
use crate::stop::Stop;
use crate::template::{Begin, Queue, StreamSource};

fn request<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("a request")
}

fn database(folder: &std::path::Path) -> Database {
    let database = Database::new(&folder.join("db").to_string_lossy()).expect("a database");
    let table = json!({
        "TableName": "toys",
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{ "AttributeName": "pk", "AttributeType": "S" }],
        "KeySchema": [{ "AttributeName": "pk", "KeyType": "HASH" }],
        "StreamSpecification": { "StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES" },
    });
    database.create_table(request(table)).expect("a table");
    database
}

fn put(database: &Database, key: &str) {
    database
        .put_item(request(json!({ "TableName": "toys", "Item": { "pk": { "S": key } } })))
        .expect("an item");
}

fn source(begin: Begin) -> StreamSource {
    StreamSource {
        event: "T".into(),
        arn: "arn:aws:dynamodb:ap-southeast-7:000000000000:table/toys/stream/l".into(),
        table: "toys".into(),
        begin,
        batch: 10,
        window: Duration::ZERO,
        filters: vec![
            Filter::parse(r#"{"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"a"}]}}}}"#).expect("a pattern"),
        ],
        retries: Some(1),
        bisect: false,
        reports: true,
        failures: Some("dead".into()),
    }
}

/// A function that fails while a record called `bad` is among its records.
fn function(calls: &Arc<Mutex<Vec<Vec<String>>>>, bad: &'static str) -> Callable {
    let calls = Arc::clone(calls);
    let invoke = move |event: Value| {
        let keys: Vec<String> = event["Records"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|record| record["dynamodb"]["Keys"]["pk"]["S"].as_str().map(str::to_owned))
            .collect();
        let is_bad = keys.iter().any(|key| key == bad);
        calls.lock().expect("the calls").push(keys);
        let answer = if is_bad { Err("bad".to_owned()) } else { Ok(Value::Null) };
        Box::pin(async { answer }) as crate::invoke::Answer
    };
    Callable { name: "toy".into(), timeout: Duration::from_secs(5), invoke: Arc::new(invoke) }
}

async fn run_until(worker: Worker, done: impl Fn() -> bool) {
    let stop = Stop::new();
    let working = tokio::spawn(worker.work(stop.listen()));
    for _ in 0..200 {
        if done() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(done(), "never");
    stop.stop();
    working.await.expect("the worker ends");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_fails_too_often_is_reported_and_the_stream_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = database(folder.path());
    put(&database, "a-bad");
    put(&database, "b-not-wanted");
    let dead = Queue { name: "dead".into(), visibility: Duration::from_secs(60), dead_letters: None };
    let queues = Queues::open(&folder.path().join("queue"), &[dead]).expect("queues");
    let queue = queues.get("dead").expect("the queue").clone();
    let calls = Arc::default();
    let source = source(Begin::TrimHorizon);
    let reader = Reader::new(database.clone(), &source);
    let function = function(&calls, "a-bad");
    let worker =
        Worker::new(source, reader, folder.path(), function, Some(Arc::clone(&queue)), Random::default());
    let at_the_dead_letters = Arc::clone(&queue);
    let (all, written) = (Arc::clone(&calls), database.clone());
    run_until(worker, move || {
        if at_the_dead_letters.len() == 1 && all.lock().expect("the calls").len() == 2 {
            put(&written, "a-good");
        }
        all.lock().expect("the calls").last().is_some_and(|keys| keys.iter().any(|key| key == "a-good"))
    })
    .await;
    let calls = calls.lock().expect("the calls").clone();
    assert_eq!(&calls[..2], [["a-bad"], ["a-bad"]], "once, and once again");
    assert!(calls[2..].iter().flatten().all(|key| key == "a-good"), "{calls:?}");
    let message = &queue.take(1, Duration::from_secs(1)).expect("messages")[0].message;
    let message: Value = serde_json::from_str(&message.body).expect("JSON");
    assert_eq!(message["requestContext"]["condition"], "RetryAttemptsExhausted");
    assert_eq!(message["DDBStreamBatchInfo"]["batchSize"], 1);
    assert!(message["DDBStreamBatchInfo"]["startSequenceNumber"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_begins_at_the_latest_sees_only_what_comes_then() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = database(folder.path());
    put(&database, "a-old");
    let calls = Arc::default();
    let source = source(Begin::Latest);
    let reader = Reader::new(database.clone(), &source);
    let worker = Worker::new(source, reader, folder.path(), function(&calls, ""), None, Random::default());
    let place = folder.path().join("toy-t.json");
    let (all, written) = (Arc::clone(&calls), database.clone());
    run_until(worker, move || {
        if place.exists() && all.lock().expect("the calls").is_empty() {
            put(&written, "a-new");
        }
        !all.lock().expect("the calls").is_empty()
    })
    .await;
    assert!(calls.lock().expect("the calls").iter().flatten().all(|key| key == "a-new"));
}
