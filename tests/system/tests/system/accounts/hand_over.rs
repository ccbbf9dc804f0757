//! Handing an account over to a named successor.

use jiff::SignedDuration;
use palad_system_tests::{Answer, Browser, House, PASSWORD, PHRAE};
use serde_json::{Value, json};

use super::{OTHER_PASSWORD, account, add_record, can_write, later, sign_in_again, sign_in_anew};

const SUCCESSOR: &str = "successor@mail.test";
const OTHER: &str = "other@mail.test";

async fn offer(browser: &Browser, email: &str) -> Answer {
    browser.post("/api/account/handover", &json!({ "email": email })).await
}

async fn accept(browser: &Browser, token: &str, password: &str) -> Answer {
    browser.post("/api/handovers/acceptance", &json!({ "token": token, "password": password })).await
}

async fn link(house: &House, email: &str) -> String {
    house.mailbox.next_about(email, "รับมอบบัญชีหน่วยงาน").await.token()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_successor_accepts_with_a_password_of_their_own() {
    let house = House::start().await;
    let officer = house.sign_up(PHRAE).await;
    let record = add_record(&officer).await;
    assert_eq!(offer(&officer.browser, PHRAE.email).await.pointers(), ["/email"]);
    let _ = offer(&officer.browser, SUCCESSOR).await.expect(202);
    let notice = house.mailbox.next_about(PHRAE.email, "ส่งมอบบัญชีให้ผู้รับช่วง").await;
    assert!(notice.text.contains("s…r@mail.test") && notice.text.contains("/reset"), "{}", notice.text);
    let token = link(&house, SUCCESSOR).await;
    let view = account(&officer.browser).await;
    assert_eq!((&view["email"], &view["handover"]["email"]), (&json!(PHRAE.email), &json!(SUCCESSOR)));
    assert!(can_write(&officer, &record).await, "it stays where it is until it is accepted");

    let successor = house.browser();
    let weak = accept(&successor, &token, "123456").await;
    weak.assert_problem(422, "invalid");
    assert_eq!(weak.pointers(), ["/password"]);
    let _ = accept(&successor, &token, OTHER_PASSWORD).await.expect(204);
    accept(&successor, &token, PASSWORD).await.assert_problem(410, "handover-expired");
    assert!(!can_write(&officer, &record).await, "the officer's session has ended");
    officer.browser.get("/api/session").await.assert_problem(401, "not-signed-in");
    let _ = house.mailbox.next_about(PHRAE.email, "ส่งมอบบัญชีแล้ว").await;
    let _ = house.mailbox.next_about(SUCCESSOR, "รับมอบบัญชีแล้ว").await;

    // The browser that accepted is known, the officer's is not any more; and there is one password.
    let _ = successor.sign_in(PHRAE.code, OTHER_PASSWORD).await.expect(201);
    let view = account(&successor).await;
    assert_eq!((&view["email"], &view["handover"]), (&json!(SUCCESSOR), &Value::Null));
    assert_eq!(view["devices"].as_array().map(Vec::len), Some(1));
    let _ = officer.browser.sign_in(PHRAE.code, PASSWORD).await.expect(202);
    sign_in_anew(&house, &house.browser(), PHRAE, SUCCESSOR, OTHER_PASSWORD, "").await;
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_offer_ends_when_it_is_replaced_withdrawn_old_or_overtaken() {
    let house = House::start().await;
    let officer = house.sign_up(PHRAE).await;
    let someone = house.browser();
    later(&house, SignedDuration::from_mins(10)).await;
    offer(&officer.browser, SUCCESSOR).await.assert_problem(403, "sign-in-again");
    sign_in_again(&officer).await;

    let _ = offer(&officer.browser, OTHER).await.expect(202);
    let replaced = link(&house, OTHER).await;
    let _ = offer(&officer.browser, SUCCESSOR).await.expect(202);
    let withdrawn = link(&house, SUCCESSOR).await;
    accept(&someone, &replaced, OTHER_PASSWORD).await.assert_problem(410, "handover-expired");
    for _ in 0..2 {
        let _ = officer.browser.call("DELETE", "/api/account/handover").send().await.expect(204);
    }
    accept(&someone, &withdrawn, OTHER_PASSWORD).await.assert_problem(410, "handover-expired");
    assert_eq!(account(&officer.browser).await["handover"], Value::Null);

    let _ = offer(&officer.browser, SUCCESSOR).await.expect(202);
    let late = link(&house, SUCCESSOR).await;
    later(&house, SignedDuration::from_hours(24 * 7)).await;
    accept(&someone, &late, OTHER_PASSWORD).await.assert_problem(410, "handover-expired");
    accept(&someone, "no-such-token", OTHER_PASSWORD).await.assert_problem(410, "handover-expired");

    sign_in_again(&officer).await;
    let _ = offer(&officer.browser, SUCCESSOR).await.expect(202);
    let overtaken = link(&house, SUCCESSOR).await;
    let _ = officer.browser.call("DELETE", "/api/account/sessions").send().await.expect(204);
    accept(&someone, &overtaken, OTHER_PASSWORD).await.assert_problem(410, "handover-expired");
    sign_in_anew(&house, &officer.browser, PHRAE, PHRAE.email, PASSWORD, "").await;
    assert_eq!(account(&officer.browser).await["email"], PHRAE.email);
    house.stop().await;
}
