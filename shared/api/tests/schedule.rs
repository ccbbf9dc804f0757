//! Firings of schedules: one that fails is an error, so that it is tried again; what is no firing is refused by name.

use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lambda_runtime::Context;
use palad_api::{Firing, QueueError, ScheduleFunction, answer_schedule};
use serde_json::{Value, json};

#[derive(Default)]
struct Toy(Mutex<Vec<Firing>>);

impl ScheduleFunction for Toy {
    const NAME: &'static str = "toy-schedule";

    async fn fired(&self, firing: &Firing) -> Result<(), QueueError> {
        self.0.lock().expect("not poisoned").push(firing.clone());
        match firing.job.as_str() {
            "fail" => Err(QueueError::new("table away")),
            "panic" => panic!("in a handler"),
            _ => Ok(()),
        }
    }
}

fn event(job: &str) -> Value {
    let name = format!("arn:aws:scheduler:ap-southeast-7:000000000000:schedule/default/palad-test-toy-{job}");
    json!({"version": "0", "id": "i", "detail-type": "Scheduled Event", "source": "aws.scheduler",
           "account": "000000000000", "time": "2026-11-23T02:00:00Z", "region": "ap-southeast-7",
           "resources": [name], "detail": "{}"})
}

#[tokio::test]
async fn a_firing_names_its_job_and_its_time_and_fails_aloud() {
    let toy = Toy::default();
    let answer = answer_schedule(&toy, event("plan"), Context::default()).await.expect("an answer");
    assert_eq!(answer, Value::Null);
    let due = "2026-11-23T02:00:00Z".parse().expect("a time");
    assert_eq!(toy.0.lock().expect("not poisoned").as_slice(), [Firing::new("plan", due)]);
    for (job, cause) in [("fail", "table away"), ("panic", "panicked at")] {
        let error = answer_schedule(&toy, event(job), Context::default()).await.expect_err("it failed");
        assert!(error.to_string().contains(cause), "{error}");
    }
    // A rule, which is what schedules were before.
    let mut rule = event("plan");
    rule["source"] = json!("aws.events");
    rule["resources"] = json!(["arn:aws:events:ap-southeast-7:000000000000:rule/palad-test-toy-plan"]);
    rule["detail"] = json!({});
    assert!(answer_schedule(&toy, rule, Context::default()).await.is_ok());
}

#[tokio::test]
async fn what_is_no_firing_is_refused_by_its_kind() {
    let mut foreign = event("plan");
    foreign["source"] = json!("somebody");
    let mut nameless = event("plan");
    nameless["resources"] = json!([]);
    for (event, kind) in [
        (json!({"Records": [{"eventSource": "aws:sqs"}]}), "SQS"),
        (json!({"requestContext": {"http": {"method": "GET"}}}), "HTTP API"),
        (foreign, "cannot be read"),
        (nameless, "cannot be read"),
        (event("Canary ก"), "cannot be read"),
        (json!({"detail-type": "EC2 Instance State-change Notification"}), "EventBridge"),
        (json!(null), "unknown"),
    ] {
        let toy = Toy::default();
        let error = answer_schedule(&toy, event, Context::default()).await.expect_err("refused");
        assert!(error.to_string().contains(kind) && !error.to_string().contains("Canary"), "{error}");
        assert!(toy.0.into_inner().expect("not poisoned").is_empty());
    }
}

#[tokio::test]
async fn a_handler_knows_how_much_time_it_has() {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    let mut context = Context::default();
    context.deadline = u64::try_from((now + Duration::from_secs(10)).as_millis()).expect("a time");
    let toy = Toy::default();
    answer_schedule(&toy, event("plan"), context).await.expect("an answer");
    let firing = toy.0.lock().expect("not poisoned").remove(0);
    assert!(firing.has_time_for(Duration::from_secs(5)) && !firing.has_time_for(Duration::from_secs(9)));
    assert!(Firing::new("plan", firing.due).has_time_for(Duration::from_secs(3600)));
}
