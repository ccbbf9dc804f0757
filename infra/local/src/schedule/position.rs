//! How far a schedule has come.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How far a schedule has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Position {
    /// The last firing that was begun; at first, when the schedule was first seen.
    pub(crate) last: Timestamp,
    /// How often that firing was tried in vain, while it is not done with.
    pub(crate) under_way: Option<u32>,
}
