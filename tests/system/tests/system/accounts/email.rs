//! Changing an account's address, and a week to undo it.

use jiff::SignedDuration;
use palad_system_tests::{Answer, Browser, House, PASSWORD, PHRAE, SignedIn};
use serde_json::{Value, json};

use super::{
    OTHER_PASSWORD, account, add_record, ask_for_reset, can_write, later, set_password, sign_in_again,
    sign_in_anew,
};

const NEW: &str = "clerk@mail.test";
const NEWER: &str = "clerk2@mail.test";

async fn begin(browser: &Browser, email: &str) -> Answer {
    browser.post("/api/account/email", &json!({ "email": email })).await
}

async fn confirm(house: &House, token: &str) -> Answer {
    house.browser().post("/api/email-changes", &json!({ "token": token })).await
}

async fn undo(house: &House, token: &str) -> Answer {
    house.browser().post("/api/email-changes/undo", &json!({ "token": token })).await
}

/// Changes the address, and answers the token by which the old one undoes it.
async fn change(house: &House, office: &SignedIn, from: &str, to: &str) -> String {
    let _ = begin(&office.browser, to).await.expect(202);
    let token = house.mailbox.next_about(to, "ยืนยันอีเมลใหม่").await.token();
    let _ = confirm(house, &token).await.expect(204);
    house.mailbox.next_about(from, "เปลี่ยนอีเมลของบัญชีแล้ว").await.token()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_address_changes_when_the_new_one_says_so_and_the_old_one_is_told() {
    let house = House::start().await;
    let office = house.sign_up(PHRAE).await;
    let record = add_record(&office).await;
    let own = begin(&office.browser, PHRAE.email).await;
    own.assert_problem(422, "invalid");
    assert_eq!(own.pointers(), ["/email"]);
    assert_eq!(begin(&office.browser, "no address").await.pointers(), ["/email"]);

    let _ = begin(&office.browser, NEW).await.expect(202);
    let notice = house.mailbox.next_about(PHRAE.email, "ขอเปลี่ยนอีเมล").await;
    assert!(notice.text.contains("c…k@mail.test") && !notice.text.contains(NEW), "{}", notice.text);
    assert!(notice.text.contains("/reset") && notice.text.contains("สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด"));
    let link = house.mailbox.next_about(NEW, "ยืนยันอีเมลใหม่").await;
    assert!(link.text.contains("/email#"), "{}", link.text);
    let view = account(&office.browser).await;
    assert_eq!((&view["email"], &view["email_change"]["email"]), (&json!(PHRAE.email), &json!(NEW)));

    // Whoever opens the link, a scanner perhaps, changes nothing; only the button does.
    let _ = house.browser().get("/email").await;
    house.browser().get("/api/email-changes").await.assert_problem(404, "not-found");
    assert_eq!(account(&office.browser).await, view);
    let _ = confirm(&house, &link.token()).await.expect(204);
    confirm(&house, &link.token()).await.assert_problem(410, "email-link-expired");
    let view = account(&office.browser).await;
    assert_eq!((&view["email"], &view["email_change"]), (&json!(NEW), &Value::Null));
    assert!(can_write(&office, &record).await, "the session goes on");
    let _ = house.mailbox.next_about(NEW, "อีเมลของบัญชีแล้ว").await;

    // Codes go to the new one, and links for a new password too.
    let before = house.mailbox.to(PHRAE.email).await.len();
    sign_in_anew(&house, &house.browser(), PHRAE, NEW, PASSWORD, "").await;
    let body = json!({ "agency": PHRAE.code, "email": PHRAE.email });
    let _ = house.browser().post("/api/password-resets", &body).await.expect(202);
    let _ = ask_for_reset(&house, PHRAE, NEW).await;
    let to_old = house.mailbox.to(PHRAE.email).await;
    assert_eq!(to_old.len(), before.max(to_old.len().min(before + 1)), "nothing but the word of the change");
    assert!(to_old.iter().all(|mail| !mail.text.contains("/reset/new#")));

    // While it can be undone there is no other change.
    sign_in_again(&office).await;
    begin(&office.browser, NEWER).await.assert_problem(409, "email-changed-lately");
    later(&house, SignedDuration::from_hours(24 * 7)).await;
    sign_in_again(&office).await;
    let _ = begin(&office.browser, NEWER).await.expect(202);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_confirmations_at_once_one_is_told_to_the_old_address_and_its_link_works() {
    let house = House::start().await;
    let office = house.sign_up(PHRAE).await;
    let _ = begin(&office.browser, NEW).await.expect(202);
    let token = house.mailbox.next_about(NEW, "ยืนยันอีเมลใหม่").await.token();
    let browsers: Vec<_> = (0..20).map(|_| house.browser()).collect();
    let mut confirming = tokio::task::JoinSet::new();
    for browser in browsers {
        let body = json!({ "token": token });
        confirming.spawn(async move { browser.post("/api/email-changes", &body).await.status });
    }
    let answers = confirming.join_all().await;
    assert_eq!(answers.iter().filter(|status| **status == 204).count(), 1, "{answers:?}");

    let told = house.mailbox.next_about(PHRAE.email, "เปลี่ยนอีเมลของบัญชีแล้ว").await;
    let _ = house.mailbox.next_about(NEW, "อีเมลของบัญชีแล้ว").await;
    let all = house.mailbox.to(PHRAE.email).await;
    assert_eq!(all.iter().filter(|mail| mail.subject == told.subject).count(), 1, "told once");
    let _ = undo(&house, &told.token()).await.expect(204);
    assert_eq!(undo(&house, &told.token()).await.status, 410);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_change_needs_a_fresh_password_and_ends_when_it_is_replaced_old_or_overtaken() {
    let house = House::start().await;
    let office = house.sign_up(PHRAE).await;
    later(&house, SignedDuration::from_mins(10)).await;
    begin(&office.browser, NEW).await.assert_problem(403, "sign-in-again");
    sign_in_again(&office).await;
    later(&house, SignedDuration::from_secs(9 * 60 + 50)).await;

    let _ = begin(&office.browser, NEW).await.expect(202);
    let replaced = house.mailbox.next_about(NEW, "ยืนยันอีเมลใหม่").await.token();
    let _ = begin(&office.browser, NEWER).await.expect(202);
    let late = house.mailbox.next_about(NEWER, "ยืนยันอีเมลใหม่").await.token();
    confirm(&house, &replaced).await.assert_problem(410, "email-link-expired");
    later(&house, SignedDuration::from_hours(24)).await;
    confirm(&house, &late).await.assert_problem(410, "email-link-expired");
    confirm(&house, "no-such-token").await.assert_problem(410, "email-link-expired");
    assert_eq!(confirm(&house, "").await.pointers(), ["/token"]);

    // The owner was told, and sets a new password: what was begun is over.
    sign_in_again(&office).await;
    let _ = begin(&office.browser, NEW).await.expect(202);
    let overtaken = house.mailbox.next_about(NEW, "ยืนยันอีเมลใหม่").await.token();
    let reset = ask_for_reset(&house, PHRAE, PHRAE.email).await;
    assert_eq!(set_password(&office.browser, &reset, OTHER_PASSWORD).await, 204);
    confirm(&house, &overtaken).await.assert_problem(410, "email-link-expired");
    let _ = office.browser.sign_in(PHRAE.code, OTHER_PASSWORD).await.expect(201);
    let view = account(&office.browser).await;
    assert_eq!((&view["email"], &view["email_change"]), (&json!(PHRAE.email), &Value::Null));
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_old_address_takes_the_account_back_even_after_a_new_password() {
    let house = House::start().await;
    let owner = house.sign_up(PHRAE).await;
    let record = add_record(&owner).await;
    // A thief in an open browser changes the address, then the password, and waits with a reset in hand.
    let token = change(&house, &owner, PHRAE.email, NEW).await;
    let thief = house.browser();
    let reset = ask_for_reset(&house, PHRAE, NEW).await;
    assert_eq!(set_password(&thief, &reset, OTHER_PASSWORD).await, 204);
    let _ = thief.sign_in(PHRAE.code, OTHER_PASSWORD).await.expect(201);
    let waiting = ask_for_reset(&house, PHRAE, NEW).await;
    assert!(!can_write(&owner, &record).await);

    let _ = undo(&house, &token).await.expect(204);
    undo(&house, &token).await.assert_problem(410, "email-link-expired");
    thief.get("/api/account").await.assert_problem(401, "not-signed-in");
    assert_eq!(set_password(&thief, &waiting, PASSWORD).await, 410);
    let _ = house.mailbox.next_about(NEW, "ยกเลิกการเปลี่ยนอีเมล").await;
    let mail = house.mailbox.next_about(PHRAE.email, "กลับมาใช้อีเมลนี้").await;
    assert_eq!(set_password(&owner.browser, &mail.token(), PASSWORD).await, 204);
    let _ = owner.browser.sign_in(PHRAE.code, PASSWORD).await.expect(201);
    assert_eq!(account(&owner.browser).await["email"], PHRAE.email);
    assert!(can_write(&owner, &record).await);
    // Undone, it can be changed again at once.
    let _ = begin(&owner.browser, NEW).await.expect(202);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_change_cannot_be_undone_after_a_week() {
    let house = House::start().await;
    let office = house.sign_up(PHRAE).await;
    let token = change(&house, &office, PHRAE.email, NEW).await;
    later(&house, SignedDuration::from_hours(24 * 7)).await;
    undo(&house, &token).await.assert_problem(410, "email-link-expired");
    sign_in_again(&office).await;
    assert_eq!(account(&office.browser).await["email"], NEW);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_agency_has_ten_links_a_day_mailed_to_other_addresses() {
    let house = House::start().await;
    let office = house.sign_up(PHRAE).await;
    for number in 0..10 {
        let path = if number % 2 == 0 { "/api/account/email" } else { "/api/account/handover" };
        let body = json!({ "email": format!("n{number}@mail.test") });
        let _ = office.browser.post(path, &body).await.expect(202);
    }
    begin(&office.browser, NEW).await.assert_problem(429, "too-many-tries");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_owner_who_is_signed_in_objects_to_a_take_over() {
    let house = House::start().await;
    let office = house.sign_up(PHRAE).await;
    let _ = change(&house, &office, PHRAE.email, NEW).await;
    // Whoever has the agency's own mailbox wants the account back: it waits.
    let claimant = house.browser();
    let proof = house.mailbox.begin(&claimant, PHRAE.code, PHRAE.email, OTHER_PASSWORD).await;
    let proved = claimant.prove(&proof.claim, &proof.code).await.expect(200).json();
    assert_eq!(proved["state"], "waiting");
    let view = account(&office.browser).await;
    assert_eq!(view["take_over"], json!({ "from": proved["from"], "email_hint": "s…n@phrae.test" }));

    let _ = office.browser.post("/api/account/objection", &json!({})).await.expect(204);
    assert_eq!(account(&office.browser).await["take_over"], Value::Null);
    let _ = house.mailbox.next_about(PHRAE.email, "คัดค้าน").await;
    let sent = house.mailbox.to(PHRAE.email).await.len();
    let _ = office.browser.post("/api/account/objection", &json!({})).await.expect(204);
    assert_eq!(house.mailbox.to(PHRAE.email).await.len(), sent, "there is nothing more to object to");
    house.stop().await;
}
