//! Wrong guesses are lines, and strangers cannot fill the audit with them.

use jiff::SignedDuration;
use palad_system_tests::{House, PASSWORD, PHRAE, eventually};
use serde_json::{Value, json};

use super::{lines, verify};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn wrong_guesses_are_lines_and_strangers_cannot_fill_the_audit_with_them() {
    let house = House::start().await;
    let office = house.sign_up(PHRAE).await;
    let wrong = json!({ "agency": PHRAE.code, "password": "60418273" });
    for _ in 0..3 {
        let _ = house.browser().post("/api/session", &wrong).await.expect(202);
    }
    let _ = office.browser.post("/api/session", &wrong).await.expect(401);
    let stranger = house.browser();
    let begun = stranger.register(PHRAE.code, "stranger@mail.test", PASSWORD).await.expect(202).json();
    let path = format!("/api/registrations/{}/proof", begun["claim"].as_str().expect("a claim"));
    let _ = stranger.post(&path, &json!({ "letter_code": "ABCDE-FGHJK" })).await.expect(422);
    eventually("a line of each kind", async || {
        let told: Vec<Value> = lines(&office.browser, PHRAE.code).await;
        let has = |words: &str| told.iter().filter(|line| line["what"]["en"] == words).count();
        let counts = (
            has("Somebody gave a wrong number on an unknown device (noted once a day)"),
            has("Gave a wrong number on a known device"),
            has("Somebody gave a wrong code for the official letter's"),
        );
        // The first is written by whoever mails the notice, some time after the answer. One too many would stay.
        (counts == (1, 1, 1)).then_some(())
    })
    .await;
    // The other two of the day came and went without a line.
    let _ = house.mailbox.next_about(PHRAE.email, "รหัสผ่านไม่ถูกต้อง").await;
    house.clock().set(house.clock().now() + SignedDuration::from_hours(25));
    let _ = house.browser().post("/api/session", &wrong).await.expect(202);
    eventually("the line of the next day", async || {
        let _ = office.browser.sign_in(PHRAE.code, PASSWORD).await;
        let told: Vec<Value> = lines(&office.browser, PHRAE.code).await;
        let count = told
            .iter()
            .filter(|line| line["what"]["en"].as_str().is_some_and(|words| words.contains("once a day")));
        (count.count() == 2).then_some(())
    })
    .await;
    let whole = verify(&house, &["--agency", PHRAE.code]).await;
    assert!(whole.status.success(), "{whole:?}");
    house.stop().await;
}
