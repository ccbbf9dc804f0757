//! Confirming from the mail: the link shows the record, and a button says that it is still right.
//!
//! The token names agency, round and version. Looking changes nothing, however often scanners of mail do it. A
//! record that was changed after the mail was written is shown as it is now, with a token of its own: what is
//! confirmed is what was looked at. No session is made.

use jiff::Timestamp;
use palad_api::{ApiError, Request, Response};
use palad_domain::directory::{Entry, PublicPost};
use palad_domain::fields::FieldErrors;
use palad_domain::photo::{PhotoState, PhotoView};
use palad_domain::policy::CanConfirm;
use palad_domain::round::OpenRound;
use palad_domain::round::link::{ConfirmLink, LinkFault, ProvenLink};
use palad_domain::round::receipt::ReceiptNumber;
use palad_domain::say::say;
use palad_store::Confirmable;

use crate::App;
use crate::wire::{AnswerView, LinkCall, LinkRound, LinkView};

impl App {
    pub(crate) async fn confirm(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let body: LinkCall = request.json()?;
        let mut errors = FieldErrors::default();
        let token = body.token.as_deref().map(str::trim).filter(|token| !token.is_empty());
        let token = errors.keep(
            "/token",
            token.ok_or_else(|| {
                say(
                    "ไม่มีรหัสของลิงก์ ให้เปิดลิงก์จากอีเมลอีกครั้ง",
                    "The link's token is missing. Open the link from the mail again.",
                )
            }),
        );
        let is_confirming = match body.action.as_deref() {
            Some("look") => Some(false),
            Some("confirm") => Some(true),
            _ => {
                errors.add("/action", say("ต้องเป็น look หรือ confirm", "This is one of look and confirm."));
                None
            }
        };
        let (Some(token), Some(is_confirming)) = (token, is_confirming) else {
            return Err(ApiError::invalid(errors));
        };
        let link = self.links.open(token, now).map_err(not_a_link)?;
        let found = self.confirmations.look(&link.agency).await?.ok_or_else(ApiError::not_found)?;
        let is_meant = |open: &&OpenRound| open.id == link.round && open.takes(&found.agency);
        let round = found.open.iter().find(is_meant).ok_or_else(round_over)?;
        if is_confirming {
            self.confirm_by(&link, &found, request, now).await
        } else {
            Ok(Response::ok(&self.shown(&link, &found, round, now)))
        }
    }

    async fn confirm_by(
        &self,
        link: &ProvenLink,
        found: &Confirmable,
        request: &Request,
        now: Timestamp,
    ) -> Result<Response, ApiError> {
        let leave = CanConfirm::by_link(link, &found.agency).ok_or_else(ApiError::forbidden)?;
        let number = ReceiptNumber::of_random(self.random.bytes());
        let confirmed = self
            .confirmations
            .confirm(&leave, &found.agency, link.version, &number, request.request_id(), now)
            .await?;
        let location = format!("/api/receipts/{}", number.as_str());
        Ok(Response::created(&confirmed.receipt.view(), &location).etag(confirmed.ledger.version))
    }

    fn shown<'a>(
        &self,
        link: &ConfirmLink,
        found: &'a Confirmable,
        round: &'a OpenRound,
        now: Timestamp,
    ) -> LinkView<'a> {
        let Confirmable { agency, ledger, .. } = found;
        let post = PublicPost::of(&agency.code, ledger);
        let fresh =
            ConfirmLink { version: ledger.version, expires_at: round.dates.ends_at(), ..link.clone() };
        let deadline = round.dates.deadline();
        let answer = ledger.answers.get(&round.id);
        LinkView {
            round: LinkRound::of(round, now),
            entry: Entry {
                agency: agency.view(),
                state: post.state,
                person: post.person,
                photo: post.photo.as_ref().map(|id| PhotoView::of(id, PhotoState::Ready)),
                updated_at: post.updated_at,
                confirmed_at: post.confirmed_at,
            },
            version: ledger.version,
            changed: link.version != ledger.version,
            answer: answer.map(|answer| AnswerView::of(answer, answer.is_after(deadline))),
            token: ledger.current.is_some().then(|| self.links.token(&fresh)),
        }
    }
}

fn not_a_link(fault: LinkFault) -> ApiError {
    match fault {
        LinkFault::Forged => ApiError::gone(
            "link-damaged",
            say(
                "ลิงก์ไม่สมบูรณ์หรือไม่ถูกต้อง ให้เปิดลิงก์จากอีเมลอีกครั้งโดยคัดลอกให้ครบทั้งบรรทัด หรือเข้าสู่ระบบแล้วกดยืนยัน",
                "This link is not whole, or not one of ours. Open it from the mail again, the whole line, or sign in and confirm there.",
            ),
        ),
        LinkFault::Expired => ApiError::gone(
            "link-expired",
            say(
                "ลิงก์หมดอายุแล้วเพราะรอบนี้สิ้นสุด หากข้อมูลเปลี่ยนไป ให้เข้าสู่ระบบแล้วแก้ไขได้ตลอดเวลา",
                "This link has ended with its round. If something has changed, sign in: the record can be corrected at any time.",
            ),
        ),
    }
}

fn round_over() -> ApiError {
    ApiError::gone(
        "round-over",
        say(
            "รอบนี้ไม่เปิดรับคำตอบแล้ว หากข้อมูลเปลี่ยนไป ให้เข้าสู่ระบบแล้วแก้ไขได้ตลอดเวลา",
            "This round takes no answers any more. If something has changed, sign in: the record can be corrected at any time.",
        ),
    )
}
