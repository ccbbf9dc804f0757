//! Whatever strangers use up, the ways in of those who belong there stay open, and nobody has to prove anything to find
//! out.

use std::net::Ipv4Addr;

use jiff::SignedDuration;
use palad_domain::letter_code::LETTER_CODE_TRIES_OF_A_NETWORK;
use palad_domain::staff::{STAFF_TRIES_A_DAY, StaffPlace};
use palad_system_tests::{House, MAE_YOM, PASSPHRASE, PASSWORD, PHRAE, app, eventually, shown};
use serde_json::json;

use super::{ask_for_reset, register, staff_guess, try_letter};

const STRANGER: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 7);
const OWNER: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 9);
const RESET: &str = "ตั้งรหัสผ่านใหม่";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn links_for_a_new_password_are_mailed_whatever_strangers_asked_for() {
    let house = House::start().await;
    let _ = house.sign_up(PHRAE).await;
    let province = house.province("54").await;
    let asking = house.browser();
    // With other addresses, and with the right one too.
    for email in ["stranger@mail.test", "another@mail.test", PHRAE.email] {
        for _ in 0..15 {
            assert_eq!(ask_for_reset(&asking, STRANGER, PHRAE.code, email).await, 202);
        }
    }
    let links = async || {
        let mails = house.mailbox.to(PHRAE.email).await;
        mails.iter().filter(|mail| mail.subject.contains(RESET)).count()
    };
    let arrived =
        async |count| eventually("the links", async || (links().await >= count).then_some(())).await;
    arrived(10).await;
    assert_eq!(ask_for_reset(&asking, OWNER, PHRAE.code, PHRAE.email).await, 202);
    arrived(11).await;
    assert_eq!(links().await, 11, "ten of the stranger's, and the owner's");

    // From wherever: no more than fifty links a day under one address, and the office still sends one.
    for network in 10..16 {
        for _ in 0..10 {
            let from = Ipv4Addr::new(198, 51, network, 7);
            assert_eq!(ask_for_reset(&asking, from, PHRAE.code, PHRAE.email).await, 202);
        }
    }
    arrived(50).await;
    let path = format!("/api/accounts/{}/reset", PHRAE.code);
    let _ = province.browser.post(&path, &json!({})).await.expect(202);
    arrived(51).await;
    assert_eq!(links().await, 51);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_stranger_uses_up_no_registration_of_the_address_that_is_on_the_list() {
    let house = House::start().await;
    let asking = house.browser();
    for _ in 0..10 {
        assert_eq!(register(&asking, STRANGER, PHRAE.code, PHRAE.email).await.status, 202);
    }
    let refused = register(&asking, STRANGER, PHRAE.code, PHRAE.email).await;
    assert_eq!((refused.status, &refused.body["type"]), (429, &json!("/problems/too-many-tries")));
    // A neighbour of the stranger's in the same network is the stranger; anybody elsewhere is not.
    assert_eq!(register(&asking, OWNER, PHRAE.code, PHRAE.email).await.status, 202);
    assert_eq!(register(&asking, STRANGER, MAE_YOM.code, MAE_YOM.email).await.status, 202);

    // From wherever: no address is sent more than a hundred mails a day.
    let mut sent = 11;
    for network in 10..30 {
        for _ in 0..10 {
            let from = Ipv4Addr::new(198, 51, network, 7);
            sent += usize::from(register(&asking, from, PHRAE.code, PHRAE.email).await.status == 202);
        }
    }
    assert_eq!(sent, 100);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_stranger_uses_up_no_tries_of_whoever_holds_the_letter() {
    let house = House::start().await;
    let asking = house.browser();
    // One claim more than a network has tries for. Answers how many tries were judged.
    let try_from = async |from: Ipv4Addr| {
        let mut statuses = Vec::new();
        for number in 0..=LETTER_CODE_TRIES_OF_A_NETWORK / 5 {
            let email = format!("stranger{number}@{from}.test");
            let begun = register(&asking, from, PHRAE.code, &email).await;
            let claim = begun.body["claim"].as_str().expect("a claim").to_owned();
            for _ in 0..5 {
                let tried = try_letter(&asking, from, &begun.cookies(), &claim, "00000-00000").await;
                statuses.push(tried.status);
            }
        }
        assert_eq!(statuses.last(), Some(&429), "{statuses:?}");
        statuses.into_iter().filter(|status| *status == 422).count()
    };
    assert_eq!(try_from(STRANGER).await, 50);
    // Whoever comes from elsewhere is judged: 422 for a wrong code, and no 429.
    let owner = house.browser();
    let begun = owner.register(PHRAE.code, "owner@mail.test", PASSWORD).await.expect(202).json();
    let path = format!("/api/registrations/{}/proof", begun["claim"].as_str().expect("a claim"));
    let _ = owner.post(&path, &json!({ "letter_code": "00000-00000" })).await.expect(422);

    // From wherever: two hundred a day.
    let mut judged = 51;
    for network in 10..14 {
        judged += try_from(Ipv4Addr::new(198, 51, network, 7)).await;
    }
    assert_eq!(judged, 200);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_officer_kept_out_by_strangers_comes_in_by_a_new_invitation() {
    let house = House::start().await;
    let place = StaffPlace::Central;
    let token = house.invite_staff(&place, "somchai@office.test").await;
    let officer = house.accept_invitation("somchai@office.test", &token).await;
    for _ in 0..STAFF_TRIES_A_DAY {
        let _ = staff_guess(&house.browser(), STRANGER, &officer.email, "a passphrase of nobody's").await;
    }
    let fresh = house.browser();
    fresh.staff_sign_in(&officer.email, PASSPHRASE).await.assert_problem(429, "too-many-tries");

    house.clock().set(house.clock().now() + SignedDuration::from_mins(1));
    let token = house.invite_staff(&place, "somchai@office.test").await;
    let looked = fresh.look_at_invitation(&token).await.expect(200).json();
    let code = shown(&app(&looked), house.clock().now());
    let _ = fresh.accept_invitation(&token, &code).await.expect(201);
    // Passphrase and app are asked for as ever; only the allowance of strangers is not.
    let _ = fresh.staff_sign_in(&officer.email, PASSPHRASE).await.expect(202);
    house.browser().staff_sign_in(&officer.email, PASSPHRASE).await.assert_problem(429, "too-many-tries");
    house.stop().await;
}
