//! Registering: a claim, its proof, and what neither of them tells.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::process::Output;

use jiff::SignedDuration;
use palad_system_tests::{
    Answer, House, MAE_YOM, NONG_BUA, NOT_LISTED, PASSWORD, PHRAE, WITHOUT_MAILBOX, held, run_to_end,
};
use serde_json::json;

use crate::PROGRAM;

async fn approve(house: &House, claim: &str) -> Output {
    let data = house.data();
    let arguments = [OsStr::new("--data"), data.as_os_str(), OsStr::new("approve"), OsStr::new(claim)];
    run_to_end(PROGRAM, &arguments, data).await
}

/// What an answer looks like to somebody who cannot read random identifiers.
fn shape(answer: &Answer) -> (u16, BTreeSet<String>, usize, usize) {
    let names = answer.headers.keys().map(|name| name.as_str().to_owned()).collect();
    let cookies = answer.headers.get_all("set-cookie").iter().map(|cookie| cookie.len()).sum();
    (answer.status, names, answer.text.len(), cookies)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn another_address_than_the_agencys_own_waits_for_approval() {
    let house = House::start().await;
    let browser = house.browser();
    let proof = house.mailbox.begin(&browser, WITHOUT_MAILBOX.code, "clerk@mail.test", PASSWORD).await;
    let unproved = approve(&house, &proof.claim).await;
    assert!(!unproved.status.success() && !unproved.stderr.is_empty());

    let proved = browser.prove(&proof.claim, &proof.code).await.expect(200);
    assert_eq!(proved.json(), json!({ "state": "awaiting_approval" }));
    // The same proof again is no offence; and there is still no account.
    assert_eq!(browser.prove(&proof.claim, &proof.code).await.json(), proved.json());
    assert_eq!(browser.sign_in(WITHOUT_MAILBOX.code, PASSWORD).await.status, 202);

    let approved = approve(&house, &proof.claim).await;
    assert!(approved.status.success(), "{approved:?}");
    assert!(String::from_utf8_lossy(&approved.stdout).contains(WITHOUT_MAILBOX.code));
    let _ = house.mailbox.next_about("clerk@mail.test", "เปิดบัญชี").await;
    let _ = browser.sign_in(WITHOUT_MAILBOX.code, PASSWORD).await.expect(201);
    let twice = approve(&house, &proof.claim).await;
    assert!(!twice.status.success() && String::from_utf8_lossy(&twice.stderr).contains("already approved"));
    for wrong in ["AAAAAAAAAAAAAAAAAAAAAA", "-sAAAAAAAAAAAAAAAAAAAA", "no claim"] {
        let refused = approve(&house, wrong).await;
        assert!(!refused.status.success());
        assert_eq!(String::from_utf8_lossy(&refused.stderr).lines().count(), 1, "{refused:?}");
    }
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_answer_tells_whether_an_agency_is_free_claimed_or_taken() {
    let house = House::start().await;
    let taken = house.sign_up(PHRAE).await;
    let rival = house.browser();
    let _ = house.mailbox.begin(&rival, MAE_YOM.code, "rival@mail.test", PASSWORD).await;

    let mut shapes = BTreeSet::new();
    let mut states = BTreeSet::new();
    for agency in [PHRAE, MAE_YOM, NONG_BUA] {
        let browser = house.browser();
        let begun = browser.register(agency.code, "other@mail.test", PASSWORD).await.expect(202);
        shapes.insert(shape(&begun));
        let code = house.mailbox.next_about("other@mail.test", "ลงทะเบียน").await.code();
        let claim = begun.json()["claim"].as_str().unwrap_or_default().to_owned();
        let proved = browser.prove(&claim, &code).await.expect(200);
        states.insert(proved.text.clone());
    }
    assert_eq!(shapes.len(), 1, "{shapes:?}");
    assert_eq!(states.len(), 1, "{states:?}");
    // Neither claims nor proofs took anything from the owner.
    let _ = taken.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_mailbox_may_register_again_and_ends_the_old_sessions() {
    let house = House::start().await;
    let before = house.sign_up(PHRAE).await;
    let browser = house.browser();
    let proof = house.mailbox.begin(&browser, PHRAE.code, PHRAE.email, "97310486").await;
    assert_eq!(
        browser.prove(&proof.claim, &proof.code).await.expect(200).json(),
        json!({ "state": "active" })
    );
    let _ = browser.sign_in(PHRAE.code, "97310486").await.expect(201);
    before.add("key-1", &held("สมชาย", "ใจดี")).await.assert_problem(401, "not-signed-in");
    assert_eq!(before.browser.get("/api/session").await.status, 401);
    assert_eq!(before.browser.sign_in(PHRAE.code, PASSWORD).await.status, 202, "its device is forgotten");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn weak_numbers_are_refused_with_the_reason() {
    let house = House::start().await;
    let browser = house.browser();
    for (weak, reason) in [
        ("123456", "run up or down"),
        ("๖๕๔๓๒๑", "run up or down"),
        ("111111", "repeats"),
        ("121212", "repeats"),
        ("31032566", "a date"),
        ("549900", "agency's code"),
        ("147258", "keypad"),
        ("483384", "backwards"),
        ("12345", "at least six"),
        ("8392o471", "digits only"),
        ("", "Enter the password"),
    ] {
        let refused = browser.register(PHRAE.code, PHRAE.email, weak).await;
        refused.assert_problem(422, "invalid");
        assert_eq!(refused.pointers(), ["/password"], "{weak}");
        let said = refused.json()["errors"][0]["detail_en"].to_string();
        assert!(said.contains(reason), "{weak}: {said}");
    }
    let nothing = browser.post("/api/registrations", &json!({})).await;
    nothing.assert_problem(422, "invalid");
    assert_eq!(nothing.pointers(), ["/agency", "/email", "/password"]);
    let refused = browser.register(NOT_LISTED, "nobody", PASSWORD).await;
    refused.assert_problem(422, "invalid");
    assert_eq!(refused.pointers(), ["/email"]);
    let refused = browser.register(NOT_LISTED, PHRAE.email, PASSWORD).await;
    refused.assert_problem(422, "invalid");
    assert_eq!(refused.pointers(), ["/agency"]);
    assert!(house.mailbox.all().await.is_empty(), "nothing was mailed");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn after_five_wrong_codes_the_right_one_comes_too_late() {
    let house = House::start().await;
    let browser = house.browser();
    let proof = house.mailbox.begin(&browser, PHRAE.code, PHRAE.email, PASSWORD).await;
    for _ in 0..3 {
        let unread = browser.prove(&proof.claim, "1234").await;
        unread.assert_problem(422, "invalid");
        assert_eq!(unread.pointers(), ["/code"], "what is no code costs no try");
    }
    let wrong = if proof.code == "00000000" { "00000001" } else { "00000000" };
    for _ in 0..5 {
        let refused = browser.prove(&proof.claim, wrong).await;
        refused.assert_problem(422, "invalid");
        assert_eq!(refused.pointers(), ["/code"]);
    }
    browser.prove(&proof.claim, &proof.code).await.assert_problem(410, "claim-expired");
    browser.prove("AAAAAAAAAAAAAAAAAAAAAA", &proof.code).await.assert_problem(410, "claim-expired");
    browser.prove("short", &proof.code).await.assert_problem(410, "claim-expired");
    // A new registration is a new chance.
    let _ = house.sign_up(PHRAE).await;

    let late = house.mailbox.begin(&browser, MAE_YOM.code, MAE_YOM.email, PASSWORD).await;
    house.clock().set(house.clock().now() + SignedDuration::from_mins(61));
    browser.prove(&late.claim, &late.code).await.assert_problem(410, "claim-expired");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn thai_digits_and_spaces_are_welcome() {
    let house = House::start().await;
    let browser = house.browser();
    let thai = |digits: &str| -> String {
        digits.bytes().filter_map(|byte| char::from_u32(u32::from(byte - b'0') + 0x0e50)).collect()
    };
    let begun = browser.register(" ๕๔๙๙๐๐ ", " Saraban@PHRAE.test ", &thai(PASSWORD)).await.expect(202);
    let claim = begun.json()["claim"].as_str().unwrap_or_default().to_owned();
    let code = thai(&house.mailbox.next(PHRAE.email).await.code());
    let (first, second) = code.split_at(code.len() / 2);
    let proved = browser.prove(&claim, &format!(" {first} {second}")).await.expect(200);
    assert_eq!(proved.json(), json!({ "state": "active" }));
    let _ = browser.sign_in(PHRAE.code, PASSWORD).await.expect(201);
    let _ = browser.sign_in("๕๔๙๙๐๐", &thai(PASSWORD)).await.expect(201);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_address_may_begin_ten_registrations_a_day() {
    let house = House::start().await;
    let browser = house.browser();
    for _ in 0..10 {
        let _ = browser.register(PHRAE.code, "many@mail.test", PASSWORD).await.expect(202);
    }
    let refused = browser.register(MAE_YOM.code, "many@mail.test", PASSWORD).await;
    refused.assert_problem(429, "too-many-tries");
    assert!(
        refused.header("retry-after").and_then(|text| text.parse::<u32>().ok()).is_some_and(|wait| wait > 0)
    );
    let _ = browser.register(PHRAE.code, "another@mail.test", PASSWORD).await.expect(202);
    house.clock().set(house.clock().now() + SignedDuration::from_hours(24));
    let _ = browser.register(MAE_YOM.code, "many@mail.test", PASSWORD).await.expect(202);
    house.stop().await;
}
