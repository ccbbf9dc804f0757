//! Proving a claim by the code that was mailed.

use palad_api::{ApiError, Request, Response};
use palad_domain::claim::{Claim, ClaimId, ClaimState, Worth, worth_of_mailbox};
use palad_domain::code;
use palad_domain::fields::FieldErrors;
use palad_domain::mail::{MailOrder, Occasion};
use palad_domain::say::say;
use serde::{Deserialize, Serialize};

use crate::App;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Proof {
    code: Option<String>,
}

#[derive(Serialize)]
struct Proved {
    state: &'static str,
}

const ACTIVE: Proved = Proved { state: "active" };
const AWAITING_APPROVAL: Proved = Proved { state: "awaiting_approval" };

impl App {
    pub(crate) async fn prove(&self, request: &Request) -> Result<Response, ApiError> {
        let id = ClaimId::parse(request.param("claim")?).ok_or_else(expired)?;
        let proof: Proof = request.json()?;
        let typed = code::parse(proof.code.as_deref().unwrap_or(""))
            .map_err(|say| ApiError::invalid(FieldErrors::one("/code", say)))?;

        let now = self.clock.now();
        let claim = self.claims.take_try(&id, now).await?.ok_or_else(expired)?;
        if !self.pepper.is_code(id.as_str(), &typed, &claim.code_hash) {
            return Err(ApiError::invalid(FieldErrors::one("/code", code::wrong(claim.tries_left))));
        }
        match claim.state {
            // The same proof sent twice is no offence.
            ClaimState::Active => Ok(Response::ok(&ACTIVE)),
            ClaimState::AwaitingApproval => Ok(Response::ok(&AWAITING_APPROVAL)),
            ClaimState::Unproved => self.judge(claim).await,
        }
    }

    async fn judge(&self, claim: Claim) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let agency = self.agencies.find(&claim.agency).await?.ok_or_else(expired)?;
        let account = self.claims.account(&claim.agency).await?;
        let worth = worth_of_mailbox(&agency, &claim.email, account.as_ref().map(|account| &account.email));
        if worth == Worth::Opens && self.claims.open_account(&claim, account.as_ref(), now).await?.is_some() {
            let occasion = Occasion::AccountOpened { to: claim.email, agency: agency.view() };
            self.queue.order(&MailOrder { key: format!("OPENED#{}", claim.id.as_str()), occasion }).await?;
            return Ok(Response::ok(&ACTIVE));
        }
        self.claims.await_approval(claim, now).await?;
        Ok(Response::ok(&AWAITING_APPROVAL))
    }
}

fn expired() -> ApiError {
    ApiError::gone(
        "claim-expired",
        say(
            "รหัสยืนยันหมดอายุหรือใช้ครบจำนวนครั้งแล้ว ให้ลงทะเบียนใหม่อีกครั้ง",
            "The code has expired or was tried too often. Register again.",
        ),
    )
}
