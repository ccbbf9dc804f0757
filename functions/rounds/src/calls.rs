//! Whom to call, and what came of it.

use palad_api::{ApiError, Request, Response, page};
use palad_domain::agency::AgencyCode;
use palad_domain::fields::FieldErrors;
use palad_domain::policy::{Area, CanNoteCall, is_shown};
use palad_domain::round::RoundState;
use palad_domain::round::list::{CallNote, CallOutcome, parse_note};
use palad_domain::round::state::Unfit;
use palad_domain::say::say;
use palad_store::{Owing, StoreError};

use crate::App;
use crate::asking::unfit;
use crate::progress::{is_central, leave, province_missing};
use crate::wire::{CallView, NewCall, OwingPage, OwingRow};

impl App {
    pub(crate) async fn owing(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let session = request.session(&self.verifier, now)?;
        let leave = leave(request, &session, now)?;
        if *leave.area() == Area::Country {
            return Err(province_missing());
        }
        let after: Option<AgencyCode> =
            request.query("cursor").map(|cursor| page::decode(&cursor)).transpose()?;
        let round = self.round(request).await?;
        if !is_shown(&round, &session.actor) {
            return Err(ApiError::not_found());
        }
        let found = self.rounds.owing(&leave, round.id, after.as_ref()).await?;
        let row = |owing: &Owing| OwingRow {
            agency: owing.line.view(),
            telephone: owing
                .agency
                .as_ref()
                .and_then(|agency| Some(agency.official_phone.as_ref()?.to_string())),
            standing: owing.line.standing,
            calls: owing.calls.iter().map(CallView::of).collect(),
        };
        let next = found.next.as_ref().map(page::encode).transpose()?;
        Ok(Response::ok(&OwingPage { items: found.items.iter().map(row).collect(), next }))
    }

    pub(crate) async fn note_call(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let session = request.session(&self.verifier, now)?;
        if Area::of(&session.actor).is_none() {
            return Err(ApiError::forbidden());
        }
        let body: NewCall = request.json()?;
        let mut errors = FieldErrors::default();
        let code: Option<AgencyCode> =
            errors.keep("/agency", body.agency.as_deref().unwrap_or_default().parse());
        let outcome = errors.keep("/outcome", CallOutcome::parse(body.outcome.as_deref()));
        let note = errors.keep("/note", parse_note(body.note.as_deref()));
        let (Some(code), Some(outcome), Some(note)) = (code, outcome, note) else {
            return Err(ApiError::invalid(errors));
        };
        let agency =
            self.agencies.find(&code).await?.ok_or_else(|| ApiError::agency_not_listed("/agency"))?;
        let leave = CanNoteCall::ask(&session, &agency, now).ok_or_else(ApiError::forbidden)?;
        let round = self.round(request).await?;
        match round.state {
            RoundState::Open => {}
            RoundState::Draft | RoundState::Opening if !is_central(&session) => {
                return Err(ApiError::not_found());
            }
            RoundState::Draft | RoundState::Opening => return Err(unfit(Unfit::NotOpen)),
            RoundState::Closed => return Err(unfit(Unfit::Closed)),
        }
        let staff = leave.actor().staff().unwrap_or_default().to_owned();
        let call = CallNote { at: now, by: leave.office(), staff, outcome, note };
        match self.rounds.note_call(&leave, round.id, &call).await {
            Ok(()) => Ok(Response::created(&CallView::of(&call), &format!("/api/rounds/{}/owing", round.id))),
            Err(StoreError::NotFound) => {
                let not_asked = say("รอบนี้ไม่ได้ถามหน่วยงานนี้", "This round does not ask this agency.");
                Err(ApiError::invalid(FieldErrors::one("/agency", not_asked)))
            }
            Err(error) => Err(error.into()),
        }
    }
}
