//! An agency that has an account is proved anew: the owner is told, and has time to object.

use jiff::SignedDuration;
use palad_domain::claim::TAKE_OVER_WAIT;
use palad_system_tests::{Answer, Browser, House, MAE_YOM, PASSWORD, PHRAE, held};
use serde_json::json;

use super::{
    ANOTHER, approve, assert_waits, begin, later, letters, owner_by_letter, prove_by_letter, queue, refuse,
};

const OWNER: &str = "owner@mail.test";
const BEGUN: &str = "ขอรับช่วงบัญชีหน่วยงาน";
const NOTICE: &str = "มีผู้ขอรับช่วง";

async fn complete(browser: &Browser, token: &str) -> Answer {
    browser.post("/api/registrations/completions", &json!({ "token": token })).await
}

async fn object(browser: &Browser, token: &str) -> Answer {
    browser.post("/api/registrations/objections", &json!({ "token": token })).await
}

/// The agency's own mailbox proves it while the account belongs to another address.
async fn take_over(house: &House) -> (Browser, String) {
    let browser = house.browser();
    let proof = house.mailbox.begin(&browser, PHRAE.code, PHRAE.email, ANOTHER).await;
    let waiting = browser.prove(&proof.claim, &proof.code).await.expect(200).json();
    assert_waits(house, &waiting);
    // Sent again it waits from the same time on.
    assert_eq!(browser.prove(&proof.claim, &proof.code).await.expect(200).json(), waiting);
    (browser, proof.claim)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_take_over_waits_is_completed_once_and_ends_everything_of_the_owner() {
    let house = House::start().await;
    let owner = owner_by_letter(&house, PHRAE, OWNER).await;
    let (successor, _) = take_over(&house).await;
    let token = house.mailbox.next_about(PHRAE.email, BEGUN).await.token();
    let notice = house.mailbox.next_about(OWNER, NOTICE).await;
    assert!(notice.text.contains("s…n@phrae.test") && !notice.text.contains(PHRAE.email), "{}", notice.text);

    // Until then nothing changes, and opening the link too early says when.
    let early = complete(&successor, &token).await;
    early.assert_problem(409, "too-early");
    let year = early.json()["detail"].to_string();
    assert!(
        year.contains("พ.ศ.") || year.contains("256") || year.contains("257"),
        "in Buddhist years: {year}"
    );
    later(&house, TAKE_OVER_WAIT - SignedDuration::from_mins(2));
    complete(&successor, &token).await.assert_problem(409, "too-early");
    let _ = owner.sign_in(PHRAE.code, PASSWORD).await.expect(201);
    assert_eq!(successor.sign_in(PHRAE.code, ANOTHER).await.status, 202);

    later(&house, SignedDuration::from_mins(2));
    let anywhere = house.browser();
    assert_eq!(complete(&anywhere, &token).await.expect(200).json(), json!({ "state": "active" }));
    complete(&anywhere, &token).await.assert_problem(410, "take-over-ended");
    object(&anywhere, &notice.token()).await.assert_problem(410, "take-over-ended");

    owner.get("/api/session").await.assert_problem(401, "not-signed-in");
    let body = json!({ "post": held("สมชาย", "ใจดี") });
    let refused = owner.call("POST", "/api/agencies/549900/clerks").key("k").json(&body).send().await;
    refused.assert_problem(401, "not-signed-in");
    assert_eq!(owner.sign_in(PHRAE.code, PASSWORD).await.status, 202, "its device is forgotten");
    successor.sign_in(PHRAE.code, PASSWORD).await.assert_problem(401, "wrong-password");
    let _ = successor.sign_in(PHRAE.code, ANOTHER).await.expect(201);
    let _ = house.mailbox.next_about(OWNER, "เปลี่ยนผู้ดูแล").await;
    let _ = house.mailbox.next_about(PHRAE.email, "เปิดบัญชี").await;
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_owner_objects_by_the_link_and_the_province_decides() {
    let house = House::start().await;
    let officer = house.province("54").await.browser;
    let owner = owner_by_letter(&house, PHRAE, OWNER).await;
    let (successor, claim) = take_over(&house).await;
    let completion = house.mailbox.next_about(PHRAE.email, BEGUN).await.token();
    let objection = house.mailbox.next_about(OWNER, NOTICE).await.token();
    assert_eq!(queue(&officer).await[0]["state"], "waiting");

    for wrong in ["", "no such token", &completion] {
        let answer = object(&owner, wrong).await;
        assert!(matches!(answer.status, 410 | 422), "{wrong}: {}", answer.text);
    }
    let _ = object(&owner, &objection).await.expect(204);
    object(&owner, &objection).await.assert_problem(410, "take-over-ended");
    let _ = house.mailbox.next_about(PHRAE.email, "คัดค้าน").await;
    later(&house, TAKE_OVER_WAIT);
    complete(&successor, &completion).await.assert_problem(410, "take-over-ended");
    let _ = owner.sign_in(PHRAE.code, PASSWORD).await.expect(201);

    let officer = house.province("54").await.browser;
    let listed = queue(&officer).await;
    assert_eq!((listed.len(), &listed[0]["state"], &listed[0]["id"]), (1, &json!("disputed"), &json!(claim)));
    // The office has heard both: there is nothing to wait for any more.
    assert_eq!(approve(&officer, &claim).await.expect(200).json(), json!({ "state": "active" }));
    let _ = successor.sign_in(PHRAE.code, ANOTHER).await.expect(201);
    assert_eq!(owner.sign_in(PHRAE.code, PASSWORD).await.status, 202);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_refused_take_over_is_over_and_the_owner_stays() {
    let house = House::start().await;
    let officer = house.province("54").await.browser;
    let owner = owner_by_letter(&house, PHRAE, OWNER).await;
    let (successor, claim) = take_over(&house).await;
    let completion = house.mailbox.next_about(PHRAE.email, BEGUN).await.token();
    let _ = refuse(&officer, &claim, "unknown_person").await.expect(204);
    let told = house.mailbox.next_about(PHRAE.email, "ไม่ได้รับอนุมัติ").await;
    assert!(told.text.contains("ไม่พบผู้ลงทะเบียน"), "{}", told.text);
    later(&house, TAKE_OVER_WAIT);
    complete(&successor, &completion).await.assert_problem(410, "take-over-ended");
    let _ = owner.sign_in(PHRAE.code, PASSWORD).await.expect(201);
    assert!(queue(&house.province("54").await.browser).await.is_empty());
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_approval_over_another_account_waits_too() {
    let house = House::start().await;
    let officer = house.province("54").await.browser;
    let owner = owner_by_letter(&house, MAE_YOM, OWNER).await;
    let browser = house.browser();
    let proof = begin(&house, &browser, MAE_YOM, "malee@mail.test").await;
    let proved = browser.prove(&proof.claim, &proof.code).await.expect(200);
    assert_eq!(proved.json(), json!({ "state": "awaiting_approval" }));
    let approved = approve(&officer, &proof.claim).await.expect(200).json();
    assert_waits(&house, &approved);
    assert_eq!(
        approve(&officer, &proof.claim).await.expect(200).json(),
        approved,
        "the wait is not lengthened"
    );
    let _ = house.mailbox.next_about(OWNER, NOTICE).await;
    let _ = owner.sign_in(MAE_YOM.code, PASSWORD).await.expect(201);
    let token = house.mailbox.next_about("malee@mail.test", BEGUN).await.token();
    later(&house, TAKE_OVER_WAIT);
    let _ = complete(&browser, &token).await.expect(200);
    let _ = browser.sign_in(MAE_YOM.code, PASSWORD).await.expect(201);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_letter_ends_the_wait() {
    let house = House::start().await;
    let owner = owner_by_letter(&house, PHRAE, OWNER).await;
    let (successor, claim) = take_over(&house).await;
    let completion = house.mailbox.next_about(PHRAE.email, BEGUN).await.token();
    let codes = letters(&house, "54").await;
    let opened = prove_by_letter(&successor, &claim, &codes[PHRAE.code]).await.expect(200);
    assert_eq!(opened.json(), json!({ "state": "active" }));
    let _ = successor.sign_in(PHRAE.code, ANOTHER).await.expect(201);
    assert_eq!(owner.get("/api/session").await.status, 401);
    later(&house, TAKE_OVER_WAIT);
    complete(&successor, &completion).await.assert_problem(410, "take-over-ended");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_account_that_changed_hands_during_the_wait_is_waited_for_anew() {
    let house = House::start().await;
    let _ = owner_by_letter(&house, PHRAE, OWNER).await;
    let (successor, _) = take_over(&house).await;
    let token = house.mailbox.next_about(PHRAE.email, BEGUN).await.token();
    // Somebody else has the letter of the next round, and the account at once. Of the take-over he was not told.
    let second = owner_by_letter(&house, PHRAE, "second@mail.test").await;
    later(&house, TAKE_OVER_WAIT);
    complete(&successor, &token).await.assert_problem(409, "too-early");
    let objection = house.mailbox.next_about("second@mail.test", NOTICE).await.token();
    let _ = second.sign_in(PHRAE.code, PASSWORD).await.expect(201);
    let again = house.mailbox.next_about(PHRAE.email, BEGUN).await.token();
    later(&house, TAKE_OVER_WAIT);
    let _ = complete(&successor, &again).await.expect(200);
    object(&second, &objection).await.assert_problem(410, "take-over-ended");
    let _ = successor.sign_in(PHRAE.code, ANOTHER).await.expect(201);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_take_over_that_nobody_completes_expires() {
    let house = House::start().await;
    let owner = owner_by_letter(&house, PHRAE, OWNER).await;
    let (successor, _) = take_over(&house).await;
    let token = house.mailbox.next_about(PHRAE.email, BEGUN).await.token();
    let objection = house.mailbox.next_about(OWNER, NOTICE).await.token();
    later(&house, SignedDuration::from_hours(24 * 30));
    complete(&successor, &token).await.assert_problem(410, "take-over-ended");
    object(&owner, &objection).await.assert_problem(410, "take-over-ended");
    let _ = owner.sign_in(PHRAE.code, PASSWORD).await.expect(201);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn links_of_a_take_over_are_refused_by_a_clock_that_went_back() {
    let house = House::start().await;
    let _ = owner_by_letter(&house, PHRAE, OWNER).await;
    let (successor, _) = take_over(&house).await;
    let token = house.mailbox.next_about(PHRAE.email, BEGUN).await.token();
    let objection = house.mailbox.next_about(OWNER, NOTICE).await.token();
    later(&house, SignedDuration::from_hours(-1));
    complete(&successor, &token).await.assert_problem(410, "take-over-ended");
    object(&successor, &objection).await.assert_problem(410, "take-over-ended");
    later(&house, SignedDuration::from_hours(1));
    complete(&successor, &token).await.assert_problem(409, "too-early");
    let _ = object(&successor, &objection).await.expect(204);
    house.stop().await;
}
