//! What the messages of rounds stand on: addresses that mail does not reach, how far a step was ordered, and the hand-over
//! after which no order is sent again.

use jiff::SignedDuration;
use palad_domain::email::Email;
use palad_domain::province::Province;
use palad_store::{AddressState, Addresses, Lease, MailLedger, PlanProgress, Plans};

use super::{Stores, at_once, code, now};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_address_is_marked_by_what_was_said_last_and_a_complaint_outweighs_a_bounce() {
    let stores = Stores::start().await;
    let addresses = Addresses::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let address = |name: &str| -> Email { format!("{name}@phrae.test").parse().expect("an address") };
    let later = |hours: i64| now() + SignedDuration::from_hours(hours);
    let state = async |name: &str, hours: i64| {
        addresses.state(&address(name), later(hours)).await.expect("the store")
    };
    let mark = async |name: &str, state: AddressState, hours: i64| {
        addresses.mark(&address(name), state, later(hours)).await.expect("the store");
    };
    assert_eq!(state("a", 0).await, None);
    mark("a", AddressState::Bounced, 1).await;
    mark("a", AddressState::Bounced, 1).await;
    assert_eq!(state("a", 1).await, Some(AddressState::Bounced));
    assert_eq!(state("b", 1).await, None, "another address");
    // Out of order: what was said before a complaint, heard after it.
    mark("a", AddressState::Complained, 0).await;
    assert_eq!(state("a", 1).await, Some(AddressState::Complained));
    mark("a", AddressState::Bounced, 2).await;
    assert_eq!(state("a", 2).await, Some(AddressState::Complained));
    // After half a year it is tried again, and may bounce again.
    let half_a_year = 24 * 181;
    assert_eq!(state("a", half_a_year).await, None);
    mark("a", AddressState::Bounced, half_a_year).await;
    assert_eq!(state("a", half_a_year + 1).await, Some(AddressState::Bounced));
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn how_far_a_step_was_ordered_is_remembered_by_province() {
    let stores = Stores::start().await;
    let plans = Plans::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let province = |name: &str| Province::by_name(name).expect("a province").code();
    let (phrae, nan) = (province("แพร่"), province("น่าน"));
    let (seven, three) = ("2569-1#before-7@2026-11-30", "2569-1#before-3@2026-11-30");
    assert!(plans.progress(seven).await.expect("the store").is_empty());
    plans.reached(seven, phrae, &PlanProgress::Upto(code(540_101)), now()).await.expect("the store");
    plans.reached(seven, nan, &PlanProgress::Agencies, now()).await.expect("the store");
    let progress = plans.progress(seven).await.expect("the store");
    assert_eq!(progress[&phrae], PlanProgress::Upto(code(540_101)));
    assert_eq!(progress[&nan], PlanProgress::Agencies);
    plans.reached(seven, phrae, &PlanProgress::Done, now()).await.expect("the store");
    assert_eq!(plans.progress(seven).await.expect("the store")[&phrae], PlanProgress::Done);
    assert!(plans.progress(three).await.expect("the store").is_empty(), "another step");
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_order_that_was_handed_over_is_claimed_by_nobody_unless_it_was_refused() {
    let stores = Stores::start().await;
    let ledger = MailLedger::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let claim = async |seconds: i64| {
        ledger.claim("order", now() + SignedDuration::from_secs(seconds)).await.expect("the store")
    };
    assert_eq!(claim(0).await, Lease::Ours);
    // A slow worker whose claim has ended, and was taken over, hands nothing over.
    assert_eq!(claim(20).await, Lease::Ours);
    assert!(!ledger.hand_over("order", now()).await.expect("the store"));
    let later = now() + SignedDuration::from_secs(20);
    let handed = at_once(8, |_| {
        let ledger = ledger.clone();
        async move { ledger.hand_over("order", later).await.expect("the store") }
    });
    assert_eq!(handed.await.into_iter().filter(|handed| *handed).count(), 1);
    for seconds in [21, 60, 86_400 * 30] {
        assert_eq!(claim(seconds).await, Lease::InDoubt, "after {seconds} s");
    }
    ledger.release("order").await.expect("the store");
    assert_eq!(claim(86_400 * 30).await, Lease::Ours, "the mail service has refused it");
    ledger.sent("order").await.expect("the store");
    assert_eq!(claim(86_400 * 31).await, Lease::Sent);
    stores.stop().await;
}
