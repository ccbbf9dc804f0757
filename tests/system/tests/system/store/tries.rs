//! Counters of tries: charged before the try is judged, and one winner among parallel ones.

use jiff::SignedDuration;
use palad_domain::guessing::UNKNOWN_DEVICE_TRIES;
use palad_domain::round::link::LINK_ANSWERS_AN_HOUR;
use palad_store::{Tries, TriesScope};

use super::{Stores, at_once, code, now};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_forty_tries_at_once_one_is_let_through() {
    let stores = Stores::start().await;
    let tries = Tries::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let allowed = usize::try_from(UNKNOWN_DEVICE_TRIES).expect("a count");
    for round in 0..3 {
        // With one try left, whoever is late finds none; so exactly one gets it.
        let used = if round == 0 { 0 } else { allowed - 1 };
        let code = code(round);
        for _ in 0..used {
            assert!(tries.charge(TriesScope::UnknownDevices(&code), now()).await.expect("the store").is_ok());
        }
        let charges = at_once(40, |_| {
            let (tries, code) = (tries.clone(), code.clone());
            async move { tries.charge(TriesScope::UnknownDevices(&code), now()).await.expect("the store") }
        })
        .await;
        let mut let_through = charges.iter().filter(|charge| charge.is_ok()).count();
        if used > 0 {
            assert_eq!(let_through, 1);
        }
        // Of a full allowance several may be taken one after the other, but each is counted.
        while tries.charge(TriesScope::UnknownDevices(&code), now()).await.expect("the store").is_ok() {
            let_through += 1;
        }
        assert_eq!(used + let_through, allowed);
    }
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_allowance_is_used_up_given_back_and_refilled() {
    let stores = Stores::start().await;
    let tries = Tries::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let (code, other) = (code(1), code(2));
    let scope = TriesScope::UnknownDevices(&code);
    for _ in 0..UNKNOWN_DEVICE_TRIES {
        assert!(tries.charge(scope, now()).await.expect("the store").is_ok());
    }
    let wait = tries.charge(scope, now()).await.expect("the store").expect_err("used up");
    assert!(wait > SignedDuration::ZERO);
    // Another agency, and another purpose, have counters of their own.
    assert!(tries.charge(TriesScope::UnknownDevices(&other), now()).await.expect("the store").is_ok());
    assert!(tries.charge(TriesScope::OfficeResets(&code), now()).await.expect("the store").is_ok());
    tries.refund(scope).await.expect("the store");
    assert!(tries.charge(scope, now()).await.expect("the store").is_ok());
    assert!(tries.charge(scope, now()).await.expect("the store").is_err());
    assert!(tries.charge(scope, now() + wait).await.expect("the store").is_ok());
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn answers_by_link_refill_within_an_hour() {
    let stores = Stores::start().await;
    let tries = Tries::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let (code, other) = (code(1), code(2));
    let scope = TriesScope::LinkAnswers(&code);
    for _ in 0..LINK_ANSWERS_AN_HOUR {
        assert!(tries.charge(scope, now()).await.expect("the store").is_ok());
    }
    let wait = tries.charge(scope, now()).await.expect("the store").expect_err("used up");
    assert_eq!(wait, SignedDuration::from_mins(2));
    assert!(tries.charge(TriesScope::LinkAnswers(&other), now()).await.expect("the store").is_ok());
    assert!(tries.charge(scope, now() + wait).await.expect("the store").is_ok());
    stores.stop().await;
}
