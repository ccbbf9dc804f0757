//! Calls functions when their schedules fire, one after the other in the order of time, and moves the clock.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use palad_environment::{Clock, Random};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::event;
use super::position::Position;
use crate::StartError;
use crate::bookmark::Bookmark;
use crate::data_folder::DataFolder;
use crate::invoke::Callable;
use crate::queue::{Queue, Queues};
use crate::stop::Stopped;
use crate::template::ScheduleSource;

/// How often the clock is looked at: somebody may have moved it.
const LOOK: Duration = Duration::from_secs(1);
/// The shortest time between two firings that were missed.
const APART: Duration = Duration::from_millis(1);
/// How long the clock waits at a firing until queues have been worked on.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often it looks whether they have.
const GLANCE: Duration = Duration::from_millis(20);

/// One schedule of one function.
pub(crate) struct Job {
    pub(crate) source: ScheduleSource,
    pub(crate) function: Callable,
    /// Where a firing is reported that was given up.
    pub(crate) failures: Option<Arc<Queue>>,
}

/// A job with how far it has come.
struct Kept {
    job: Job,
    place: Bookmark<Position>,
    position: Position,
}

/// All schedules.
pub(crate) struct Scheduler {
    /// Firings come one after the other.
    jobs: Mutex<Vec<Kept>>,
    queues: Queues,
    clock: Clock,
    random: Random,
}

impl Scheduler {
    /// The schedules, where the last run left them. One that is new begins now, and fires nothing of before.
    pub(crate) fn new(
        jobs: Vec<Job>,
        folder: &DataFolder,
        queues: Queues,
        clock: Clock,
        random: Random,
    ) -> Result<Self, StartError> {
        let path = folder.join("schedule");
        let kept = jobs.into_iter().map(|job| {
            let kept = Kept::open(job, &path, clock.now());
            kept.map_err(|error| folder.error(error))
        });
        Ok(Self { jobs: Mutex::new(kept.collect::<Result<_, _>>()?), queues, clock, random })
    }

    /// Works until the end. A call that has begun is finished first.
    pub(crate) async fn work(self: Arc<Self>, stopped: Stopped) {
        let mut end = std::pin::pin!(stopped.clone().wait());
        while !stopped.is_now() {
            let now = self.clock.now();
            let mut jobs = self.jobs.lock().await;
            while let Some(due) = next(&jobs).filter(|due| *due <= now && !stopped.is_now()) {
                self.fire(&mut jobs, due).await;
                tokio::time::sleep(APART).await;
            }
            drop(jobs);
            tokio::select! {
                () = &mut end => return,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Makes `target` the present moment; without one, the machine's own time. On the way forward everything fires that
    /// is due, at its moment. When the clock is set back, schedules go on from there: the same days come again.
    pub(crate) async fn move_clock(&self, target: Option<Timestamp>) {
        let mut jobs = self.jobs.lock().await;
        let end = target.unwrap_or_else(Timestamp::now);
        while let Some(due) = next(&jobs).filter(|due| *due <= end) {
            if due > self.clock.now() {
                self.clock.set(due);
            }
            self.fire(&mut jobs, due).await;
            self.settle().await;
            tokio::time::sleep(APART).await;
        }
        match target {
            Some(target) => self.clock.set(target),
            None => self.clock.reset(),
        }
        for kept in
            jobs.iter_mut().filter(|kept| kept.position.last > end && kept.position.under_way.is_none())
        {
            kept.keep(Position { last: end, under_way: None });
        }
    }

    /// Calls every function that is due at this moment.
    async fn fire(&self, jobs: &mut [Kept], due: Timestamp) {
        for kept in jobs.iter_mut().filter(|kept| kept.next() == Some(due)) {
            kept.fire(due, &self.random).await;
        }
    }

    /// Waits until nothing is left in the queues that could be worked on now, but not for ever.
    async fn settle(&self) {
        let idle = async {
            while !self.queues.are_idle() {
                tokio::time::sleep(GLANCE).await;
            }
        };
        if tokio::time::timeout(PATIENCE, idle).await.is_err() {
            tracing::warn!("queues are still being worked on while the clock goes on");
        }
    }
}

/// The next moment at which something fires.
fn next(jobs: &[Kept]) -> Option<Timestamp> {
    jobs.iter().filter_map(Kept::next).min()
}

impl Kept {
    fn open(job: Job, folder: &Path, now: Timestamp) -> std::io::Result<Self> {
        let place: Bookmark<Position> = Bookmark::new(folder, &job.function.name, &job.source.event);
        let position = match place.read()? {
            // The clock of the last run was ahead of this one's: its days are yet to come.
            Some(position) if position.last > now && position.under_way.is_none() => {
                Position { last: now, under_way: None }
            }
            Some(position) => position,
            None => Position { last: now, under_way: None },
        };
        place.write_soon(&position)?;
        Ok(Self { job, place, position })
    }

    /// When it fires next: at once where a firing was broken off.
    fn next(&self) -> Option<Timestamp> {
        match self.position.under_way {
            Some(_) => Some(self.position.last),
            None => self.job.source.expression.next_after(self.position.last),
        }
    }

    fn keep(&mut self, position: Position) {
        self.position = position;
        if let Err(error) = self.place.write_soon(&self.position) {
            let (function, event) = (&self.job.function.name, &self.job.source.event);
            tracing::error!(function, event, %error, "how far a schedule has come could not be written down");
        }
    }

    /// Calls the function until it succeeds or has had its tries. It is written down before that something is under
    /// way, so that a firing is neither lost nor repeated when the whole system ends.
    async fn fire(&mut self, due: Timestamp, random: &Random) {
        let mut tries = self.position.under_way.unwrap_or_default();
        let event = event::build(&self.job.source.name, due, random);
        let (function, retries) = (self.job.function.clone(), self.job.source.retries);
        loop {
            self.keep(Position { last: due, under_way: Some(tries) });
            let Err(error) = function.call(event.clone()).await else { break };
            tries += 1;
            let (name, schedule) = (&function.name, &self.job.source.event);
            tracing::warn!(function = name, schedule, tries, %error, "a firing failed");
            if tries > retries {
                self.give_up(&event, tries, &error.to_string(), random).await;
                break;
            }
            // The cloud waits for a minute and then for two; here a person is waiting.
            tokio::time::sleep(Duration::from_secs(tries.into())).await;
        }
        self.keep(Position { last: due, under_way: None });
    }

    async fn give_up(&self, event: &Value, tries: u32, cause: &str, random: &Random) {
        let (function, schedule) = (&self.job.function.name, &self.job.source.event);
        tracing::error!(function, schedule, tries, "a firing was given up");
        let Some(queue) = self.job.failures.clone() else { return };
        let message = event::given_up(function, event, tries, cause, random).to_string();
        let random = random.clone();
        let send = move || queue.send(message, json!({}), Duration::ZERO, &random).map(drop);
        let sent =
            tokio::task::spawn_blocking(send).await.unwrap_or_else(|error| Err(std::io::Error::other(error)));
        if let Err(error) = sent {
            tracing::error!(function, %error, "a firing that was given up could not be reported");
        }
    }
}
