//! What changes in a table reaches the function that follows it, whatever fails or is killed between.

mod common;

use std::path::Path;
use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::types::AttributeValue;
use common::{dynamodb_client, eventually, start_as, toy};
use palad_local::{Invoke, Running};
use serde_json::{Value, json};

type Log = Arc<Mutex<Vec<Value>>>;

/// Notes each call, and answers with what `judge` makes of its records.
fn follower(log: &Log, judge: impl Fn(&[Value]) -> Result<Value, String> + Send + Sync + 'static) -> Invoke {
    let log = Arc::clone(log);
    toy(move |event| {
        let records = event["Records"].as_array().expect("records").clone();
        // A function may follow a queue as well.
        if records.iter().any(|record| record["eventSource"] != "aws:dynamodb") {
            return Ok(Value::Null);
        }
        log.lock().expect("the log").push(Value::Array(records.clone()));
        judge(&records)
    })
}

async fn start(data: &Path, publish: Invoke) -> Running {
    start_as(data, [("publish", publish)]).await
}

async fn put(running: &Running, code: &str, sk: &str, version: u32) {
    let text = |value: &str| AttributeValue::S(value.to_owned());
    let put = dynamodb_client(running).put_item().table_name("palad-local-registry");
    let put =
        put.item("pk", text(&format!("AGENCY#{code}"))).item("sk", text(sk)).item("province", text("54"));
    let put = put.item("listing", text(&format!("{sk}#{code}")));
    put.item("version", AttributeValue::N(version.to_string())).send().await.expect("an item");
}

fn keys(log: &Log) -> Vec<String> {
    let log = log.lock().expect("the log");
    let records = log.iter().flat_map(|batch| batch.as_array().into_iter().flatten());
    records.map(|record| record["dynamodb"]["Keys"]["pk"]["S"].as_str().expect("a key").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn records_that_fit_come_in_order_as_lambda_gets_them() {
    let data = tempfile::tempdir().expect("a folder");
    let log = Log::default();
    let running = start(data.path(), follower(&log, |_| Ok(json!({ "batchItemFailures": [] })))).await;
    put(&running, "540001", "AGENCY", 1).await;
    put(&running, "540001", "VERSION#1", 1).await;
    put(&running, "540002", "POST", 1).await;
    put(&running, "540002", "POST", 2).await;
    eventually("three records", async || keys(&log).len() >= 3).await;
    assert_eq!(keys(&log), ["AGENCY#540001", "AGENCY#540002", "AGENCY#540002"], "VERSION is filtered out");
    let all: Vec<Value> =
        log.lock().expect("the log").iter().flat_map(|batch| batch.as_array().cloned()).flatten().collect();
    let last = &all[2];
    assert_eq!((&last["eventName"], &last["eventSource"]), (&json!("MODIFY"), &json!("aws:dynamodb")));
    assert_eq!(last["awsRegion"], "ap-southeast-7");
    let arn = last["eventSourceARN"].as_str().expect("an ARN");
    assert!(
        arn.starts_with("arn:aws:dynamodb:ap-southeast-7:000000000000:table/palad-local-registry/stream/")
    );
    let change = &last["dynamodb"];
    assert_eq!(change["OldImage"]["version"], json!({ "N": "1" }));
    assert_eq!(change["NewImage"]["version"], json!({ "N": "2" }));
    assert_eq!(change["StreamViewType"], "NEW_AND_OLD_IMAGES");
    let sequence = |record: &Value| record["dynamodb"]["SequenceNumber"].as_str().map(str::to_owned);
    assert!(all.windows(2).all(|pair| sequence(&pair[0]) < sequence(&pair[1])));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_repeated_from_the_record_that_failed() {
    let data = tempfile::tempdir().expect("a folder");
    let (log, tries) = (Log::default(), Arc::new(Mutex::new(0)));
    let judge = move |records: &[Value]| {
        let bad = records.iter().find(|record| record["dynamodb"]["Keys"]["pk"]["S"] == "AGENCY#540002");
        let mut tries = tries.lock().expect("the tries");
        *tries += 1;
        match bad.filter(|_| *tries < 3) {
            Some(record) => {
                let sequence = &record["dynamodb"]["SequenceNumber"];
                Ok(json!({ "batchItemFailures": [{ "itemIdentifier": sequence }] }))
            }
            None => Ok(Value::Null),
        }
    };
    // Written before anybody follows: the first batch has all three.
    let running = start(data.path(), toy(|_| Err("not yet".to_owned()))).await;
    for code in ["540001", "540002", "540003"] {
        put(&running, code, "AGENCY", 1).await;
    }
    running.stop().await;
    let running = start(data.path(), follower(&log, judge)).await;
    let first = ["AGENCY#540001", "AGENCY#540002", "AGENCY#540003"];
    let again = ["AGENCY#540002", "AGENCY#540003"];
    eventually("taken", async || keys(&log).len() >= 7).await;
    assert_eq!(keys(&log), [&first[..], &again[..], &again[..]].concat());
    put(&running, "540004", "AGENCY", 1).await;
    eventually("the next one", async || keys(&log).last().is_some_and(|key| key == "AGENCY#540004")).await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_when_the_runner_ends_before_the_function_took_it() {
    let data = tempfile::tempdir().expect("a folder");
    let log = Log::default();
    let running = start(data.path(), follower(&log, |_| Ok(Value::Null))).await;
    put(&running, "540001", "AGENCY", 1).await;
    eventually("the first", async || keys(&log).len() == 1).await;
    running.stop().await;

    let running = start(data.path(), toy(|_| panic!("killed"))).await;
    put(&running, "540002", "AGENCY", 1).await;
    // Broken off, not stopped.
    drop(running);
    log.lock().expect("the log").clear();
    let running = {
        let mut running = None;
        eventually("the folder is free", async || {
            let options = palad_local::Options { port: 0, data: data.path().to_owned() };
            let publish = follower(&log, |_| Ok(Value::Null));
            let wiring = common::wiring([("publish", publish)]);
            running = palad_local::start_with(&options, async |_| Ok(wiring)).await.ok();
            running.is_some()
        })
        .await;
        running.expect("a runner")
    };
    eventually("the second", async || !keys(&log).is_empty()).await;
    assert_eq!(keys(&log), ["AGENCY#540002"], "and the first not again");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_photo_function_halves_a_batch_and_the_good_half_goes_on() {
    let data = tempfile::tempdir().expect("a folder");
    let log = Log::default();
    let running = start_as(data.path(), [("photos", toy(|_| Err("away".to_owned())))]).await;
    for code in ["540001", "540002", "540003", "540004"] {
        put(&running, code, "POST", 1).await;
    }
    running.stop().await;
    let judge = |records: &[Value]| {
        let is_bad = |record: &Value| record["dynamodb"]["Keys"]["pk"]["S"] == "AGENCY#540003";
        if records.len() > 1 && records.iter().any(is_bad) {
            Err("a bad one".to_owned())
        } else {
            Ok(Value::Null)
        }
    };
    let running = start_as(data.path(), [("photos", follower(&log, judge))]).await;
    // The whole batch ends with the last one too: that it was taken is told by the halves that come after it.
    let sizes = || -> Vec<usize> {
        log.lock().expect("the log").iter().filter_map(|batch| batch.as_array().map(Vec::len)).collect()
    };
    eventually("the bad one alone", async || sizes().contains(&1)).await;
    eventually("all taken", async || keys(&log).last().is_some_and(|key| key == "AGENCY#540004")).await;
    assert!(sizes().first().is_some_and(|size| *size > 1), "together at first: {:?}", sizes());
    running.stop().await;
}
