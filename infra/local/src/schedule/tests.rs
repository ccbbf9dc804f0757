use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use palad_environment::{Clock, Random};
use serde_json::{Value, json};

use super::position::Position;
use super::{Expression, Job, Scheduler};
use crate::bookmark::Bookmark;
use crate::data_folder::DataFolder;
use crate::invoke::Callable;
use crate::queue::Queues;
use crate::template::{Queue, ScheduleSource};

/// What was called: the job, the time of the firing, and the clock's day then.
type Calls = Arc<Mutex<Vec<(String, String, String)>>>;

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn job(calls: &Calls, clock: &Clock, event: &str, expression: &str, failures: &Queues) -> Job {
    let (calls, clock) = (Arc::clone(calls), clock.clone());
    let invoke = move |event: Value| {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let name = text(&event["resources"][0]);
        let (day, _) = clock
            .now()
            .to_string()
            .split_once('T')
            .map(|(day, at)| (day.to_owned(), at.to_owned()))
            .unwrap_or_default();
        calls.lock().expect("not poisoned").push((name.clone(), text(&event["time"]), day));
        let fails = name.ends_with("-fail");
        let answer: crate::invoke::Answer =
            Box::pin(async move { if fails { Err("table away".to_owned()) } else { Ok(Value::Null) } });
        answer
    };
    let source = ScheduleSource {
        event: event.to_owned(),
        name: format!("palad-local-toy-{}", event.to_lowercase()),
        expression: Expression::parse(expression).expect("an expression"),
        retries: 1,
        failures: Some("dead".to_owned()),
    };
    let function = Callable { name: "toy".into(), timeout: Duration::from_secs(5), invoke: Arc::new(invoke) };
    Job { source, function, failures: failures.get("dead").cloned() }
}

fn queues(folder: &DataFolder) -> Queues {
    let dead = Queue { name: "dead".into(), visibility: Duration::from_secs(60), dead_letters: None };
    Queues::open(&folder.join("queue"), &[dead]).expect("queues")
}

/// Two schedules of one function, on a clock that stands at a Monday's midnight.
struct Toy {
    folder: DataFolder,
    clock: Clock,
    calls: Calls,
    queues: Queues,
}

impl Toy {
    fn in_folder(path: &Path, clock: &str) -> Self {
        let folder = DataFolder::take(path).expect("a folder");
        let queues = queues(&folder);
        let toy = Self { folder, clock: Clock::default(), calls: Calls::default(), queues };
        toy.clock.set(at(clock));
        toy
    }

    fn scheduler(&self, events: &[(&str, &str)]) -> Scheduler {
        let jobs = events
            .iter()
            .map(|(event, expression)| job(&self.calls, &self.clock, event, expression, &self.queues));
        Scheduler::new(
            jobs.collect(),
            &self.folder,
            self.queues.clone(),
            self.clock.clone(),
            Random::default(),
        )
        .expect("schedules")
    }

    fn times(&self) -> Vec<String> {
        let calls = self.calls.lock().expect("not poisoned");
        calls
            .iter()
            .map(|(name, time, _)| format!("{} {time}", name.rsplit('-').next().unwrap_or_default()))
            .collect()
    }
}

const DAILY: [(&str, &str); 2] = [("Plan", "cron(0 2 * * ? *)"), ("Recount", "cron(30 18 * * ? *)")];

#[tokio::test]
async fn a_clock_moved_forward_stops_at_every_firing_on_the_way() {
    let folder = tempfile::tempdir().expect("a folder");
    let toy = Toy::in_folder(folder.path(), "2026-11-23T00:00:00Z");
    let scheduler = toy.scheduler(&DAILY);
    scheduler.move_clock(Some(at("2026-11-24T18:00:00Z"))).await;
    let fired = ["plan 2026-11-23T02:00:00Z", "recount 2026-11-23T18:30:00Z", "plan 2026-11-24T02:00:00Z"];
    assert_eq!(toy.times(), fired);
    let days: Vec<String> =
        toy.calls.lock().expect("not poisoned").iter().map(|(_, _, day)| day.clone()).collect();
    assert_eq!(days, ["2026-11-23", "2026-11-23", "2026-11-24"], "the clock stood at each firing's day");
    let left = toy.clock.now().duration_since(at("2026-11-24T18:00:00Z"));
    assert!(left < SignedDuration::from_secs(30), "and stands where it was moved to");

    // Back, and forward again: the same day comes again.
    scheduler.move_clock(Some(at("2026-11-24T01:00:00Z"))).await;
    assert_eq!(toy.times().len(), 3, "nothing fires on the way back");
    scheduler.move_clock(Some(at("2026-11-24T03:00:00Z"))).await;
    assert_eq!(toy.times().last().map(String::as_str), Some("plan 2026-11-24T02:00:00Z"));
}

#[tokio::test]
async fn after_a_restart_nothing_fires_twice_and_what_was_missed_fires_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = Toy::in_folder(folder.path(), "2026-11-23T00:00:00Z");
    first.scheduler(&DAILY).move_clock(Some(at("2026-11-23T12:00:00Z"))).await;
    assert_eq!(first.times(), ["plan 2026-11-23T02:00:00Z"]);
    drop(first);

    // Nothing was at work for two days.
    let second = Toy::in_folder(folder.path(), "2026-11-25T12:00:00Z");
    let stop = crate::stop::Stop::new();
    let working = tokio::spawn(Arc::new(second.scheduler(&DAILY)).work(stop.listen()));
    let missed = [
        "recount 2026-11-23T18:30:00Z",
        "plan 2026-11-24T02:00:00Z",
        "recount 2026-11-24T18:30:00Z",
        "plan 2026-11-25T02:00:00Z",
    ];
    for _ in 0..100 {
        if second.times().len() >= missed.len() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    stop.stop();
    working.await.expect("it ends");
    assert_eq!(second.times(), missed);
}

#[tokio::test]
async fn a_firing_that_was_broken_off_is_called_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let toy = Toy::in_folder(folder.path(), "2026-11-23T12:00:00Z");
    let place = Bookmark::new(&toy.folder.join("schedule"), "toy", "Plan");
    place.write_soon(&Position { last: at("2026-11-23T02:00:00Z"), under_way: Some(0) }).expect("written");
    let scheduler = toy.scheduler(&DAILY[..1]);
    scheduler.move_clock(Some(at("2026-11-23T13:00:00Z"))).await;
    assert_eq!(toy.times(), ["plan 2026-11-23T02:00:00Z"]);
    scheduler.move_clock(Some(at("2026-11-23T14:00:00Z"))).await;
    assert_eq!(toy.times().len(), 1, "it is done with now");
}

#[tokio::test]
async fn a_firing_that_fails_is_tried_again_and_then_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let toy = Toy::in_folder(folder.path(), "2026-11-23T00:00:00Z");
    let scheduler = toy.scheduler(&[("Fail", "cron(0 2 * * ? *)")]);
    scheduler.move_clock(Some(at("2026-11-23T03:00:00Z"))).await;
    assert_eq!(toy.times(), ["fail 2026-11-23T02:00:00Z", "fail 2026-11-23T02:00:00Z"], "one retry");
    let dead = toy.queues.get("dead").expect("the queue");
    let reports = dead.take(10, Duration::from_secs(1)).expect("messages");
    let report: Value = serde_json::from_str(&reports[0].message.body).expect("JSON");
    assert_eq!(report["requestContext"]["condition"], "RetriesExhausted");
    assert_eq!(report["requestPayload"]["time"], json!("2026-11-23T02:00:00Z"));
    scheduler.move_clock(Some(at("2026-11-23T04:00:00Z"))).await;
    assert_eq!(toy.times().len(), 2, "what was given up is over");
}
