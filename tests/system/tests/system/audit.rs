//! Who changed what, and when: in plain words for those whom it concerns, and in a chain that shows when somebody
//! tampered with it.

use std::collections::HashMap;
use std::process::Output;
use std::sync::Arc;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::SignedDuration;
use palad_environment::Variables;
use palad_store::Aws;
use palad_system_tests::{
    Browser, House, MAE_YOM, PASSWORD, PHRAE, SignedIn, eventually, held, run_to_end, vacant,
};
use serde_json::{Value, json};

use crate::PROGRAM;

/// Every line of an agency's audit, the latest first, page by page to its end.
async fn lines(browser: &Browser, code: &str) -> Vec<Value> {
    let mut lines = Vec::new();
    let mut path = format!("/api/agencies/{code}/audit");
    loop {
        let page = browser.get(&path).await.expect(200).json();
        lines.extend(page["items"].as_array().cloned().unwrap_or_default());
        match page["next"].as_str() {
            Some(cursor) => path = format!("/api/agencies/{code}/audit?cursor={cursor}"),
            None => return lines,
        }
    }
}

fn words(lines: &[Value]) -> Vec<&str> {
    lines.iter().map(|line| line["what"]["en"].as_str().unwrap_or_default()).collect()
}

fn assert_numbered(lines: &[Value]) {
    let numbers: Vec<u64> = lines.iter().map(|line| line["number"].as_u64().unwrap_or_default()).collect();
    let count = u64::try_from(lines.len()).expect("a count");
    assert_eq!(numbers, (1..=count).rev().collect::<Vec<_>>());
}

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

// ------------------------------------------------------------------ tampering with the store itself

/// Asks the operator's verifier, while the system is running.
async fn verify(house: &House, more: &[&str]) -> Output {
    let data = house.data().to_owned();
    let mut arguments = vec!["--data".as_ref(), data.as_os_str(), "verify-audit".as_ref()];
    arguments.extend(more.iter().map(std::ffi::OsStr::new));
    run_to_end(PROGRAM, &arguments, &data).await
}

/// The same on a stack, by its stage.
async fn verify_stage(variables: &Variables) -> Output {
    let mut command = tokio::process::Command::new(PROGRAM);
    command.args(["--stage", "local", "verify-audit"]);
    for name in ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL_DYNAMODB"] {
        command.env(name, variables.get(name).expect("a variable"));
    }
    command.output().await.expect("it runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

type Item = HashMap<String, AttributeValue>;

/// The tables, for somebody who goes around the system.
struct Intruder {
    client: Client,
    variables: Variables,
}

impl Intruder {
    async fn of(house: &House) -> Self {
        let variables = house.variables().await;
        let client = Aws::from_environment(&variables).expect("variables").dynamodb();
        Self { client, variables }
    }

    fn table(&self, variable: &str) -> String {
        self.variables.get(variable).expect("a table")
    }

    async fn get(&self, pk: &str, sk: &str) -> Item {
        let got = self.client.get_item().table_name(self.table("AUDIT_TABLE")).set_key(Some(key(pk, sk)));
        got.send().await.expect("the store").item.expect("an item")
    }

    async fn put(&self, variable: &str, item: Item) {
        let put = self.client.put_item().table_name(self.table(variable)).set_item(Some(item));
        put.send().await.expect("the store");
    }

    async fn delete(&self, pk: &str, sk: &str) {
        let delete = self.client.delete_item().table_name(self.table("AUDIT_TABLE"));
        delete.set_key(Some(key(pk, sk))).send().await.expect("the store");
    }
}

fn key(pk: &str, sk: &str) -> Item {
    let text = |value: &str| AttributeValue::S(value.to_owned());
    HashMap::from([("pk".to_owned(), text(pk)), ("sk".to_owned(), text(sk))])
}

fn line(number: u64) -> String {
    format!("LINE#{number:010}")
}

/// An agency with nine lines: its account, and eight changes of its record.
async fn nine_lines(house: &House) -> (SignedIn, String) {
    let office = house.sign_up(PHRAE).await;
    let record = office.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201).json();
    let id = record["id"].as_str().expect("a key").to_owned();
    for version in 1..=7 {
        let post = if version % 2 == 0 { held("สมชาย", "ใจดี") } else { vacant() };
        let _ = office.edit(&id, version, &post).await.expect(200);
    }
    assert_eq!(lines(&office.browser, PHRAE.code).await.len(), 9);
    (office, id)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_is_done_to_the_stored_lines_is_found() {
    let house = House::start().await;
    let _ = nine_lines(&house).await;
    let _ = house.sign_up(MAE_YOM).await;
    let intruder = Intruder::of(&house).await;
    let pk = format!("AGENCY#{}", PHRAE.code);
    let mut kept = HashMap::new();
    for number in 1..=9 {
        kept.insert(number, intruder.get(&pk, &line(number)).await);
    }
    let head = intruder.get(&pk, "HEAD").await;
    let whole = verify(&house, &[]).await;
    assert!(whole.status.success() && said(&whole).contains("10 lines in"), "{whole:?}");
    let of_stage = verify_stage(&intruder.variables).await;
    assert!(of_stage.status.success() && said(&of_stage) == said(&whole), "{of_stage:?}");

    let finds = async |what: &str, faults: &[&str]| {
        for more in [&["--agency", PHRAE.code][..], &[]] {
            let found = verify(&house, more).await;
            assert_eq!(found.status.code(), Some(1), "{what}: {found:?}");
            let expected: String = faults.iter().map(|fault| format!("{} {fault}\n", PHRAE.code)).collect();
            assert_eq!(said(&found), expected, "{what}");
        }
        let other = verify(&house, &["--agency", MAE_YOM.code]).await;
        assert!(other.status.success(), "{what}: {other:?}");
        // And made good again.
        for item in kept.values().chain([&head]) {
            intruder.put("AUDIT_TABLE", item.clone()).await;
        }
        intruder.delete(&pk, &line(10)).await;
        assert!(verify(&house, &[]).await.status.success(), "{what}");
    };

    // Changed: one word of it, somebody else blamed.
    let mut changed = kept[&4].clone();
    let text =
        changed["sealed"].as_s().expect("text").replace("\"agency\",\"staff\"", "\"central\",\"staff\"");
    changed.insert("sealed".to_owned(), AttributeValue::S(text));
    assert_ne!(changed, kept[&4]);
    intruder.put("AUDIT_TABLE", changed).await;
    finds("changed", &["line 4: changed"]).await;

    intruder.delete(&pk, &line(5)).await;
    finds("removed", &["line 5: removed"]).await;
    intruder.delete(&pk, &line(9)).await;
    finds("the last one removed", &["line 9: removed"]).await;
    intruder.delete(&pk, "HEAD").await;
    finds("the head removed", &["lines 1 to 9: added"]).await;

    // The last one removed, and the head set back to fit: the record has a version that nobody tells of.
    intruder.delete(&pk, &line(9)).await;
    let mut back = head.clone();
    back.insert("chain_lines".to_owned(), AttributeValue::N("8".to_owned()));
    back.insert("chain_hash".to_owned(), kept[&8]["chain_hash"].clone());
    intruder.put("AUDIT_TABLE", back).await;
    finds(
        "the last one removed with its head",
        &["record version 8: the record and the lines about it do not agree"],
    )
    .await;

    let mut added = kept[&9].clone();
    added.extend(key(&pk, &line(10)));
    intruder.put("AUDIT_TABLE", added).await;
    finds("added", &["line 10: moved here from another place", "line 10: added"]).await;

    let (mut third, mut fourth) = (kept[&4].clone(), kept[&3].clone());
    third.extend(key(&pk, &line(3)));
    fourth.extend(key(&pk, &line(4)));
    intruder.put("AUDIT_TABLE", third).await;
    intruder.put("AUDIT_TABLE", fourth).await;
    finds(
        "two that changed places",
        &["line 3: moved here from another place", "line 4: moved here from another place"],
    )
    .await;

    let mut foreign = intruder.get(&format!("AGENCY#{}", MAE_YOM.code), &line(1)).await;
    foreign.extend(key(&pk, &line(1)));
    intruder.put("AUDIT_TABLE", foreign).await;
    finds("another agency's", &["line 1: moved here from another place"]).await;
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_folder_from_before_there_was_a_chain_goes_on() {
    let house = House::start().await;
    let (office, id) = nine_lines(&house).await;
    let intruder = Intruder::of(&house).await;
    let pk = format!("AGENCY#{}", PHRAE.code);
    // As an earlier program left it: a line for each version of the record, and no chain.
    for number in 1..=9 {
        intruder.delete(&pk, &line(number)).await;
    }
    intruder.delete(&pk, "HEAD").await;
    for version in 1..=8 {
        let mut item = key(&pk, &format!("RECORD#{version:010}"));
        item.insert("at".to_owned(), AttributeValue::S("2026-11-01T00:00:00Z".to_owned()));
        intruder.put("AUDIT_TABLE", item).await;
    }
    let verified = verify(&house, &["--agency", PHRAE.code]).await;
    assert!(verified.status.success(), "{verified:?}");
    assert!(lines(&office.browser, PHRAE.code).await.is_empty());

    let _ = office.edit(&id, 8, &held("สมชาย", "ใจดี")).await.expect(200);
    let all = lines(&office.browser, PHRAE.code).await;
    assert_eq!((all.len(), &all[0]["number"]), (1, &json!(1)));
    let verified = verify(&house, &["--agency", PHRAE.code]).await;
    assert!(verified.status.success(), "{verified:?}");
    house.stop().await;
}

/// What the audit of an office's staff says, the latest first: what, by whom, about whom.
async fn staff_lines(by: &Browser, query: &str) -> Vec<(String, Value, Value)> {
    let page = by.get(&format!("/api/staff/audit{query}")).await.expect(200).json();
    let items = page["items"].as_array().cloned().unwrap_or_default();
    let line = |item: Value| {
        let what = item["what"]["en"].as_str().unwrap_or_default().to_owned();
        (what, item["who"].clone(), item["about"].clone())
    };
    items.into_iter().map(line).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_done_to_staff_has_its_lines_and_nobody_takes_one_away() {
    let house = House::start().await;
    let (central, province) = (house.central().await, house.province("54").await);
    let list = central.browser.get("/api/staff?province=54").await.expect(200).json();
    let id = list["items"][0]["id"].as_str().expect("a key").to_owned();
    let path = format!("/api/staff/{id}/suspension");
    let _ = central.browser.post(&path, &json!({})).await.expect(204);
    let _ = central.browser.call("DELETE", &path).send().await.expect(204);

    let own = staff_lines(&central.browser, "").await;
    let by_operator = json!({ "office": "central", "hint": null });
    assert_eq!(own.len(), 2, "{own:?}");
    assert_eq!((own[1].0.as_str(), &own[1].1), ("Invited an officer", &by_operator));
    assert_eq!(
        (own[0].0.as_str(), &own[0].1["office"]),
        ("An officer accepted the invitation", &Value::Null)
    );
    let theirs = staff_lines(&central.browser, "?province=54").await;
    let words: Vec<&str> = theirs.iter().map(|(what, ..)| what.as_str()).collect();
    assert_eq!(
        words,
        [
            "Lifted the suspension of an officer's account",
            "Suspended an officer's account",
            "An officer accepted the invitation",
            "Invited an officer",
        ]
    );
    assert_eq!(theirs[1].1["office"], "central");
    assert!(theirs[1].1["hint"].is_string() && theirs[1].2.is_string(), "by whom and to whom: {theirs:?}");
    // A province reads about its own staff, and only that.
    let _ = province.officer.sign_in(&house, &province.browser).await;
    assert_eq!(staff_lines(&province.browser, "").await, theirs);
    province.browser.get("/api/staff/audit?province=60").await.assert_problem(403, "forbidden");

    let whole = verify(&house, &[]).await;
    assert!(whole.status.success() && said(&whole).contains("6 lines in"), "{whole:?}");
    let intruder = Intruder::of(&house).await;
    intruder.delete("STAFF#54", &line(3)).await;
    let found = verify(&house, &[]).await;
    assert!(!found.status.success(), "{found:?}");
    let told = format!("{}{}", said(&found), String::from_utf8_lossy(&found.stderr));
    assert!(told.contains("staff of province 54 line 3: removed"), "{told}");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn wrong_guesses_are_lines_and_strangers_cannot_fill_the_audit_with_them() {
    let house = House::start().await;
    let office = house.sign_up(PHRAE).await;
    let wrong = json!({ "agency": PHRAE.code, "password": "60418273" });
    for _ in 0..3 {
        let _ = house.browser().post("/api/session", &wrong).await.expect(202);
    }
    let _ = office.browser.post("/api/session", &wrong).await.expect(401);
    let stranger = house.browser();
    let begun = stranger.register(PHRAE.code, "stranger@mail.test", PASSWORD).await.expect(202).json();
    let path = format!("/api/registrations/{}/proof", begun["claim"].as_str().expect("a claim"));
    let _ = stranger.post(&path, &json!({ "letter_code": "ABCDE-FGHJK" })).await.expect(422);
    let told = eventually("the line of the day", async || {
        let told: Vec<Value> = lines(&office.browser, PHRAE.code).await;
        let has = |words: &str| told.iter().filter(|line| line["what"]["en"] == words).count();
        let counts = (
            has("Somebody gave a wrong number on an unknown device (noted once a day)"),
            has("Gave a wrong number on a known device"),
            has("Somebody gave a wrong code for the official letter's"),
        );
        (counts.0 > 0).then_some(counts)
    })
    .await;
    assert_eq!(told, (1, 1, 1));
    // The other two of the day came and went without a line.
    let _ = house.mailbox.next_about(PHRAE.email, "รหัสผ่านไม่ถูกต้อง").await;
    house.clock().set(house.clock().now() + SignedDuration::from_hours(25));
    let _ = house.browser().post("/api/session", &wrong).await.expect(202);
    eventually("the line of the next day", async || {
        let _ = office.browser.sign_in(PHRAE.code, PASSWORD).await;
        let told: Vec<Value> = lines(&office.browser, PHRAE.code).await;
        let count = told
            .iter()
            .filter(|line| line["what"]["en"].as_str().is_some_and(|words| words.contains("once a day")));
        (count.count() == 2).then_some(())
    })
    .await;
    let whole = verify(&house, &["--agency", PHRAE.code]).await;
    assert!(whole.status.success(), "{whole:?}");
    house.stop().await;
}
