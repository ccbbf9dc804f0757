//! Lists as tables, in the words of an office.

pub(crate) mod directory;
pub(crate) mod name;
pub(crate) mod owing;
pub(crate) mod progress;
mod table;
mod words;

use palad_domain::round::RoundId;

pub(crate) use table::Table;

/// Which list of which round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List {
    /// Every agency with who holds its post.
    Directory,
    /// Every agency that a round asks, with where it stands.
    Progress(RoundId),
    /// Every agency that owes an answer, with telephone and calls.
    Owing(RoundId),
}
