//! The two links of a take-over: the new owner completes it when the wait is over, the present one objects.

use palad_api::{ApiError, Request, Response, token_hash};
use palad_domain::claim::{CLAIM_LIFE, Claim, ClaimState, TAKE_OVER_WAIT};
use palad_domain::fields::FieldErrors;
use palad_domain::life;
use palad_domain::say::say;
use palad_store::{Grounds, TakeOverLink};
use serde::Deserialize;

use crate::App;
use crate::desk::ATTEMPTS;
use crate::wire::Proved;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    token: Option<String>,
}

impl App {
    /// The new owner opens the link. An account that changed hands during the wait is another one: its owner has
    /// not been told, so the wait begins again.
    pub(crate) async fn complete(&self, request: &Request) -> Result<Response, ApiError> {
        let hash = hash_of(&request.json()?)?;
        let (now, request_id) = (self.clock.now(), request.request_id());
        for _ in 0..ATTEMPTS {
            let claim = self.linked(TakeOverLink::Completion, &hash).await?.ok_or_else(over)?;
            let agency = self.desk.agencies.find(&claim.agency).await?.ok_or_else(over)?;
            let ClaimState::Waiting { from, against } = claim.state else {
                // Done already; perhaps by this very click, and the mail that says so was lost with the process.
                self.desk.tell(&claim, &agency).await?;
                return Err(over());
            };
            if now < from {
                return Err(ApiError::too_early(from));
            }
            let account = self.desk.claims.account(&claim.agency).await?;
            let grounds = Grounds::Completion(against.proof);
            let other = account
                .as_ref()
                .filter(|account| account.opened_at != against.opened_at && account.email != claim.email);
            if let Some(account) = other {
                let from = now + TAKE_OVER_WAIT;
                if let Some(claim) =
                    self.desk.claims.wait(&claim, account, grounds, from, request_id, now).await?
                {
                    self.desk.tell(&claim, &agency).await?;
                    return Err(ApiError::too_early(from));
                }
                continue;
            }
            if self.desk.claims.open(&claim, account.as_ref(), grounds, request_id, now).await?.is_some() {
                let opened = self.desk.claims.find(&claim.id).await?.ok_or_else(over)?;
                self.desk.tell(&opened, &agency).await?;
                return Ok(Response::ok(&Proved::of(&opened)?));
            }
        }
        Err(ApiError::under_way())
    }

    /// The present owner objects: the province decides.
    pub(crate) async fn object(&self, request: &Request) -> Result<Response, ApiError> {
        let hash = hash_of(&request.json()?)?;
        let claim = self.linked(TakeOverLink::Objection, &hash).await?.ok_or_else(over)?;
        let agency = self.desk.agencies.find(&claim.agency).await?.ok_or_else(over)?;
        let is_first = self.desk.take_overs.object(&claim, request.request_id(), self.clock.now()).await?;
        let claim = self.desk.claims.find(&claim.id).await?.ok_or_else(over)?;
        self.desk.tell(&claim, &agency).await?;
        if !is_first {
            return Err(over());
        }
        Ok(Response::no_content())
    }

    async fn linked(&self, link: TakeOverLink, hash: &str) -> Result<Option<Claim>, ApiError> {
        let claim = self.desk.take_overs.find(link, hash).await?;
        Ok(claim.filter(|claim| life::stands(claim.expires_at, CLAIM_LIFE, self.clock.now())))
    }
}

fn hash_of(form: &Form) -> Result<String, ApiError> {
    form.token.as_deref().filter(|token| !token.is_empty()).map(token_hash).ok_or_else(|| {
        let say = say(
            "ไม่มีรหัสของลิงก์ ให้เปิดลิงก์จากอีเมลอีกครั้ง",
            "The link's token is missing. Open the link from the mail again.",
        );
        ApiError::invalid(FieldErrors::one("/token", say))
    })
}

fn over() -> ApiError {
    ApiError::gone(
        "take-over-ended",
        say(
            "ลิงก์นี้ใช้ไม่ได้แล้ว เพราะการขอรับช่วงบัญชีสิ้นสุดแล้ว หมดอายุ หรือมีผู้คัดค้านและจังหวัดกำลังพิจารณา",
            "This link cannot be used any more: the take-over is done, has expired, or the owner objected and the province decides.",
        ),
    )
}
