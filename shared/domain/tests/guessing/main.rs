//! How far guessing gets: a day of attacks upon all 7,850 accounts, in virtual time, with the limits as they are.
//!
//! The attacker here knows more than any real one: how people choose their numbers, which the answers never
//! tell apart; and wastes no try. What the limits leave is derived first.
//!
//! **Bound.** Let `p(n)` be the share of agencies that chose the number `n`, whichever agency it is (what is public
//! of an agency, its code and its telephone, the rules refuse as its number). A number may be
//! tried on 12 agencies in a window of one day, and 24 hours touch two such windows, so that it is tried on 24
//! agencies at most; each of these tries hits with probability `p(n)`. So the expected hits of *any* strategy, with
//! any number of networks, are at most `24 · Σ p(n) ≤ 24`; and with as many numbers as the allowances let through
//! (40 tries at each of 7,850 agencies in the first 24 hours, 24 for each number: 13,084 numbers) at most 24
//! times the share of the 13,084 most popular numbers.
//!
//! A hit is not a session. It makes the owner a mail with a code of eight digits; the attacker may guess that
//! code five times for each of the 40 tries that the agency's allowance gives in 24 hours, which succeeds
//! with probability `40 · 5 / 10^8`. With 24 hits expected: `24 · 200 / 10^8 < 5 · 10^-5` sessions a day.

mod attack;
mod people;

use attack::{Attack, Outcome, Strategy};

/// The largest number of hits that is expected of any strategy.
const BOUND: f64 = 24.0;

fn print(strategy: Strategy, outcome: &Outcome) {
    // Shown by `cargo test -p palad-domain --test guessing -- --nocapture`.
    eprintln!(
        "{strategy:?}: {} tries judged, {} refused, {} numbers hit ({:.1} expected), {} codes guessed at, {} sessions",
        outcome.judged, outcome.refused, outcome.hits, outcome.expected, outcome.codes, outcome.sessions
    );
}

#[test]
fn a_day_of_guessing_gains_no_session_and_hits_few_numbers() {
    let attack = Attack::new();
    for strategy in
        [Strategy::Popular, Strategy::Random, Strategy::Slow, Strategy::OneByOne, Strategy::FewNetworks]
    {
        let outcome = attack.run(strategy, true);
        print(strategy, &outcome);
        assert_eq!(outcome.sessions, 0, "{strategy:?}");
        assert!(outcome.expected <= BOUND, "{strategy:?}: {}", outcome.expected);
        // What happened is one draw around what is expected: within four standard deviations of the bound.
        assert!(f64::from(outcome.hits) <= BOUND + 4.0 * BOUND.sqrt(), "{strategy:?}: {}", outcome.hits);
        assert!(outcome.owners_refused == 0, "{strategy:?}: owners on known devices always get in");
    }
}

#[test]
fn without_the_guard_of_numbers_the_same_attack_hits_many_times_as_often() {
    let attack = Attack::new();
    let guarded = attack.run(Strategy::Popular, true);
    let unguarded = attack.run(Strategy::Popular, false);
    print(Strategy::Popular, &unguarded);
    assert!(unguarded.expected > 10.0 * BOUND && unguarded.hits > 10 * guarded.hits.max(1));
    assert_eq!(unguarded.sessions, 0, "the mailed code stands even then");
}
