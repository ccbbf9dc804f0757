//! Who owes an answer, and the calls that were noted.

use jiff::Timestamp;
use palad_domain::agency::AgencyView;
use palad_domain::record::Office;
use palad_domain::round::list::{CallNote, CallOutcome};
use palad_domain::round::tally::Standing;
use serde::{Deserialize, Serialize};

/// The body of `POST .../calls`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCall {
    pub(crate) agency: Option<String>,
    pub(crate) outcome: Option<String>,
    pub(crate) note: Option<String>,
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
