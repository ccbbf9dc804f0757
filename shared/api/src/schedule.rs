//! A function that the clock calls.
//!
//! A schedule fires at least once, sometimes twice, and now and then not at all. So a handler looks at what is due
//! by now, and does not believe that this is the firing it was meant to be. One that fails is called again, a few
//! times, and goes on where it stopped.

use std::future::Future;
use std::time::{Duration, Instant, SystemTime};

use jiff::Timestamp;
use lambda_http::BoxFuture;
use lambda_http::lambda_runtime::{Context, Error};
use palad_store::StoreError;
use serde::Deserialize;
use serde_json::Value;

use crate::catch::caught;
use crate::queue::QueueError;
use crate::{event, log};

/// What is kept of a function's time for ending in order.
const RESERVE: Duration = Duration::from_secs(2);
/// Who sends such events: schedules, and the rules that came before them.
const SOURCES: [&str; 2] = ["aws.scheduler", "aws.events"];

/// One function that the clock calls.
pub trait ScheduleFunction: Send + Sync + 'static {
    /// The name of its folder, which is also its name in the log.
    const NAME: &'static str;

    /// Opens the way to the store before the first firing, as for functions that answer calls.
    fn warm_up(&self) -> impl Future<Output = Result<(), StoreError>> + Send {
        std::future::ready(Ok(()))
    }

    /// Does what one firing asks. Write it as `async fn fired(&self, firing: &Firing) -> ...`.
    fn fired(&self, firing: &Firing) -> impl Future<Output = Result<(), QueueError>> + Send;
}

/// One firing of a schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firing {
    /// What is to be done: the last word of the schedule's name, as `plan` in `palad-production-reminders-plan`.
    pub job: String,
    /// When it was to fire.
    pub due: Timestamp,
    /// When the function is broken off; none where nobody set a limit.
    deadline: Option<SystemTime>,
}

impl Firing {
    /// One without a limit of time.
    #[must_use]
    pub fn new(job: &str, due: Timestamp) -> Self {
        Self { job: job.to_owned(), due, deadline: None }
    }

    /// Whether there is time for one more piece of work that takes no longer than `piece`. The machine's time, not
    /// the movable clock's.
    #[must_use]
    pub fn has_time_for(&self, piece: Duration) -> bool {
        self.deadline.is_none_or(|deadline| {
            deadline.duration_since(SystemTime::now()).is_ok_and(|left| left > piece + RESERVE)
        })
    }
}

#[derive(Deserialize)]
struct Scheduled {
    source: String,
    time: Timestamp,
    resources: Vec<String>,
}

/// Takes one firing of a schedule (EventBridge).
///
/// # Errors
/// When the event is of another kind, or the work failed: it is tried again then, so many times and no more.
pub async fn answer_schedule<F: ScheduleFunction>(
    function: &F,
    event: Value,
    context: Context,
) -> Result<Value, Error> {
    let kind = event::kind(&event);
    let Some(firing) = read(event, &context) else {
        let cause = format!(
            "this function is called by a schedule (EventBridge); this is {kind}, or one that cannot be read"
        );
        tracing::error!(function = F::NAME, cause, "event refused");
        return Err(cause.into());
    };
    let started = Instant::now();
    let cold = log::is_cold(F::NAME);
    // Boxed for the same reason as in `function.rs`.
    let handler: BoxFuture<'_, Result<(), QueueError>> = Box::pin(function.fired(&firing));
    let cause = match caught(handler).await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(error.to_string()),
        Err(panic) => Some(panic),
    };
    log::firing(F::NAME, &firing.job, &firing.due.to_string(), started, cold, cause.as_deref());
    match cause {
        None => Ok(Value::Null),
        Some(cause) => Err(cause.into()),
    }
}

fn read(event: Value, context: &Context) -> Option<Firing> {
    if event.get("detail-type").and_then(Value::as_str) != Some("Scheduled Event") {
        return None;
    }
    let scheduled: Scheduled = serde_json::from_value(event).ok()?;
    let name = scheduled.resources.first()?.rsplit('/').next()?;
    let job = name.rsplit('-').next().filter(|job| is_word(job))?;
    SOURCES.contains(&scheduled.source.as_str()).then(|| Firing {
        job: job.to_owned(),
        due: scheduled.time,
        deadline: (context.deadline > 0).then(|| context.deadline()),
    })
}

/// It is written to the log, so that it is a plain word or nothing.
fn is_word(text: &str) -> bool {
    const LONGEST: usize = 40;
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase())
}
