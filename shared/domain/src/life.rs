//! How long what was made once can be used: links, codes, challenges.
//!
//! Of each only the end is kept. With its life that says when it was made, and what is yet to be made does not stand: a
//! clock that was set back gives nothing a longer life.

use jiff::{SignedDuration, Timestamp};

/// By how much the clocks of two machines may differ.
pub const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_secs(5);

/// Whether something that lives so long and ends then was made by `now`, as far as clocks agree.
#[must_use]
pub fn was_made_by(ends_at: Timestamp, life: SignedDuration, now: Timestamp) -> bool {
    ends_at.duration_since(now) <= life + CLOCKS_DIFFER
}

/// Whether it can be used `now`: it has been made, and has not ended.
#[must_use]
pub fn stands(ends_at: Timestamp, life: SignedDuration, now: Timestamp) -> bool {
    ends_at > now && was_made_by(ends_at, life, now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stands_from_when_it_was_made_until_it_ends() {
        let (made, life) = (Timestamp::UNIX_EPOCH, SignedDuration::from_mins(10));
        let cases =
            [(-3600, false), (-6, false), (-5, true), (0, true), (599, true), (600, false), (3600, false)];
        for (seconds, expected) in cases {
            let now = made + SignedDuration::from_secs(seconds);
            assert_eq!(stands(made + life, life, now), expected, "{seconds}");
        }
    }
}
