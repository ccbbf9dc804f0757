//! A round that is closed by the clock in the same moment in which its closing is put off: one of the two is done, and
//! the other changes nothing.

use jiff::Timestamp;
use jiff::civil::date;
use palad_domain::policy::CanManageRounds;
use palad_domain::round::ending::Ended;
use palad_domain::round::state::Frozen;
use palad_domain::round::terms::Terms;
use palad_domain::round::{Round, RoundState};
use palad_store::{Counting, Endings, Rounds, StoreError};
use serde_json::json;

use super::staff::signed_in_centre;
use super::{Stores, at_once, now};

/// How often the two meet.
const MEETINGS: usize = 12;
/// The last moment at which it could be put off, and the first at which it is over.
const LAST: &str = "2026-12-15T16:59:59Z";
const OVER: &str = "2026-12-15T17:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// An open round whose last day is the fifteenth of December.
async fn opened(rounds: &Rounds, leave: &CanManageRounds) -> Round {
    let terms = serde_json::from_value(json!({
        "title": "สำรวจ", "letter": { "number": "ว 1", "date": "2026-10-25" },
        "dates": { "opens": "2026-11-02", "deadline": "2026-11-30", "closes": "2026-12-15" },
        "scope": { "provinces": ["54"] },
    }));
    let terms = Terms::parse(&terms.expect("an input")).expect("terms");
    let draft = rounds.create(leave, date(2026, 11, 2), |id| Round::draft(id, terms.clone(), now())).await;
    let draft = draft.expect("made");
    let open = draft.opened(Frozen { expected: 0, excused: 0, hash: String::new() }, now());
    rounds.change(leave, &draft, &open).await.expect("opened");
    open
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_round_is_closed_as_it_was_or_stays_open_with_its_new_dates() {
    let stores = Stores::start().await;
    let (aws, variables) = (stores.aws(), stores.variables());
    let rounds = Rounds::from_environment(&aws, variables).expect("variables");
    let endings = Endings::from_environment(&aws, variables).expect("variables");
    let counting = Counting::from_environment(&aws, variables).expect("variables");
    let leave = CanManageRounds::ask(&signed_in_centre(&stores).await, now()).expect("leave");

    // One after the other, either way round.
    let (first, second) = (opened(&rounds, &leave).await, opened(&rounds, &leave).await);
    let ended = |round: &Round| Ended::of(round, at(OVER)).expect("it is over");
    let put_off = |round: &Round| {
        round.moved(date(2026, 11, 30), date(2026, 12, 31), at(LAST)).expect("it is open to the last moment")
    };
    rounds.change(&leave, &first, &put_off(&first)).await.expect("put off");
    assert!(!endings.close_ended(&ended(&first)).await.expect("the store"), "it is not as it was seen");
    assert_eq!(rounds.find(first.id).await.expect("the store"), Some(put_off(&first)));
    assert!(Ended::of(&put_off(&first), at(OVER)).is_none(), "the next look finds it open");
    assert!(endings.close_ended(&ended(&second)).await.expect("the store"));
    let late = rounds.change(&leave, &second, &put_off(&second)).await;
    assert!(matches!(late, Err(StoreError::Stale { current }) if current == ended(&second).after().version));
    assert_eq!(rounds.find(second.id).await.expect("the store").as_ref(), Some(ended(&second).after()));

    // And at the same time.
    for _ in 0..MEETINGS {
        let round = opened(&rounds, &leave).await;
        let (ended, put_off) = (ended(&round), put_off(&round));
        let done = at_once(2, |number| {
            let (rounds, endings, leave) = (rounds.clone(), endings.clone(), leave.clone());
            let (ended, round, put_off) = (ended.clone(), round.clone(), put_off.clone());
            async move {
                if number == 0 {
                    return endings.close_ended(&ended).await.expect("the store");
                }
                match rounds.change(&leave, &round, &put_off).await {
                    Ok(()) => true,
                    Err(StoreError::Stale { .. }) => false,
                    Err(other) => panic!("{other}"),
                }
            }
        });
        let done = done.await;
        let stands = rounds.find(round.id).await.expect("the store").expect("it is there");
        assert_eq!(done.iter().filter(|done| **done).count(), 1, "one of the two");
        assert_eq!(stands, if done[0] { ended.after().clone() } else { put_off });
        // What a save is told follows the one that was done.
        let open = counting.open_rounds().await.expect("the store");
        let told = open.into_iter().find(|open| open.id == round.id);
        assert_eq!(told, stands.open_view());
        assert_eq!(told.is_some(), stands.state == RoundState::Open);
    }
    stores.stop().await;
}
