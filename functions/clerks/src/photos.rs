//! Photos, as an agency meets them: leave to upload one, and what became of it.

use jiff::{SignedDuration, Timestamp};
use palad_api::{ApiError, Request, Response};
use palad_domain::agency::AgencyCode;
use palad_domain::photo::{PhotoId, PhotoState, PhotoView, Upload, UploadInput};
use palad_domain::policy::{CanEdit, CanRead};
use palad_domain::record::{Current, Ledger};
use palad_thai::date::{bangkok_day, bangkok_midnight};

use crate::App;
use crate::wire::{PermittedUpload, UploadRequest};

impl App {
    pub(crate) async fn permit_upload(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let (session, agency) = self.session_and_agency(request).await?;
        let leave = CanEdit::ask(&session, &agency, now).ok_or_else(ApiError::forbidden)?;
        let upload = Upload::parse(&request.json::<UploadInput>()?).map_err(ApiError::invalid)?;
        let id = PhotoId::of_random(self.random.id());
        if !self.photos.begin(&leave, &id, now).await? {
            return Err(ApiError::too_many_tries(until_tomorrow(now)));
        }
        let permission = self.uploads.permit(&agency.code, &id, &upload).await?;
        let answer = PermittedUpload {
            photo: &id,
            upload: UploadRequest {
                method: &permission.method,
                url: &permission.url,
                headers: &permission.headers,
            },
        };
        let location = format!("/api/agencies/{}/photos/{}", agency.code, id.as_str());
        Ok(Response::created(&answer, &location))
    }

    pub(crate) async fn photo(&self, request: &Request) -> Result<Response, ApiError> {
        let (session, agency) = self.session_and_agency(request).await?;
        CanRead::ask(&session, &agency, self.clock.now()).ok_or_else(ApiError::forbidden)?;
        let id = PhotoId::parse(request.param("photo")?).ok_or_else(ApiError::not_found)?;
        let state =
            self.photos.state(&agency.code, &id, self.clock.now()).await?.ok_or_else(ApiError::not_found)?;
        Ok(Response::ok(&PhotoView::of(&id, state)))
    }

    /// What became of the photo that a record names.
    pub(crate) async fn photo_of(
        &self,
        code: &AgencyCode,
        ledger: &Ledger,
    ) -> Result<Option<PhotoView>, ApiError> {
        let Some(current) = &ledger.current else { return Ok(None) };
        let Some(id) = current.photo() else { return Ok(None) };
        let state = match current {
            Current { photo_ready: true, .. } => PhotoState::Ready,
            _ => self.photos.state(code, id, self.clock.now()).await?.unwrap_or(PhotoState::Processing),
        };
        Ok(Some(PhotoView::of(id, state)))
    }
}

/// Uploads are counted by the day, in Bangkok.
fn until_tomorrow(now: Timestamp) -> SignedDuration {
    let midnight = bangkok_day(now).tomorrow().map(bangkok_midnight);
    midnight.map_or(SignedDuration::from_hours(1), |midnight| midnight.duration_since(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tomorrow_begins_at_midnight_in_bangkok() {
        let now: Timestamp = "2026-11-23T16:30:00Z".parse().expect("a timestamp");
        assert_eq!(until_tomorrow(now), SignedDuration::from_mins(30));
    }
}
