//! "Not mine any more": whoever reads the mailbox is left in peace, and the office calls the agency instead.

use palad_domain::mail::MailOrder;
use palad_domain::round::plan::Step;
use palad_system_tests::{House, MAE_YOM, SignedIn, held, vacant};
use serde_json::{Value, json};

use super::faults::{deliver, order};
use super::{OPENING, Opened, has_reminders, move_to, opened, reminders, settled};

/// An agency that has had the first reminder of a round, and the token of its link.
async fn reminded() -> (Opened, SignedIn, String) {
    let house = House::start().await;
    move_to(&house, OPENING).await;
    let mae_yom = house.sign_up(MAE_YOM).await;
    let _ = mae_yom.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201);
    let round = opened(house, &["54"]).await;
    move_to(&round.house, "2027-02-01T02:30:00Z").await;
    let token = has_reminders(&round.house, MAE_YOM.email, 1).await[0].token();
    (round, mae_yom, token)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_mailbox_that_disowns_the_record_gets_no_more_reminders_and_the_agency_is_to_be_called() {
    let (round, mae_yom, token) = reminded().await;
    let house = &round.house;
    let _ = mae_yom.browser.sign_in(MAE_YOM.code, palad_system_tests::PASSWORD).await;
    let before = mae_yom.screen().await.text;

    // A second press, because the answer was lost, is answered as the first, and is no second line of the audit.
    for _ in 0..2 {
        let body = json!({ "token": token, "action": "not_mine" });
        let answer = house.browser().post("/api/confirmations", &body).await.expect(204);
        assert_eq!((&*answer.text, answer.header("set-cookie")), ("", None));
    }
    assert_eq!(mae_yom.screen().await.text, before, "nothing of the record has changed");
    let audit = format!("/api/agencies/{}/audit", MAE_YOM.code);
    let audit = mae_yom.browser.get(&audit).await.expect(200).json();
    let says_so = |line: &&Value| line["what"]["th"].as_str().unwrap_or_default().contains("ไม่ได้ดูแล");
    assert!(says_so(&&audit["items"][0]), "{audit}");
    assert_eq!(audit["items"].as_array().into_iter().flatten().filter(says_so).count(), 1, "{audit}");

    // The count of the night knows it, if the stream has not been later than the press and told it before; and the next
    // steps leave the mailbox in peace.
    move_to(house, "2027-02-02T02:30:00Z").await;
    round.stands("54", "unreachable", 1).await;
    move_to(house, "2027-02-15T02:30:00Z").await;
    let _ = has_reminders(house, "w1@palad.test", 2).await;
    settled().await;
    assert_eq!(reminders(house, MAE_YOM.email).await.len(), 1);
    let owing = format!("/api/rounds/{}/owing?province=54", round.id);
    let owing = round.central().await.get(&owing).await.expect(200).json();
    let row = owing["items"]
        .as_array()
        .and_then(|rows| rows.iter().find(|row| row["agency"]["code"] == MAE_YOM.code));
    assert_eq!(row.map(|row| row["standing"].clone()), Some(json!("unreachable")), "the call list has it");

    // What concerns the account still comes: whoever has it can sign in, and the answer counts.
    let answer = mae_yom.browser.sign_in(MAE_YOM.code, palad_system_tests::PASSWORD).await;
    assert_eq!(answer.status, 201);
    let id = mae_yom.screen().await.json()["current"]["id"].as_str().unwrap_or_default().to_owned();
    let _ = mae_yom.edit(&id, 1, &vacant()).await.expect(200);
    round.stands("54", "vacant", 1).await;

    round.house.stop().await;
}

/// Thousands of orders may wait in the queue when somebody presses the button.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_order_that_waits_for_a_mailbox_that_was_disowned_meanwhile_is_not_sent() {
    let (round, _, token) = reminded().await;
    let house = &round.house;
    let waiting = |name: &str| {
        let order = order(&round, MAE_YOM, Step::Before(30), "2027-03-01");
        MailOrder { key: format!("{}-{name}", order.key), ..order }
    };

    assert_eq!(deliver(house, &[&waiting("before")]).await, 0);
    let _ = has_reminders(house, MAE_YOM.email, 2).await;
    let body = json!({ "token": token, "action": "not_mine" });
    let _ = house.browser().post("/api/confirmations", &body).await.expect(204);
    assert_eq!(deliver(house, &[&waiting("after")]).await, 0, "done with: it does not come back");
    settled().await;
    assert_eq!(reminders(house, MAE_YOM.email).await.len(), 2);
    round.house.stop().await;
}
