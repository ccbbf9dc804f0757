//! Files of rounds: leave to send one, what became of it, and taken away again.
//!
//! The browser sends a file to the bucket itself. When it says that it has, the file is looked at, noted in the round,
//! and shown under a name that cannot be guessed; taken away, it leaves the round and then the bucket. The note comes
//! first, on condition that the session stands and the round may change: so nothing is shown that no round names, and
//! nobody who may not any more changes the bucket. Whoever is broken off in between says it again; a file that is not
//! shown any longer does not wait for that (`leaving.rs`).

use jiff::{SignedDuration, Timestamp};
use palad_api::{ApiError, Request, Response};
use palad_bucket::{Arrived, UPLOAD_LIFE};
use palad_domain::policy::CanManageRounds;
use palad_domain::round::attachment::{
    Attachment, AttachmentId, AttachmentInput, Expected, is_pdf, not_a_pdf,
};
use palad_domain::round::state::Unfit;
use palad_domain::round::{Round, RoundId};
use palad_domain::say::say;
use palad_store::{FileChange, StoreError};

use crate::App;
use crate::wire::{Nothing, PermittedFile, UploadRequest};

/// How often a file is noted again when the round was changed at the same moment.
const ATTEMPTS: usize = 3;

impl App {
    pub(crate) async fn permit_attachment(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let leave = self.central(request, now)?;
        let round = self.round(request).await?;
        let expected = Expected::parse(&request.json::<AttachmentInput>()?).map_err(ApiError::invalid)?;
        round.may_attach().map_err(unfit)?;
        let id = AttachmentId::of_random(self.random.id());
        self.attachments.expect(&leave, round.id, &id, &expected, now).await?;
        let permission = self.attachment_files.permit(&id, &expected).await?;
        let answer = PermittedFile {
            id: &id,
            upload: UploadRequest {
                method: &permission.method,
                url: &permission.url,
                headers: &permission.headers,
            },
            expires_at: now + SignedDuration::try_from(UPLOAD_LIFE).unwrap_or_default(),
        };
        let location = format!("/api/rounds/{}/attachments/{}", round.id, id.as_str());
        Ok(Response::created(&answer, &location))
    }

    /// The file has been sent. Saying so twice is saying it once.
    pub(crate) async fn complete(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let leave = self.central(request, now)?;
        let round = self.round(request).await?;
        let id = attachment_id(request)?;
        let Nothing {} = request.json()?;
        if let Some(attachment) = round.attachment(&id) {
            // What waits still was noted, and its showing broken off.
            if let Arrived::File(bytes) = self.attachment_files.read(&id).await? {
                self.attachments.stands(&leave).await?;
                return self.show(&round, attachment, bytes).await;
            }
            return Ok(attached(&round, attachment));
        }
        let expected = self.attachments.expected(round.id, &id, now).await?;
        let expected = expected.ok_or_else(ApiError::not_found)?;
        round.may_attach().map_err(unfit)?;
        let bytes = match self.attachment_files.read(&id).await? {
            Arrived::Nothing => return Err(ApiError::not_arrived()),
            Arrived::File(bytes) if is_pdf(&bytes) => bytes,
            Arrived::File(_) | Arrived::TooLarge => {
                self.attachments.stands(&leave).await?;
                self.attachment_files.forget_arrival(&id).await?;
                return Err(ApiError::invalid(not_a_pdf()));
            }
        };
        let attachment = Attachment { id: id.clone(), name: expected.name.clone(), length: expected.length };
        let note = |round: &Round| match round.attachment(&id) {
            Some(_) => Ok(None),
            None => round.attached(attachment.clone()).map(Some),
        };
        let round = self.change(&leave, round, note, FileChange::Arrives(&id, &expected), now).await?;
        self.show(&round, &attachment, bytes).await
    }

    /// Shows what the round names. Where it was taken away at the same moment, it does not stay behind.
    async fn show(
        &self,
        round: &Round,
        attachment: &Attachment,
        bytes: Vec<u8>,
    ) -> Result<Response, ApiError> {
        let id = &attachment.id;
        self.attachment_files.show(id, &attachment.name, bytes).await?;
        let now_is = self.attachments.round(round.id).await?;
        let is_named = now_is.is_some_and(|round| round.attachment(id).is_some());
        if !is_named {
            self.attachment_files.remove(id).await?;
            return Err(ApiError::not_found());
        }
        self.attachment_files.forget_arrival(id).await?;
        Ok(attached(round, attachment))
    }

    /// The file leaves the round first, then the bucket. One that has left the round, and not yet the bucket, is taken
    /// away by saying it again, or with the next call of this function.
    pub(crate) async fn detach(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let leave = self.central(request, now)?;
        let mut round = self.round(request).await?;
        let id = attachment_id(request)?;
        if round.attachment(&id).is_some() {
            let file = FileChange::Leaves(&id);
            round = self.change(&leave, round, |round| round.detached(&id), file, now).await?;
        } else {
            self.attachments.leaves(&leave, round.id, &id, now).await?;
        }
        self.take_away(round.id, &id, now).await?;
        Ok(Response::no_content().etag(round.version))
    }

    /// Changes the round, and again where it was changed at the same moment. What is there already needs no change.
    async fn change(
        &self,
        leave: &CanManageRounds,
        seen: Round,
        change: impl Fn(&Round) -> Result<Option<Round>, Unfit>,
        file: FileChange<'_>,
        now: Timestamp,
    ) -> Result<Round, ApiError> {
        let mut before = seen;
        let mut attempt = 1;
        loop {
            let Some(after) = change(&before).map_err(unfit)? else { return Ok(before) };
            match self.attachments.change(leave, &before, &after, file, now).await {
                Ok(()) => return Ok(after),
                Err(StoreError::Stale { .. }) if attempt < ATTEMPTS => {
                    attempt += 1;
                    before = self.found(before.id).await?;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Leave of the central office.
    fn central(&self, request: &Request, now: Timestamp) -> Result<CanManageRounds, ApiError> {
        let session = request.session(&self.verifier, now)?;
        CanManageRounds::ask(&session, now).ok_or_else(ApiError::forbidden)
    }

    /// The round that the path names.
    async fn round(&self, request: &Request) -> Result<Round, ApiError> {
        self.found(request.param("id")?.parse().map_err(|_| ApiError::not_found())?).await
    }

    async fn found(&self, id: RoundId) -> Result<Round, ApiError> {
        self.attachments.round(id).await?.ok_or_else(ApiError::not_found)
    }
}

fn attachment_id(request: &Request) -> Result<AttachmentId, ApiError> {
    AttachmentId::parse(request.param("attachment")?).ok_or_else(ApiError::not_found)
}

/// A file with the round's new ETag.
fn attached(round: &Round, attachment: &Attachment) -> Response {
    Response::created(&attachment.view(), &attachment.id.path()).etag(round.version)
}

/// Why the files of a round do not change, in words.
fn unfit(unfit: Unfit) -> ApiError {
    match unfit {
        Unfit::Fields(errors) => ApiError::invalid(errors),
        Unfit::Opening => ApiError::round_state(say(
            "กำลังเปิดรอบนี้อยู่ ให้เปิดจนเสร็จก่อน แล้วจึงแนบหรือลบไฟล์",
            "The round is being opened. Go on with its opening first; files can be changed after it.",
        )),
        Unfit::NotOpen | Unfit::Open | Unfit::Closed | Unfit::Attached => ApiError::round_state(say(
            "รอบนี้ปิดแล้ว แนบหรือลบไฟล์ไม่ได้อีก",
            "The round is over, and its files can no longer change.",
        )),
    }
}
