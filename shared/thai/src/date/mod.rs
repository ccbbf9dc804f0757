//! Days as people type them and as letters write them.
//!
//! Screens and letters count Buddhist years (พ.ศ. = CE + 543), the wire and the store hold ISO days. A year typed
//! in the wrong count is recognised by its size and flagged, so that the form can ask "did you mean".

mod parse;

pub use parse::parse_day;

use crate::digits::to_thai_digits;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use std::fmt;

/// A typed day, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParsedDay {
    /// The day itself.
    pub day: Date,
    /// The year was of the common era where a Buddhist one was expected: take it, and ask. An ISO day is no slip.
    pub ce_year_typed: bool,
}

/// Why a typed day cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateFault {
    /// Nothing was typed.
    Empty,
    /// Not day, month and year in any form known here.
    Form,
    /// The calendar has no such day, as 31 เมษายน.
    NoSuchDay,
    /// A year neither Buddhist nor of the common era within two hundred years, or two digits that could be both.
    Year,
}

impl fmt::Display for DateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "nothing was typed",
            Self::Form => "not a day, month and year",
            Self::NoSuchDay => "the calendar has no such day",
            Self::Year => "the year cannot be meant",
        })
    }
}

impl std::error::Error for DateFault {}

/// The months as letters write them.
pub const MONTHS: [&str; 12] = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
];

/// What a Buddhist year has over one of the common era.
pub const BUDDHIST_OFFSET: i16 = 543;

/// The day in a letter: ๓๑ มีนาคม ๒๕๖๖.
pub fn thai_day(day: Date) -> String {
    to_thai_digits(&thai_day_plain(day))
}

/// The day on a screen: 31 มีนาคม 2566.
pub fn thai_day_plain(day: Date) -> String {
    let month = usize::try_from(day.month() - 1).unwrap_or(0);
    let name = MONTHS.get(month).copied().unwrap_or_default();
    // A year near the end of jiff's range would overflow an i16.
    let year = i32::from(day.year()) + i32::from(BUDDHIST_OFFSET);
    format!("{} {name} {year}", day.day())
}

/// How far Bangkok is ahead of Greenwich, in hours: without summer time, and since 1920.
const BANGKOK: i8 = 7;

/// What calendar and clock show in Bangkok.
pub fn bangkok_time(at: Timestamp) -> DateTime {
    jiff::tz::offset(BANGKOK).to_datetime(at)
}

/// The moment at which a day begins in Bangkok; the last moment there is where that is beyond it.
pub fn bangkok_midnight(day: Date) -> Timestamp {
    let midnight = day.to_datetime(jiff::civil::Time::midnight());
    jiff::tz::offset(BANGKOK).to_timestamp(midnight).unwrap_or(Timestamp::MAX)
}

/// The day it is in Bangkok.
pub fn bangkok_day(at: Timestamp) -> Date {
    bangkok_time(at).date()
}

#[cfg(test)]
mod tests;
