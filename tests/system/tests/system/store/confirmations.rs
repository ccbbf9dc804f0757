//! Confirmations beside saves: what the one writes, the other does not lose.

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::SignedDuration;
use jiff::civil::date;
use palad_domain::agency::AgencyKind;
use palad_domain::change::Change;
use palad_domain::policy::{CanConfirm, CanEdit};
use palad_domain::post::Post;
use palad_domain::record::{ClerkId, Version};
use palad_domain::round::answer::AnswerKind;
use palad_domain::round::dates::{Dates, DatesInput};
use palad_domain::round::receipt::ReceiptNumber;
use palad_domain::round::{OpenRound, Scope};
use palad_environment::Random;
use palad_store::{Confirmations, Records, StoreError};

use super::{Stores, agency, at_once, code, now, session};

const VACANT: Post = Post::Vacant { since: None, reason: None };

/// Opens one round for every town, as a save reads it.
async fn open_a_round(stores: &Stores) {
    let dates =
        DatesInput { opens: date(2026, 11, 1), deadline: date(2026, 12, 1), closes: date(2026, 12, 31) };
    let open = [OpenRound {
        id: "2569-1".parse().expect("a round"),
        title: "สำรวจ".to_owned(),
        dates: Dates::parse(dates).expect("in order"),
        scope: Scope::new([AgencyKind::Town], [], []),
    }];
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let table = stores.variables().get("REGISTRY_TABLE").expect("a table");
    let put = stores.aws().dynamodb().put_item().table_name(table);
    let put = put.item("pk", text("ROUNDS")).item("sk", text("OPEN"));
    let json = serde_json::to_string(&open).expect("JSON");
    put.item("open_rounds", text(&json)).send().await.expect("put");
}

/// What one of two came to.
#[derive(Debug)]
enum End {
    Confirmed(Result<(), StoreError>),
    Saved(Result<(), StoreError>),
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_save_at_the_same_moment_keeps_the_answer_that_came_first() {
    let stores = Stores::start().await;
    open_a_round(&stores).await;
    let records = Records::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let confirmations =
        Confirmations::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let (mut both, mut alone) = (0, 0);
    for number in 1..=40 {
        let code = code(number);
        // Recorded before the round opened, so that it has answered nothing.
        let early = now() - SignedDuration::from_hours(24 * 40);
        let account = stores.open_account(&code, None, early).await;
        let id = ClerkId::of_random(Random::default().id());
        let session = session(&code, account.session_version, now());
        let agency = agency(&code);
        let leave = CanEdit::ask(&session, &agency, early).expect("leave");
        let create = Change::Create { id: id.clone(), post: VACANT };
        records.change(&leave, &agency, create, None, "r", early).await.expect("made");
        assert!(records.ledger(&code).await.expect("a ledger").answers.is_empty());

        let later = now() + SignedDuration::from_secs(1);
        let ends = at_once(2, |which| {
            let (records, confirmations) = (records.clone(), confirmations.clone());
            let (leave, agency, id) = (leave.clone(), agency.clone(), id.clone());
            async move {
                if which == 0 {
                    let number = ReceiptNumber::of_random(Random::default().bytes());
                    let leave = CanConfirm::Session(leave);
                    let confirmed = confirmations.confirm(&leave, &agency, Version(1), &number, "r", now());
                    End::Confirmed(confirmed.await.map(drop))
                } else {
                    let edit = Change::Edit { id, expected: Version(1), post: VACANT, succession: None };
                    let saved = records.change(&leave, &agency, edit, None, "r", later).await;
                    End::Saved(saved.map(drop))
                }
            }
        })
        .await;
        let ledger = records.ledger(&code).await.expect("a ledger");
        let answer = ledger.answers.values().next().expect("an answer");
        assert_eq!(
            (answer.kind, answer.version, ledger.version),
            (AnswerKind::Vacant, Version(2), Version(2))
        );
        assert_eq!(
            ledger.current.as_ref().and_then(|current| current.confirmed_at),
            None,
            "it was saved last"
        );
        match &ends[..] {
            [End::Confirmed(Ok(())), End::Saved(Ok(()))] => {
                assert_eq!(answer.answered_at, now(), "the confirmation came first, and its moment stays");
                both += 1;
            }
            [End::Confirmed(Err(StoreError::Stale { .. })), End::Saved(Ok(()))] => {
                assert_eq!(answer.answered_at, later);
                alone += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(both > 0 && alone > 0, "both ways: {both} and {alone}");
    stores.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn leave_for_one_agency_confirms_no_other_and_a_revoked_session_none() {
    let stores = Stores::start().await;
    let (own, other) = (code(1), code(2));
    let account = stores.open_account(&own, None, now()).await;
    stores.open_account(&other, None, now()).await;
    let records = Records::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let confirmations =
        Confirmations::from_environment(&stores.aws(), stores.variables()).expect("variables");
    let session = session(&own, account.session_version, now());
    let leave = CanEdit::ask(&session, &agency(&own), now()).expect("leave");
    let create = Change::Create { id: ClerkId::of_random(Random::default().id()), post: VACANT };
    records.change(&leave, &agency(&own), create, None, "r", now()).await.expect("made");
    let number = ReceiptNumber::of_random(Random::default().bytes());
    let leave = CanConfirm::Session(leave);
    let refused = confirmations.confirm(&leave, &agency(&other), Version(0), &number, "r", now()).await;
    assert!(matches!(refused, Err(StoreError::Failed(_))));
    stores.open_account(&own, Some(&account), now()).await;
    let refused = confirmations.confirm(&leave, &agency(&own), Version(1), &number, "r", now()).await;
    assert!(matches!(refused, Err(StoreError::SessionRevoked)), "{refused:?}");
    let current = records.ledger(&own).await.expect("a ledger").current.expect("a record");
    assert_eq!(current.confirmed_at, None);
    stores.stop().await;
}
