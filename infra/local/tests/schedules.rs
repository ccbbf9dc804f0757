//! Schedules of the template call their functions on the clock that `/local/clock` moves.

mod common;

use std::sync::{Arc, Mutex};

use common::{eventually, json_of, queue_client, start_as, toy};
use palad_local::Invoke;
use serde_json::{Value, json};

type Log = Arc<Mutex<Vec<Value>>>;

/// Notes each firing, after putting a message into a queue: what a firing asks for.
fn noting(log: &Log) -> Invoke {
    let log = Arc::clone(log);
    toy(move |event| {
        log.lock().expect("the log").push(event);
        Ok(Value::Null)
    })
}

fn fired(log: &Log) -> Vec<String> {
    let log = log.lock().expect("the log");
    let name = |event: &Value| {
        event["resources"][0].as_str().unwrap_or_default().rsplit('-').next().map(str::to_owned)
    };
    log.iter()
        .map(|event| {
            format!("{} {}", name(event).unwrap_or_default(), event["time"].as_str().unwrap_or_default())
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn moving_the_clock_calls_what_is_due_on_the_way_and_a_restart_calls_nothing_twice() {
    let data = tempfile::tempdir().expect("a folder");
    let log = Log::default();
    let running = start_as(data.path(), [("reminders", noting(&log))]).await;
    let site = running.addresses().site_url();
    let client = reqwest::Client::new();
    let clock = format!("{site}/local/clock");
    let set = |body: Value| client.post(&clock).body(body.to_string()).send();
    let answer = set(json!({ "now": "2027-01-01T00:00:00Z" })).await.expect("moved");
    assert_eq!(answer.status(), 200);
    log.lock().expect("the log").clear();

    let answer = set(json!({ "now": "2027-01-02T12:00:00Z" })).await.expect("moved");
    let now = json_of(answer).await["now"].clone();
    assert!(now.as_str().is_some_and(|now| now.starts_with("2027-01-02T1")), "{now}");
    let due = ["plan 2027-01-01T02:00:00Z", "recount 2027-01-01T18:30:00Z", "plan 2027-01-02T02:00:00Z"];
    assert_eq!(fired(&log), due, "all of it before the answer");
    let event = log.lock().expect("the log")[0].clone();
    assert_eq!(event["source"], "aws.scheduler");
    assert_eq!(event["detail-type"], "Scheduled Event");

    let answer = set(json!({})).await.expect("reset");
    assert_eq!(answer.status(), 200);
    running.stop().await;
    let running = start_as(data.path(), [("reminders", noting(&log))]).await;
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    assert_eq!(fired(&log), due, "nothing is due on the machine's own day that was not called before");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_waits_at_a_firing_until_its_queues_are_worked_on() {
    const QUEUE: &str = "https://sqs.ap-southeast-7.amazonaws.com/000000000000/palad-local-round-mail";
    let data = tempfile::tempdir().expect("a folder");
    let seen = Log::default();
    let (noted, services) = (Arc::clone(&seen), Arc::new(Mutex::new(None::<aws_sdk_sqs::Client>)));
    let mail = toy(move |event| {
        let records = event["Records"].as_array().cloned().unwrap_or_default();
        noted.lock().expect("the log").extend(records.into_iter().map(|record| record["body"].clone()));
        Ok(Value::Null)
    });
    let client = Arc::clone(&services);
    let reminders: Invoke = Arc::new(move |event| {
        let client = client.lock().expect("the client").clone();
        Box::pin(async move {
            let time = event["time"].as_str().unwrap_or_default().to_owned();
            let client = client.ok_or("no client yet")?;
            let sent = client.send_message().queue_url(QUEUE).message_body(time).send().await;
            sent.map(|_| Value::Null).map_err(|error| error.to_string())
        })
    });
    let running = start_as(data.path(), [("mail", mail), ("reminders", reminders)]).await;
    *services.lock().expect("the client") = Some(queue_client(&running));
    let clock = format!("{}/local/clock", running.addresses().site_url());
    let now = running.clock().now();
    let later = now + jiff::SignedDuration::from_hours(48);
    let moved = reqwest::Client::new().post(&clock).body(json!({ "now": later }).to_string()).send().await;
    assert_eq!(moved.expect("moved").status(), 200);
    let bodies = seen.lock().expect("the log").len();
    assert_eq!(bodies, 4, "two schedules, two days, and each message was taken before the answer");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_that_cannot_arrive_comes_back_through_a_queue_and_faults_can_be_asked_for() {
    let data = tempfile::tempdir().expect("a folder");
    let events = Log::default();
    let noted = Arc::clone(&events);
    let mail = toy(move |event| {
        noted.lock().expect("the log").extend(event["Records"].as_array().cloned().unwrap_or_default());
        Ok(Value::Null)
    });
    let running = start_as(data.path(), [("mail", mail)]).await;
    let (site, services) = (running.addresses().site_url(), running.addresses().services_url());
    let client = reqwest::Client::new();
    let send = |to: &str| {
        let body = json!({
            "FromEmailAddress": "palad@palad.test",
            "Destination": { "ToAddresses": [to] },
            "Content": { "Simple": { "Subject": { "Data": "s" }, "Body": { "Text": { "Data": "t" } } } },
        });
        client.post(format!("{services}/v2/email/outbound-emails")).body(body.to_string()).send()
    };
    assert_eq!(send("bounce-1@phrae.test").await.expect("an answer").status(), 200);
    eventually("the event", async || !events.lock().expect("the log").is_empty()).await;
    let record = events.lock().expect("the log")[0].clone();
    assert!(record["eventSourceARN"].as_str().is_some_and(|arn| arn.ends_with(":palad-local-returned")));
    let body: Value = serde_json::from_str(record["body"].as_str().expect("a body")).expect("JSON");
    assert_eq!(body["bounce"]["bouncedRecipients"][0]["emailAddress"], "bounce-1@phrae.test");

    let faults =
        client.post(format!("{site}/local/mail/faults")).body(r#"{"faults":["throttled","refused"]}"#);
    assert_eq!(json_of(faults.send().await.expect("an answer")).await, json!({ "faults": 2 }));
    let statuses = [
        send("a@phrae.test").await.expect("an answer").status().as_u16(),
        send("a@phrae.test").await.expect("an answer").status().as_u16(),
        send("a@phrae.test").await.expect("an answer").status().as_u16(),
    ];
    assert_eq!(statuses, [429, 400, 200]);
    let unknown =
        client.post(format!("{site}/local/mail/faults")).body(r#"{"faults":["fire"]}"#).send().await;
    assert_eq!(unknown.expect("an answer").status(), 400);
    running.stop().await;
}
