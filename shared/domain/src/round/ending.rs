//! A round that is over by its dates: the clock may close it, and nothing else.

use jiff::Timestamp;

use super::dates::Phase;
use super::state::Round;

/// The proof that an open round's last day has passed, with the round at its end. Whoever closes a round earlier needs
/// the leave of the central office instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    before: Round,
    after: Round,
}

impl Ended {
    /// The proof; none while the round takes answers, and where it is not open.
    #[must_use]
    pub fn of(round: &Round, now: Timestamp) -> Option<Self> {
        let is_over = round.terms.dates.phase(now) == Phase::Over;
        let after = round.closed(now).ok().filter(|_| is_over)?;
        Some(Self { before: round.clone(), after })
    }

    /// The round as it was seen.
    #[must_use]
    pub fn before(&self) -> &Round {
        &self.before
    }

    /// The round at its end.
    #[must_use]
    pub fn after(&self) -> &Round {
        &self.after
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::round::state::RoundState;
    use crate::round::terms::{Terms, TermsInput};

    #[test]
    fn only_an_open_round_ends_and_only_after_its_last_day() {
        let input: TermsInput = serde_json::from_value(json!({
            "title": "สำรวจ", "letter": { "number": "ว 1", "date": "2026-10-25" },
            "dates": { "opens": "2026-11-02", "deadline": "2026-11-30", "closes": "2026-12-15" },
        }))
        .expect("an input");
        let at = |text: &str| text.parse::<Timestamp>().expect("a time");
        let terms = Terms::parse(&input).expect("terms");
        let draft = Round::draft("2569-1".parse().expect("a name"), terms, at("2026-10-01T00:00:00Z"));
        let open = Round { state: RoundState::Open, ..draft.clone() };
        let (last, over) = (at("2026-12-15T16:59:59Z"), at("2026-12-15T17:00:00Z"));
        assert_eq!(Ended::of(&open, last), None);
        let ended = Ended::of(&open, over).expect("ended");
        assert_eq!((ended.before(), ended.after().state), (&open, RoundState::Closed));
        assert_eq!(ended.after().closed_at, Some(over));
        for state in [RoundState::Draft, RoundState::Opening, RoundState::Closed] {
            assert_eq!(Ended::of(&Round { state, ..draft.clone() }, over), None);
        }
    }
}
