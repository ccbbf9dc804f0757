//! What is sent and answered about rounds.

mod link;
mod owing;
mod planning;
mod progress;
mod round;

pub(crate) use link::{LinkCall, LinkRound, LinkView};
pub(crate) use owing::{CallView, NewCall, OwingPage, OwingRow};
pub(crate) use planning::{HolidayList, HolidayView, Rehearsal, RehearsedDay};
pub(crate) use progress::{AgencyRow, AnswerView, AreaRow, CurvePoint, Progress, TallyView};
pub(crate) use round::{AskedWord, ListedRound, OwnAnswer, RoundList, Summary, WholeRound};

use serde::Deserialize;

/// A body that says nothing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}
