//! A round in a list, in short and whole.

use jiff::Timestamp;
use palad_domain::agency::{AgencyCode, AgencyKind};
use palad_domain::province::ProvinceCode;
use palad_domain::round::attachment::{Attachment, AttachmentView};
use palad_domain::round::dates::{Dates, Phase};
use palad_domain::round::list::Report;
use palad_domain::round::state::{Frozen, Move};
use palad_domain::round::terms::{Letter, Message};
use palad_domain::round::{Round, RoundId, RoundState};
use serde::Serialize;

use super::progress::{AnswerView, AreaRow, TallyView};

/// Where a day lies in a round.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum PhaseWord {
    Before,
    OnTime,
    Late,
    Over,
}

/// When a round is, seen from now.
#[derive(Debug, Serialize)]
pub(crate) struct When {
    dates: Dates,
    phase: PhaseWord,
    /// With today: 0 on the deadline itself, less than that afterwards.
    days_left: i32,
}

impl When {
    pub(super) fn of(dates: &Dates, now: Timestamp) -> Self {
        let phase = match dates.phase(now) {
            Phase::Before => PhaseWord::Before,
            Phase::OnTime => PhaseWord::OnTime,
            Phase::Late => PhaseWord::Late,
            Phase::Over => PhaseWord::Over,
        };
        Self { dates: *dates, phase, days_left: dates.days_left(now) }
    }
}

/// A round in short: what everybody who is signed in may know of it.
#[derive(Debug, Serialize)]
pub(crate) struct Summary<'a> {
    id: RoundId,
    title: &'a str,
    letter: Option<&'a Letter>,
    attachments: Vec<AttachmentView<'a>>,
    state: RoundState,
    #[serde(flatten)]
    when: When,
    history: bool,
    frozen: Option<&'a Frozen>,
    moves: &'a [Move],
    opened_at: Option<Timestamp>,
    closed_at: Option<Timestamp>,
    stopped_at: Option<Timestamp>,
}

impl<'a> Summary<'a> {
    pub(crate) fn of(round: &'a Round, now: Timestamp) -> Self {
        Self {
            id: round.id,
            title: &round.terms.title,
            letter: round.terms.letter.as_ref(),
            attachments: round.attachments.iter().map(Attachment::view).collect(),
            state: round.state,
            when: When::of(&round.terms.dates, now),
            history: round.history,
            frozen: round.frozen.as_ref(),
            moves: &round.moves,
            opened_at: round.opened_at,
            closed_at: round.closed_at,
            stopped_at: round.stopped_at,
        }
    }
}

/// One round of the list; for an agency with how it stands to it.
#[derive(Debug, Serialize)]
pub(crate) struct ListedRound<'a> {
    #[serde(flatten)]
    pub(crate) summary: Summary<'a>,
    pub(crate) own: Option<OwnAnswer>,
}

/// How the agency that asks stands to a round.
#[derive(Debug, Serialize)]
pub(crate) struct OwnAnswer {
    pub(crate) asked: AskedWord,
    pub(crate) answer: Option<AnswerView>,
}

/// How an agency is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AskedWord {
    Expected,
    Excused,
    No,
}

/// The answer of `GET /api/rounds`.
#[derive(Debug, Serialize)]
pub(crate) struct RoundList<'a> {
    pub(crate) items: Vec<ListedRound<'a>>,
    /// Since when no reminder of any round goes out, if none does.
    pub(crate) reminders_stopped_at: Option<Timestamp>,
}

/// A round whole, for the offices.
#[derive(Debug, Serialize)]
pub(crate) struct WholeRound<'a> {
    #[serde(flatten)]
    summary: Summary<'a>,
    scope: ScopeView<'a>,
    steps: Vec<StepView<'a>>,
    created_at: Timestamp,
    report: Option<ReportView>,
}

#[derive(Debug, Serialize)]
struct ScopeView<'a> {
    kinds: &'a [AgencyKind],
    provinces: Vec<ProvinceCode>,
    exceptions: Vec<ExceptionView<'a>>,
}

#[derive(Debug, Serialize)]
struct ExceptionView<'a> {
    agency: &'a AgencyCode,
    reason: &'a str,
}

#[derive(Debug, Serialize)]
struct StepView<'a> {
    #[serde(flatten)]
    step: palad_domain::round::plan::Step,
    text: Option<&'a str>,
}

impl<'a> WholeRound<'a> {
    pub(crate) fn of(round: &'a Round, report: Option<&Report>, now: Timestamp) -> Self {
        let scope = &round.terms.scope;
        let exceptions = scope.exceptions().iter().map(|(agency, reason)| ExceptionView { agency, reason });
        let step = |message: &'a Message| StepView { step: message.step, text: message.text.as_deref() };
        Self {
            summary: Summary::of(round, now),
            scope: ScopeView {
                kinds: scope.kinds(),
                provinces: scope.named_provinces().iter().copied().collect(),
                exceptions: exceptions.collect(),
            },
            steps: round.terms.steps.iter().map(step).collect(),
            created_at: round.created_at,
            report: report.map(ReportView::of),
        }
    }
}

/// How a round ended.
#[derive(Debug, Serialize)]
struct ReportView {
    at: Timestamp,
    tally: TallyView,
    provinces: Vec<AreaRow>,
}

impl ReportView {
    fn of(report: &Report) -> Self {
        Self {
            at: report.at,
            tally: TallyView::of(&report.country()),
            provinces: report
                .provinces
                .iter()
                .map(|(code, tally)| AreaRow::of_province(*code, tally))
                .collect(),
        }
    }
}
