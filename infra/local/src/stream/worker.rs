//! Calls a function with what a table's stream holds for it, batch by batch and in order, as Lambda does.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use palad_environment::Random;
use serde_json::{Value, json};

use super::given_up;
use super::position::Position;
use super::reader::{Reader, Record};
use crate::bookmark::Bookmark;
use crate::invoke::Callable;
use crate::queue::Queue;
use crate::stop::Stopped;
use crate::template::StreamSource;

/// How often an idle stream is looked at, as often as Lambda does.
const POLL: Duration = Duration::from_millis(250);
/// The longest wait for a batch to fill up. The cloud may take its time; here a person is waiting.
const WINDOW: Duration = Duration::from_secs(1);
/// The longest pause after a failure.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// One function at one stream.
pub(crate) struct Worker {
    source: StreamSource,
    reader: Reader,
    place: Bookmark<Position>,
    function: Callable,
    /// Where a batch is reported that was given up.
    failures: Option<Arc<Queue>>,
    random: Random,
}

/// Records for one call, and the last record that was looked at for them: those between did not fit.
struct Batch {
    records: Vec<Record>,
    until: Option<String>,
}

/// What to do next.
enum Next {
    GoOn,
    Wait(Duration),
}

impl Worker {
    pub(crate) fn new(
        source: StreamSource,
        reader: Reader,
        folder: &std::path::Path,
        function: Callable,
        failures: Option<Arc<Queue>>,
        random: Random,
    ) -> Self {
        let place = Bookmark::new(folder, &function.name, &source.event);
        Self { source, reader, place, function, failures, random }
    }

    /// Works until the end. A call that has begun is finished first.
    pub(crate) async fn work(self, stopped: Stopped) {
        let mut end = std::pin::pin!(stopped.clone().wait());
        let worker = Arc::new(self);
        let mut position: Option<Position> = None;
        while !stopped.is_now() {
            let pause = match worker.step(&mut position).await {
                Ok(Next::GoOn) => continue,
                Ok(Next::Wait(pause)) => pause,
                Err(error) => {
                    let (function, event) = (&worker.function.name, &worker.source.event);
                    tracing::warn!(function, event, error, "the stream could not be followed; trying again");
                    Duration::from_secs(1)
                }
            };
            tokio::select! {
                () = &mut end => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    async fn step(self: &Arc<Self>, kept: &mut Option<Position>) -> Result<Next, String> {
        let mut position = match kept.take() {
            Some(position) => position,
            None => self.blocking(Self::begin).await?,
        };
        let mut batch = self.gather(&position).await?;
        let wanted = position.limit.unwrap_or(self.source.batch);
        if !batch.records.is_empty() && batch.records.len() < wanted && position.tries == 0 {
            tokio::time::sleep(self.source.window.min(WINDOW)).await;
            batch = self.gather(&position).await?;
        }
        let next = if batch.records.is_empty() {
            let is_moved = batch.until != position.after;
            position.after = batch.until;
            if is_moved {
                self.keep(&position).await?;
            }
            Next::Wait(POLL)
        } else {
            position.tries += 1;
            let next = self.deliver(batch, &mut position).await?;
            self.keep(&position).await?;
            next
        };
        *kept = Some(position);
        Ok(next)
    }

    /// Calls the function, and moves the position to where it is to go on.
    async fn deliver(self: &Arc<Self>, batch: Batch, position: &mut Position) -> Result<Next, String> {
        let Batch { records, until } = batch;
        let events: Vec<&Value> = records.iter().map(|record| &record.event).collect();
        let failed_at = match self.function.call(json!({ "Records": events })).await {
            Ok(answer) => failed_at(&answer, &records, self.source.reports),
            Err(error) => {
                let (function, event) = (&self.function.name, &self.source.event);
                tracing::warn!(function, event, %error, "a batch of the stream was not taken");
                Some(0)
            }
        };
        match failed_at {
            None => *position = Position { after: until, ..Position::default() },
            Some(0) if self.source.bisect && records.len() > 1 => {
                // Halving is not counted as a try.
                position.limit = Some(records.len().div_ceil(2));
                position.tries -= 1;
            }
            Some(0) if self.source.retries.is_some_and(|retries| position.tries > retries) => {
                self.give_up(&records, position.tries).await?;
                let last = records.last().map(|record| record.sequence.clone());
                *position = Position { after: last, ..Position::default() };
            }
            Some(0) => {
                let pause = Duration::from_secs(u64::from(position.tries).saturating_pow(2));
                return Ok(Next::Wait(pause.min(LONGEST_PAUSE)));
            }
            Some(place) => {
                let before = records.get(place - 1).map(|record| record.sequence.clone());
                *position = Position { after: before, ..Position::default() };
            }
        }
        Ok(Next::GoOn)
    }

    async fn give_up(self: &Arc<Self>, records: &[Record], tries: u32) -> Result<(), String> {
        let (function, event) = (&self.function.name, &self.source.event);
        tracing::error!(
            function,
            event,
            records = records.len(),
            tries,
            "a batch of the stream was given up"
        );
        let Some(queue) = self.failures.clone() else { return Ok(()) };
        let shard = self.reader.shard();
        let message = given_up::message(&self.source, shard, function, records, tries, &self.random);
        self.blocking(move |worker| {
            let sent = queue.send(message.to_string(), json!({}), Duration::ZERO, &worker.random);
            sent.map(drop).map_err(|error| error.to_string())
        })
        .await
    }

    /// Where the function goes on, or where it begins.
    fn begin(&self) -> Result<Position, String> {
        let written = |error: io::Error| format!("the place in the stream: {error}");
        if let Some(position) = self.place.read().map_err(written)? {
            return Ok(position);
        }
        let position = Position { after: self.reader.begin(self.source.begin)?, ..Position::default() };
        self.place.write(&position).map_err(written)?;
        Ok(position)
    }

    async fn gather(self: &Arc<Self>, position: &Position) -> Result<Batch, String> {
        let (after, limit) = (position.after.clone(), position.limit.unwrap_or(self.source.batch));
        self.blocking(move |worker| {
            let mut batch = Batch { records: Vec::new(), until: after };
            loop {
                let page = worker.reader.page(batch.until.as_deref())?;
                if page.is_empty() {
                    return Ok(batch);
                }
                for record in page {
                    batch.until = Some(record.sequence.clone());
                    let filters = &worker.source.filters;
                    if filters.is_empty() || filters.iter().any(|filter| filter.fits(&record.event)) {
                        batch.records.push(record);
                    }
                    if batch.records.len() == limit {
                        return Ok(batch);
                    }
                }
            }
        })
        .await
    }

    async fn keep(self: &Arc<Self>, position: &Position) -> Result<(), String> {
        let position = position.clone();
        self.blocking(move |worker| worker.place.write(&position).map_err(|error| error.to_string())).await
    }

    async fn blocking<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, String> + Send + 'static,
    ) -> Result<T, String> {
        let worker = Arc::clone(self);
        tokio::task::spawn_blocking(move || work(&worker))
            .await
            .unwrap_or_else(|error| Err(error.to_string()))
    }
}

/// The first record that the answer says failed; a number that is none of theirs fails them all, and so does an
/// answer of another form.
fn failed_at(answer: &Value, records: &[Record], reports: bool) -> Option<usize> {
    let list = match answer.get("batchItemFailures").filter(|_| reports) {
        None | Some(Value::Null) => return None,
        Some(Value::Array(list)) => list,
        Some(_) => return Some(0),
    };
    let place = |item: &Value| {
        let sequence = item["itemIdentifier"].as_str();
        records.iter().position(|record| Some(record.sequence.as_str()) == sequence).unwrap_or(0)
    };
    list.iter().map(place).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_goes_on_from_the_first_record_that_failed() {
        let record = |sequence: &str| Record { sequence: sequence.to_owned(), event: Value::Null };
        let records = [record("11"), record("12"), record("13")];
        let failed = |answer: Value| failed_at(&answer, &records, true);
        assert_eq!(failed(Value::Null), None);
        assert_eq!(failed(json!({ "batchItemFailures": [] })), None);
        let two = json!({ "batchItemFailures": [{ "itemIdentifier": "13" }, { "itemIdentifier": "12" }] });
        assert_eq!(failed(two.clone()), Some(1));
        assert_eq!(failed(json!({ "batchItemFailures": [{ "itemIdentifier": "99" }] })), Some(0));
        assert_eq!(failed(json!({ "batchItemFailures": "x" })), Some(0));
        assert_eq!(failed_at(&two, &records, false), None, "an answer that is not asked for is not read");
    }
}
