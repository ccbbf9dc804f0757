//! Rounds, lists and totals as items, and back.

use jiff::Timestamp;
use palad_domain::agency::AgencyCode;
use palad_domain::province::ProvinceCode;
use palad_domain::round::holidays::Holidays;
use palad_domain::round::list::{CallNote, Curve, ListLine, Report};
use palad_domain::round::tally::Tally;
use palad_domain::round::{OpenRound, Round, RoundId};
use serde::{Deserialize, Serialize};

use crate::StoreError;
use crate::item::{Attributes, Builder, Reader};
use crate::tables::SK;

/// The partition of the rounds themselves.
pub(crate) const ROUNDS: &str = "ROUNDS";
/// The sort key of what a save must know.
pub(crate) const OPEN: &str = "OPEN";
/// The sort key of the holidays.
pub(crate) const CALENDAR: &str = "CALENDAR";
/// The sort key of the switch that stops all reminders.
pub(crate) const STOP: &str = "STOP";
/// The sort key of the final report.
pub(crate) const REPORT: &str = "REPORT";

/// The version of a round or of the holidays, for conditions.
pub(crate) const VERSION: &str = "version";
/// How far the list of a round that is being opened is written.
pub(crate) const CURSOR: &str = "list_cursor";
/// The open rounds, as JSON in one form only, so that a condition can compare it.
pub(crate) const OPEN_ROUNDS: &str = "open_rounds";
/// A line of a list, as JSON.
pub(crate) const LINE: &str = "list_line";
/// How many times a line was counted anew, for conditions.
pub(crate) const COUNTED: &str = "counted";
/// A tally, as JSON in one form only, so that a condition can compare it.
pub(crate) const TALLY: &str = "tally";

/// Stands between the code of an agency and the time of a call.
const CALL: &str = "#CALL#";

/// How far a list is written: up to this agency of this province.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ListCursor {
    pub(crate) province: Option<ProvinceCode>,
    pub(crate) code: Option<AgencyCode>,
}

pub(crate) fn round_sk(id: RoundId) -> String {
    format!("ROUND#{id}")
}

/// The partition of totals, curves and the report.
pub(crate) fn round_pk(id: RoundId) -> String {
    format!("ROUND#{id}")
}

/// The partition of the frozen list of one province.
pub(crate) fn list_pk(id: RoundId, province: ProvinceCode) -> String {
    format!("ROUND#{id}#{province}")
}

pub(crate) fn total_sk(province: ProvinceCode) -> String {
    format!("TOTAL#{province}")
}

/// The curve of a province, or of the country.
pub(crate) fn curve_sk(province: Option<ProvinceCode>) -> String {
    format!("CURVE#{}", province.map_or("ALL", ProvinceCode::as_str))
}

pub(crate) fn call_sk(code: &AgencyCode, at: Timestamp) -> String {
    format!("{code}{CALL}{at:.6}")
}

pub(crate) fn round_item(round: &Round) -> Result<Builder, StoreError> {
    Builder::new(ROUNDS, round_sk(round.id)).number(VERSION, round.version).json("round", round)
}

pub(crate) fn read_round(item: &Attributes) -> Result<Round, StoreError> {
    Reader(item).json("round")
}

pub(crate) fn read_cursor(item: &Attributes) -> Result<Option<ListCursor>, StoreError> {
    let read = Reader(item);
    read.find_text(CURSOR).map(|_| read.json(CURSOR)).transpose()
}

pub(crate) fn open_item(open: &[OpenRound]) -> Result<Attributes, StoreError> {
    Ok(Builder::new(ROUNDS, OPEN).json(OPEN_ROUNDS, &open)?.build())
}

pub(crate) fn read_open(item: &Attributes) -> Result<Vec<OpenRound>, StoreError> {
    Reader(item).json(OPEN_ROUNDS)
}

pub(crate) fn holidays_item(holidays: &Holidays) -> Result<Attributes, StoreError> {
    let item = Builder::new(ROUNDS, CALENDAR).number(VERSION, holidays.version);
    Ok(item.json("holidays", holidays)?.build())
}

pub(crate) fn read_holidays(item: &Attributes) -> Result<Holidays, StoreError> {
    Reader(item).json("holidays")
}

pub(crate) fn stop_item(since: Timestamp) -> Attributes {
    Builder::new(ROUNDS, STOP).time("since", since).build()
}

pub(crate) fn read_stop(item: &Attributes) -> Result<Timestamp, StoreError> {
    Reader(item).time("since")
}

pub(crate) fn line_item(id: RoundId, line: &ListLine) -> Result<Attributes, StoreError> {
    let item = Builder::new(list_pk(id, line.province), line.code.as_str()).number(COUNTED, line.counted);
    Ok(item.json(LINE, line)?.build())
}

pub(crate) fn read_line(item: &Attributes) -> Result<ListLine, StoreError> {
    Reader(item).json(LINE)
}

pub(crate) fn call_item(
    id: RoundId,
    province: ProvinceCode,
    code: &AgencyCode,
    call: &CallNote,
) -> Result<Attributes, StoreError> {
    Ok(Builder::new(list_pk(id, province), call_sk(code, call.at)).json("call", call)?.build())
}

/// An item of a province's list: a line of it, or a call that was noted to one of its agencies.
pub(crate) enum ListItem {
    Line(ListLine),
    Call(AgencyCode, CallNote),
}

pub(crate) fn read_list_item(item: &Attributes) -> Result<ListItem, StoreError> {
    let read = Reader(item);
    if read.find_text(LINE).is_some() {
        return read_line(item).map(ListItem::Line);
    }
    let code = read.parse(SK, |sk| sk.split_once(CALL)?.0.parse().ok())?;
    Ok(ListItem::Call(code, read.json("call")?))
}

pub(crate) fn total_item(
    id: RoundId,
    province: ProvinceCode,
    tally: &Tally,
) -> Result<Attributes, StoreError> {
    Ok(Builder::new(round_pk(id), total_sk(province)).json(TALLY, tally)?.build())
}

pub(crate) fn read_total(item: &Attributes) -> Result<(ProvinceCode, Tally), StoreError> {
    let read = Reader(item);
    Ok((read.parse(SK, |sk| sk.strip_prefix("TOTAL#")?.parse().ok())?, read.json(TALLY)?))
}

pub(crate) fn read_curve(item: &Attributes) -> Result<Curve, StoreError> {
    Reader(item).json("curve")
}

pub(crate) fn report_item(id: RoundId, report: &Report) -> Result<Attributes, StoreError> {
    Ok(Builder::new(round_pk(id), REPORT).json("report", report)?.build())
}

pub(crate) fn read_report(item: &Attributes) -> Result<Report, StoreError> {
    Reader(item).json("report")
}
