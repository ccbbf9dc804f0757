//! The link of a reminder: what it asks, and what it shows.

use jiff::Timestamp;
use palad_domain::directory::Entry;
use palad_domain::record::Version;
use palad_domain::round::{OpenRound, RoundId};
use serde::{Deserialize, Serialize};

use super::progress::AnswerView;
use super::round::When;

/// The body of `POST /api/confirmations`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinkCall {
    pub(crate) token: Option<String>,
    pub(crate) action: Option<String>,
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
