//! A clock that was set back gives no link a longer life: what is yet to be made is as good as over.

use jiff::SignedDuration;
use palad_system_tests::{House, PASSWORD, PHRAE};
use serde_json::json;

use super::{OTHER_PASSWORD, ask_for_reset, later, sign_in_anew};

const NEW: &str = "clerk@mail.test";
const SUCCESSOR: &str = "successor@mail.test";

/// Calls once by a clock that was set back by an hour, when the link is refused, and once by one that is right again.
async fn refused_and_then_taken(house: &House, path: &str, body: &serde_json::Value, slug: &str) {
    later(house, SignedDuration::from_hours(-1)).await;
    house.browser().post(path, body).await.assert_problem(410, slug);
    later(house, SignedDuration::from_hours(1)).await;
    let _ = house.browser().post(path, body).await.expect(204);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn links_of_accounts_are_refused_by_a_clock_that_went_back() {
    let house = House::start().await;
    let office = house.sign_up(PHRAE).await;

    let _ = office.browser.post("/api/account/email", &json!({ "email": NEW })).await.expect(202);
    let token = house.mailbox.next_about(NEW, "ยืนยันอีเมลใหม่").await.token();
    let body = json!({ "token": token });
    refused_and_then_taken(&house, "/api/email-changes", &body, "email-link-expired").await;

    let token = house.mailbox.next_about(PHRAE.email, "เปลี่ยนอีเมลของบัญชีแล้ว").await.token();
    later(&house, SignedDuration::from_hours(-1)).await;
    let undo = json!({ "token": token });
    let refused = house.browser().post("/api/email-changes/undo", &undo).await;
    refused.assert_problem(410, "email-link-expired");
    later(&house, SignedDuration::from_hours(1)).await;
    let _ = house.browser().post("/api/email-changes/undo", &undo).await.expect(204);
    sign_in_anew(&house, &office.browser, PHRAE, PHRAE.email, PASSWORD, "").await;

    let _ = office.browser.post("/api/account/handover", &json!({ "email": SUCCESSOR })).await.expect(202);
    let token = house.mailbox.next_about(SUCCESSOR, "รับมอบบัญชีหน่วยงาน").await.token();
    let body = json!({ "token": token, "password": OTHER_PASSWORD });
    refused_and_then_taken(&house, "/api/handovers/acceptance", &body, "handover-expired").await;

    let token = ask_for_reset(&house, PHRAE, SUCCESSOR).await;
    let body = json!({ "password": OTHER_PASSWORD });
    let path = format!("/api/password-resets/{token}");
    refused_and_then_taken(&house, &path, &body, "reset-expired").await;
    house.stop().await;
}
