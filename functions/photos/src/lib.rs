//! An uploaded photo becomes a safe one, and the public sees the photos that records show, and no others.
//!
//! Two things wake it. The intake bucket, through a queue: a file has arrived. The registry's stream: a record has
//! changed, and with it perhaps the photo that it shows. Both are answered by looking at what stands now, so that
//! events which are repeated, late or out of order end in the same state.

mod arrival;
mod notice;
mod showing;

use palad_api::{QueueError, QueueFunction, QueueMessage, StreamChange, StreamFunction};
use palad_bucket::Pictures;
use palad_environment::{Clock, Random, Variables, VariablesError};
use palad_store::{Aws, PhotoDesk};

/// What the function works with, made once when it starts.
pub struct App {
    desk: PhotoDesk,
    pictures: Pictures,
}

impl App {
    /// Reads the environment.
    ///
    /// # Errors
    /// When a variable is missing or malformed.
    pub fn from_environment(variables: &Variables, _: Clock, _: Random) -> Result<Self, VariablesError> {
        let aws = Aws::from_environment(variables)?;
        Ok(Self {
            desk: PhotoDesk::from_environment(&aws, variables)?,
            pictures: Pictures::from_environment(&aws, variables)?,
        })
    }
}

impl QueueFunction for App {
    const NAME: &'static str = "photos";

    async fn handle(&self, body: &str, _: &QueueMessage) -> Result<(), QueueError> {
        for (bucket, key) in notice::objects(body)? {
            // A test message, another bucket or a key that we never gave leave for: nothing to do.
            if let Some((code, id)) = self.pictures.upload_at(&bucket, &key) {
                self.arrived(&code, &id).await?;
            }
        }
        Ok(())
    }
}

impl StreamFunction for App {
    const NAME: &'static str = "photos";

    async fn changes(&self, changes: &[StreamChange]) -> Result<(), QueueError> {
        self.follow(changes).await
    }
}
