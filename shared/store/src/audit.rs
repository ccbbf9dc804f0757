//! Who did what when: append only.

use palad_domain::policy::Leave;
use palad_domain::record::HistoryEntry;

use crate::StoreError;
use crate::item::{Attributes, Builder};
use crate::registry::agency_pk;

/// One line about a change of a record, numbered by the record's version.
pub(crate) fn line(leave: &Leave, entry: &HistoryEntry, request_id: &str) -> Result<Attributes, StoreError> {
    Ok(Builder::new(agency_pk(leave.agency()), format!("RECORD#{:010}", entry.version.0))
        .time("at", entry.at)
        .json("action", &entry.action)?
        .json("actor", leave.actor())?
        .text("id", entry.id.as_str())
        .text("request_id", request_id)
        .build())
}
