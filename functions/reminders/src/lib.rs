//! The clock of the rounds: each morning the messages of the day's step are ordered, and at night everything is counted
//! anew, and rounds whose last day has passed are closed.
//!
//! A schedule may fire twice, late, or not at all for a day, and a run may be killed. So each run looks at which step
//! stands today, orders what was not ordered yet, and notes how far it has come, province by province. An order that is
//! given twice is sent once: its key is the step and the agency.

mod digest;
mod ending;
mod plan;
mod recount;
mod rounds;

use std::time::Duration;

use palad_api::{Firing, LinkKey, QueueError, ScheduleFunction};
use palad_environment::{Clock, Random, Variables, VariablesError};
use palad_store::{Aws, Counting, Endings, Officers, Plans, Reaches, Roster, RoundMail, StoreError};

/// How long a page may take: with less time than that left, none is begun.
const PAGE_TIME: Duration = Duration::from_secs(20);

/// What the function works with, made once when it starts.
#[derive(Clone)]
pub struct App {
    roster: Roster,
    reaches: Reaches,
    counting: Counting,
    plans: Plans,
    endings: Endings,
    officers: Officers,
    queue: RoundMail,
    links: LinkKey,
    clock: Clock,
}

impl App {
    /// Reads the environment.
    ///
    /// # Errors
    /// When a variable is missing or malformed.
    pub fn from_environment(variables: &Variables, clock: Clock, _: Random) -> Result<Self, VariablesError> {
        let aws = Aws::from_environment(variables)?;
        Ok(Self {
            roster: Roster::from_environment(&aws, variables)?,
            reaches: Reaches::from_environment(&aws, variables)?,
            counting: Counting::from_environment(&aws, variables)?,
            plans: Plans::from_environment(&aws, variables)?,
            endings: Endings::from_environment(&aws, variables)?,
            officers: Officers::from_environment(&aws, variables)?,
            queue: RoundMail::from_environment(&aws, variables)?,
            links: LinkKey::from_environment(variables)?,
            clock,
        })
    }
}

impl ScheduleFunction for App {
    const NAME: &'static str = "reminders";

    async fn warm_up(&self) -> Result<(), StoreError> {
        self.roster.warm_up().await
    }

    async fn fired(&self, firing: &Firing) -> Result<(), QueueError> {
        match firing.job.as_str() {
            "plan" => self.plan(firing).await,
            "recount" => self.recount(firing).await,
            _ => Err(QueueError::new("a schedule that this function does not know")),
        }
    }
}

/// Said where a run has to end before it is done: it is tried again, and goes on.
fn out_of_time() -> QueueError {
    QueueError::new("out of time: the next run goes on from here")
}
