//! What is answered about a claim.

use jiff::Timestamp;
use palad_api::ApiError;
use palad_domain::claim::{Claim, ClaimState};
use palad_domain::say::say;
use serde::Serialize;

/// How far a claim has come.
#[derive(Serialize)]
pub(crate) struct Proved {
    state: &'static str,
    /// From when on a take-over can be completed.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Timestamp>,
}

impl Proved {
    /// The answer for a claim after its proof.
    pub(crate) fn of(claim: &Claim) -> Result<Self, ApiError> {
        let (state, from) = match &claim.state {
            ClaimState::Active { .. } => ("active", None),
            ClaimState::Waiting { from, .. } => ("waiting", Some(*from)),
            ClaimState::AwaitingApproval | ClaimState::Disputed { .. } => ("awaiting_approval", None),
            ClaimState::Refused => return Err(refused()),
            ClaimState::Unproved => return Err(ApiError::under_way()),
        };
        Ok(Self { state, from })
    }
}

fn refused() -> ApiError {
    ApiError::gone(
        "claim-refused",
        say(
            "จังหวัดไม่อนุมัติการลงทะเบียนนี้ เหตุผลอยู่ในอีเมลที่ส่งให้ท่าน หากเห็นว่าไม่ถูกต้องให้ติดต่อจังหวัด",
            "The province refused this registration; the mail that was sent to you says why. If that is wrong, call the province.",
        ),
    )
}
