//! Answering from the mail: the link shows the record, and a button says that it is still right, that the post is
//! vacant, or that the record is not the reader's to look after.
//!
//! The token names agency, mailbox, round and version. Looking changes nothing, however often scanners of mail do it.
//! A record that was changed after the mail was written is shown as it is now, with a token of its own: what is
//! answered is what was looked at. A mailbox that the agency has given up answers nothing, and neither does any link once
//! its round takes no answers. No session is made.

use jiff::Timestamp;
use palad_api::{ApiError, Request, Response};
use palad_domain::directory::{Entry, PublicPost};
use palad_domain::fields::FieldErrors;
use palad_domain::photo::{PhotoState, PhotoView};
use palad_domain::policy::{CanConfirm, LinkLeave};
use palad_domain::post::PostState;
use palad_domain::round::OpenRound;
use palad_domain::round::link::{ConfirmLink, Mailbox, ProvenLink};
use palad_domain::round::receipt::{Receipt, ReceiptNumber};
use palad_domain::say::say;
use palad_store::{Confirmable, TriesScope};

use crate::App;
use crate::dead_links::{by_link, given_up, not_a_link};
use crate::wire::{AnswerView, LinkCall, LinkRound, LinkView};

/// What is done by the link.
#[derive(Clone, Copy)]
enum Action {
    /// Shows the record.
    Look,
    /// It is still right.
    Confirm,
    /// The post is vacant.
    Vacant,
    /// The record is not the reader's to look after.
    NotMine,
}

impl Action {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "look" => Self::Look,
            "confirm" => Self::Confirm,
            "vacant" => Self::Vacant,
            "not_mine" => Self::NotMine,
            _ => return None,
        })
    }
}

impl App {
    pub(crate) async fn by_link(&self, request: &Request) -> Result<Response, ApiError> {
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
        let action = body.action.as_deref().and_then(Action::parse);
        let action = errors.keep(
            "/action",
            action.ok_or_else(|| {
                say(
                    "ต้องเป็น look, confirm, vacant หรือ not_mine",
                    "This is one of look, confirm, vacant and not_mine.",
                )
            }),
        );
        let (Some(token), Some(action)) = (token, action) else {
            return Err(ApiError::invalid(errors));
        };
        let link = self.links.open(token, now).map_err(not_a_link)?;
        let found = self.confirmations.look(&link.agency).await?.ok_or_else(ApiError::not_found)?;
        let is_meant = |open: &&OpenRound| open.id == link.round && open.takes_now(&found.agency, now);
        let round = found.open.iter().find(is_meant).ok_or_else(ApiError::round_over)?;
        let leave = self.leave(&link, &found, now).await?;
        if !matches!(action, Action::Look) {
            self.charge(&leave, now).await?;
        }
        match action {
            Action::Look => Ok(Response::ok(&self.shown(&link, &found, round, now))),
            Action::Confirm => self.confirm_by(leave, &found, request, now).await,
            Action::Vacant if is_vacant(&found) => self.confirm_by(leave, &found, request, now).await,
            Action::Vacant => self.vacate_by(&leave, &found, request, now).await,
            Action::NotMine => {
                self.mailboxes.disown(&leave, request.request_id(), now).await.map_err(by_link)?;
                Ok(Response::no_content())
            }
        }
    }

    /// Leave by a link whose mailbox the agency still has, and whose account is not suspended.
    async fn leave(
        &self,
        link: &ProvenLink,
        found: &Confirmable,
        now: Timestamp,
    ) -> Result<LinkLeave, ApiError> {
        let mailboxes = self.mailboxes.of(&found.agency).await?;
        let is_its = |mailbox: &Mailbox| self.links.was_sent_to(link, mailbox);
        let mailbox = mailboxes.into_iter().find(is_its).ok_or_else(given_up)?;
        LinkLeave::ask(link, &found.agency, mailbox, &found.open, now).ok_or_else(ApiError::forbidden)
    }

    /// Takes one of the agency's answers by link. Only a link that is alive takes one, so that whoever has an old mail
    /// leaves the agency's readers theirs. Looking is free: it writes nothing, mail scanners look as often as they like, and
    /// a reader is to see the record also when there is no answer left for the moment.
    async fn charge(&self, leave: &LinkLeave, now: Timestamp) -> Result<(), ApiError> {
        let scope = TriesScope::LinkAnswers(leave.agency());
        self.tries.charge(scope, now).await?.map_err(ApiError::too_many_tries)
    }

    async fn confirm_by(
        &self,
        leave: LinkLeave,
        found: &Confirmable,
        request: &Request,
        now: Timestamp,
    ) -> Result<Response, ApiError> {
        let number = ReceiptNumber::of_random(self.random.bytes());
        let seen = leave.version();
        let leave = CanConfirm::Link(leave);
        let confirmed = self
            .confirmations
            .confirm(&leave, &found.agency, seen, &number, request.request_id(), now)
            .await
            .map_err(by_link)?;
        Ok(given(&confirmed.receipt))
    }

    async fn vacate_by(
        &self,
        leave: &LinkLeave,
        found: &Confirmable,
        request: &Request,
        now: Timestamp,
    ) -> Result<Response, ApiError> {
        let number = ReceiptNumber::of_random(self.random.bytes());
        let vacated = self.records.vacate(leave, &found.agency, &number, request.request_id(), now).await;
        Ok(given(&vacated.map_err(by_link)?))
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

fn is_vacant(found: &Confirmable) -> bool {
    found.ledger.current.as_ref().is_some_and(|current| current.post.state() == PostState::Vacant)
}

fn given(receipt: &Receipt) -> Response {
    let location = format!("/api/receipts/{}", receipt.number.as_str());
    Response::created(&receipt.view(), &location).etag(receipt.version)
}
