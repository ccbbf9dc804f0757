//! The session itself: beginning, renewing and ending it.

use jiff::Timestamp;
use palad_api::session::{begun, ends_at, renewed};
use palad_api::{ApiError, Cookie, Request, Response};
use palad_domain::agency::{Agency, AgencyCode, AgencyView};
use palad_domain::session::{Actor, Session, SessionVersion};
use palad_domain::staff::{StaffAccount, StaffId, StaffView};
use serde::Serialize;

use crate::App;

/// Who is signed in: an agency or an officer; the other one is null.
#[derive(Serialize)]
struct View {
    role: &'static str,
    agency: Option<AgencyView>,
    staff: Option<StaffView>,
    expires_at: Timestamp,
    ends_at: Timestamp,
}

impl View {
    fn of_agency(session: &Session, agency: &Agency) -> Self {
        let (agency, expires_at) = (Some(agency.view()), session.expires_at);
        Self { role: "agency", agency, staff: None, expires_at, ends_at: ends_at(session) }
    }

    fn of_staff(session: &Session, account: &StaffAccount) -> Self {
        let (staff, expires_at) = (Some(account.view()), session.expires_at);
        Self { role: account.place.role(), agency: None, staff, expires_at, ends_at: ends_at(session) }
    }
}

impl App {
    pub(crate) fn begin_session(
        &self,
        agency: &Agency,
        version: SessionVersion,
        now: Timestamp,
    ) -> Result<Response, ApiError> {
        let session = begun(Actor::Agency { agency: agency.code.clone() }, version, now);
        let cookie = self.signer.cookie(&session, now)?;
        Ok(Response::created(&View::of_agency(&session, agency), "/api/session").cookie(cookie))
    }

    pub(crate) fn begin_staff_session(
        &self,
        account: &StaffAccount,
        now: Timestamp,
    ) -> Result<Response, ApiError> {
        let session = begun(account.place.actor(&account.id), account.session_version, now);
        let cookie = self.signer.cookie(&session, now)?;
        Ok(Response::created(&View::of_staff(&session, account), "/api/session").cookie(cookie))
    }

    /// Who am I; and the session lasts a while longer, unless it was revoked.
    pub(crate) async fn renew(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let session = request.session(&self.verifier, now)?;
        let view = match &session.actor {
            Actor::Agency { agency } => self.agency_view(agency, &session, now).await?,
            Actor::District { staff, .. } | Actor::Province { staff, .. } | Actor::Central { staff } => {
                self.staff_view(staff, &session, now).await?
            }
        };
        let cookie = self.signer.cookie(&renewed(&session, now), now)?;
        Ok(Response::ok(&view).cookie(cookie))
    }

    async fn agency_view(
        &self,
        code: &AgencyCode,
        session: &Session,
        now: Timestamp,
    ) -> Result<View, ApiError> {
        let (agency, account) = tokio::try_join!(self.agencies.find(code), self.accounts.account(code))?;
        let agency = agency.ok_or_else(ApiError::not_signed_in)?;
        if account.map(|account| account.session_version) != Some(session.version) {
            return Err(ApiError::not_signed_in());
        }
        Ok(View::of_agency(&renewed(session, now), &agency))
    }

    /// An officer who was moved to another place signs in again: the token names the place.
    async fn staff_view(&self, staff: &str, session: &Session, now: Timestamp) -> Result<View, ApiError> {
        let id = StaffId::parse(staff).ok_or_else(ApiError::not_signed_in)?;
        let account = self.staff.account(&id).await?.ok_or_else(ApiError::not_signed_in)?;
        if !account.stands_at(session.version) || account.place.actor(&account.id) != session.actor {
            return Err(ApiError::not_signed_in());
        }
        Ok(View::of_staff(&renewed(session, now), &account))
    }

    /// Signing out needs no session: there is nothing to protect, and it must always work.
    pub(crate) fn sign_out() -> Response {
        Response::no_content().cookie(Cookie::no_session())
    }
}
