//! Reading the record.

use palad_api::{ApiError, Request, Response, page};
use palad_domain::policy::CanRead;
use palad_domain::record::Version;

use crate::App;
use crate::wire::{Personnel, Record};

impl App {
    pub(crate) async fn list(&self, request: &Request) -> Result<Response, ApiError> {
        let (session, agency) = self.session_and_agency(request).await?;
        let leave = CanRead::ask(&session, &agency, self.clock.now()).ok_or_else(ApiError::forbidden)?;
        let before: Option<Version> =
            request.query("cursor").map(|cursor| page::decode(&cursor)).transpose()?;
        let page = self.records.page(&leave, before).await?;
        let photo = self.photo_of(&agency.code, &page.ledger).await?;
        let personnel = Personnel {
            agency: agency.view(),
            current: Record::of(&page.ledger, photo),
            history: page.history.iter().map(Into::into).collect(),
            tenures: &page.tenures,
            deleted: page.deleted.iter().map(Into::into).collect(),
            next: page.next.map(|version| page::encode(&version)).transpose()?,
        };
        Ok(Response::ok(&personnel).etag(page.ledger.version))
    }

    pub(crate) async fn get(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let session = request.session(&self.verifier, now)?;
        let found = self.records.agency_and_ledger(&request.agency_code()?).await?;
        let (agency, ledger) = found.ok_or_else(ApiError::not_found)?;
        CanRead::ask(&session, &agency, now).ok_or_else(ApiError::forbidden)?;
        let id = request.param("id")?;
        let is_current = ledger.current.as_ref().is_some_and(|current| current.id.as_str() == id);
        let photo = self.photo_of(&agency.code, &ledger).await?;
        let record = Record::of(&ledger, photo).filter(|_| is_current).ok_or_else(ApiError::not_found)?;
        Ok(Response::ok(&record).etag(ledger.version))
    }
}
