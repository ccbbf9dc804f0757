//! The guards across agencies, over real calls: who is stopped, for how long, and who is not.

use std::net::Ipv4Addr;

use jiff::SignedDuration;
use palad_domain::guessing::{GuardKind, UNKNOWN_DEVICE_TRIES};
use palad_environment::Random;
use palad_system_tests::{House, PASSPHRASE, PASSWORD, PHRAE};
use serde_json::json;

use super::day::{import, invented};
use super::{give_code, guess, staff_guess};

const HERE: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 7);
const NEIGHBOUR: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 200);
const ELSEWHERE: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 7);

fn any_number() -> String {
    Random::default().code()
}

/// A moment after the beginning of a window of every guard: midnight in Thailand.
async fn house_at_midnight(agencies: usize) -> (House, Vec<String>) {
    let house = House::start().await;
    let list = invented(agencies);
    import(&house, &list).await;
    house.clock().set("2027-03-01T17:00:10Z".parse().expect("a time"));
    (house, list.into_iter().map(|agency| agency.code).collect())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_network_that_tried_sixty_agencies_waits_and_the_others_go_on() {
    let limit = GuardKind::Network.room();
    let (house, codes) = house_at_midnight(limit + 40).await;
    let owner = house.sign_up(PHRAE).await;
    let asking = house.browser();
    for code in &codes[..limit] {
        assert_eq!(guess(&asking, HERE, code, &any_number()).await.status, 202);
    }
    for (from, code) in [(HERE, &codes[limit]), (NEIGHBOUR, &codes[limit + 1])] {
        let refused = guess(&asking, from, code, &any_number()).await;
        assert_eq!((refused.status, &refused.body["type"]), (429, &json!("/problems/too-many-tries")));
        let wait = refused.wait().expect("a wait");
        assert!((3 * 3600 - 120..=3 * 3600).contains(&wait), "{wait}");
        let told = refused.body["detail_en"].as_str().unwrap_or_default().to_owned();
        assert!(told.contains("hours") && told.contains("set a new password by e-mail"), "{told}");
    }
    // What is refused so costs the agency nothing: its allowance is whole.
    for _ in 0..3 * UNKNOWN_DEVICE_TRIES {
        assert_eq!(guess(&asking, HERE, &codes[limit], &any_number()).await.status, 429);
    }
    for _ in 0..UNKNOWN_DEVICE_TRIES {
        assert_eq!(guess(&asking, ELSEWHERE, &codes[limit], &any_number()).await.status, 202);
    }
    // Agencies that were counted may go on; an owner on a known device, a reset and a registration too.
    assert_eq!(guess(&asking, HERE, &codes[0], &any_number()).await.status, 202);
    let known = owner.browser.sign_in(PHRAE.code, PASSWORD).await;
    assert_eq!(known.status, 201);
    // The window ends.
    house.clock().set(house.clock().now() + SignedDuration::from_hours(3));
    assert_eq!(guess(&asking, HERE, &codes[limit + 2], &any_number()).await.status, 202);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_number_that_was_tried_on_twelve_agencies_waits_a_day_and_its_owner_has_other_ways() {
    let limit = GuardKind::Number.room();
    let (house, codes) = house_at_midnight(limit + 5).await;
    let owner = house.sign_up(PHRAE).await;
    let asking = house.browser();
    // From a network of its own each time; an agency that is on the list and has no account counts too.
    for (place, code) in codes[..limit].iter().enumerate() {
        let from = Ipv4Addr::new(10, 0, u8::try_from(place).expect("a byte"), 1);
        assert_eq!(guess(&asking, from, code, PASSWORD).await.status, 202);
    }
    let refused = [
        guess(&asking, ELSEWHERE, &codes[limit], PASSWORD).await,
        guess(&asking, ELSEWHERE, PHRAE.code, PASSWORD).await,
    ];
    for refused in &refused {
        assert_eq!(refused.status, 429);
        let wait = refused.wait().expect("a wait");
        assert!((24 * 3600 - 120..=24 * 3600).contains(&wait), "{wait}");
    }
    let told = |guess: &super::Guess| (guess.body["detail"].clone(), guess.body["detail_en"].clone());
    assert_eq!(told(&refused[0]), told(&refused[1]), "with an account or without");
    // Thai digits are the same number.
    let thai: String = PASSWORD.chars().filter_map(|c| char::from_u32(c as u32 + 0x0e50 - 0x30)).collect();
    assert_eq!(guess(&asking, ELSEWHERE, &codes[limit + 1], &thai).await.status, 429);
    // Another number at the same agencies is judged.
    assert_eq!(guess(&asking, ELSEWHERE, &codes[limit], "60418273").await.status, 202);
    // The owner: from the own device, and by mail.
    let _ = owner.browser.sign_in(PHRAE.code, PASSWORD).await.expect(201);
    let question = json!({ "agency": PHRAE.code, "email": PHRAE.email });
    let _ = house.browser().post("/api/password-resets", &question).await.expect(202);
    let token = house.mailbox.next_about(PHRAE.email, "ตั้งรหัสผ่านใหม่").await.token();
    let new = house.browser();
    let path = format!("/api/password-resets/{token}");
    let _ = new.post(&path, &json!({ "password": "97310486" })).await.expect(204);
    let _ = new.sign_in(PHRAE.code, "97310486").await.expect(201);
    // The day ends.
    house.clock().set(house.clock().now() + SignedDuration::from_hours(24));
    assert_eq!(guess(&asking, ELSEWHERE, &codes[limit + 2], PASSWORD).await.status, 202);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn owners_who_give_their_code_are_taken_off_and_never_fill_a_guard() {
    let number = GuardKind::Number.room();
    let (house, codes) = house_at_midnight(number + GuardKind::Network.room()).await;
    let _ = house.sign_up(PHRAE).await;
    let asking = house.browser();
    // One place is left in the guard of this number, and the owner takes it again and again.
    for code in &codes[1..number] {
        assert_eq!(guess(&asking, HERE, code, PASSWORD).await.status, 202);
    }
    for _ in 0..3 {
        let begun = guess(&asking, HERE, PHRAE.code, PASSWORD).await;
        assert_eq!(begun.status, 202);
        // While it is taken, nobody else gets it.
        assert_eq!(guess(&asking, ELSEWHERE, &codes[0], PASSWORD).await.status, 429);
        let code = house.mailbox.next_about(PHRAE.email, "เข้าสู่ระบบ").await.code();
        let challenge = begun.challenge().expect("a challenge");
        assert_eq!(give_code(&asking, HERE, &begun.cookies(), &challenge, &code).await.status, 201);
    }
    assert_eq!(guess(&asking, ELSEWHERE, &codes[0], PASSWORD).await.status, 202, "the place was given back");
    // And so was the network's place.
    let rest = &codes[number..];
    let left = GuardKind::Network.room() - (number - 1);
    for code in &rest[..left] {
        assert_eq!(guess(&asking, NEIGHBOUR, code, &any_number()).await.status, 202);
    }
    assert_eq!(guess(&asking, NEIGHBOUR, &rest[left], &any_number()).await.status, 429);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_network_that_tried_thirty_addresses_of_staff_waits_and_officers_on_their_own_browsers_do_not() {
    let limit = GuardKind::StaffNetwork.room();
    let (house, _) = house_at_midnight(1).await;
    let own = house.central().await;
    let asking = house.browser();
    // Whoever completes a sign-in is taken off again: the officer's own did not count.
    let _ = own.officer.sign_in(&house, &house.browser()).await;
    for number in 0..limit {
        let email = format!("nobody{number}@office.test");
        assert_eq!(staff_guess(&asking, Ipv4Addr::LOCALHOST, &email, PASSPHRASE).await.status, 202);
    }
    for email in ["another@office.test", own.officer.email.as_str()] {
        let refused = staff_guess(&asking, Ipv4Addr::LOCALHOST, email, PASSPHRASE).await;
        assert_eq!((refused.status, &refused.body["type"]), (429, &json!("/problems/too-many-tries")));
        assert_eq!(staff_guess(&asking, ELSEWHERE, email, PASSPHRASE).await.status, 202);
    }
    assert_eq!(
        staff_guess(&asking, Ipv4Addr::LOCALHOST, "nobody0@office.test", PASSPHRASE).await.status,
        202
    );
    let _ = own.officer.sign_in(&house, &own.browser).await;
    house.clock().set(house.clock().now() + SignedDuration::from_hours(3));
    let _ = own.officer.sign_in(&house, &house.browser()).await;
    house.stop().await;
}
