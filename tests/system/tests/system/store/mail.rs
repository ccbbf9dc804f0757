//! The ledger of mail: an order is sent at most once for each lease of its claim.

use jiff::SignedDuration;
use palad_store::{Lease, MailLedger};

use super::{Stores, at_once, now};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_many_senders_gets_an_order_and_none_gets_it_again() {
    let stores = Stores::start().await;
    let ledger = MailLedger::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let leases = at_once(20, |_| {
        let ledger = ledger.clone();
        async move { ledger.claim("order", now()).await.expect("the store") }
    })
    .await;
    assert_eq!(leases.iter().filter(|lease| **lease == Lease::Ours).count(), 1);
    assert_eq!(leases.iter().filter(|lease| **lease == Lease::Taken).count(), 19);
    ledger.sent("order").await.expect("the store");
    for later in [0, 3, 24 * 60] {
        let at = now() + SignedDuration::from_mins(later);
        assert_eq!(ledger.claim("order", at).await.expect("the store"), Lease::Sent);
    }
    assert_eq!(ledger.claim("another order", now()).await.expect("the store"), Lease::Ours);
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_died_with_an_order_loses_it_with_the_lease() {
    let stores = Stores::start().await;
    let ledger = MailLedger::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let began = now();
    let claim = async |seconds: i64| {
        ledger.claim("order", began + SignedDuration::from_secs(seconds)).await.expect("the store")
    };
    assert_eq!(claim(0).await, Lease::Ours);
    assert_eq!(claim(8).await, Lease::Taken, "the call to the mail service may still last");
    assert_eq!(claim(14).await, Lease::Ours, "the lease of twelve seconds has ended");
    assert_eq!(claim(15).await, Lease::Taken);
    ledger.release("order").await.expect("the store");
    assert_eq!(claim(15).await, Lease::Ours, "given back");
    stores.stop().await;
}
