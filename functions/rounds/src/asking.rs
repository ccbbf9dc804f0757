//! What the stories of this function have in common: who asks about which round, and what does not fit its state.

use jiff::Timestamp;
use palad_api::{ApiError, Request, Response};
use palad_domain::policy::CanManageRounds;
use palad_domain::round::list::Report;
use palad_domain::round::state::Unfit;
use palad_domain::round::{Round, RoundId};
use palad_domain::say::say;

use crate::App;
use crate::wire::WholeRound;

impl App {
    /// Leave of the central office.
    pub(crate) fn central(&self, request: &Request, now: Timestamp) -> Result<CanManageRounds, ApiError> {
        let session = request.session(&self.verifier, now)?;
        CanManageRounds::ask(&session, now).ok_or_else(ApiError::forbidden)
    }

    /// The round that the path names.
    pub(crate) async fn round(&self, request: &Request) -> Result<Round, ApiError> {
        self.rounds.find(round_id(request)?).await?.ok_or_else(ApiError::not_found)
    }
}

/// The round's name in the path.
pub(crate) fn round_id(request: &Request) -> Result<RoundId, ApiError> {
    request.param("id")?.parse().map_err(|_| ApiError::not_found())
}

/// A round with its ETag.
pub(crate) fn whole(round: &Round, report: Option<&Report>, now: Timestamp) -> Response {
    Response::ok(&WholeRound::of(round, report, now)).etag(round.version)
}

/// Why a round does not change, in words.
pub(crate) fn unfit(unfit: Unfit) -> ApiError {
    match unfit {
        Unfit::Fields(errors) => ApiError::invalid(errors),
        Unfit::Opening => ApiError::round_state(say(
            "กำลังเปิดรอบนี้อยู่ กรุณากดเปิดรอบต่อจนเสร็จก่อน",
            "The round is being opened. Go on with its opening first.",
        )),
        Unfit::Attached => ApiError::round_state(say(
            "รอบนี้มีเอกสารแนบ ให้ลบเอกสารแนบก่อน แล้วจึงลบรอบ",
            "The round has files. Remove them first, then delete it.",
        )),
        Unfit::NotOpen => ApiError::round_state(say("รอบนี้ยังไม่เปิด", "The round is not open.")),
        Unfit::Open => ApiError::round_state(say("รอบนี้เปิดอยู่แล้ว", "The round is open already.")),
        Unfit::Closed => {
            ApiError::round_state(say("รอบนี้ปิดแล้ว แก้ไขไม่ได้อีก", "The round is over and can no longer change."))
        }
    }
}
