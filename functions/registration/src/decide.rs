//! An office decides a claim, after it has called the agency back.

use jiff::Timestamp;
use palad_api::{ApiError, Device, Request, Response};
use palad_domain::agency::Agency;
use palad_domain::claim::{CLAIM_LIFE, Claim, ClaimId, ClaimState, RefusalReason};
use palad_domain::life;
use palad_domain::mail::Occasion;
use palad_domain::policy::{CanDecideClaim, CanSeeClaims};
use palad_domain::say::say;
use palad_store::{Grounds, staff_id};
use serde::Deserialize;

use crate::App;
use crate::wire::Proved;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refusal {
    reason: RefusalReason,
}

/// A claim that the caller may decide.
struct Case {
    claim: Claim,
    agency: Agency,
    leave: CanDecideClaim,
}

impl App {
    pub(crate) async fn approve(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let Case { claim, agency, leave } = self.case::<Nothing>(request, now).await?.0;
        if claim.state == ClaimState::Refused {
            return Err(ApiError::overtaken());
        }
        let grounds = Grounds::Officer(&leave);
        let settled = self.desk.settle(claim, &agency, grounds, request.request_id(), now).await?;
        match settled.ok_or_else(ApiError::overtaken)? {
            refused if refused.state == ClaimState::Refused => Err(ApiError::overtaken()),
            decided => Ok(Response::ok(&Proved::of(&decided)?)),
        }
    }

    pub(crate) async fn refuse(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let (Case { claim, agency, leave }, refusal) = self.case::<Refusal>(request, now).await?;
        let is_refused = claim.state == ClaimState::Refused;
        let is_done = is_refused
            || (claim.state.is_open()
                && self.desk.claims.refuse(&leave, &claim, request.request_id(), now).await?);
        if !is_done {
            return Err(ApiError::overtaken());
        }
        let to = claim.email.clone();
        let occasion = Occasion::ClaimRefused { to, agency: agency.view(), reason: refusal.reason };
        self.desk.order("REFUSED", &claim, occasion).await?;
        Ok(Response::no_content())
    }

    /// The claim of the path, if the caller may decide it, and what is asked. A claim whose address is not proved
    /// is not there for anybody but its browser.
    async fn case<T: serde::de::DeserializeOwned>(
        &self,
        request: &Request,
        now: Timestamp,
    ) -> Result<(Case, T), ApiError> {
        let session = request.session(&self.verifier, now)?;
        if CanSeeClaims::all(&session, now).is_empty() {
            return Err(ApiError::forbidden());
        }
        let asked = request.json()?;
        let id = ClaimId::parse(request.param("id")?).ok_or_else(ApiError::not_found)?;
        let claim = self.desk.claims.find(&id).await?;
        let claim =
            claim.filter(|claim| claim.state != ClaimState::Unproved).ok_or_else(ApiError::not_found)?;
        let agency = self.desk.agencies.find(&claim.agency).await?.ok_or_else(ApiError::not_found)?;
        let Some(leave) = CanDecideClaim::ask(&session, &agency, now) else {
            self.refusals.claim_out_of_reach(&session.actor, request.request_id(), now).await?;
            return Err(ApiError::forbidden());
        };
        // Whoever claims does not decide: neither under the same address nor in the same browser.
        let is_own_address = session.actor.staff() == Some(staff_id(&claim.email)?.as_str());
        if is_own_address || Device::of(request, &self.random).hash() == claim.device_hash {
            self.refusals.own_claim(&session.actor, request.request_id(), now).await?;
            return Err(ApiError::own_claim());
        }
        // Nor by a clock that went back: the waiting time of a take-over would end early.
        if claim.state.is_open() && !life::stands(claim.expires_at, CLAIM_LIFE, now) {
            return Err(expired());
        }
        Ok((Case { claim, agency, leave }, asked))
    }
}

fn expired() -> ApiError {
    ApiError::gone(
        "claim-expired",
        say(
            "คำขอนี้หมดอายุแล้ว ให้หน่วยงานลงทะเบียนใหม่อีกครั้ง",
            "This claim has expired. The agency has to register again.",
        ),
    )
}
