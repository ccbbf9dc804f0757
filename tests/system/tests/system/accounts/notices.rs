//! Where the mail that tells of a change cannot be ordered, the account stays as it is and the link works still: nobody
//! is answered with an error who has used it up, and no owner is left in the dark.

use palad_system_tests::{Answer, Cut, House, PASSWORD, PHRAE, Side, eventually};
use serde_json::json;

use super::OTHER_PASSWORD;

const SUCCESSOR: &str = "successor@mail.test";

async fn house(queue: &Cut) -> House {
    House::start_with(async |all| queue.lead_to_queues(all, &["login"]).await).await
}

fn assert_failed(answer: &Answer) {
    assert!(answer.status >= 500, "{}: {}", answer.status, answer.text);
}

/// How many mails say this in their subject, as soon as one does.
async fn told(house: &House, email: &str, words: &str) -> usize {
    eventually("the notice", async || {
        let mails = house.mailbox.to(email).await.into_iter();
        Some(mails.filter(|mail| mail.subject.contains(words)).count()).filter(|count| *count > 0)
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_password_is_not_changed_where_its_notice_cannot_be_ordered() {
    let queue = Cut::default();
    let house = house(&queue).await;
    let officer = house.sign_up(PHRAE).await;
    let asked = json!({ "agency": PHRAE.code, "email": PHRAE.email });
    let _ = house.browser().post("/api/password-resets", &asked).await.expect(202);
    let token = house.mailbox.next_about(PHRAE.email, "ตั้งรหัสผ่านใหม่").await.token();
    let change = async || {
        let path = format!("/api/password-resets/{token}");
        house.browser().post(&path, &json!({ "password": OTHER_PASSWORD })).await
    };
    for side in [Side::Before, Side::After] {
        queue.arm(1, side);
        assert_failed(&change().await);
        assert!(queue.mend() > 0, "{side:?}");
        let _ = officer.browser.sign_in(PHRAE.code, PASSWORD).await.expect(201);
    }
    let _ = change().await.expect(204);
    officer.browser.get("/api/session").await.assert_problem(401, "not-signed-in");
    assert_eq!(told(&house, PHRAE.email, "เปลี่ยนรหัสผ่านแล้ว").await, 1);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_account_is_not_handed_over_where_its_notices_cannot_be_ordered() {
    let queue = Cut::default();
    let house = house(&queue).await;
    let officer = house.sign_up(PHRAE).await;
    let offer = json!({ "email": SUCCESSOR });
    let _ = officer.browser.post("/api/account/handover", &offer).await.expect(202);
    let token = house.mailbox.next_about(SUCCESSOR, "รับมอบบัญชีหน่วยงาน").await.token();
    let successor = house.browser();
    let accept = async || {
        let body = json!({ "token": token, "password": OTHER_PASSWORD });
        successor.post("/api/handovers/acceptance", &body).await
    };
    // The notice to who has it; then the other one, when the first is ordered already.
    for call in [1, 2] {
        queue.arm(call, Side::Before);
        assert_failed(&accept().await);
        assert!(queue.mend() >= call);
        let view = officer.browser.get("/api/account").await.expect(200).json();
        assert_eq!(view["email"], PHRAE.email, "{call}");
    }
    let _ = accept().await.expect(204);
    let _ = successor.sign_in(PHRAE.code, OTHER_PASSWORD).await.expect(201);
    assert_eq!(told(&house, SUCCESSOR, "รับมอบบัญชีแล้ว").await, 1);
    assert_eq!(told(&house, PHRAE.email, "ส่งมอบบัญชีแล้ว").await, 1);
    house.stop().await;
}
