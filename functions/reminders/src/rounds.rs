//! A run goes through all rounds, and through all provinces of each. One that fails keeps no other from it: it is said
//! for each round what failed, and again at the end, so that the run is tried again and the alarm tells.

use palad_api::{QueueError, ScheduleFunction, round_failed};
use palad_domain::province::ProvinceCode;
use palad_domain::round::RoundId;
use tokio::task::JoinSet;

use crate::App;

/// Provinces that are worked on at the same time.
const AT_ONCE: usize = 4;

/// How a run has gone so far.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    rounds: usize,
    failed: usize,
}

impl Outcome {
    /// Notes how it went with one round.
    pub(crate) fn of(&mut self, round: RoundId, done: Result<(), QueueError>) {
        self.rounds += 1;
        if let Err(error) = done {
            round_failed(App::NAME, &round.to_string(), &error);
            self.failed += 1;
        }
    }

    /// The end of the run.
    pub(crate) fn end(self) -> Result<(), QueueError> {
        match self {
            Self { failed: 0, .. } => Ok(()),
            Self { rounds, failed } => Err(QueueError::new(format!("{failed} of {rounds} rounds failed"))),
        }
    }
}

impl App {
    /// Does the same for many provinces, some of them at the same time, and for all of them: the first error is told when
    /// they are done.
    pub(crate) async fn by_province<F>(
        &self,
        provinces: impl IntoIterator<Item = ProvinceCode>,
        one: impl Fn(Self, ProvinceCode) -> F,
    ) -> Result<(), QueueError>
    where
        F: Future<Output = Result<(), QueueError>> + Send + 'static,
    {
        let mut waiting = provinces.into_iter();
        let mut running = JoinSet::new();
        let mut outcome = Ok(());
        loop {
            while running.len() < AT_ONCE {
                let Some(province) = waiting.next() else { break };
                running.spawn(one(self.clone(), province));
            }
            let Some(done) = running.join_next().await else { return outcome };
            outcome = outcome.and(done.map_err(QueueError::new).flatten());
        }
    }
}
