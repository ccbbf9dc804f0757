//! Signing in: what a stranger can learn (nothing), and what the owner can always do.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use palad_system_tests::{Answer, Browser, House, MAE_YOM, NONG_BUA, NOT_LISTED, PASSWORD, PHRAE, held};
use serde_json::json;

const WRONG: &str = "60418273";

fn challenge(answer: &Answer) -> String {
    answer.json()["challenge"].as_str().unwrap_or_default().to_owned()
}

async fn later(house: &House, by: SignedDuration) {
    house.clock().set(house.clock().now() + by);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_unknown_device_gets_one_answer_whatever_is_true() {
    let house = House::start().await;
    let _ = house.sign_up(PHRAE).await;
    let pending = house.browser();
    let proof = house.mailbox.begin(&pending, NONG_BUA.code, "clerk@mail.test", PASSWORD).await;
    let _ = pending.prove(&proof.claim, &proof.code).await.expect(200);

    let mut shapes = BTreeSet::new();
    for (agency, password) in
        [(MAE_YOM, PASSWORD), (NONG_BUA, PASSWORD), (PHRAE, WRONG), (PHRAE, PASSWORD), (PHRAE, "123456")]
    {
        let answer = house.browser().sign_in(agency.code, password).await.expect(202);
        let names: Vec<String> = answer.headers.keys().map(|name| name.as_str().to_owned()).collect();
        let cookies: Vec<String> = answer
            .headers
            .get_all("set-cookie")
            .iter()
            .map(|cookie| {
                let text = cookie.to_str().unwrap_or_default();
                let (pair, rest) = text.split_once(';').unwrap_or_default();
                let (name, value) = pair.split_once('=').unwrap_or_default();
                format!("{name}={};{rest}", value.len())
            })
            .collect();
        let body = answer.json();
        let fields: Vec<String> =
            body.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
        shapes.insert((names, cookies, fields, answer.text.len()));
    }
    assert_eq!(shapes.len(), 1, "{shapes:#?}");
    let refused = house.browser().sign_in(NOT_LISTED, PASSWORD).await;
    refused.assert_problem(422, "invalid");
    assert_eq!(refused.pointers(), ["/agency"]);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_new_device_signs_in_by_its_code_once_and_in_its_own_browser() {
    let house = House::start().await;
    let _ = house.sign_up(PHRAE).await;
    let browser = house.browser();
    let asked = challenge(&browser.sign_in(PHRAE.code, PASSWORD).await.expect(202));
    let code = house.mailbox.next_about(PHRAE.email, "เข้าสู่ระบบ").await.code();
    assert_eq!(browser.cookie("__Host-sid"), None);

    let thief = house.browser();
    thief.give_code(&asked, &code).await.assert_problem(410, "code-expired");
    let wrong = if code == "00000000" { "00000001" } else { "00000000" };
    let refused = browser.give_code(&asked, wrong).await;
    refused.assert_problem(422, "invalid");
    assert_eq!(refused.pointers(), ["/code"]);

    let session = browser.give_code(&asked, &code).await.expect(201);
    let cookie = session.header("set-cookie").unwrap_or_default();
    assert!(
        cookie.starts_with("__Host-sid=") && cookie.ends_with("; Secure; HttpOnly; SameSite=Strict"),
        "{cookie}"
    );
    assert!(cookie.contains("; Path=/; ") && !cookie.contains("Domain"), "{cookie}");
    let body = session.json();
    assert_eq!((&body["role"], &body["agency"]["code"]), (&json!("agency"), &json!(PHRAE.code)));
    browser.give_code(&asked, &code).await.assert_problem(410, "code-expired");
    browser.copy().give_code(&asked, &code).await.assert_problem(410, "code-expired");
    // From now on the device is known: right is 201, wrong is 401.
    let _ = browser.sign_in(PHRAE.code, PASSWORD).await.expect(201);
    browser.sign_in(PHRAE.code, WRONG).await.assert_problem(401, "wrong-password");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_code_ends_after_five_tries_or_ten_minutes_and_a_wrong_number_has_none() {
    let house = House::start().await;
    let _ = house.sign_up(PHRAE).await;
    let browser = house.browser();
    let asked = challenge(&browser.sign_in(PHRAE.code, PASSWORD).await.expect(202));
    let code = house.mailbox.next_about(PHRAE.email, "เข้าสู่ระบบ").await.code();
    let wrong = if code == "00000000" { "00000001" } else { "00000000" };
    for _ in 0..5 {
        browser.give_code(&asked, wrong).await.assert_problem(422, "invalid");
    }
    browser.give_code(&asked, &code).await.assert_problem(410, "code-expired");

    let asked = challenge(&browser.sign_in(PHRAE.code, PASSWORD).await.expect(202));
    let code = house.mailbox.next_about(PHRAE.email, "เข้าสู่ระบบ").await.code();
    later(&house, SignedDuration::from_mins(10)).await;
    browser.give_code(&asked, &code).await.assert_problem(410, "code-expired");

    // Behind a wrong number stands a challenge like any other, but the code of another one is not its.
    let right = challenge(&browser.sign_in(PHRAE.code, PASSWORD).await.expect(202));
    let code = house.mailbox.next_about(PHRAE.email, "เข้าสู่ระบบ").await.code();
    let empty = challenge(&browser.sign_in(PHRAE.code, WRONG).await.expect(202));
    browser.give_code(&empty, &code).await.assert_problem(422, "invalid");
    let _ = browser.give_code(&right, &code).await.expect(201);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn strangers_use_up_their_allowance_and_the_owner_still_gets_in() {
    let house = House::start().await;
    let owner = house.sign_up(PHRAE).await;
    for agency in [PHRAE, MAE_YOM] {
        for _ in 0..20 {
            let _ = house.browser().sign_in(agency.code, WRONG).await.expect(202);
        }
        let refused = house.browser().sign_in(agency.code, WRONG).await;
        refused.assert_problem(429, "too-many-tries");
        let wait = refused.header("retry-after").and_then(|text| text.parse::<i64>().ok()).expect("a wait");
        assert!((1..=24 * 3600).contains(&wait), "{wait}");
    }
    let _ = owner.browser.sign_in(PHRAE.code, PASSWORD).await.expect(201);
    // The allowance refills, and the way by mail was never closed.
    let question = json!({ "agency": PHRAE.code, "email": PHRAE.email });
    let _ = house.browser().post("/api/password-resets", &question).await.expect(202);
    let _ = house.mailbox.next_about(PHRAE.email, "ตั้งรหัสผ่านใหม่").await.token();
    later(&house, SignedDuration::from_hours(2)).await;
    let _ = house.browser().sign_in(PHRAE.code, WRONG).await.expect(202);
    let notices = house.mailbox.to(PHRAE.email).await;
    let notices = notices.iter().filter(|mail| mail.subject.contains("ไม่ถูกต้อง")).count();
    assert!(notices <= 2, "one notice a day at most: {notices}");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_forty_guesses_at_once_one_is_let_through() {
    let house = House::start().await;
    let owner = house.sign_up(PHRAE).await;
    // Four tries are free; each one from the fifth on is followed by a wait.
    for _ in 0..4 {
        owner.browser.sign_in(PHRAE.code, WRONG).await.assert_problem(401, "wrong-password");
    }
    let guesses: Vec<_> = (0..40)
        .map(|number| {
            let browser: Browser = owner.browser.copy();
            tokio::spawn(async move { browser.sign_in(PHRAE.code, &format!("604182{number:02}")).await })
        })
        .collect();
    let mut judged = 0;
    for guess in guesses {
        let answer = guess.await.expect("an answer");
        if answer.status == 401 {
            judged += 1;
        } else {
            answer.assert_problem(429, "too-many-tries");
            assert!(answer.header("retry-after").is_some());
        }
    }
    assert_eq!(judged, 1);
    assert_eq!(owner.browser.sign_in(PHRAE.code, PASSWORD).await.status, 429, "even the right one waits");
    later(&house, SignedDuration::from_secs(61)).await;
    let _ = owner.browser.sign_in(PHRAE.code, PASSWORD).await.expect(201);
    owner.browser.sign_in(PHRAE.code, WRONG).await.assert_problem(401, "wrong-password");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_reset_by_mail_ends_the_old_session_and_works_once() {
    let house = House::start().await;
    let old = house.sign_up(PHRAE).await;
    let record = old.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201).json();
    let ask = async |email: &str| {
        let question = json!({ "agency": PHRAE.code, "email": email });
        house.browser().post("/api/password-resets", &question).await.expect(202)
    };
    let (stranger, owner) = (ask("stranger@mail.test").await, ask(PHRAE.email).await);
    assert_eq!((stranger.text.as_str(), owner.text.as_str()), ("{}", "{}"));
    let token = house.mailbox.next_about(PHRAE.email, "ตั้งรหัสผ่านใหม่").await.token();
    assert!(house.mailbox.to("stranger@mail.test").await.is_empty());

    let browser = house.browser();
    let path = format!("/api/password-resets/{token}");
    let weak = browser.post(&path, &json!({ "password": "123456" })).await;
    weak.assert_problem(422, "invalid");
    assert_eq!(weak.pointers(), ["/password"], "and the link is not used up by it");
    let _ = browser.post(&path, &json!({ "password": "97310486" })).await.expect(204);
    browser.post(&path, &json!({ "password": "97310486" })).await.assert_problem(410, "reset-expired");

    let id = record["id"].as_str().unwrap_or_default();
    old.edit(id, 1, &held("มาลี", "รักไทย")).await.assert_problem(401, "not-signed-in");
    old.delete(id, 1).await.assert_problem(401, "not-signed-in");
    let entry = house.browser().get("/api/directory/549900").await.expect(200).json();
    assert_eq!(entry["person"]["first_name"], "สมชาย", "nothing was changed");
    assert_eq!(old.browser.get("/api/session").await.status, 401);
    assert_eq!(old.browser.sign_in(PHRAE.code, PASSWORD).await.status, 202, "its device is forgotten");
    browser.sign_in(PHRAE.code, PASSWORD).await.assert_problem(401, "wrong-password");
    let _ = browser.sign_in(PHRAE.code, "97310486").await.expect(201);
    let _ = house.mailbox.next_about(PHRAE.email, "เปลี่ยนรหัสผ่านแล้ว").await;

    let _ = ask(PHRAE.email).await;
    let token = house.mailbox.next_about(PHRAE.email, "ตั้งรหัสผ่านใหม่").await.token();
    later(&house, SignedDuration::from_mins(60)).await;
    let late =
        browser.post(&format!("/api/password-resets/{token}"), &json!({ "password": "60418273" })).await;
    late.assert_problem(410, "reset-expired");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_session_lasts_while_it_is_used_and_no_longer_than_a_day_of_work() {
    let house = House::start().await;
    let owner = house.sign_up(PHRAE).await;
    house.browser().get("/api/session").await.assert_problem(401, "not-signed-in");
    for _ in 0..3 {
        later(&house, SignedDuration::from_mins(20)).await;
        let _ = owner.browser.get("/api/session").await.expect(200);
    }
    later(&house, SignedDuration::from_mins(31)).await;
    owner.browser.get("/api/session").await.assert_problem(401, "not-signed-in");

    let _ = owner.browser.sign_in(PHRAE.code, PASSWORD).await.expect(201);
    let mut uses = 0;
    while owner.browser.get("/api/session").await.status == 200 {
        later(&house, SignedDuration::from_mins(20)).await;
        uses += 1;
        assert!(uses <= 25, "a session never ends");
    }
    assert_eq!(uses, 24, "eight hours");

    let _ = owner.browser.sign_in(PHRAE.code, PASSWORD).await.expect(201);
    let _ = owner.browser.call("DELETE", "/api/session").send().await.expect(204);
    assert_eq!(owner.browser.cookie("__Host-sid"), None);
    owner.browser.get(&owner.clerks()).await.assert_problem(401, "not-signed-in");
    let _ = owner.browser.sign_in(PHRAE.code, PASSWORD).await.expect(201);
    house.stop().await;
}
