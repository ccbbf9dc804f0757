//! A mailed code is good once, in one browser, for ten minutes, by a clock that does not go back.

use jiff::{SignedDuration, Timestamp};
use palad_system_tests::{Browser, House, PASSWORD, PHRAE};

/// A sign-in that waits for its code, and the code.
async fn asked(house: &House) -> (Browser, String, String) {
    let browser = house.browser();
    let answer = browser.sign_in(PHRAE.code, PASSWORD).await.expect(202).json();
    let challenge = answer["challenge"].as_str().expect("a challenge").to_owned();
    let code = house.mailbox.next_about(PHRAE.email, "เข้าสู่ระบบ").await.code();
    (browser, challenge, code)
}

fn set(house: &House, to: Timestamp) {
    house.clock().set(to);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_code_is_refused_replayed_elsewhere_late_and_by_a_clock_that_went_back() {
    let house = House::start().await;
    let _ = house.sign_up(PHRAE).await;
    let refused = async |browser: &Browser, challenge: &str, code: &str| {
        browser.give_code(challenge, code).await.assert_problem(410, "code-expired");
        assert_eq!(browser.cookie("__Host-sid"), None);
    };

    // In another browser, and in one that only knows the session-less cookies of a third.
    let (browser, challenge, code) = asked(&house).await;
    refused(&house.browser(), &challenge, &code).await;
    let (other, _, other_code) = asked(&house).await;
    refused(&other, &challenge, &code).await;
    assert_eq!(browser.give_code(&challenge, &other_code).await.status, 422, "the code of another challenge");
    // Replayed, by the same browser and by a copy of it.
    let _ = browser.give_code(&challenge, &code).await.expect(201);
    browser.set_cookie("__Host-sid", None);
    refused(&browser, &challenge, &code).await;
    refused(&browser.copy(), &challenge, &code).await;

    // Late, and when the clock has gone back after that.
    let (browser, challenge, code) = asked(&house).await;
    let asked_at = house.clock().now();
    set(&house, asked_at + SignedDuration::from_mins(10));
    refused(&browser, &challenge, &code).await;
    set(&house, asked_at - SignedDuration::from_mins(1));
    refused(&browser, &challenge, &code).await;

    // A clock that goes back does not make a code live longer, nor give its tries back.
    set(&house, asked_at + SignedDuration::from_mins(20));
    let (browser, challenge, code) = asked(&house).await;
    let asked_at = house.clock().now();
    for hours in [1, 24, 24 * 400] {
        set(&house, asked_at - SignedDuration::from_hours(hours));
        refused(&browser, &challenge, &code).await;
    }
    set(&house, asked_at + SignedDuration::from_secs(30));
    let wrong = if code == "00000000" { "00000001" } else { "00000000" };
    for _ in 0..2 {
        assert_eq!(browser.give_code(&challenge, wrong).await.status, 422);
    }
    refused(&browser, &challenge, &code).await;
    house.stop().await;
}

/// What the owner reads about mailed codes that were refused.
async fn lines(owner: &Browser) -> usize {
    let trail = owner.get(&format!("/api/agencies/{}/audit", PHRAE.code)).await.expect(200).json();
    let events = trail["items"].as_array().cloned().unwrap_or_default();
    events
        .iter()
        .filter(|line| line["what"]["th"].as_str().is_some_and(|th| th.contains("รหัสจากอีเมล")))
        .count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn codes_that_are_refused_are_told_to_the_owner_once_a_day() {
    let house = House::start().await;
    let owner = house.sign_up(PHRAE).await.browser;
    let (browser, challenge, code) = asked(&house).await;
    let wrong = if code == "00000000" { "00000001" } else { "00000000" };
    let _ = browser.give_code(&challenge, &code).await.expect(201);
    assert_eq!(lines(&owner).await, 0, "a right code is no guess");

    let next_day = async || {
        house.clock().set(house.clock().now() + SignedDuration::from_hours(24));
        let _ = owner.sign_in(PHRAE.code, PASSWORD).await.expect(201);
    };
    // Each kind by itself, on a day of its own, and twice: replayed, wrong, in another browser, late.
    for times in 1..=2 {
        browser.give_code(&challenge, &code).await.assert_problem(410, "code-expired");
        assert_eq!(lines(&owner).await, 1, "replayed, {times}");
    }
    next_day().await;
    let (browser, challenge, code) = asked(&house).await;
    for times in 1..=2 {
        assert_eq!(browser.give_code(&challenge, wrong).await.status, 422);
        assert_eq!(lines(&owner).await, 2, "wrong, {times}");
    }
    next_day().await;
    house.browser().give_code(&challenge, &code).await.assert_problem(410, "code-expired");
    assert_eq!(lines(&owner).await, 3, "late, in another browser");
    next_day().await;
    let (_, challenge, code) = asked(&house).await;
    house.browser().give_code(&challenge, &code).await.assert_problem(410, "code-expired");
    assert_eq!(lines(&owner).await, 4, "in another browser");

    // Behind a wrong number no code is right: that is told the same, so that nobody can tell by the time it takes.
    next_day().await;
    let stranger = house.browser();
    let begun = stranger.sign_in(PHRAE.code, "60418273").await.expect(202).json();
    let begun = begun["challenge"].as_str().expect("a challenge");
    assert_eq!(stranger.give_code(begun, "12345678").await.status, 422);
    assert_eq!(lines(&owner).await, 5, "behind a wrong number");

    // The code of a registration too, of which anybody may begin one.
    next_day().await;
    let claimant = house.browser();
    let proof = house.mailbox.begin(&claimant, PHRAE.code, "stranger@mail.test", PASSWORD).await;
    let wrong = if proof.code == "00000000" { "00000001" } else { "00000000" };
    for _ in 0..2 {
        assert_eq!(claimant.prove(&proof.claim, wrong).await.status, 422);
        assert_eq!(lines(&owner).await, 6, "of a registration");
    }
    house.stop().await;
}
