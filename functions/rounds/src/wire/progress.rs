//! How far a round is: tallies, areas, agencies and the curve.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use palad_domain::agency::AgencyView;
use palad_domain::province::ProvinceCode;
use palad_domain::round::answer::{Answer, AnswerKind};
use palad_domain::round::list::ListLine;
use palad_domain::round::receipt::ReceiptNumber;
use palad_domain::round::tally::{Standing, Tally};
use serde::Serialize;

use super::round::Summary;

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
