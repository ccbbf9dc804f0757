//! Whatever strangers use up, the ways in of those who belong there stay open, and nobody has to prove anything to find
//! out.

use std::net::Ipv4Addr;

use jiff::SignedDuration;
use palad_domain::staff::{STAFF_TRIES_A_DAY, StaffPlace};
use palad_system_tests::{House, MAE_YOM, PASSPHRASE, PHRAE, app, shown};
use serde_json::json;

use super::{register, staff_guess};

const STRANGER: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 7);
const OWNER: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 9);
const RESET: &str = "ตั้งรหัสผ่านใหม่";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn links_for_a_new_password_are_mailed_whatever_strangers_asked_for() {
    let house = House::start().await;
    let _ = house.sign_up(PHRAE).await;
    let province = house.province("54").await;
    for number in 0..30 {
        let body = json!({ "agency": PHRAE.code, "email": format!("stranger{}@mail.test", number / 15) });
        let _ = house.browser().post("/api/password-resets", &body).await.expect(202);
    }
    let body = json!({ "agency": PHRAE.code, "email": PHRAE.email });
    let _ = house.browser().post("/api/password-resets", &body).await.expect(202);
    let _ = house.mailbox.next_about(PHRAE.email, RESET).await;

    // With the owner's own address ten links are mailed in a day, and the office still sends one.
    for _ in 0..12 {
        let _ = house.browser().post("/api/password-resets", &body).await.expect(202);
    }
    let path = format!("/api/accounts/{}/reset", PHRAE.code);
    let _ = province.browser.post(&path, &json!({})).await.expect(202);
    let mail = house.mailbox.next_about(PHRAE.email, RESET).await;
    assert!(!mail.text.is_empty());
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
