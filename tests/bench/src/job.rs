//! The function that the clock calls, in a process of its own: so that its memory is its own, and not that of the stores.

use std::process::Command;
use std::time::Duration;

use jiff::Timestamp;
use lambda_runtime::Context;
use palad_environment::{Clock, Random, Variables};
use serde_json::{Value, json};

/// What the function reads from its environment.
const VARIABLES: [&str; 10] = [
    "AWS_REGION",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_ENDPOINT_URL_DYNAMODB",
    "AWS_ENDPOINT_URL_SQS",
    "REGISTRY_TABLE",
    "ACCOUNTS_TABLE",
    "MAIL_TABLE",
    "ROUND_MAIL_QUEUE_URL",
    "LINK_KEY",
];

/// What one firing took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fired {
    /// Of processors, the function alone.
    pub(crate) worked: Duration,
    /// The most memory that it had, in bytes.
    pub(crate) peak: u64,
}

/// Fires a schedule, as the child process.
pub(crate) fn run(job: &str, now: &str) -> Result<String, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let now: Timestamp = now.parse().map_err(|error| format!("{error}"))?;
    let clock = Clock::default();
    clock.set(now);
    let app = palad_reminders::App::from_environment(&Variables::of_process(), clock, Random::default());
    let app = app.map_err(|error| error.to_string())?;
    let fired = palad_api::answer_schedule(&app, event(job, now), Context::default());
    runtime.block_on(fired).map_err(|error| format!("{job}: {error}"))?;
    let worked = u64::try_from(worked().as_millis()).unwrap_or(u64::MAX);
    Ok(json!({ "worked": worked, "peak": peak() }).to_string())
}

/// Fires a schedule in a child process, which finds the stores by these variables.
pub(crate) fn fire(job: &str, now: &str, variables: &Variables) -> Result<Fired, String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(own);
    command.args(["job", job, now]).env_clear();
    for name in VARIABLES {
        command.env(name, variables.require(name).map_err(|error| error.to_string())?);
    }
    let output = command.output().map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    let said: Value = serde_json::from_str(text.trim()).map_err(|_| format!("{job}: {text}"))?;
    let number = |name: &str| said[name].as_u64().ok_or_else(|| format!("{job}: {text}"));
    Ok(Fired { worked: Duration::from_millis(number("worked")?), peak: number("peak")? })
}

fn event(job: &str, now: Timestamp) -> Value {
    json!({
        "detail-type": "Scheduled Event", "source": "aws.scheduler", "time": now.to_string(), "detail": "{}",
        "resources": [format!("arn:aws:scheduler:ap-southeast-7:000000000000:schedule/default/palad-local-reminders-{job}")],
    })
}

/// What this process has had of the processors.
pub(crate) fn worked() -> Duration {
    const TICK: Duration = Duration::from_millis(10);
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // After the name, which may hold spaces: user and system time are the twelfth and thirteenth.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    fields.filter_map(|ticks| ticks.parse::<u32>().ok()).map(|ticks| TICK * ticks).sum()
}

/// The most memory that this process has had, in bytes.
fn peak() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) * 1024
}
