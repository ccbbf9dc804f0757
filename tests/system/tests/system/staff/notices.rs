//! What becomes of a sign-in by recovery code, and of an accepted invitation, where the mail that tells of it cannot be
//! ordered: nobody loses what works once, and nothing happens that the mailbox does not hear of. The same of suspensions.

use palad_domain::staff::StaffPlace;
use palad_system_tests::{Answer, Browser, Cut, House, Mail, PASSPHRASE, Side, app, eventually, shown};
use serde_json::json;

const INVITED: &str = "somchai@office.test";
/// What a notice of a used code says in its subject.
const CODE_USED: &str = "รหัสสำรอง";
/// What a notice of an accepted invitation says in its subject.
const OPENED: &str = "ใช้งานได้แล้ว";
/// What a notice of a suspension says in its subject.
const SUSPENDED: &str = "ระงับ";

/// A house whose sign-ins order their mail over one way, and reach the store over another.
async fn house() -> (House, Cut, Cut) {
    let (queue, store) = (Cut::default(), Cut::default());
    let house = House::start_with(async |all| {
        queue.lead_to_queues(all, &["login"]).await;
        store.lead(all, &["login"]).await;
    });
    (house.await, queue, store)
}

fn central() -> StaffPlace {
    StaffPlace::Central
}

async fn challenge(browser: &Browser, email: &str) -> String {
    let begun = browser.staff_sign_in(email, PASSPHRASE).await.expect(202);
    begun.json()["challenge"].as_str().expect("a challenge").to_owned()
}

/// The mails that tell of it, as soon as there is one.
async fn told(house: &House, email: &str, words: &str) -> Vec<Mail> {
    eventually("the notice", async || {
        let mails = house.mailbox.to(email).await.into_iter().filter(|mail| mail.subject.contains(words));
        let mails: Vec<Mail> = mails.collect();
        (!mails.is_empty()).then_some(mails)
    })
    .await
}

fn assert_failed(answer: &Answer) {
    assert!(answer.status >= 500, "{}: {}", answer.status, answer.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_recovery_code_is_not_spent_where_its_notice_cannot_be_ordered() {
    let (house, queue, _) = house().await;
    let officer = house.province("54").await.officer;
    let (email, code) = (officer.email.as_str(), officer.recovery_codes[0].as_str());
    let browser = house.browser();
    let begun = challenge(&browser, email).await;

    queue.arm(1, Side::Before);
    assert_failed(&browser.second_factor(&begun, code).await);
    assert!(queue.mend() > 0, "the notice was to be ordered");
    // Nobody was let in, nobody was told, and the same code works: also where the sign-in has to be begun again.
    browser.get("/api/session").await.assert_problem(401, "not-signed-in");
    let session = browser.second_factor(&begun, code).await.expect(201).json();
    assert_eq!(session["role"], "province");
    let notices = told(&house, email, CODE_USED).await;
    assert!(notices[0].text.contains("เหลือรหัสสำรอง 9 รหัส"), "{}", notices[0].text);
    assert_eq!(notices.len(), 1);

    // The queue has the order, and the function does not hear of that: said again, it is told once.
    let begun = challenge(&browser, email).await;
    queue.arm(1, Side::After);
    let next = officer.recovery_codes[1].as_str();
    assert_failed(&browser.second_factor(&begun, next).await);
    queue.mend();
    let _ = browser.second_factor(&begun, next).await.expect(201);
    // What the next mail shows to have come before it.
    let begun = challenge(&browser, email).await;
    let _ = browser.second_factor(&begun, &officer.recovery_codes[2]).await.expect(201);
    let left_seven = |mail: &Mail| mail.text.contains("เหลือรหัสสำรอง 7 รหัส");
    let notices = eventually("the last notice", async || {
        let notices = told(&house, email, CODE_USED).await;
        notices.iter().any(left_seven).then_some(notices)
    });
    assert_eq!(notices.await.len(), 3);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_gets_in_by_a_recovery_code_without_a_notice_wherever_it_breaks_off() {
    let (house, _, store) = house().await;
    let officer = house.province("54").await.officer;
    let email = officer.email.as_str();
    // The fourth call of the store spends the code; the function never hears that it did.
    let browser = house.browser();
    let begun = challenge(&browser, email).await;
    store.arm(4, Side::After);
    assert_failed(&browser.second_factor(&begun, &officer.recovery_codes[0]).await);
    store.mend();
    let begun = challenge(&browser, email).await;
    let again = browser.second_factor(&begun, &officer.recovery_codes[0]).await;
    again.assert_problem(401, "wrong-sign-in");
    assert_eq!(told(&house, email, CODE_USED).await.len(), 1, "the code is spent, and the mailbox knows");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_accepts_an_invitation_sees_the_recovery_codes_whatever_the_queue_does() {
    let (house, queue, _) = house().await;
    let token = house.invite_staff(&central(), INVITED).await;
    let browser = house.browser();
    let app = app(&browser.look_at_invitation(&token).await.expect(200).json());
    for side in [Side::Before, Side::After] {
        queue.arm(1, side);
        assert_failed(&browser.accept_invitation(&token, &shown(&app, house.clock().now())).await);
        assert!(queue.mend() > 0, "{side:?}: the notice was to be ordered");
        let _ = browser.look_at_invitation(&token).await.expect(200);
    }
    let accepted = browser.accept_invitation(&token, &shown(&app, house.clock().now())).await.expect(201);
    let codes = accepted.json()["recovery_codes"].as_array().cloned().expect("codes");
    assert_eq!(codes.len(), 10);
    assert_eq!(told(&house, INVITED, OPENED).await.len(), 1, "said three times, told once");

    // They are the account's.
    let begun = challenge(&browser, INVITED).await;
    let code = codes[0].as_str().expect("a code");
    let _ = browser.second_factor(&begun, code).await.expect(201);
    let _ = told(&house, INVITED, CODE_USED).await;
    assert_eq!(told(&house, INVITED, OPENED).await.len(), 1);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_suspension_that_nobody_was_told_of_is_told_when_it_is_said_again() {
    let queue = Cut::default();
    let house = House::start_with(async |all| queue.lead_to_queues(all, &["accounts"]).await).await;
    let (central, province) = (house.central().await, house.province("54").await);
    let list = central.browser.get("/api/staff?province=54").await.expect(200).json();
    let path = format!("/api/staff/{}/suspension", list["items"][0]["id"].as_str().expect("a key"));
    queue.arm(1, Side::Before);
    assert_failed(&central.browser.post(&path, &json!({})).await);
    assert!(queue.mend() > 0, "the notice was to be ordered");
    for _ in 0..2 {
        let _ = central.browser.post(&path, &json!({})).await.expect(204);
    }
    assert_eq!(told(&house, &province.officer.email, SUSPENDED).await.len(), 1);
    house.stop().await;
}
