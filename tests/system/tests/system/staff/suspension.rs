//! Suspending officers, and whose officers an office looks after.

use palad_system_tests::{House, PASSPHRASE, PHRAE};
use serde_json::json;

use super::{challenge, id_of, invite, lift, staff, suspend};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_suspended_officer_is_out_at_the_next_write_and_renewal() {
    let house = House::start().await;
    let (chief, officer) = (house.central().await, house.province("54").await);
    let id = id_of(&chief, "?province=54", &officer.officer.email).await;
    let _ = invite(&officer, "new@office.test", "district", Some("54"), Some("สอง")).await.expect(202);
    let pending = house.mailbox.next_about("new@office.test", "คำเชิญ").await.token();

    let _ = suspend(&chief, &id).await.expect(204);
    let _ = suspend(&chief, &id).await.expect(204);
    let _ = house.mailbox.next_about(&officer.officer.email, "ระงับบัญชี").await;
    let listed = &staff(&chief, "?province=54").await[0];
    assert_eq!((&listed["state"], &listed["name"]), (&json!("suspended"), &json!("นางสาวสมศรี ใจดี")));
    let write = invite(&officer, "x@office.test", "province", Some("54"), None).await;
    write.assert_problem(401, "not-signed-in");
    officer.browser.get("/api/session").await.assert_problem(401, "not-signed-in");
    assert!(house.mailbox.to("x@office.test").await.is_empty());
    // What the officer had begun to give away is not given.
    house.browser().look_at_invitation(&pending).await.assert_problem(410, "invitation-expired");
    let begun = challenge(&officer.browser.staff_sign_in(&officer.officer.email, PASSPHRASE).await);
    let code = officer.officer.code(&house);
    officer.browser.second_factor(&begun, &code).await.assert_problem(401, "wrong-sign-in");

    let _ = lift(&chief, &id).await.expect(204);
    let _ = lift(&chief, &id).await.expect(204);
    let _ = house.mailbox.next_about(&officer.officer.email, "ยกเลิกการระงับ").await;
    officer.browser.get("/api/session").await.assert_problem(401, "not-signed-in");
    let session = officer.officer.sign_in(&house, &officer.browser).await.json();
    assert_eq!(session["staff"]["place"], json!({ "role": "province", "province": "54", "district": null }));
    let listed = &staff(&chief, "?province=54").await[0];
    assert_eq!(listed["state"], "active");
    assert!(listed["last_sign_in_at"].is_string());
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_suspends_himself_and_of_two_at_once_one_remains() {
    let house = House::start().await;
    let (one, two) = (house.central().await, house.central().await);
    let first = id_of(&one, "", &one.officer.email).await;
    let second = id_of(&one, "", &two.officer.email).await;
    suspend(&one, &first).await.assert_problem(403, "own-account");
    for _ in 0..3 {
        let (a, b) = tokio::join!(suspend(&one, &second), suspend(&two, &first));
        let mut ended = [a.status, b.status];
        ended.sort_unstable();
        assert_eq!(ended, [204, 401]);
        let (left, out, id) = if a.status == 204 { (&one, &two, &second) } else { (&two, &one, &first) };
        let _ = left.browser.get("/api/session").await.expect(200);
        out.browser.get("/api/session").await.assert_problem(401, "not-signed-in");
        let _ = lift(left, id).await.expect(204);
        let _ = out.officer.sign_in(&house, &out.browser).await;
    }
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_province_looks_after_its_own_staff_alone() {
    let house = House::start().await;
    let chief = house.central().await;
    let (phrae, khon_kaen) = (house.province("54").await, house.province("40").await);
    let district = house.district("54", "เมืองแพร่").await;
    let agency = house.sign_up(PHRAE).await;

    for (email, role, province, name, wanted) in [
        ("a@office.test", "province", Some("54"), None, 202),
        ("b@office.test", "district", Some("54"), Some("ลอง"), 202),
        ("c@office.test", "province", Some("40"), None, 403),
        ("d@office.test", "district", Some("40"), Some("บ้านฝาง"), 403),
        ("e@office.test", "central", None, None, 403),
        ("f@office.test", "district", Some("54"), Some("บ้านฝาง"), 422),
        ("g@office.test", "province", Some("54"), Some("ลอง"), 422),
        (&khon_kaen.officer.email, "province", Some("54"), None, 403),
        (&chief.officer.email, "province", Some("54"), None, 403),
        (&district.officer.email, "province", Some("54"), None, 202),
    ] {
        let answer = invite(&phrae, email, role, province, name).await;
        assert_eq!(answer.status, wanted, "{email}: {}", answer.text);
        let mails = house.mailbox.to(email).await;
        if wanted == 202 {
            let _ = house.mailbox.next_about(email, "คำเชิญ").await;
        } else {
            assert!(!mails.iter().any(|mail| mail.text.contains("จังหวัดแพร่")), "{email}");
        }
    }
    let emails: Vec<String> = staff(&phrae, "").await.iter().map(|item| item["email"].to_string()).collect();
    assert_eq!(emails.len(), 2, "its own and its districts': {emails:?}");
    assert_eq!(staff(&phrae, "?province=54").await.len(), 2);
    assert_eq!(staff(&chief, "").await.len(), 1);
    phrae.browser.get("/api/staff?province=40").await.assert_problem(403, "forbidden");
    let bad = chief.browser.get("/api/staff?province=99").await;
    bad.assert_problem(422, "invalid");

    let other = id_of(&chief, "?province=40", &khon_kaen.officer.email).await;
    let own = id_of(&chief, "?province=54", &district.officer.email).await;
    suspend(&phrae, &other).await.assert_problem(403, "forbidden");
    lift(&phrae, &other).await.assert_problem(403, "forbidden");
    suspend(&phrae, "AAAAAAAAAAAAAAAAAAAAAA").await.assert_problem(404, "not-found");
    suspend(&phrae, "short").await.assert_problem(404, "not-found");
    for browser in [&district.browser, &agency.browser] {
        let body = json!({ "email": "h@office.test", "role": "province", "province": "54" });
        browser.post("/api/staff/invitations", &body).await.assert_problem(403, "forbidden");
        browser.get("/api/staff?province=54").await.assert_problem(403, "forbidden");
        let path = format!("/api/staff/{own}/suspension");
        browser.post(&path, &json!({})).await.assert_problem(403, "forbidden");
    }
    let nobody = house.browser();
    nobody.get("/api/staff").await.assert_problem(401, "not-signed-in");
    let _ = suspend(&phrae, &own).await.expect(204);
    district.browser.get("/api/session").await.assert_problem(401, "not-signed-in");
    house.stop().await;
}
