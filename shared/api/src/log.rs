//! The log: JSON, one line for each request or message, named fields and no others.
//!
//! Never in it: a body, a header, a token, a query, a telephone number, an address. The line's
//! fields are the parameters of [`request`] and [`message`], so there is nowhere to put one. The
//! level can be chosen for our own crates alone: the SDK and the HTTP client print requests, and
//! old signers secrets, on their finer levels.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use palad_store::StoreError;
use tracing::Subscriber;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::queue::QueueError;

/// A subscriber that writes JSON lines at `level` (`error`, `warn`, `info` or `debug`).
pub(crate) fn subscriber<W>(writer: W, level: Option<&str>) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let level = level.map(str::to_ascii_lowercase);
    let filter = match level.as_deref() {
        Some("error") => "error,palad=error",
        Some("warn") => "warn,palad=warn",
        Some("debug") => "warn,palad=debug",
        _ => "warn,palad=info",
    };
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_target(false)
        .with_current_span(false)
        .with_span_list(false)
        .with_env_filter(EnvFilter::builder().parse_lossy(filter))
        .with_writer(writer)
        .finish()
}

/// The one line of a request.
pub(crate) fn request(
    function: &str,
    route: &str,
    request_id: &str,
    status: u16,
    started: Instant,
    cold: bool,
    cause: Option<&str>,
) {
    let ms = milliseconds(started);
    if status >= 500 {
        tracing::error!(function, route, status, ms, request_id, cold, cause, "request");
    } else {
        tracing::info!(function, route, status, ms, request_id, cold, "request");
    }
}

/// The one line of a queue message.
pub(crate) fn message(
    function: &str,
    message_id: &str,
    receives: u32,
    started: Instant,
    cold: bool,
    cause: Option<&str>,
) {
    let ms = milliseconds(started);
    if cause.is_some() {
        tracing::error!(function, message_id, receives, ms, cold, cause, "message failed");
    } else {
        tracing::info!(function, message_id, receives, ms, cold, "message");
    }
}

pub(crate) fn batch(
    function: &str,
    first: &str,
    changes: usize,
    started: Instant,
    cold: bool,
    cause: Option<&str>,
) {
    let ms = milliseconds(started);
    if cause.is_some() {
        tracing::error!(function, first, changes, ms, cold, cause, "batch failed");
    } else {
        tracing::info!(function, first, changes, ms, cold, "batch");
    }
}

/// The one line of a firing of a schedule.
pub(crate) fn firing(
    function: &str,
    job: &str,
    due: &str,
    started: Instant,
    cold: bool,
    cause: Option<&str>,
) {
    let ms = milliseconds(started);
    if cause.is_some() {
        tracing::error!(function, job, due, ms, cold, cause, "firing failed");
    } else {
        tracing::info!(function, job, due, ms, cold, "firing");
    }
}

/// A message or event that was read, is none of ours, and is not worth another try. `kind` comes from a fixed list.
pub fn dropped(function: &'static str, kind: &'static str) {
    tracing::warn!(function, kind, "dropped");
}

/// A mail that another worker has handed over, and perhaps did not come to the end of: nobody knows whether it was sent,
/// and it is not sent again. How many of them there are, the log tells.
pub fn in_doubt(function: &'static str) {
    tracing::warn!(function, "in doubt");
}

/// What follows a thing that is done could not be done: whoever asked has what was asked for, and this line tells of the
/// rest. `what` comes from a fixed list.
pub fn left_undone(function: &'static str, what: &'static str, cause: &StoreError) {
    tracing::warn!(function, what, %cause, "left undone");
}

/// One round's part of a run could not be done; the others were gone on with.
pub fn round_failed(function: &'static str, round: &str, cause: &QueueError) {
    tracing::error!(function, round, %cause, "round failed");
}

/// A total that was not what its lines add up to, and was mended. An alarm waits for this line.
pub fn drifted(function: &'static str, round: &str, province: &str) {
    tracing::error!(function, round, province, "drift");
}

/// Whether this is the first event that `function` takes in this process.
pub(crate) fn is_cold(function: &'static str) -> bool {
    static SEEN: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());
    SEEN.lock().unwrap_or_else(PoisonError::into_inner).insert(function)
}

fn milliseconds(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod canaries;
