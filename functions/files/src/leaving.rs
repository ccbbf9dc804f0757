//! Files that have left their round, and have not left the bucket because whoever took them away was broken off.
//!
//! They would stay where anybody who has the address can fetch them, and no page shows that they are there. So nobody
//! has to think of them: the next call of this function that succeeds, of whatever office and about whatever round, has
//! them taken away on the way. Nothing is decided here: that they leave was noted by an officer who may.

use std::time::Duration;

use jiff::Timestamp;
use palad_api::{HttpFunction, left_undone};
use palad_domain::round::RoundId;
use palad_domain::round::attachment::AttachmentId;
use palad_store::StoreError;

use crate::App;

/// How long somebody waits for this who asked for something else, and has it by now.
const PATIENCE: Duration = Duration::from_secs(1);

impl App {
    /// Takes out of the bucket what left its round. Where that fails, the next call tries it again.
    pub(crate) async fn finish_leaving(&self, now: Timestamp) {
        let finishing = async {
            let mut all = Ok(());
            for (round, id) in self.attachments.leaving().await? {
                // One that stays keeps no other from leaving.
                all = all.and(self.take_away(round, &id, now).await);
            }
            all
        };
        let late = |_| Err(StoreError::Unavailable("taking away takes too long".into()));
        if let Err(error) = tokio::time::timeout(PATIENCE, finishing).await.unwrap_or_else(late) {
            left_undone(Self::NAME, "take away", &error);
        }
    }

    /// Takes a file out of the bucket that the round names no longer. It stays noted until it is out.
    pub(crate) async fn take_away(
        &self,
        round: RoundId,
        id: &AttachmentId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.attachment_files.forget_arrival(id).await?;
        self.attachment_files.remove(id).await?;
        self.attachments.has_left(round, id, now).await
    }
}
