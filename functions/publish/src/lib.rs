//! What is derived from records for anybody to read: the picker's lists, a plain page for each province, and the
//! directory as open data.
//!
//! The table's stream says only that something has changed, and in which provinces. What is written follows from what
//! stands in the table now, so that changes which are repeated, late or out of order end in the same state. Each
//! object is looked at before the table is read and written only if it is still the same: of two that publish at the
//! same time, the one that read less looks again.

mod follow;
mod lists;
mod object;
mod open_data;
mod page;
mod row;
mod triggers;

use palad_api::{QueueError, StreamChange, StreamFunction};
use palad_bucket::{Object, Publication, Published, Seen};
use palad_environment::{Clock, Random, Variables, VariablesError};
use palad_store::{Aws, Directory, StoreError};
use tokio::task::JoinSet;

use crate::follow::Follower;
use crate::row::Country;
use crate::triggers::Triggers;

/// Objects looked at or written at the same time.
const AT_ONCE: usize = 8;
/// How often it looks again when others publish at the same time.
const ATTEMPTS: usize = 5;

/// What the function works with, made once when it starts.
pub struct App {
    follower: Follower,
    published: Published,
}

impl App {
    /// Reads the environment.
    ///
    /// # Errors
    /// When a variable is missing or malformed.
    pub fn from_environment(variables: &Variables, _: Clock, _: Random) -> Result<Self, VariablesError> {
        let aws = Aws::from_environment(variables)?;
        Ok(Self {
            follower: Follower::new(Directory::from_environment(&aws, variables)?),
            published: Published::from_environment(&aws, variables)?,
        })
    }

    /// Publishes what the triggers ask for, from what stands in the table. Answers whether nobody else came between.
    async fn publish(&self, triggers: &Triggers) -> Result<bool, StoreError> {
        let seen = self.look(triggers.keys()).await?;
        let objects = self
            .follower
            .ask(triggers.lists, |index| {
                let country = Country::of(index);
                triggers.objects(&country)
            })
            .await?;
        self.write(objects, &seen).await
    }

    async fn look(&self, keys: Vec<String>) -> Result<Vec<(String, Seen)>, StoreError> {
        let mut seen = Vec::with_capacity(keys.len());
        let mut looking = JoinSet::new();
        for key in keys {
            if looking.len() >= AT_ONCE {
                seen.extend(finished(looking.join_next().await)?);
            }
            let published = self.published.clone();
            looking.spawn(async move { published.look(&key).await.map(|seen| (key, seen)) });
        }
        while let Some(done) = looking.join_next().await {
            seen.extend(finished(Some(done))?);
        }
        Ok(seen)
    }

    async fn write(&self, objects: Vec<Object>, seen: &[(String, Seen)]) -> Result<bool, StoreError> {
        let mut outcomes = Vec::with_capacity(objects.len());
        let mut writing = JoinSet::new();
        for object in objects {
            if writing.len() >= AT_ONCE {
                outcomes.extend(finished(writing.join_next().await)?);
            }
            let before = seen.iter().find(|(key, _)| *key == object.key);
            let (published, before) = (self.published.clone(), before.map(|(_, seen)| seen.clone()));
            writing.spawn(async move { published.write(object, &before.unwrap_or_default()).await });
        }
        while let Some(done) = writing.join_next().await {
            outcomes.extend(finished(Some(done))?);
        }
        Ok(!outcomes.contains(&Publication::Overtaken))
    }
}

fn finished<T>(
    done: Option<Result<Result<T, StoreError>, tokio::task::JoinError>>,
) -> Result<Option<T>, StoreError> {
    match done {
        Some(result) => result.map_err(|error| StoreError::Failed(format!("publishing: {error}")))?.map(Some),
        None => Ok(None),
    }
}

impl StreamFunction for App {
    const NAME: &'static str = "publish";

    async fn changes(&self, changes: &[StreamChange]) -> Result<(), QueueError> {
        let triggers = Triggers::of(changes);
        if triggers.is_empty() {
            return Ok(());
        }
        for _ in 0..ATTEMPTS {
            if self.publish(&triggers).await? {
                return Ok(());
            }
        }
        Err(QueueError::new("others publish the same all the time"))
    }
}
