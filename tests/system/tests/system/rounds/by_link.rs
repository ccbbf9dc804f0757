//! What the link of a reminder does beside confirming; and receipts, of whichever answer.

use std::sync::Arc;

use jiff::SignedDuration;
use palad_domain::round::link::{LINK_ANSWERS_AN_HOUR, Mailbox};
use palad_system_tests::{Answer, Cut, House, Listed, PASSWORD, PHRAE, SignedIn, held, listed, vacant};
use serde_json::{Value, json};

use super::{Scene, confirm, make, own, terms, wait};
use crate::mailed::{account, key_of, link, official};

/// The link as it is mailed to this mailbox, for this version of the record of the town.
fn mailed_to(scene: &Scene, mailbox: &Mailbox, version: u64) -> String {
    mailed_in(&scene.house, &scene.id, mailbox, version)
}

/// The same in any round.
fn mailed_in(house: &House, round: &str, mailbox: &Mailbox, version: u64) -> String {
    let (key, expires_at) = (key_of(house), house.clock().now() + SignedDuration::from_hours(24 * 60));
    key.token(&link(&key, mailbox, &PHRAE.agency().code, round, version, expires_at))
}

async fn call(house: &House, token: &str, action: &str) -> Answer {
    super::by_link(&house.browser(), token, action).await
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
    let old = mailed_to(&scene, &account(PHRAE.email), 1);
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
    let again = mailed_to(&scene, &account(PHRAE.email), 3);
    assert_eq!(call(house, &again, "vacant").await.expect(201).json()["answers"][0]["kind"], "vacant");
    assert_eq!(phrae.version().await, 3);
    // It is undone as any change is.
    let _ = phrae.edit(id, 3, &held("สมชาย", "ใจดีมาก")).await.expect(200);

    let _ = phrae.delete(id, 4).await.expect(204);
    let nothing = mailed_to(&scene, &account(PHRAE.email), 5);
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
    let link = mailed_to(&scene, &account(ANOTHER), 1);
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
    let own = mailed_to(&scene, &account(PHRAE.email), 1);
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
async fn a_link_lives_with_its_mailbox_and_with_what_the_mailbox_was_for_the_agency() {
    const ANOTHER: &str = "another@mailbox.test";
    let scene = Scene::opened().await;
    let house = &scene.house;
    let phrae = scene.agency(PHRAE).await;
    let _ = phrae.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201);
    // The account's address is that of the official list, and then another.
    let [to_account, to_listed] =
        [account(PHRAE.email), official(PHRAE.email)].map(|mailbox| mailed_to(&scene, &mailbox, 1));
    for link in [&to_account, &to_listed] {
        let _ = call(house, link, "look").await.expect(200);
    }
    let _ = phrae.browser.post("/api/account/email", &json!({ "email": ANOTHER })).await.expect(202);
    let token = house.mailbox.next_about(ANOTHER, "ยืนยันอีเมลใหม่").await.token();
    let _ = house.browser().post("/api/email-changes", &json!({ "token": token })).await.expect(204);

    let dead = async |link: &str| {
        for action in ["look", "confirm", "vacant", "not_mine"] {
            call(house, link, action).await.assert_problem(410, "link-given-up");
        }
    };
    dead(&to_account).await;
    dead(&mailed_to(&scene, &official(ANOTHER), 1)).await;
    // Both that the agency has now answer; and what is shown is sealed for the same mailbox.
    let to_other = mailed_to(&scene, &account(ANOTHER), 1);
    for link in [&to_listed, &to_other] {
        let shown = call(house, link, "look").await.expect(200).json();
        let _ = call(house, shown["token"].as_str().expect("a token"), "confirm").await.expect(201);
    }

    // The list names another mailbox: the links to the one before are dead, those to the account's live.
    let moved = |agency: Listed| Listed { email: "new@phrae.test", ..agency };
    let list: Vec<Listed> =
        listed().into_iter().map(|one| if one.code == PHRAE.code { moved(one) } else { one }).collect();
    house.import(&list).await;
    dead(&to_listed).await;
    let _ = call(house, &mailed_to(&scene, &official("new@phrae.test"), 1), "confirm").await.expect(201);
    let _ = call(house, &to_other, "vacant").await.expect(201);
    scene.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_link_does_nothing_after_the_last_day_of_its_round_though_nobody_has_closed_it() {
    let scene = Scene::opened().await;
    let house = &scene.house;
    let phrae = scene.agency(PHRAE).await;
    let _ = phrae.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201);
    let link = mailed_to(&scene, &account(PHRAE.email), 1);
    wait(house, 20);
    let _ = call(house, &link, "look").await.expect(200);
    wait(house, 1);
    for action in ["look", "confirm", "vacant", "not_mine"] {
        call(house, &link, action).await.assert_problem(410, "round-over");
    }
    assert_eq!(phrae.browser.sign_in(PHRAE.code, PASSWORD).await.status, 201);
    assert_eq!(phrae.version().await, 1);
    assert_eq!(phrae.screen().await.json()["current"]["confirmed_at"], Value::Null);
    scene.house.stop().await;
}

/// The round is closed between any two calls that the answer makes of the store: it counts, or nothing has happened.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_round_that_is_closed_while_a_vacancy_comes_in_takes_it_whole_or_leaves_the_record_as_it_was() {
    /// More than it makes.
    const CALLS: usize = 10;
    let cut = Cut::default();
    let house = House::start_with(async |surroundings| cut.lead(surroundings, &["rounds"]).await).await;
    let central = Arc::new(house.central().await.browser);
    let phrae = house.sign_up(PHRAE).await;
    let record = phrae.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201).json();
    let id = record["id"].as_str().unwrap_or_default();
    let (mut refused, mut given) = (0, 0);
    for at in 1..=CALLS {
        let before = phrae.screen().await;
        let version = phrae.version().await;
        let round = make(&central, &terms(&house)).await;
        let act = async |what: &str| {
            central.post(&format!("/api/rounds/{round}/{what}"), &json!({})).await.expect(200)
        };
        let _ = act("opening").await;
        let link = mailed_in(&house, &round, &account(PHRAE.email), version);

        let (browser, path) = (Arc::clone(&central), format!("/api/rounds/{round}/closing"));
        cut.before_call(at, async move {
            let _ = browser.post(&path, &json!({})).await.expect(200);
        });
        let answer = call(&house, &link, "vacant").await;
        let _ = cut.mend();
        if answer.status == 201 {
            assert_eq!(answer.json()["answers"][0]["round"], round, "closing before call {at}");
            let _ = phrae.edit(id, version + 1, &held("สมชาย", "ใจดี")).await.expect(200);
            given += 1;
        } else {
            answer.assert_problem(410, "round-over");
            assert_eq!(phrae.screen().await.text, before.text, "closing before call {at}");
            refused += 1;
        }
        let listed = central.get(&format!("/api/rounds/{round}")).await.expect(200).json();
        if listed["state"] == "open" {
            let _ = act("closing").await;
        }
    }
    assert!(refused > 3 && given > 0, "{refused} and {given}");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn answers_by_link_are_counted_for_each_agency_and_looking_is_free() {
    let scene = Scene::opened().await;
    let house = &scene.house;
    let phrae = scene.agency(PHRAE).await;
    let _ = phrae.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201);
    let link = mailed_to(&scene, &account(PHRAE.email), 1);
    let dead = mailed_to(&scene, &account("before@phrae.test"), 1);
    for _ in 0..LINK_ANSWERS_AN_HOUR {
        call(house, &dead, "confirm").await.assert_problem(410, "link-given-up");
        let _ = call(house, &link, "confirm").await.expect(201);
        let _ = call(house, &link, "look").await.expect(200);
    }
    for action in ["confirm", "vacant", "not_mine"] {
        let refused = call(house, &link, action).await;
        refused.assert_problem(429, "too-many-tries");
        // Two minutes for one answer, less what has passed since the first.
        let wait: u64 = refused.header("retry-after").and_then(|text| text.parse().ok()).expect("seconds");
        assert!((1..=120).contains(&wait), "{wait}");
    }
    assert_eq!(phrae.version().await, 1);
    let _ = call(house, &link, "look").await.expect(200);
    // Who is signed in confirms all the same; and the next answer by link is not far.
    let _ = confirm(&phrae, 1).await.expect(201);
    house.clock().set(house.clock().now() + SignedDuration::from_mins(2));
    let _ = call(house, &link, "confirm").await.expect(201);
    call(house, &link, "confirm").await.assert_problem(429, "too-many-tries");
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
