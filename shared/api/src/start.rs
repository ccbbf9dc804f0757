//! What a function's `main` does: start, or say in one line why not.
//!
//! ```text
//! #[tokio::main(flavor = "current_thread")]
//! async fn main() -> std::process::ExitCode {
//!     match App::from_environment(&Variables::of_process(), Clock::default(), Random::default()).await {
//!         Ok(app) => palad_api::run(app).await,
//!         Err(error) => palad_api::start_failed(App::NAME, &error),
//!     }
//! }
//! ```

use std::fmt::Display;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use lambda_http::lambda_runtime::{Context, Error, LambdaEvent, service_fn};
use palad_environment::Variables;
use palad_store::StoreError;
use serde_json::Value;

use crate::catch::keep_panics_quiet;
use crate::function::{HttpFunction, answer};
use crate::log::subscriber;
use crate::queue::{QueueFunction, answer_queue};
use crate::schedule::{ScheduleFunction, answer_schedule};
use crate::stream::{StreamFunction, answer_queue_or_stream, answer_stream};

/// How long the way to the store may take at the start. A function that does not reach it starts all the
/// same, for its first call may.
const WARM_UP: Duration = Duration::from_secs(2);

/// Serves HTTP calls on Lambda until the process is ended.
pub async fn run<F: HttpFunction>(function: F) -> ExitCode {
    if let Err(reason) = set_up() {
        return start_failed(F::NAME, &reason);
    }
    warmed_up(F::NAME, function.warm_up()).await;
    let function = Arc::new(function);
    let served = lambda_runtime::run(service_fn(move |event: LambdaEvent<Value>| {
        let function = Arc::clone(&function);
        async move { answer(&*function, event.payload, event.context).await }
    }));
    ended(F::NAME, served.await)
}

/// Serves queue messages on Lambda until the process is ended.
pub async fn run_queue<F: QueueFunction>(function: F) -> ExitCode {
    let warm_up = async |function: &F| function.warm_up().await;
    run_batches(F::NAME, function, warm_up, async |function, event, _| answer_queue(function, event).await)
        .await
}

/// Serves a table's stream on Lambda until the process is ended.
pub async fn run_stream<F: StreamFunction>(function: F) -> ExitCode {
    // Nobody waits for it.
    let warm_up = async |_: &F| Ok(());
    run_batches(F::NAME, function, warm_up, async |function, event, _| answer_stream(function, event).await)
        .await
}

/// Serves queue messages and a table's stream on Lambda until the process is ended.
pub async fn run_queue_or_stream<F: QueueFunction + StreamFunction>(function: F) -> ExitCode {
    let name = <F as QueueFunction>::NAME;
    let warm_up = async |function: &F| function.warm_up().await;
    run_batches(name, function, warm_up, async |function, event, _| {
        answer_queue_or_stream(function, event).await
    })
    .await
}

/// Serves the firings of schedules on Lambda until the process is ended.
pub async fn run_schedule<F: ScheduleFunction>(function: F) -> ExitCode {
    let warm_up = async |function: &F| function.warm_up().await;
    run_batches(F::NAME, function, warm_up, async |function, event, context| {
        answer_schedule(function, event, context).await
    })
    .await
}

async fn run_batches<F>(
    name: &str,
    function: F,
    warm_up: impl AsyncFnOnce(&F) -> Result<(), StoreError>,
    answer: impl AsyncFn(&F, Value, Context) -> Result<Value, Error>,
) -> ExitCode {
    if let Err(reason) = set_up() {
        return start_failed(name, &reason);
    }
    warmed_up(name, warm_up(&function)).await;
    let (function, answer) = (Arc::new(function), Arc::new(answer));
    let served = lambda_runtime::run(service_fn(move |event: LambdaEvent<Value>| {
        let (function, answer) = (Arc::clone(&function), Arc::clone(&answer));
        async move { answer(&function, event.payload, event.context).await }
    }));
    ended(name, served.await)
}

/// Says in one line why `function` cannot start; its process ends with what this returns.
#[must_use]
pub fn start_failed(function: &str, error: &dyn Display) -> ExitCode {
    let line = serde_json::json!({"level": "ERROR", "message": "start failed", "function": function, "cause": error.to_string()});
    eprintln!("{line}");
    ExitCode::FAILURE
}

fn set_up() -> Result<(), &'static str> {
    let variables = Variables::of_process();
    // The runtime would panic without it.
    if variables.get("AWS_LAMBDA_RUNTIME_API").is_none() {
        return Err("not on Lambda: `cargo run` in the root starts the system on this machine");
    }
    keep_panics_quiet();
    // A second subscriber in one process is refused; the first one stays.
    let _ = tracing::subscriber::set_global_default(subscriber(
        std::io::stdout,
        variables.get("LOG_LEVEL").as_deref(),
    ));
    Ok(())
}

/// What Lambda gives before the first call is a whole processor for a while, whatever share of one the
/// function has after that: a handshake costs the least here.
async fn warmed_up(function: &str, warm_up: impl Future<Output = Result<(), StoreError>>) {
    let cause = match tokio::time::timeout(WARM_UP, warm_up).await {
        Ok(Ok(())) => return,
        Ok(Err(error)) => error.to_string(),
        Err(_) => "no answer".to_owned(),
    };
    tracing::warn!(function, cause, "warm-up failed");
}

fn ended(function: &str, served: Result<(), Error>) -> ExitCode {
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => start_failed(function, &error),
    }
}
