//! The offices that look after accounts: the list of a province, suspending, and sending the way to a new password.

use std::collections::BTreeMap;

use palad_system_tests::{Answer, Browser, House, Listed, MAE_YOM, NONG_BUA, PASSWORD, PHRAE};
use serde_json::{Value, json};

use super::{OTHER_PASSWORD, account, add_record, ask_for_reset, can_write, set_password, sign_in_anew};

async fn suspend(browser: &Browser, agency: Listed, reason: &str) -> Answer {
    let path = format!("/api/accounts/{}/suspension", agency.code);
    browser.post(&path, &json!({ "reason": reason })).await
}

async fn lift(browser: &Browser, agency: Listed) -> Answer {
    browser.call("DELETE", &format!("/api/accounts/{}/suspension", agency.code)).send().await
}

async fn send_reset(browser: &Browser, agency: Listed) -> Answer {
    browser.post(&format!("/api/accounts/{}/reset", agency.code), &json!({})).await
}

/// Every account of a list, by agency, page by page.
async fn accounts(browser: &Browser, query: &str) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    let mut path = format!("/api/accounts?{query}");
    loop {
        let page = browser.get(&path).await.expect(200).json();
        for item in page["items"].as_array().cloned().unwrap_or_default() {
            all.insert(item["agency"]["code"].as_str().unwrap_or_default().to_owned(), item);
        }
        match page["next"].as_str() {
            Some(cursor) => path = format!("/api/accounts?{query}&cursor={cursor}"),
            None => return all,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_office_sees_how_the_accounts_in_its_care_stand() {
    let house = House::start().await;
    let _ = house.sign_up(PHRAE).await;
    let (province, central) = (house.province("54").await, house.central().await);
    let of_phrae = accounts(&province.browser, "province=54").await;
    assert_eq!(of_phrae.len(), 11);
    assert_eq!(accounts(&province.browser, "").await, of_phrae, "its own, where none is named");
    assert_eq!(accounts(&central.browser, "province=54").await, of_phrae);
    let item = &of_phrae[PHRAE.code];
    assert_eq!((&item["state"], &item["email_hint"]), (&json!("active"), &json!("s…n@phrae.test")));
    assert!(item["opened_at"].is_string() && item["last_sign_in_at"].is_string(), "{item}");
    assert!(
        !Value::from_iter(of_phrae.clone()).to_string().contains(PHRAE.email),
        "an address is never shown"
    );
    let none = &of_phrae[MAE_YOM.code];
    assert_eq!(
        (&none["state"], &none["email_hint"], &none["opened_at"]),
        (&json!("none"), &Value::Null, &Value::Null)
    );

    // A district sees its own; another province, nobody's.
    let district = house.district("54", "ลอง").await;
    let codes: Vec<String> = accounts(&district.browser, "").await.into_keys().collect();
    assert_eq!(codes, ["540301", "540302"]);
    let other = house.province("55").await;
    other.browser.get("/api/accounts?province=54").await.assert_problem(403, "forbidden");
    assert_eq!(central.browser.get("/api/accounts").await.pointers(), ["?province"]);
    assert_eq!(central.browser.get("/api/accounts?province=99").await.pointers(), ["?province"]);
    assert_eq!(province.browser.get("/api/accounts?cursor=x").await.pointers(), ["?cursor"]);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_large_province_is_listed_page_by_page() {
    let house = House::start().await;
    // As many as fill two pages and a bit, in a province of their own.
    let many: Vec<Listed> = (0..103)
        .map(|number| {
            let code: &'static str = Box::leak(format!("55{:04}", 1000 + number).into_boxed_str());
            let name: &'static str = Box::leak(format!("บ้านที่{number}").into_boxed_str());
            Listed {
                code, kind: "อบต.", name, district: "ปัว", province: "น่าน", email: ""
            }
        })
        .collect();
    house.import(&many).await;
    let office = house.province("55").await;
    let first = office.browser.get("/api/accounts").await.expect(200).json();
    assert_eq!(first["items"].as_array().map(Vec::len), Some(50));
    assert_eq!(accounts(&office.browser, "").await.len(), 103);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_suspended_account_cannot_be_used_until_the_office_says_so() {
    let house = House::start().await;
    let owner = house.sign_up(PHRAE).await;
    let record = add_record(&owner).await;
    let earlier = ask_for_reset(&house, PHRAE, PHRAE.email).await;
    let province = house.province("54").await;
    suspend(&province.browser, PHRAE, "bored").await.assert_problem(422, "invalid");
    suspend(&province.browser, MAE_YOM, "misused").await.assert_problem(404, "not-found");
    suspend(&house.province("60").await.browser, PHRAE, "misused").await.assert_problem(403, "forbidden");

    let _ = suspend(&province.browser, PHRAE, "misused").await.expect(204);
    let mail = house.mailbox.next_about(PHRAE.email, "บัญชีถูกระงับ").await;
    assert!(mail.text.contains("อาจมีผู้อื่นใช้บัญชีอยู่") && mail.text.contains("สำนักงานส่งเสริม"), "{}", mail.text);
    let sent = house.mailbox.to(PHRAE.email).await.len();
    let _ = suspend(&province.browser, PHRAE, "asked").await.expect(204);
    assert!(!can_write(&owner, &record).await, "the session has ended");
    owner.browser.get("/api/session").await.assert_problem(401, "not-signed-in");
    assert_eq!(accounts(&province.browser, "").await[PHRAE.code]["state"], "suspended");

    // Who knows the number, on a device that was known, is told; nobody else learns anything.
    owner.browser.sign_in(PHRAE.code, PASSWORD).await.assert_problem(403, "account-suspended");
    owner.browser.sign_in(PHRAE.code, OTHER_PASSWORD).await.assert_problem(401, "wrong-password");
    let (stranger, elsewhere) = (house.browser(), house.browser());
    let suspended = stranger.sign_in(PHRAE.code, PASSWORD).await.expect(202);
    let unclaimed = elsewhere.sign_in(NONG_BUA.code, PASSWORD).await.expect(202);
    assert_eq!(suspended.text.len(), unclaimed.text.len());
    // No link works, and none is sent.
    assert_eq!(set_password(&house.browser(), &earlier, OTHER_PASSWORD).await, 410);
    let body = json!({ "agency": PHRAE.code, "email": PHRAE.email });
    let _ = house.browser().post("/api/password-resets", &body).await.expect(202);
    send_reset(&province.browser, PHRAE).await.assert_problem(409, "suspended");
    // A proof by the same mailbox opens nothing that an office has closed.
    let claimant = house.browser();
    let proof = house.mailbox.begin(&claimant, PHRAE.code, PHRAE.email, OTHER_PASSWORD).await;
    let _ = claimant.prove(&proof.claim, &proof.code).await.expect(200);
    let _ = claimant.sign_in(PHRAE.code, OTHER_PASSWORD).await.expect(202);
    let told: Vec<String> =
        house.mailbox.to(PHRAE.email).await.into_iter().skip(sent).map(|mail| mail.subject).collect();
    assert!(
        told.iter().all(|subject| subject.contains("ลงทะเบียน") || subject.contains("บัญชีถูกระงับ")),
        "neither a code nor a link, nor that the account can be used: {told:?}"
    );
    let _ = house.mailbox.next_about(PHRAE.email, "บัญชีถูกระงับ").await;

    let _ = lift(&province.browser, PHRAE).await.expect(204);
    let _ = lift(&province.browser, PHRAE).await.expect(204);
    let _ = house.mailbox.next_about(PHRAE.email, "เปิดใช้บัญชีอีกครั้ง").await;
    assert_eq!(accounts(&province.browser, "").await[PHRAE.code]["state"], "active");
    // What was forgotten stays forgotten: the next sign-in needs a mailed code.
    let _ = owner.browser.sign_in(PHRAE.code, PASSWORD).await.expect(202);
    sign_in_anew(&house, &house.browser(), PHRAE, PHRAE.email, OTHER_PASSWORD, "").await;
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_office_sends_the_owner_the_way_to_a_new_password() {
    let house = House::start().await;
    let owner = house.sign_up(PHRAE).await;
    let province = house.province("54").await;
    send_reset(&province.browser, MAE_YOM).await.assert_problem(404, "not-found");
    let answer = send_reset(&province.browser, PHRAE).await.expect(202);
    assert_eq!(answer.text, "{}", "the link is between the mail and the owner");
    let mail = house.mailbox.next_about(PHRAE.email, "ตั้งรหัสผ่านใหม่").await;
    assert!(mail.text.contains("เจ้าหน้าที่"), "{}", mail.text);
    assert_eq!(set_password(&owner.browser, &mail.token(), OTHER_PASSWORD).await, 204);
    let _ = owner.browser.sign_in(PHRAE.code, OTHER_PASSWORD).await.expect(201);
    assert_eq!(account(&owner.browser).await["email"], PHRAE.email);

    // Ten a day, and whoever else asks for links takes none of them.
    let _ = ask_for_reset(&house, PHRAE, PHRAE.email).await;
    for _ in 0..9 {
        let _ = send_reset(&province.browser, PHRAE).await.expect(202);
    }
    send_reset(&province.browser, PHRAE).await.assert_problem(429, "too-many-tries");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_office_whose_session_was_revoked_changes_nothing() {
    let house = House::start().await;
    let owner = house.sign_up(PHRAE).await;
    let record = add_record(&owner).await;
    let province = house.province("54").await;
    let kept = province.browser.copy();
    let _ = province.browser.call("DELETE", "/api/account/sessions").send().await.expect(204);
    suspend(&kept, PHRAE, "misused").await.assert_problem(401, "not-signed-in");
    send_reset(&kept, PHRAE).await.assert_problem(401, "not-signed-in");
    assert!(can_write(&owner, &record).await);
    house.stop().await;
}
