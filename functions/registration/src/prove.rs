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

/// How often a claim is looked at again when another proof comes between.
const ATTEMPTS: usize = 3;

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
        self.settle(claim).await
    }

    /// Makes what it may of a proved claim. Where another proof comes between, looks again: the same one sent twice is
    /// no offence, and another one's account changes what this one is worth.
    async fn settle(&self, mut claim: Claim) -> Result<Response, ApiError> {
        for _ in 0..ATTEMPTS {
            match claim.state {
                ClaimState::Active => return Ok(Response::ok(&ACTIVE)),
                ClaimState::AwaitingApproval => return Ok(Response::ok(&AWAITING_APPROVAL)),
                ClaimState::Unproved => self.judge(&claim).await?,
            }
            claim = self.claims.find(&claim.id).await?.ok_or_else(expired)?;
        }
        Err(ApiError::under_way())
    }

    async fn judge(&self, claim: &Claim) -> Result<(), ApiError> {
        let now = self.clock.now();
        let agency = self.agencies.find(&claim.agency).await?.ok_or_else(expired)?;
        let account = self.claims.account(&claim.agency).await?;
        match worth_of_mailbox(&agency, &claim.email, account.as_ref().map(|account| &account.email)) {
            Worth::NeedsApproval => self.claims.await_approval(claim.clone(), now).await?,
            Worth::Opens => {
                if self.claims.open_account(claim, account.as_ref(), now).await?.is_some() {
                    let occasion = Occasion::AccountOpened { to: claim.email.clone(), agency: agency.view() };
                    self.queue
                        .order(&MailOrder { key: format!("OPENED#{}", claim.id.as_str()), occasion })
                        .await?;
                }
            }
        }
        Ok(())
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
