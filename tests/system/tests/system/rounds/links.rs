//! The link of a reminder: it shows, and confirms at the press of a button; nothing else, for nobody else.

use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use palad_api::LinkKey;
use palad_system_tests::{MAE_YOM, PHRAE, held, vacant};
use serde_json::{Value, json};

use super::{Scene, by_link as call, own, wait};
use crate::mailed::{account, key_of, link, link_key};

/// The link as it is mailed to the account of the town.
fn token(key: &LinkKey, agency: &str, round: &str, version: u64, expires_at: Timestamp) -> String {
    let agency = agency.parse().expect("a code");
    key.token(&link(key, &account(PHRAE.email), &agency, round, version, expires_at))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_link_shows_the_record_and_a_button_confirms_it() {
    let scene = Scene::opened().await;
    let house = &scene.house;
    let phrae = scene.agency(PHRAE).await;
    let record = phrae.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201).json();
    let id = record["id"].as_str().unwrap_or_default();
    let ends = house.clock().now() + SignedDuration::from_hours(24 * 20);
    let mailed = token(&key_of(house), PHRAE.code, &scene.id, 1, ends);
    let before = own(&phrae, &scene.id).await;

    // Looking, as often as scanners of mail like, changes nothing; and it shows what the public may see.
    let reader = house.browser();
    for _ in 0..3 {
        let shown = call(&reader, &mailed, "look").await.expect(200);
        assert_eq!(shown.header("cache-control"), Some("no-store"));
        let shown = shown.json();
        assert_eq!((&shown["round"]["id"], &shown["round"]["days_left"]), (&json!(scene.id), &json!(10)));
        assert_eq!(
            (&shown["entry"]["person"]["first_name"], &shown["changed"]),
            (&json!("สมชาย"), &json!(false))
        );
        assert_eq!(shown["entry"]["person"]["mobile"], Value::Null);
        assert_eq!(shown["answer"]["kind"], "updated");
    }
    assert_eq!(own(&phrae, &scene.id).await, before);
    assert_eq!(phrae.screen().await.json()["current"]["confirmed_at"], Value::Null);
    assert_eq!(reader.get(&format!("/api/confirmations?token={mailed}")).await.status, 404, "no GET at all");

    let confirmed = call(&reader, &mailed, "confirm").await.expect(201);
    assert!(
        confirmed.header("set-cookie").is_none() && reader.cookie("__Host-sid").is_none(),
        "no session is made"
    );
    let receipt = confirmed.json();
    assert_eq!(
        (&receipt["agency"]["code"], &receipt["answers"][0]["round"]),
        (&json!(PHRAE.code), &json!(scene.id))
    );
    let path = format!("/api/receipts/{}", receipt["number"].as_str().unwrap_or_default());
    assert_eq!(reader.get(&path).await.expect(200).json(), receipt);
    assert_eq!(phrae.screen().await.json()["current"]["confirmed_at"], receipt["at"]);

    // The record is changed after the mail was written: the old link confirms nothing, and shows what is true now.
    let _ = phrae.edit(id, 1, &vacant()).await.expect(200);
    let stale = call(&reader, &mailed, "confirm").await;
    stale.assert_problem(412, "stale");
    assert_eq!(stale.json()["current_version"], 2);
    let shown = call(&reader, &mailed, "look").await.expect(200).json();
    assert_eq!(
        (&shown["changed"], &shown["version"], &shown["entry"]["state"]),
        (&json!(true), &json!(2), &json!("vacant"))
    );
    let fresh = shown["token"].as_str().expect("a token for what is shown");
    assert_eq!(call(&reader, fresh, "confirm").await.expect(201).json()["answers"][0]["kind"], "vacant");

    // Nothing recorded: there is nothing to confirm, and the link says so.
    let _ = phrae.delete(id, 2).await.expect(204);
    let shown = call(&reader, &mailed, "look").await.expect(200).json();
    assert_eq!((&shown["token"], &shown["entry"]["state"]), (&Value::Null, &json!("none")));
    call(&reader, fresh, "confirm").await.assert_problem(404, "not-found");
    scene.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn forged_truncated_and_ended_links_are_refused_with_words() {
    let scene = Scene::opened().await;
    let house = &scene.house;
    let phrae = scene.agency(PHRAE).await;
    let _ = phrae.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201);
    let key = key_of(house);
    let ends = house.clock().now() + SignedDuration::from_hours(24 * 20);
    let good = token(&key, PHRAE.code, &scene.id, 1, ends);
    let reader = house.browser();

    let other_key = link_key(&BASE64URL_NOPAD.encode(&[7; 32]));
    let mut turned = BASE64URL_NOPAD.decode(good.as_bytes()).expect("base64url");
    turned[3] ^= 1;
    for damaged in [
        token(&other_key, PHRAE.code, &scene.id, 1, ends),
        BASE64URL_NOPAD.encode(&turned),
        good[..good.len() - 1].to_owned(),
        good[..20].to_owned(),
        good[1..].to_owned(),
        format!("{good}A"),
        "x".to_owned(),
        "ลิงก์".to_owned(),
        "A".repeat(5000),
        phrae.browser.cookie("__Host-sid").expect("a session token is none"),
    ] {
        for action in ["look", "confirm"] {
            call(&reader, &damaged, action).await.assert_problem(410, "link-damaged");
        }
    }
    for (body, pointers) in [
        (json!({}), vec!["/token", "/action"]),
        (json!({ "token": " ", "action": "look" }), vec!["/token"]),
        (json!({ "token": good, "action": "erase" }), vec!["/action"]),
        (json!({ "token": [good], "action": "look" }), vec!["/token"]),
        (json!({ "token": good, "action": "look", "agency": MAE_YOM.code }), vec!["/agency"]),
    ] {
        let refused = reader.post("/api/confirmations", &body).await;
        refused.assert_problem(422, "invalid");
        assert_eq!(refused.pointers(), pointers);
    }
    // From another site, or as a form, nothing is taken.
    let foreign = reader.call("POST", "/api/confirmations").header("origin", "https://evil.test");
    let foreign =
        foreign.json(&json!({ "token": good, "action": "confirm" })).header("sec-fetch-site", "cross-site");
    foreign.send().await.assert_problem(403, "not-our-origin");

    // Of another round, or one that does not ask this agency: it is over for this link.
    let other_round = token(&key, PHRAE.code, "2599-1", 1, ends);
    call(&reader, &other_round, "confirm").await.assert_problem(410, "round-over");
    let not_asked = token(&key, "600101", &scene.id, 0, ends);
    call(&reader, &not_asked, "look").await.assert_problem(410, "round-over");
    assert_eq!(phrae.screen().await.json()["current"]["confirmed_at"], Value::Null, "nothing was confirmed");

    // The round is closed by the office before its day: the link has not ended, but there is nothing to answer.
    let _ = scene.act("closing").await.expect(200);
    call(&reader, &good, "confirm").await.assert_problem(410, "round-over");
    wait(house, 21);
    call(&reader, &good, "look").await.assert_problem(410, "link-expired");
    scene.house.stop().await;
}
