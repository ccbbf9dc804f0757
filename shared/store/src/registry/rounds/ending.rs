//! Closing a round whose last day has passed: by the clock, with no session, but with the proof that it is over.

use jiff::Timestamp;
use palad_domain::round::Round;
use palad_domain::round::ending::Ended;
use palad_domain::round::list::Report;
use palad_environment::{Variables, VariablesError};

use super::Rounds;
use super::changing::{ATTEMPTS, Write, overrun, unchanged};
use super::codec::round_item;
use crate::StoreError;
use crate::aws::Aws;
use crate::transaction::{Outcome, Transaction};

/// What the clock does to rounds: it ends them. Far less than [`Rounds`], which officers change, and so is the role
/// that needs it.
#[derive(Clone)]
pub struct Endings(Rounds);

impl Endings {
    /// Needs the same variables as [`Rounds`].
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Rounds::from_environment(aws, variables).map(Self)
    }

    /// Reckons how a closed round ended, unless that was done.
    ///
    /// # Errors
    /// When the store fails; then it can be called again.
    pub async fn write_report(&self, round: &Round, now: Timestamp) -> Result<Report, StoreError> {
        self.0.write_report(round, now).await
    }

    /// Closes a round that is over. Answers whether it still was as it was seen; where it was not, nothing has changed.
    ///
    /// # Errors
    /// `Unavailable` when other rounds change all the time; and the store's own.
    pub async fn close_ended(&self, ended: &Ended) -> Result<bool, StoreError> {
        for _ in 0..ATTEMPTS {
            let mut transaction = Transaction::new();
            let item = round_item(ended.after())?.build();
            transaction.put(Write::Round, self.0.registry.name(), item, Some(unchanged(ended.before())));
            self.0.put_open(&mut transaction, ended.after()).await?;
            match transaction.run(&self.0.client).await? {
                Outcome::Done => return Ok(true),
                Outcome::Refused(Write::Round | Write::Session, _) => return Ok(false),
                Outcome::Refused(Write::Open, _) => {}
            }
        }
        Err(overrun())
    }
}
