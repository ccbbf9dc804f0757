//! Reading rounds, holidays and receipts.

use palad_api::{ApiError, Request, Response};
use palad_domain::agency::Agency;
use palad_domain::policy::is_shown;
use palad_domain::record::Ledger;
use palad_domain::round::receipt::ReceiptNumber;
use palad_domain::round::scope::Asked;
use palad_domain::round::{Round, RoundState};
use palad_domain::session::Actor;

use crate::App;
use crate::asking::whole;
use crate::wire::{
    AnswerView, AskedWord, HolidayList, HolidayView, ListedRound, OwnAnswer, RoundList, Summary,
};

impl App {
    pub(crate) async fn list(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let session = request.session(&self.verifier, now)?;
        let mut rounds = self.rounds.all().await?;
        rounds.retain(|round| is_shown(round, &session.actor));
        let own = match &session.actor {
            Actor::Agency { agency } => self.confirmations.look(agency).await?,
            _ => None,
        };
        let item = |round| ListedRound {
            summary: Summary::of(round, now),
            own: own.as_ref().map(|own| own_answer(round, &own.agency, &own.ledger)),
        };
        let reminders_stopped_at = match session.actor {
            Actor::Central { .. } => self.rounds.stopped_since().await?,
            _ => None,
        };
        Ok(Response::ok(&RoundList { items: rounds.iter().map(item).collect(), reminders_stopped_at }))
    }

    pub(crate) async fn get(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let session = request.session(&self.verifier, now)?;
        if matches!(session.actor, Actor::Agency { .. }) {
            return Err(ApiError::forbidden());
        }
        let round = self.round(request).await?;
        if !is_shown(&round, &session.actor) {
            return Err(ApiError::not_found());
        }
        let is_over = round.state == RoundState::Closed && !round.history;
        let report = if is_over { self.rounds.report(round.id).await? } else { None };
        Ok(whole(&round, report.as_ref(), now))
    }

    pub(crate) async fn holidays(&self, request: &Request) -> Result<Response, ApiError> {
        self.central(request, self.clock.now())?;
        let holidays = self.rounds.holidays().await?;
        let items = holidays.days.iter().map(|(day, name)| HolidayView { day: *day, name });
        Ok(Response::ok(&HolidayList { items: items.collect() }).etag(holidays.version))
    }

    /// A receipt is for whoever was shown it: its number cannot be guessed.
    pub(crate) async fn receipt(&self, request: &Request) -> Result<Response, ApiError> {
        let number = ReceiptNumber::parse(request.param("number")?).ok_or_else(ApiError::not_found)?;
        let receipt = self.receipts.find(&number).await?.ok_or_else(ApiError::not_found)?;
        Ok(Response::ok(&receipt.view()))
    }
}

fn own_answer(round: &Round, agency: &Agency, ledger: &Ledger) -> OwnAnswer {
    let asked = match round.terms.scope.asks(agency) {
        Asked::Expected => AskedWord::Expected,
        Asked::Excused(_) => AskedWord::Excused,
        Asked::No => AskedWord::No,
    };
    let deadline = round.terms.dates.deadline();
    let answer = ledger.answers.get(&round.id);
    OwnAnswer { asked, answer: answer.map(|answer| AnswerView::of(answer, answer.is_after(deadline))) }
}
