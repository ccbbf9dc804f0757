//! What will go out when, and the holidays on which nothing does.

use jiff::civil::Date;
use serde::Serialize;

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
