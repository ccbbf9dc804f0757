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
    let claim = async |minutes: i64| {
        ledger.claim("order", now() + SignedDuration::from_mins(minutes)).await.expect("the store")
    };
    assert_eq!(claim(0).await, Lease::Ours);
    assert_eq!(claim(1).await, Lease::Taken);
    assert_eq!(claim(3).await, Lease::Ours, "the lease of two minutes has ended");
    assert_eq!(claim(4).await, Lease::Taken);
    ledger.release("order").await.expect("the store");
    assert_eq!(claim(4).await, Lease::Ours, "given back");
    stores.stop().await;
}
