//! A round's way: rehearsed, opened, closed.

use std::time::{Duration, Instant};

use palad_api::{ApiError, Request, Response};
use palad_domain::round::RoundState;
use palad_domain::round::state::Unfit;
use palad_store::Opened;

use crate::App;
use crate::asking::{round_id, unfit, whole};
use crate::wire::{Nothing, Rehearsal, RehearsedDay, WholeRound};

/// What the last step of an opening may take: reading the list back, and one transaction.
const LAST_STEP: Duration = Duration::from_secs(8);

impl App {
    /// Every message that will still go out, in full, without sending any.
    pub(crate) async fn rehearse(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        self.central(request, now)?;
        let (round, holidays) = self.rounds.with_holidays(round_id(request)?).await?;
        let round = round.ok_or_else(ApiError::not_found)?;
        let census = self.rounds.census(&round.terms.scope).await?;
        let mut days = Vec::new();
        for due in round.to_come(&holidays.calendar(), now) {
            let (day, step) = (due.day, due.step.slug());
            let number = census.expected - census.without_address;
            days.push(RehearsedDay { day, step: step.clone(), to: "agency", number });
            if due.step.tells_provinces() {
                days.push(RehearsedDay { day, step, to: "province", number: census.provinces });
            }
        }
        Ok(Response::ok(&Rehearsal {
            expected: census.expected,
            excused: census.excused,
            unregistered: census.unregistered,
            without_address: census.without_address,
            days,
        }))
    }

    /// Freezes the list. What does not fit into the time of one call is gone on with by the next: 202.
    pub(crate) async fn open(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let leave = self.central(request, now)?;
        let Nothing {} = request.json()?;
        let round = self.round(request).await?;
        round.may_open(now).map_err(unfit)?;
        let until = request.time_left().map(|left| Instant::now() + left.saturating_sub(LAST_STEP));
        match self.rounds.open(&leave, &round, now, until).await? {
            Opened::Done(round) => Ok(whole(&round, None, now)),
            Opened::GoesOn(round) => {
                Ok(Response::accepted(&WholeRound::of(&round, None, now)).etag(round.version))
            }
        }
    }

    /// Closes the round and writes how it ended. One that was closed without its report gets that by the next call.
    pub(crate) async fn close(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let leave = self.central(request, now)?;
        let Nothing {} = request.json()?;
        let before = self.round(request).await?;
        let is_over = before.state == RoundState::Closed && !before.history;
        let round = if is_over && self.rounds.report(before.id).await?.is_none() {
            before
        } else {
            let after = before.closed(now).map_err(|why: Unfit| unfit(why))?;
            self.rounds.change(&leave, &before, &after).await?;
            after
        };
        let report = self.rounds.write_report(&round, now).await?;
        Ok(whole(&round, Some(&report), now))
    }
}
