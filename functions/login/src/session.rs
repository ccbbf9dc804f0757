//! The session itself: beginning, renewing and ending it.

use jiff::Timestamp;
use palad_api::session::{begun, ends_at, renewed};
use palad_api::{ApiError, Cookie, Request, Response};
use palad_domain::agency::{Agency, AgencyView};
use palad_domain::session::{Actor, Session, SessionVersion};
use serde::Serialize;

use crate::App;

#[derive(Serialize)]
struct View {
    role: &'static str,
    agency: AgencyView,
    expires_at: Timestamp,
    ends_at: Timestamp,
}

impl View {
    fn of(session: &Session, agency: &Agency) -> Self {
        Self {
            role: "agency",
            agency: agency.view(),
            expires_at: session.expires_at,
            ends_at: ends_at(session),
        }
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
        Ok(Response::created(&View::of(&session, agency), "/api/session").cookie(cookie))
    }

    /// Who am I; and the session lasts a while longer, unless it was revoked.
    pub(crate) async fn renew(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let session = request.session(&self.verifier, now)?;
        // Staff accounts do not exist yet, so that no session of theirs can be a true one.
        let Actor::Agency { agency: code } = &session.actor else { return Err(ApiError::not_signed_in()) };
        let (agency, account) = tokio::try_join!(self.agencies.find(code), self.accounts.account(code))?;
        let agency = agency.ok_or_else(ApiError::not_signed_in)?;
        if account.map(|account| account.session_version) != Some(session.version) {
            return Err(ApiError::not_signed_in());
        }
        let session = renewed(&session, now);
        let cookie = self.signer.cookie(&session, now)?;
        Ok(Response::ok(&View::of(&session, &agency)).cookie(cookie))
    }

    /// Signing out needs no session: there is nothing to protect, and it must always work.
    pub(crate) fn sign_out() -> Response {
        Response::no_content().cookie(Cookie::no_session())
    }
}
