//! Of the records, what random sequences do not reach: writers at the same time, and long lists.

use jiff::SignedDuration;
use palad_domain::change::Change;
use palad_domain::policy::{CanEdit, CanRead};
use palad_domain::post::Post;
use palad_domain::record::{ClerkId, Version};
use palad_environment::Random;
use palad_store::{Records, RequestKey, StoreError};

use super::{Stores, agency, at_once, code, now, session};

const VACANT: Post = Post::Vacant { since: None, reason: None };

fn create() -> Change {
    Change::Create { id: ClerkId::of_random(Random::default().id()), post: VACANT }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_creations_at_once_one_is_made() {
    let stores = Stores::start().await;
    let code = code(1);
    let account = stores.open_account(&code, None, now()).await;
    let records = Records::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let session = session(&code, account.session_version, now());
    let leave = CanEdit::ask(&session, &agency(&code), now()).expect("leave");
    let ends = at_once(16, |_| {
        let (records, leave, agency) = (records.clone(), leave.clone(), agency(&code));
        async move { records.change(&leave, &agency, create(), None, "r", now()).await }
    })
    .await;
    assert_eq!(ends.iter().filter(|end| end.is_ok()).count(), 1);
    for end in ends.into_iter().filter_map(Result::err) {
        let is_told =
            matches!(end, StoreError::AlreadyRecorded | StoreError::Stale { .. } | StoreError::UnderWay);
        assert!(is_told, "{end}");
    }
    assert_eq!(records.ledger(&code).await.expect("a ledger").version, Version(1));
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_request_sent_many_times_at_once_is_carried_out_once() {
    let stores = Stores::start().await;
    let code = code(2);
    let account = stores.open_account(&code, None, now()).await;
    let records = Records::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let session = session(&code, account.session_version, now());
    let leave = CanEdit::ask(&session, &agency(&code), now()).expect("leave");
    let ends = at_once(16, |_| {
        let (records, leave, agency) = (records.clone(), leave.clone(), agency(&code));
        let key = RequestKey::new("key", b"the same");
        async move { records.change(&leave, &agency, create(), Some(&key), "r", now()).await }
    })
    .await;
    let mut made = 0;
    for end in ends {
        match end {
            Ok(saved) => {
                made += usize::from(!saved.repeated);
                assert_eq!(saved.ledger.version, Version(1));
            }
            // The one that is first may not have ended yet.
            Err(StoreError::UnderWay | StoreError::AlreadyRecorded | StoreError::Stale { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(made, 1);
    let key = RequestKey::new("key", b"the same");
    let again = records.change(&leave, &agency(&code), create(), Some(&key), "r", now()).await;
    assert!(again.expect("the earlier answer").repeated);
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_record_deleted_last_can_be_restored_however_many_were_deleted() {
    let stores = Stores::start().await;
    let code = code(3);
    let account = stores.open_account(&code, None, now()).await;
    let records = Records::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let session = session(&code, account.session_version, now());
    let agency = agency(&code);
    let leave = CanEdit::ask(&session, &agency, now()).expect("leave");
    let can_read = CanRead::ask(&session, &agency, now()).expect("leave");
    let mut version = 0;
    for round in 0..30 {
        let at = now() + SignedDuration::from_secs(round);
        let made = records.change(&leave, &agency, create(), None, "r", at).await.expect("made");
        let id = made.ledger.current.expect("a record").id;
        version += 2;
        let delete = Change::Delete { id: id.clone(), expected: Version(version - 1) };
        records.change(&leave, &agency, delete, None, "r", at).await.expect("deleted");
        let page = records.page(&can_read, None).await.expect("a page");
        assert_eq!(page.deleted.first().map(|deleted| &deleted.id), Some(&id), "after {round} others");
    }
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn leave_for_one_agency_changes_no_other() {
    let stores = Stores::start().await;
    let (own, other) = (code(4), code(5));
    let account = stores.open_account(&own, None, now()).await;
    stores.open_account(&other, None, now()).await;
    let records = Records::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let session = session(&own, account.session_version, now());
    assert!(CanEdit::ask(&session, &agency(&other), now()).is_none());
    let leave = CanEdit::ask(&session, &agency(&own), now()).expect("leave");
    let refused = records.change(&leave, &agency(&other), create(), None, "r", now()).await;
    assert!(matches!(refused, Err(StoreError::Failed(_))));
    assert_eq!(records.ledger(&other).await.expect("a ledger").version, Version(0));
    stores.stop().await;
}
