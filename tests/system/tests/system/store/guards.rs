//! Guards across agencies: full at their limit whatever comes at the same time, and given back to owners.

use std::collections::BTreeSet;

use palad_domain::agency::AgencyCode;
use palad_domain::guessing::{Guard, GuardKind, Window};
use palad_environment::Random;
use palad_store::Guards;

use super::{Stores, at_once, code, now};

fn guard(kind: GuardKind) -> Guard {
    Guard { kind, mark: Random::default().token(), window: Window::of(kind, now()) }
}

async fn is_let_through(guards: &Guards, guard: &Guard, agency: &AgencyCode) -> bool {
    guards.charge(guard, agency.as_str(), now()).await.expect("the store").is_ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_agencies_at_once_as_many_are_let_through_as_the_guard_has_room_for() {
    let stores = Stores::start().await;
    let guards = Guards::from_environment(&stores.aws(), stores.variables()).expect("variables");
    for kind in [GuardKind::Network, GuardKind::Number, GuardKind::StaffNetwork] {
        let guard = guard(kind);
        let charges = at_once(kind.room() * 2, |number| {
            let (guards, guard) = (guards.clone(), guard.clone());
            async move { is_let_through(&guards, &guard, &code(number)).await }
        })
        .await;
        assert_eq!(charges.iter().filter(|charge| **charge).count(), kind.room());
        // Those that are counted may go on, the others wait for the end of the window.
        for (number, was_let_through) in charges.into_iter().enumerate() {
            let again = guards.charge(&guard, code(number).as_str(), now()).await.expect("the store");
            assert_eq!(again.is_ok(), was_let_through);
            if let Err(wait) = again {
                assert_eq!(now() + wait, guard.ends_at());
            }
        }
        let next = Guard { window: Window::of(kind, guard.ends_at()), ..guard.clone() };
        assert!(is_let_through(&guards, &next, &code(9999)).await, "another window");
        let other = Guard { mark: Random::default().token(), ..guard };
        assert!(is_let_through(&guards, &other, &code(9999)).await, "another network or number");
    }
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_store_admits_what_the_domain_admits() {
    let stores = Stores::start().await;
    let guards = Guards::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let random = Random::default();
    for kind in [GuardKind::Network, GuardKind::Number, GuardKind::StaffNetwork] {
        let guard = guard(kind);
        let mut counted = BTreeSet::new();
        for _ in 0..400 {
            let [choice, number] = random.bytes::<2>();
            let agency = code(usize::from(number) % (kind.room() + 5));
            if choice < 80 {
                guards.give_back(&guard, agency.as_str()).await.expect("the store");
                counted.remove(&agency);
            } else {
                let admits = guard.admits(&counted, &agency);
                assert_eq!(is_let_through(&guards, &guard, &agency).await, admits, "{counted:?} {agency}");
                if admits {
                    counted.insert(agency);
                }
            }
        }
    }
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_given_back_makes_room_once() {
    let stores = Stores::start().await;
    let guards = Guards::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let guard = guard(GuardKind::Number);
    let limit = guard.kind.room();
    // Of nothing nothing can be given back.
    guards.give_back(&guard, code(0).as_str()).await.expect("the store");
    for number in 0..limit {
        assert!(is_let_through(&guards, &guard, &code(number)).await);
    }
    assert!(!is_let_through(&guards, &guard, &code(limit)).await);
    for _ in 0..3 {
        guards.give_back(&guard, code(0).as_str()).await.expect("the store");
    }
    assert!(is_let_through(&guards, &guard, &code(limit)).await);
    assert!(!is_let_through(&guards, &guard, &code(limit + 1)).await);
    assert!(!is_let_through(&guards, &guard, &code(0)).await);
    stores.stop().await;
}
