//! Guesses that come at the same time: each is charged, once.

use std::net::Ipv4Addr;

use jiff::SignedDuration;
use palad_domain::guessing::{DAY, UNKNOWN_DEVICE_TRIES};
use palad_store::{Aws, Tries, TriesScope};
use palad_system_tests::{House, PHRAE};

use super::guess;

const FROM: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 7);
const AT_ONCE: usize = 200;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_hundred_guesses_at_once_no_more_are_judged_than_were_charged_and_twenty_in_all() {
    let house = House::start().await;
    let owner = house.sign_up(PHRAE).await;
    let together = std::sync::Arc::new(tokio::sync::Barrier::new(AT_ONCE));
    let guesses: Vec<_> = (0..AT_ONCE)
        .map(|number| {
            let (browser, together) = (house.browser(), std::sync::Arc::clone(&together));
            tokio::spawn(async move {
                together.wait().await;
                guess(&browser, FROM, PHRAE.code, &format!("6041{number:04}")).await.status
            })
        })
        .collect();
    // On a machine that is too busy some get 503: such a guess may have been charged, and was not judged.
    let (mut judged, mut unsure) = (0, 0);
    for guess in guesses {
        match guess.await.expect("an answer") {
            202 => judged += 1,
            503 => unsure += 1,
            status => assert_eq!(status, 429),
        }
    }
    let allowed = usize::try_from(UNKNOWN_DEVICE_TRIES).expect("a count");
    assert!(judged <= allowed && judged + unsure >= 1, "{judged} judged, {unsure} unsure");

    // Each that was judged was charged, and none twice: the rest of the twenty is still there, and no more.
    while guess(&house.browser(), FROM, PHRAE.code, "60418273").await.status == 202 {
        judged += 1;
    }
    assert!(judged <= allowed && judged + unsure >= allowed, "{judged} judged, {unsure} unsure");
    let _ = owner.browser.sign_in(PHRAE.code, palad_system_tests::PASSWORD).await.expect(201);

    // With the last try left, exactly one of all that come at once is judged; so it is after each refill.
    let refill = DAY / UNKNOWN_DEVICE_TRIES;
    for _ in 0..3 {
        house.clock().set(house.clock().now() + refill);
        let guesses: Vec<_> = (0..AT_ONCE / 4)
            .map(|_| {
                let browser = house.browser();
                tokio::spawn(async move { guess(&browser, FROM, PHRAE.code, "60418273").await.status })
            })
            .collect();
        let (mut judged, mut unsure) = (0, 0);
        for guess in guesses {
            let status = guess.await.expect("an answer");
            judged += usize::from(status == 202);
            unsure += usize::from(status == 503);
        }
        assert!(judged <= 1 && judged + unsure >= 1, "{judged} judged, {unsure} unsure");
    }
    // The counter that the store holds says the same: nothing is left, and one try is there after a refill.
    let variables = house.variables().await;
    let aws = Aws::from_environment(&variables).expect("variables");
    let tries = Tries::from_environment(&aws, &variables).expect("variables");
    let code = PHRAE.code.parse().expect("a code");
    let wait = tries.charge(TriesScope::UnknownDevices(&code), house.clock().now()).await.expect("the store");
    let wait = wait.expect_err("used up");
    assert!(wait > SignedDuration::ZERO && wait <= refill, "{wait}");
    house.stop().await;
}
