//! The mailbox of a reminder: the account's, or else the one on the official list; and the link is for the one it went to.

use palad_system_tests::{House, MAE_YOM, held};
use serde_json::json;

use super::{OPENING, has_reminders, move_to, opened};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_next_reminder_goes_to_the_listed_mailbox_and_its_link_answers_from_there() {
    const OWN: &str = "officer@maeyom.test";
    let house = House::start().await;
    move_to(&house, OPENING).await;
    let mae_yom = house.sign_up(MAE_YOM).await;
    let _ = mae_yom.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201);
    let _ = mae_yom.browser.post("/api/account/email", &json!({ "email": OWN })).await.expect(202);
    let token = house.mailbox.next_about(OWN, "ยืนยันอีเมลใหม่").await.token();
    let _ = house.browser().post("/api/email-changes", &json!({ "token": token })).await.expect(204);
    let round = opened(house, &["54"]).await;
    let house = &round.house;
    let call = async |token: &str, action: &str| {
        house.browser().post("/api/confirmations", &json!({ "token": token, "action": action })).await
    };

    move_to(house, "2027-02-01T02:30:00Z").await;
    let own = has_reminders(house, OWN, 1).await[0].token();
    let _ = has_reminders(house, MAE_YOM.email, 0).await;
    let _ = call(&own, "not_mine").await.expect(204);
    move_to(house, "2027-02-15T02:30:00Z").await;
    let listed = has_reminders(house, MAE_YOM.email, 1).await[0].token();
    let _ = has_reminders(house, OWN, 1).await;
    let _ = call(&listed, "confirm").await.expect(201);
    // Who said that it is not theirs may find that it is; the address is still the account's.
    let _ = call(&own, "confirm").await.expect(201);
    round.stands("54", "confirmed", 1).await;
    round.house.stop().await;
}
