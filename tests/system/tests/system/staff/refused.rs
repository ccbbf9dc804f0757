//! A sign-in that was refused: who hears of it, and how often.

use jiff::SignedDuration;
use palad_system_tests::{Cut, House, Mail, PASSPHRASE, Side, eventually};
use serde_json::Value;

use super::{challenge, later};

/// What a notice of a refused sign-in says in its subject.
const REFUSED: &str = "ไม่สำเร็จ";
/// What a notice of a used code says in its subject.
const CODE_USED: &str = "รหัสสำรอง";

/// The mails that tell of it, as soon as there is one.
async fn told(house: &House, email: &str, words: &str) -> Vec<Mail> {
    eventually("the notice", async || {
        let mails = house.mailbox.to(email).await.into_iter().filter(|mail| mail.subject.contains(words));
        let mails: Vec<Mail> = mails.collect();
        (!mails.is_empty()).then_some(mails)
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_refused_sign_in_is_told_to_the_officer_and_the_office_once_a_day_and_to_nobody_else() {
    const NOBODY: &str = "nobody@office.test";
    let house = House::start().await;
    let province = house.province("54").await;
    let (officer, email) = (&province.officer, province.officer.email.as_str());
    let wrong = if officer.code(&house) == "000000" { "000001" } else { "000000" };
    let stranger = house.browser();
    let begin = async |email: &str, passphrase: &str| {
        challenge(&stranger.staff_sign_in(email, passphrase).await.expect(202))
    };
    // Wrong in the first step, in the second one, in another browser, and at an address of nobody's.
    let begun = begin(email, "another long passphrase").await;
    stranger.second_factor(&begun, wrong).await.assert_problem(401, "wrong-sign-in");
    let begun = begin(email, PASSPHRASE).await;
    stranger.second_factor(&begun, wrong).await.assert_problem(401, "wrong-sign-in");
    house.browser().second_factor(&begun, wrong).await.assert_problem(410, "code-expired");
    let begun = begin(NOBODY, PASSPHRASE).await;
    stranger.second_factor(&begun, wrong).await.assert_problem(401, "wrong-sign-in");

    let lines = async || {
        let page = province.browser.get("/api/staff/audit").await.expect(200).json();
        let lines = page["items"].as_array().cloned().unwrap_or_default();
        let is_told =
            |line: &Value| line["what"]["en"].as_str().is_some_and(|en| en.contains("wrong passphrase"));
        lines.into_iter().filter(is_told).collect::<Vec<_>>()
    };
    let told_lines = eventually("the line", async || {
        let lines = lines().await;
        (!lines.is_empty()).then_some(lines)
    })
    .await;
    assert!(told_lines[0]["about"].is_string(), "about whom: {told_lines:?}");
    // What the next mail shows to have come before it.
    let own = house.browser();
    let begun = challenge(&own.staff_sign_in(email, PASSPHRASE).await.expect(202));
    let _ = own.second_factor(&begun, &officer.recovery_codes[0]).await.expect(201);
    let _ = told(&house, email, CODE_USED).await;
    assert_eq!(told(&house, email, REFUSED).await.len(), 1);
    assert_eq!(lines().await.len(), 1);
    assert!(house.mailbox.to(NOBODY).await.is_empty());

    // A sign-in that was completed, completed again the next day: they hear of it once more.
    later(&house, SignedDuration::from_hours(25)).await;
    own.second_factor(&begun, &officer.recovery_codes[0]).await.assert_problem(410, "code-expired");
    eventually("the notice of the next day", async || {
        (told(&house, email, REFUSED).await.len() == 2).then_some(())
    })
    .await;
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn going_on_where_no_try_is_left_orders_nothing_more() {
    let queue = Cut::default();
    let house = House::start_with(async |all| queue.lead_to_queues(all, &["login"]).await).await;
    let officer = house.province("54").await.officer;
    let browser = house.browser();
    let begun =
        challenge(&browser.staff_sign_in(&officer.email, "another long passphrase").await.expect(202));
    for _ in 0..5 {
        browser.second_factor(&begun, "000000").await.assert_problem(401, "wrong-sign-in");
    }
    browser.second_factor(&begun, "000000").await.assert_problem(410, "code-expired");
    // An order would fail now, and the answer with it.
    queue.arm(1, Side::Before);
    for _ in 0..3 {
        browser.second_factor(&begun, "000000").await.assert_problem(410, "code-expired");
    }
    assert_eq!(queue.mend(), 0);
    house.stop().await;
}
