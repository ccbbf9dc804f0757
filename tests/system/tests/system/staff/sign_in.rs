//! The two steps of a sign-in: a passphrase, and the code of an app or of the slip.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use palad_system_tests::{House, PASSPHRASE};

use super::{challenge, id_of, later, suspend};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_first_step_gets_one_answer_whatever_is_true() {
    let house = House::start().await;
    let own = house.central().await;
    let (suspended, stranger) = (house.central().await.officer.email, "nobody@office.test".to_owned());
    let _ = suspend(&own, &id_of(&own, "", &suspended).await).await.expect(204);

    let mut shapes = BTreeSet::new();
    for (email, passphrase) in [
        (&own.officer.email, PASSPHRASE),
        (&own.officer.email, "another long passphrase"),
        (&own.officer.email, "short"),
        (&stranger, PASSPHRASE),
        (&suspended, PASSPHRASE),
    ] {
        let browser = house.browser();
        let answer = browser.staff_sign_in(email, passphrase).await.expect(202);
        let names: Vec<String> = answer.headers.keys().map(|name| name.as_str().to_owned()).collect();
        let cookies: Vec<usize> =
            answer.headers.get_all("set-cookie").iter().map(http::HeaderValue::len).collect();
        let id = challenge(&answer);
        let body = answer.text.replace(&id, "");
        // And the second step tells neither: no code completes it but the right one of the right passphrase.
        let refused = browser.second_factor(&id, "000000").await;
        refused.assert_problem(401, "wrong-sign-in");
        let refused = refused.json();
        shapes.insert((names, cookies, id.len(), body, refused["detail"].to_string()));
    }
    assert_eq!(shapes.len(), 1, "{shapes:#?}");

    // A challenge of a wrong passphrase is completed by nothing, not even by a code that is right.
    let browser = house.browser();
    let wrong = challenge(&browser.staff_sign_in(&own.officer.email, "another long passphrase").await);
    let right = own.officer.code(&house);
    browser.second_factor(&wrong, &right).await.assert_problem(401, "wrong-sign-in");
    browser.second_factor(&wrong, &own.officer.recovery_codes[0]).await.assert_problem(401, "wrong-sign-in");
    let good = challenge(&browser.staff_sign_in(&own.officer.email, PASSPHRASE).await);
    let _ = browser.second_factor(&good, &right).await.expect(201);

    let malformed = house.browser().staff_sign_in("nonsense", "").await;
    malformed.assert_problem(422, "invalid");
    assert_eq!(malformed.pointers(), ["/email", "/passphrase"]);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_second_factor_is_tried_five_times_in_its_own_browser_within_ten_minutes() {
    let house = House::start().await;
    let own = house.central().await.officer;
    let browser = house.browser();
    let begun = challenge(&browser.staff_sign_in(&own.email, PASSPHRASE).await.expect(202));
    let malformed = browser.second_factor(&begun, "12").await;
    malformed.assert_problem(422, "invalid");
    assert_eq!(malformed.pointers(), ["/code"]);
    let code = own.code(&house);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    house.browser().second_factor(&begun, &code).await.assert_problem(410, "code-expired");
    for _ in 0..4 {
        browser.second_factor(&begun, wrong).await.assert_problem(401, "wrong-sign-in");
    }
    browser.second_factor(&begun, &code).await.assert_problem(410, "code-expired");

    let begun = challenge(&browser.staff_sign_in(&own.email, PASSPHRASE).await.expect(202));
    later(&house, SignedDuration::from_mins(10)).await;
    browser.second_factor(&begun, &own.code(&house)).await.assert_problem(410, "code-expired");
    // A clock that is set back gives nothing a longer life.
    let begun = challenge(&browser.staff_sign_in(&own.email, PASSPHRASE).await.expect(202));
    later(&house, SignedDuration::from_hours(-1)).await;
    browser.second_factor(&begun, &own.recovery_codes[0]).await.assert_problem(410, "code-expired");
    later(&house, SignedDuration::from_hours(1)).await;
    let _ = own.sign_in(&house, &browser).await;
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_recovery_code_works_once_and_is_told() {
    let house = House::start().await;
    let own = house.province("54").await.officer;
    let typed = own.recovery_codes[3].to_lowercase();
    let browser = house.browser();
    let begun = challenge(&browser.staff_sign_in(&own.email, PASSPHRASE).await.expect(202));
    browser.second_factor(&begun, "ZZZZZ-ZZZZZ").await.assert_problem(401, "wrong-sign-in");
    let session = browser.second_factor(&begun, &typed).await.expect(201).json();
    assert_eq!(session["role"], "province");
    assert_eq!(told(&browser, "ด้วยรหัสสำรอง").await, 1, "and the office reads of it");
    let notice = house.mailbox.next_about(&own.email, "รหัสสำรอง").await;
    assert!(notice.text.contains("เหลือรหัสสำรอง 9 รหัส"), "{}", notice.text);
    let begun = challenge(&browser.staff_sign_in(&own.email, PASSPHRASE).await.expect(202));
    browser.second_factor(&begun, &typed).await.assert_problem(401, "wrong-sign-in");
    let _ = browser.second_factor(&begun, &own.recovery_codes[4]).await.expect(201);

    // Of one code used in ten browsers at once, one is let in.
    let mut waiting = Vec::new();
    for _ in 0..10 {
        let browser = house.browser();
        let begun = challenge(&browser.staff_sign_in(&own.email, PASSPHRASE).await.expect(202));
        let code = own.recovery_codes[5].clone();
        waiting.push(tokio::spawn(async move { browser.second_factor(&begun, &code).await.status }));
    }
    let mut let_in = 0;
    for answer in waiting {
        let_in += usize::from(answer.await.expect("an answer") == 201);
    }
    assert_eq!(let_in, 1);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn strangers_use_up_their_allowance_and_the_officer_still_gets_in() {
    let house = House::start().await;
    let own = house.central().await;
    for email in [own.officer.email.as_str(), "nobody@office.test"] {
        let mut let_through = 0;
        loop {
            let answer = house.browser().staff_sign_in(email, "another long passphrase").await;
            if answer.status != 202 {
                answer.assert_problem(429, "too-many-tries");
                assert!(answer.header("retry-after").is_some());
                break;
            }
            let_through += 1;
            assert!(let_through <= 30, "no end");
        }
        assert!(let_through >= 29, "{email}: {let_through}");
    }
    let _ = own.officer.sign_in(&house, &own.browser).await;
    house.browser().staff_sign_in(&own.officer.email, PASSPHRASE).await.assert_problem(429, "too-many-tries");
    later(&house, SignedDuration::from_hours(2)).await;
    let _ = own.officer.sign_in(&house, &house.browser()).await;
    house.stop().await;
}

/// How many lines of the audit of the officer's office say this.
async fn told(officer: &palad_system_tests::Browser, words: &str) -> usize {
    let trail = officer.get("/api/staff/audit").await.expect(200).json();
    let lines = trail["items"].as_array().cloned().unwrap_or_default();
    lines.iter().filter(|line| line["what"]["th"].as_str().is_some_and(|th| th.contains(words))).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_office_reads_of_an_officer_in_a_new_browser_once_for_each_browser() {
    let house = House::start().await;
    let own = house.province("54").await;
    let before = told(&own.browser, "อุปกรณ์ใหม่").await;
    let browser = house.browser();
    for _ in 0..2 {
        later(&house, SignedDuration::from_secs(90)).await;
        let _ = own.officer.sign_in(&house, &browser).await;
        assert_eq!(told(&browser, "อุปกรณ์ใหม่").await, before + 1);
    }
    house.stop().await;
}
