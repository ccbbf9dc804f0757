//! What the stories of this function have in common: who asks about which agency, and the token of a link.

use jiff::Timestamp;
use palad_api::{ApiError, Request, token_hash};
use palad_domain::agency::{Agency, AgencyCode};
use palad_domain::fields::FieldErrors;
use palad_domain::policy::CanManageAccount;
use palad_domain::say::say;
use palad_domain::session::{Actor, Session};
use serde::Deserialize;

use crate::App;

/// A body that says nothing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// A body with the token of a mailed link.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Link {
    token: Option<String>,
}

impl Link {
    /// What stands for the token in the store.
    pub(crate) fn hash(&self) -> Result<String, ApiError> {
        let token = self.token.as_deref().filter(|token| !token.is_empty());
        token.map(token_hash).ok_or_else(|| {
            ApiError::invalid(FieldErrors::one(
                "/token",
                say(
                    "ไม่มีรหัสของลิงก์ ให้เปิดลิงก์จากอีเมลอีกครั้ง",
                    "The link's token is missing. Open the link from the mail again.",
                ),
            ))
        })
    }
}

/// An agency that acts for its own account.
pub(crate) struct Owner {
    pub(crate) agency: Agency,
    pub(crate) session: Session,
    pub(crate) leave: CanManageAccount,
}

impl Owner {
    /// What gives the account away needs a password that was given a moment ago.
    pub(crate) fn just_signed_in(self, now: Timestamp) -> Result<Self, ApiError> {
        if self.session.is_fresh(now) { Ok(self) } else { Err(ApiError::sign_in_again()) }
    }
}

impl App {
    /// The agency that is signed in, for its own account. Staff has no such account.
    pub(crate) async fn owner(&self, request: &Request, now: Timestamp) -> Result<Owner, ApiError> {
        let session = request.session(&self.verifier, now)?;
        let Actor::Agency { agency: code } = &session.actor else { return Err(ApiError::forbidden()) };
        let agency = self.agencies.find(code).await?.ok_or_else(ApiError::not_signed_in)?;
        let leave = CanManageAccount::ask(&session, &agency, now).ok_or_else(ApiError::forbidden)?;
        Ok(Owner { agency, session, leave })
    }

    /// The agency that the path names, for somebody who is signed in.
    pub(crate) async fn about(
        &self,
        request: &Request,
        now: Timestamp,
    ) -> Result<(Session, Agency), ApiError> {
        let session = request.session(&self.verifier, now)?;
        let code: AgencyCode = request.agency_code()?;
        let agency = self.agencies.find(&code).await?.ok_or_else(ApiError::not_found)?;
        Ok((session, agency))
    }
}
