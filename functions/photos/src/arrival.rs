//! A file has arrived.

use palad_api::QueueError;
use palad_bucket::Intake;
use palad_domain::agency::AgencyCode;
use palad_domain::photo::{PhotoId, PhotoSize, PhotoState};
use palad_photo::{Refusal, SafePhoto, make_safe};

use crate::App;

impl App {
    pub(crate) async fn arrived(&self, code: &AgencyCode, id: &PhotoId) -> Result<(), QueueError> {
        // Only an upload that was permitted and is not settled yet is looked at: the same event five times is one.
        if self.desk.state(code, id).await? == Some(PhotoState::Processing) {
            let state = match self.pictures.read(code, id).await? {
                Intake::Nothing => return Ok(()),
                Intake::TooLarge => refused(Refusal::TooLarge),
                Intake::File(bytes) => match safe(bytes).await? {
                    Ok(photo) => {
                        self.pictures.keep(id, PhotoSize::Large, photo.large.jpeg).await?;
                        self.pictures.keep(id, PhotoSize::Small, photo.small.jpeg).await?;
                        PhotoState::Ready
                    }
                    Err(refusal) => refused(refusal),
                },
            };
            self.desk.settle(code, id, &state).await?;
        }
        // The original goes, with its place and time and whatever else it held.
        self.pictures.forget_upload(code, id).await?;
        Ok(())
    }
}

/// Away from the thread that talks to the services: decoding takes a while.
async fn safe(bytes: Vec<u8>) -> Result<Result<SafePhoto, Refusal>, QueueError> {
    tokio::task::spawn_blocking(move || make_safe(&bytes)).await.map_err(QueueError::new)
}

fn refused(refusal: Refusal) -> PhotoState {
    let words = refusal.say();
    PhotoState::Refused { reason: words.th.into_owned(), reason_en: words.en.into_owned() }
}
