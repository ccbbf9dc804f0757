//! What an agency and its offices read: in plain words, page by page, and one chain whatever was written at once.

use std::sync::Arc;

use palad_system_tests::{House, MAE_YOM, PASSWORD, PHRAE, held, vacant};
use serde_json::{Value, json};

use super::{assert_numbered, lines, said, verify, words};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_agency_reads_who_changed_what_in_plain_words() {
    let house = House::start().await;
    let office = house.sign_up(PHRAE).await;
    let record = office.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201).json();
    let id = record["id"].as_str().expect("a key");
    let _ = office.edit(id, 1, &vacant()).await.expect(200);
    let _ = office.delete(id, 2).await.expect(204);
    let province = house.province("54").await;
    let restoration = format!("/api/agencies/{}/clerks/{id}/restoration", PHRAE.code);
    let _ = province.browser.call("POST", &restoration).send().await.expect(200);
    let path = format!("/api/accounts/{}/reset", PHRAE.code);
    let _ = province.browser.post(&path, &json!({})).await.expect(202);

    let own = lines(&office.browser, PHRAE.code).await;
    assert_numbered(&own);
    assert_eq!(
        words(&own),
        [
            "Sent the link for a new password to the account's address",
            "Restored the deleted record",
            "Deleted the chief clerk's record",
            "Edited the chief clerk's record",
            "Added the chief clerk's record",
            "Opened the agency's account (proved by the agency's own mailbox)",
        ]
    );
    assert_eq!(own[2]["what"]["th"], "ลบข้อมูลปลัด");
    let who: Vec<&Value> = own.iter().map(|line| &line["who"]["office"]).collect();
    assert_eq!(
        who[..5],
        [&json!("province"), &json!("province"), &json!("agency"), &json!("agency"), &json!("agency")]
    );
    // An agency sees the office; a colleague sees the officer.
    assert!(own.iter().all(|line| line["who"]["hint"].is_null() && line["at"].is_string()));
    let of_province = lines(&province.browser, PHRAE.code).await;
    assert_eq!(of_province[0]["who"], json!({ "office": "province", "hint": "นางสาวสมศรี ใจดี" }));
    assert_eq!(of_province[2]["who"]["hint"], Value::Null);
    let district = house.district("54", "เมืองแพร่").await;
    assert_eq!(lines(&district.browser, PHRAE.code).await, of_province);
    // Neither the record's words nor an address are in it.
    let text = Value::from(own.clone()).to_string();
    assert!(!text.contains("สมชาย") && !text.contains('@'), "{text}");
    assert_eq!(lines(&office.browser, PHRAE.code).await, own, "reading adds no line");

    let stranger = house.sign_up(MAE_YOM).await;
    let path = format!("/api/agencies/{}/audit", PHRAE.code);
    stranger.browser.get(&path).await.assert_problem(403, "forbidden");
    house.browser().get(&path).await.assert_problem(401, "not-signed-in");
    assert_eq!(office.browser.get(&format!("{path}?cursor=x")).await.pointers(), ["?cursor"]);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_happens_to_an_account_is_in_it() {
    let house = House::start().await;
    let office = house.sign_up(PHRAE).await;
    let (new, successor) = ("clerk@mail.test", "successor@mail.test");
    let post = async |path: &str, body: Value| office.browser.post(path, &body).await;
    let _ = post("/api/account/email", json!({ "email": new })).await.expect(202);
    let token = house.mailbox.next_about(new, "ยืนยันอีเมลใหม่").await.token();
    let _ = post("/api/email-changes", json!({ "token": token })).await.expect(204);
    let undo = house.mailbox.next_about(PHRAE.email, "เปลี่ยนอีเมลของบัญชีแล้ว").await.token();
    let _ = post("/api/email-changes/undo", json!({ "token": undo })).await.expect(204);
    let reset = house.mailbox.next_about(PHRAE.email, "กลับมาใช้อีเมลนี้").await.token();
    let _ = post(&format!("/api/password-resets/{reset}"), json!({ "password": PASSWORD })).await.expect(204);
    let _ = office.browser.sign_in(PHRAE.code, PASSWORD).await.expect(201);
    let _ = post("/api/account/handover", json!({ "email": successor })).await.expect(202);
    let _ = office.browser.call("DELETE", "/api/account/handover").send().await.expect(204);
    let _ = post("/api/account/handover", json!({ "email": successor })).await.expect(202);
    let _ = house.mailbox.next_about(successor, "รับมอบบัญชีหน่วยงาน").await;
    let token = house.mailbox.next_about(successor, "รับมอบบัญชีหน่วยงาน").await.token();
    let acceptance = json!({ "token": token, "password": PASSWORD });
    let _ = post("/api/handovers/acceptance", acceptance).await.expect(204);
    let _ = office.browser.sign_in(PHRAE.code, PASSWORD).await.expect(201);
    let _ = office.browser.call("DELETE", "/api/account/sessions").send().await.expect(204);
    let challenge = office.browser.sign_in(PHRAE.code, PASSWORD).await.expect(202).json();
    let code = house.mailbox.next_about(successor, "เข้าสู่ระบบ").await.code();
    let _ = office.browser.give_code(challenge["challenge"].as_str().expect("one"), &code).await.expect(201);
    let province = house.province("54").await;
    let path = format!("/api/accounts/{}/suspension", PHRAE.code);
    let _ = province.browser.post(&path, &json!({ "reason": "asked" })).await.expect(204);
    let _ = province.browser.call("DELETE", &path).send().await.expect(204);

    let all = lines(&province.browser, PHRAE.code).await;
    assert_numbered(&all);
    assert_eq!(
        words(&all),
        [
            "Lifted the suspension",
            "Suspended the account: the agency asked for it",
            "Signed in from a new device",
            "Signed out on every device",
            "The successor accepted the account",
            "Offered the account to a successor",
            "Withdrew the hand-over",
            "Offered the account to a successor",
            "Set a new password through the mailed link",
            "Undid the change of the address",
            "Changed the account's address",
            "Asked to change the account's address",
            "Opened the agency's account (proved by the agency's own mailbox)",
        ]
    );
    assert!(verify(&house, &[]).await.status.success());
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_long_audit_is_read_page_by_page() {
    let house = House::start().await;
    let office = house.sign_up(PHRAE).await;
    let record = office.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201).json();
    let id = record["id"].as_str().expect("a key");
    for version in 1..=48 {
        let post = if version % 2 == 0 { held("สมชาย", "ใจดี") } else { vacant() };
        let _ = office.edit(id, version, &post).await.expect(200);
    }
    let path = format!("/api/agencies/{}/audit", PHRAE.code);
    let first = office.browser.get(&path).await.expect(200).json();
    assert_eq!(first["items"].as_array().map(Vec::len), Some(20));
    let all = lines(&office.browser, PHRAE.code).await;
    assert_eq!(all.len(), 50);
    assert_numbered(&all);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn lines_written_at_once_stay_one_chain() {
    let house = House::start().await;
    let office = Arc::new(house.sign_up(PHRAE).await);
    let province = house.province("54").await;
    let record = office.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201).json();
    let id = record["id"].as_str().expect("a key").to_owned();
    let saves = tokio::spawn({
        let (office, id) = (office.clone(), id.clone());
        async move {
            for version in 1..=30 {
                let post = if version % 2 == 0 { held("สมชาย", "ใจดี") } else { vacant() };
                while office.edit(&id, version, &post).await.status != 200 {}
            }
        }
    });
    // The office sends the way to a new password meanwhile, which is a line too and changes no record.
    let mut sent = 0;
    let path = format!("/api/accounts/{}/reset", PHRAE.code);
    while sent < 10 {
        match province.browser.post(&path, &json!({})).await.status {
            202 => sent += 1,
            503 => {}
            other => panic!("{other}"),
        }
    }
    saves.await.expect("they end");
    let all = lines(&office.browser, PHRAE.code).await;
    assert_numbered(&all);
    assert_eq!(all.len(), 1 + 31 + 10);
    assert_eq!(office.version().await, 31);
    let whole = verify(&house, &["--agency", PHRAE.code]).await;
    assert!(whole.status.success() && said(&whole).contains("42 lines in 1 chains"), "{whole:?}");
    house.stop().await;
}
