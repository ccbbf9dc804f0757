//! What is sent and answered about rounds.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use palad_domain::agency::{AgencyCode, AgencyKind, AgencyView};
use palad_domain::directory::Entry;
use palad_domain::province::ProvinceCode;
use palad_domain::record::{Office, Version};
use palad_domain::round::answer::{Answer, AnswerKind};
use palad_domain::round::attachment::{Attachment, AttachmentView};
use palad_domain::round::dates::{Dates, Phase};
use palad_domain::round::list::{CallNote, CallOutcome, ListLine, Report};
use palad_domain::round::receipt::ReceiptNumber;
use palad_domain::round::state::{Frozen, Move};
use palad_domain::round::tally::{Standing, Tally};
use palad_domain::round::terms::{Letter, Message};
use palad_domain::round::{OpenRound, Round, RoundId, RoundState};
use serde::{Deserialize, Serialize};

/// A body that says nothing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// The body of `POST .../calls`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCall {
    pub(crate) agency: Option<String>,
    pub(crate) outcome: Option<String>,
    pub(crate) note: Option<String>,
}

/// The body of `POST /api/confirmations`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinkCall {
    pub(crate) token: Option<String>,
    pub(crate) action: Option<String>,
}

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
    fn of(dates: &Dates, now: Timestamp) -> Self {
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

/// How many stand where. The seven places add up to `all`.
#[derive(Debug, Serialize)]
pub(crate) struct TallyView {
    all: u32,
    answered: u32,
    owing: u32,
    exempt: u32,
    not_registered: u32,
    silent: u32,
    unreachable: u32,
    confirmed: u32,
    updated: u32,
    vacant: u32,
    /// Of those that have answered.
    late: u32,
}

impl TallyView {
    pub(crate) fn of(tally: &Tally) -> Self {
        Self {
            all: tally.all(),
            answered: tally.answered(),
            owing: tally.owing(),
            exempt: tally.at(Standing::Exempt),
            not_registered: tally.at(Standing::NotRegistered),
            silent: tally.at(Standing::Silent),
            unreachable: tally.at(Standing::Unreachable),
            confirmed: tally.at(Standing::Confirmed),
            updated: tally.at(Standing::Updated),
            vacant: tally.at(Standing::Vacant),
            late: tally.late(),
        }
    }
}

/// A province or a district, with how many stand where.
#[derive(Debug, Serialize)]
pub(crate) struct AreaRow {
    /// A province's code; none of a district, which has no code here.
    code: Option<ProvinceCode>,
    name: String,
    tally: TallyView,
}

impl AreaRow {
    pub(crate) fn of_province(code: ProvinceCode, tally: &Tally) -> Self {
        Self { code: Some(code), name: code.province().name().to_owned(), tally: TallyView::of(tally) }
    }

    pub(crate) fn of_districts(districts: &BTreeMap<&str, Tally>) -> Vec<Self> {
        let row = |(name, tally): (&&str, &Tally)| Self {
            code: None,
            name: (*name).to_owned(),
            tally: TallyView::of(tally),
        };
        districts.iter().map(row).collect()
    }
}

/// An agency, with where it stands.
#[derive(Debug, Serialize)]
pub(crate) struct AgencyRow {
    agency: AgencyView,
    standing: Standing,
    excused: Option<String>,
    answer: Option<AnswerView>,
}

impl AgencyRow {
    pub(crate) fn of(line: &ListLine) -> Self {
        let answer = line.answer.as_ref().map(|answer| AnswerView::of(answer, line.late));
        Self { agency: line.view(), standing: line.standing, excused: line.excused.clone(), answer }
    }
}

/// An answer in a round.
#[derive(Debug, Serialize)]
pub(crate) struct AnswerView {
    kind: AnswerKind,
    answered_at: Timestamp,
    changed_at: Timestamp,
    late: bool,
    /// The number of its receipt, in two groups, where one was given.
    receipt: Option<String>,
}

impl AnswerView {
    pub(crate) fn of(answer: &Answer, late: bool) -> Self {
        let Answer { kind, answered_at, changed_at, receipt, .. } = answer;
        let receipt = receipt.as_ref().map(ReceiptNumber::grouped);
        Self { kind: *kind, answered_at: *answered_at, changed_at: *changed_at, late, receipt }
    }
}

/// The answer of `GET .../progress`.
#[derive(Debug, Serialize)]
pub(crate) struct Progress<'a> {
    pub(crate) round: Summary<'a>,
    pub(crate) level: &'static str,
    pub(crate) province: Option<ProvinceCode>,
    pub(crate) district: Option<&'a str>,
    pub(crate) tally: TallyView,
    /// What is one level deeper: provinces, districts, or none of a district.
    pub(crate) areas: Vec<AreaRow>,
    /// Of a district, its agencies; of a province, those that were asked for by a count.
    pub(crate) agencies: Vec<AgencyRow>,
    pub(crate) curve: Vec<CurvePoint>,
}

/// A day of the curve.
#[derive(Debug, Serialize)]
pub(crate) struct CurvePoint {
    pub(crate) day: Date,
    pub(crate) answered: u32,
    pub(crate) all: u32,
}

/// A page of those who owe.
#[derive(Debug, Serialize)]
pub(crate) struct OwingPage {
    pub(crate) items: Vec<OwingRow>,
    pub(crate) next: Option<String>,
}

/// An agency that owes an answer.
#[derive(Debug, Serialize)]
pub(crate) struct OwingRow {
    pub(crate) agency: AgencyView,
    pub(crate) telephone: Option<String>,
    pub(crate) standing: Standing,
    pub(crate) calls: Vec<CallView>,
}

/// A call that was noted.
#[derive(Debug, Serialize)]
pub(crate) struct CallView {
    at: Timestamp,
    by: Office,
    outcome: CallOutcome,
    note: Option<String>,
}

impl CallView {
    pub(crate) fn of(call: &CallNote) -> Self {
        Self { at: call.at, by: call.by, outcome: call.outcome, note: call.note.clone() }
    }
}

/// The answer of `GET .../rehearsal`.
#[derive(Debug, Serialize)]
pub(crate) struct Rehearsal {
    pub(crate) expected: u32,
    pub(crate) excused: u32,
    /// Of the expected: how many have no account, and so no way to answer yet.
    pub(crate) unregistered: u32,
    /// Of the expected: how many no mail reaches.
    pub(crate) without_address: u32,
    pub(crate) days: Vec<RehearsedDay>,
}

/// What goes out on a day, if nobody has answered by then.
#[derive(Debug, Serialize)]
pub(crate) struct RehearsedDay {
    pub(crate) day: Date,
    pub(crate) step: String,
    pub(crate) to: &'static str,
    pub(crate) number: u32,
}

/// The holidays that the office entered.
#[derive(Debug, Serialize)]
pub(crate) struct HolidayList<'a> {
    pub(crate) items: Vec<HolidayView<'a>>,
}

/// One of them.
#[derive(Debug, Serialize)]
pub(crate) struct HolidayView<'a> {
    pub(crate) day: Date,
    pub(crate) name: &'a str,
}

/// What a link shows.
#[derive(Debug, Serialize)]
pub(crate) struct LinkView<'a> {
    pub(crate) round: LinkRound<'a>,
    /// The record as the public sees it.
    pub(crate) entry: Entry,
    pub(crate) version: Version,
    /// Whether the record was changed after the mail was written.
    pub(crate) changed: bool,
    /// The answer that the agency has given already.
    pub(crate) answer: Option<AnswerView>,
    /// With which to confirm what is shown here; none where nothing is recorded.
    pub(crate) token: Option<String>,
}

/// The round of a link.
#[derive(Debug, Serialize)]
pub(crate) struct LinkRound<'a> {
    id: RoundId,
    title: &'a str,
    #[serde(flatten)]
    when: When,
}

impl<'a> LinkRound<'a> {
    pub(crate) fn of(round: &'a OpenRound, now: Timestamp) -> Self {
        Self { id: round.id, title: &round.title, when: When::of(&round.dates, now) }
    }
}
