//! Making, changing and deleting rounds; the deadline, the stop switches, and the holidays.

use jiff::Timestamp;
use palad_api::{ApiError, Request, Response};
use palad_domain::agency::AgencyCode;
use palad_domain::fields::FieldErrors;
use palad_domain::policy::CanManageRounds;
use palad_domain::round::holidays::HolidaysInput;
use palad_domain::round::terms::{MovedDates, Terms, TermsInput};
use palad_domain::round::{Round, RoundId};
use palad_domain::say::say;
use palad_store::StoreError;

use crate::App;
use crate::asking::{round_id, unfit, whole};
use crate::wire::{HolidayList, HolidayView, Nothing, WholeRound};

/// How often a switch is pressed again when the round was changed at the same moment.
const ATTEMPTS: usize = 3;

impl App {
    pub(crate) async fn create(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let leave = self.central(request, now)?;
        let input: TermsInput = request.json()?;
        let terms = self.terms(&input).await?;
        let opens = terms.dates.opens();
        let first = RoundId::first_of(opens);
        let made = if input.history == Some(true) {
            Round::of_history(first, terms, now).map_err(ApiError::invalid)?
        } else {
            Round::draft(first, terms, now)
        };
        let round = self.rounds.create(&leave, opens, |id| Round { id, ..made.clone() }).await?;
        let location = format!("/api/rounds/{}", round.id);
        Ok(Response::created(&WholeRound::of(&round, None, now), &location).etag(round.version))
    }

    pub(crate) async fn edit(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let leave = self.central(request, now)?;
        let before = self.round_as_seen(request).await?;
        let input: TermsInput = request.json()?;
        if input.history.is_some_and(|history| history != before.history) {
            let fixed = say(
                "เปลี่ยนรอบย้อนหลังเป็นรอบปกติ หรือกลับกัน ไม่ได้",
                "A round of the past stays one, and another one does not become it.",
            );
            return Err(ApiError::invalid(FieldErrors::one("/history", fixed)));
        }
        let terms = self.terms(&input).await?;
        let after = before.edited(terms, now).map_err(unfit)?;
        self.rounds.change(&leave, &before, &after).await?;
        Ok(whole(&after, None, now))
    }

    pub(crate) async fn delete(&self, request: &Request) -> Result<Response, ApiError> {
        let leave = self.central(request, self.clock.now())?;
        let round = self.round_as_seen(request).await?;
        round.may_be_deleted().map_err(unfit)?;
        self.rounds.delete(&leave, &round).await?;
        Ok(Response::no_content())
    }

    pub(crate) async fn move_deadline(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let leave = self.central(request, now)?;
        let before = self.round_as_seen(request).await?;
        let (deadline, closes) = request.json::<MovedDates>()?.parse().map_err(ApiError::invalid)?;
        let after = before.moved(deadline, closes, now).map_err(unfit)?;
        self.rounds.change(&leave, &before, &after).await?;
        Ok(whole(&after, None, now))
    }

    /// A switch is pressed without looking first: it does the same however the round was changed meanwhile.
    pub(crate) async fn stop(&self, request: &Request, is_stopped: bool) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let leave = self.central(request, now)?;
        if is_stopped {
            let Nothing {} = request.json()?;
        }
        let mut attempt = 1;
        loop {
            let round = self.round(request).await?;
            match self.switch(&leave, &round, is_stopped, now).await {
                Err(Pressed::Overtaken) if attempt < ATTEMPTS => attempt += 1,
                Err(Pressed::Overtaken) => return Err(ApiError::stale(round.version)),
                Err(Pressed::Refused(error)) => return Err(error),
                Ok(round) => return Ok(whole(&round, None, now)),
            }
        }
    }

    async fn switch(
        &self,
        leave: &CanManageRounds,
        round: &Round,
        is_stopped: bool,
        now: Timestamp,
    ) -> Result<Round, Pressed> {
        let after = round.stopped(is_stopped, now).map_err(|why| Pressed::Refused(unfit(why)))?;
        if after.stopped_at == round.stopped_at {
            return Ok(round.clone());
        }
        match self.rounds.change(leave, round, &after).await {
            Ok(()) => Ok(after),
            Err(StoreError::Stale { .. }) => Err(Pressed::Overtaken),
            Err(error) => Err(Pressed::Refused(error.into())),
        }
    }

    pub(crate) async fn stop_all(&self, request: &Request, is_stopped: bool) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let leave = self.central(request, now)?;
        if is_stopped {
            let Nothing {} = request.json()?;
        }
        self.rounds.stop_all(&leave, is_stopped, now).await?;
        Ok(Response::no_content())
    }

    pub(crate) async fn change_holidays(&self, request: &Request) -> Result<Response, ApiError> {
        let leave = self.central(request, self.clock.now())?;
        let seen = request.if_match()?;
        let input: HolidaysInput = request.json()?;
        let before = self.rounds.holidays().await?;
        if before.version != seen {
            return Err(ApiError::stale(before.version));
        }
        let after = before.changed(&input).map_err(ApiError::invalid)?;
        self.rounds.change_holidays(&leave, &before, &after).await?;
        let items = after.days.iter().map(|(day, name)| HolidayView { day: *day, name });
        Ok(Response::ok(&HolidayList { items: items.collect() }).etag(after.version))
    }

    /// The round at the version that the caller read.
    async fn round_as_seen(&self, request: &Request) -> Result<Round, ApiError> {
        let seen = request.if_match()?;
        let round = self.rounds.find(round_id(request)?).await?.ok_or_else(ApiError::not_found)?;
        if round.version == seen { Ok(round) } else { Err(ApiError::stale(round.version)) }
    }

    /// The terms as they are typed; every agency that is excused must be on the list.
    async fn terms(&self, input: &TermsInput) -> Result<Terms, ApiError> {
        let terms = Terms::parse(input).map_err(ApiError::invalid)?;
        let excused: Vec<AgencyCode> = terms.scope.exceptions().keys().cloned().collect();
        if excused.is_empty() {
            return Ok(terms);
        }
        let listed = self.rounds.listed_among(&excused).await?;
        let typed = input.scope.as_ref().and_then(|scope| scope.exceptions.as_deref()).unwrap_or_default();
        let mut errors = FieldErrors::default();
        for (at, exception) in typed.iter().enumerate() {
            let code: Option<AgencyCode> = exception.agency.as_deref().and_then(|code| code.parse().ok());
            if code.is_some_and(|code| !listed.contains(&code)) {
                let unlisted = say(
                    "ไม่มีหน่วยงานนี้ในบัญชีรายชื่อ กรุณาเลือกหน่วยงานจากรายการ",
                    "This agency is not on the list. Choose the agency from the list.",
                );
                errors.add(format!("/scope/exceptions/{at}/agency"), unlisted);
            }
        }
        if errors.is_empty() { Ok(terms) } else { Err(ApiError::invalid(errors)) }
    }
}

/// Why a switch did not go over.
enum Pressed {
    /// The round was changed at the same moment.
    Overtaken,
    /// It may not be pressed now.
    Refused(ApiError),
}
