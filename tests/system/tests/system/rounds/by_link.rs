//! What the link of a reminder does beside confirming; and receipts, of whichever answer.

use data_encoding::BASE64URL_NOPAD;
use jiff::SignedDuration;
use palad_domain::email::Email;
use palad_domain::round::link::{ConfirmLink, MailboxTag, SEAL_LENGTH};
use palad_system_tests::{Answer, House, PHRAE, SignedIn, held, vacant};
use ring::hmac;
use serde_json::{Value, json};

use super::{Scene, confirm, own};

/// The link as it is mailed to this address, for this version of the record of the town.
fn mailed_to(scene: &Scene, email: &str, version: u64) -> String {
    let text = std::fs::read_to_string(scene.house.data().join("secrets.json")).expect("the secrets");
    let secrets: Value = serde_json::from_str(&text).expect("JSON");
    let key = BASE64URL_NOPAD.decode(secrets["link_key"].as_str().expect("a key").as_bytes());
    let key = hmac::Key::new(hmac::HMAC_SHA256, &key.expect("base64url"));
    let seal = |bytes: &[u8]| -> [u8; SEAL_LENGTH] {
        hmac::sign(&key, bytes).as_ref().try_into().expect("32 bytes")
    };
    let email: Email = email.parse().expect("an address");
    let link = ConfirmLink {
        agency: PHRAE.code.parse().expect("a code"),
        mailbox: MailboxTag::of(&email, seal),
        round: scene.id.parse().expect("a round"),
        version: palad_domain::record::Version(version),
        expires_at: scene.house.clock().now() + SignedDuration::from_hours(24 * 20),
    };
    link.token(seal)
}

async fn call(house: &House, token: &str, action: &str) -> Answer {
    house.browser().post("/api/confirmations", &json!({ "token": token, "action": action })).await
}

/// The receipt by its number, as anybody finds it.
async fn receipt(house: &House, number: &Value) -> Value {
    let path = format!("/api/receipts/{}", number.as_str().expect("a number"));
    house.browser().get(&path).await.expect(200).json()
}

/// What the audit of the town says first.
async fn last_line(agency: &SignedIn) -> Value {
    let page = agency.browser.get(&format!("/api/agencies/{}/audit", PHRAE.code)).await.expect(200).json();
    page["items"][0].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_vacancy_is_recorded_by_the_link_for_the_version_that_was_looked_at() {
    let scene = Scene::opened().await;
    let house = &scene.house;
    let phrae = scene.agency(PHRAE).await;
    let record = phrae.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201).json();
    let id = record["id"].as_str().unwrap_or_default();
    let _ = phrae.edit(id, 1, &held("สมชาย", "ใจดีมาก")).await.expect(200);

    // The mail showed another version: nothing happens before it was looked at again.
    let old = mailed_to(&scene, PHRAE.email, 1);
    call(house, &old, "vacant").await.assert_problem(412, "stale");
    let shown = call(house, &old, "look").await.expect(200).json();
    let fresh = shown["token"].as_str().expect("a token");
    let done = call(house, fresh, "vacant").await.expect(201);
    assert!(done.header("set-cookie").is_none(), "no session is made");
    let given = done.json();
    assert_eq!((&given["answers"][0]["kind"], &given["version"]), (&json!("vacant"), &json!(3)));
    assert_eq!(receipt(house, &given["number"]).await, given);

    // A change as any other: a version of the history, a tenure for who left, an answer with its receipt, a line.
    let screen = phrae.screen().await.json();
    assert_eq!(screen["current"]["post"]["state"], "vacant");
    assert_eq!(screen["history"][0]["by"], "agency");
    assert_eq!(screen["tenures"][0]["person"]["last_name"], "ใจดีมาก");
    let answer = &own(&phrae, &scene.id).await["answer"];
    assert_eq!((&answer["kind"], &answer["receipt"]), (&json!("vacant"), &given["number"]));
    let line = last_line(&phrae).await;
    assert!(line["what"]["th"].as_str().unwrap_or_default().contains("ผ่านลิงก์ในอีเมล"), "{line}");
    assert_eq!(line["who"]["office"], Value::Null);

    // Pressed again after its answer was lost, it does not happen twice.
    call(house, fresh, "vacant").await.assert_problem(412, "stale");
    // And where the post is vacant already, "vacant" says that this is still right.
    let again = mailed_to(&scene, PHRAE.email, 3);
    assert_eq!(call(house, &again, "vacant").await.expect(201).json()["answers"][0]["kind"], "vacant");
    assert_eq!(phrae.version().await, 3);
    // It is undone as any change is.
    let _ = phrae.edit(id, 3, &held("สมชาย", "ใจดีมาก")).await.expect(200);

    let _ = phrae.delete(id, 4).await.expect(204);
    let nothing = mailed_to(&scene, PHRAE.email, 5);
    call(house, &nothing, "vacant").await.assert_problem(404, "not-found");
    scene.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_link_does_nothing_once_the_agency_has_given_up_its_mailbox() {
    const ANOTHER: &str = "another@mailbox.test";
    let scene = Scene::opened().await;
    let house = &scene.house;
    let phrae = scene.agency(PHRAE).await;
    let _ = phrae.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201);
    let link = mailed_to(&scene, ANOTHER, 1);
    let refused = async || {
        for action in ["look", "confirm", "vacant", "not_mine"] {
            call(house, &link, action).await.assert_problem(410, "link-given-up");
        }
    };
    refused().await;

    // The account moves to that mailbox, and its links work; it moves back, and they do nothing any more.
    let _ = phrae.browser.post("/api/account/email", &json!({ "email": ANOTHER })).await.expect(202);
    let token = house.mailbox.next_about(ANOTHER, "ยืนยันอีเมลใหม่").await.token();
    let _ = house.browser().post("/api/email-changes", &json!({ "token": token })).await.expect(204);
    let _ = call(house, &link, "confirm").await.expect(201);
    let undo = house.mailbox.next_about(PHRAE.email, "เปลี่ยนอีเมลของบัญชีแล้ว").await.token();
    let _ = house.browser().post("/api/email-changes/undo", &json!({ "token": undo })).await.expect(204);
    refused().await;

    // A suspended account answers by no link, not even from the agency's own mailbox.
    let own = mailed_to(&scene, PHRAE.email, 1);
    let _ = call(house, &own, "look").await.expect(200);
    let province = house.province("54").await;
    let path = format!("/api/accounts/{}/suspension", PHRAE.code);
    let _ = province.browser.post(&path, &json!({ "reason": "misused" })).await.expect(204);
    for action in ["look", "confirm", "vacant", "not_mine"] {
        call(house, &own, action).await.assert_problem(410, "link-given-up");
    }
    let _ = province.browser.call("DELETE", &path).send().await.expect(204);
    assert_eq!(call(house, &own, "look").await.expect(200).json()["version"], 1);
    scene.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_answer_has_its_receipt_and_what_is_none_has_none() {
    let scene = Scene::opened().await;
    let house = &scene.house;
    let phrae = scene.agency(PHRAE).await;
    let number = async || own(&phrae, &scene.id).await["answer"]["receipt"].clone();

    let record = phrae.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201).json();
    let first = number().await;
    let given = receipt(house, &first).await;
    assert_eq!((&given["answers"][0]["kind"], &given["version"]), (&json!("updated"), &json!(1)));
    assert_eq!(given["agency"]["code"], PHRAE.code);
    // The same request again is the same answer.
    let _ = phrae.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201);
    assert_eq!(number().await, first);

    let id = record["id"].as_str().unwrap_or_default();
    let _ = phrae.edit(id, 1, &vacant()).await.expect(200);
    let second = number().await;
    assert_ne!(second, first);
    assert_eq!(receipt(house, &second).await["answers"][0]["kind"], "vacant");
    assert_eq!(receipt(house, &first).await, given, "what was given stays");

    let confirmed = confirm(&phrae, 2).await.expect(201).json();
    assert_eq!(number().await, confirmed["number"]);
    // Deleting takes the answer back; and what comes back is an answer again.
    let _ = phrae.delete(id, 2).await.expect(204);
    assert_eq!(own(&phrae, &scene.id).await["answer"], Value::Null);
    let _ = phrae.restore(id).await.expect(200);
    assert_eq!(receipt(house, &number().await).await["version"], 4);

    // When the round is closed a save is no answer: the last receipt stays the last.
    let before = number().await;
    let _ = scene.act("closing").await.expect(200);
    let _ = phrae.edit(id, 4, &held("สมชาย", "ใจดี")).await.expect(200);
    assert_eq!(number().await, before);
    scene.house.stop().await;
}
