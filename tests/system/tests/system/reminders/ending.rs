//! The end of a round: it closes by itself in the night after its last day, and its report is written, whatever breaks
//! off between the two.

use aws_sdk_dynamodb::types::AttributeValue;
use palad_store::Aws;
use palad_system_tests::{House, Listed, NONG_BUA, held};
use serde_json::{Value, json};

use super::{OPENING, Opened, fire, listed, move_to, opened};

const SILENT: Listed = listed("600201", "silent@palad.test");

async fn whole(round: &Opened) -> Value {
    round.central().await.get(&format!("/api/rounds/{}", round.id)).await.expect(200).json()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_round_closes_in_the_night_after_its_last_day_with_its_report() {
    let house = House::start().await;
    house.import(&[SILENT]).await;
    move_to(&house, OPENING).await;
    let round = opened(house, &["60"]).await;
    let house = &round.house;
    // An answer after the deadline is taken, and marked.
    move_to(house, "2027-03-05T03:00:00Z").await;
    let office = house.sign_up(NONG_BUA).await;
    let _ = office.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201);
    round.stands("60", "late", 1).await;
    // Its last day is the fifteenth: it is open to the end of it. At the last moment a closing that is put off counts.
    move_to(house, "2027-03-15T16:59:00Z").await;
    assert_eq!(whole(&round).await["state"], "open");
    let version = whole(&round).await;
    let (browser, path) = (round.central().await, format!("/api/rounds/{}", round.id));
    let seen = browser.get(&path).await.expect(200).version().expect("a version");
    let put_off = json!({ "deadline": version["dates"]["deadline"], "closes": "2027-03-16" });
    let _ = browser
        .call("PUT", &format!("{path}/deadline"))
        .if_match(seen)
        .json(&put_off)
        .send()
        .await
        .expect(200);
    move_to(house, "2027-03-15T19:00:00Z").await;
    assert_eq!(whole(&round).await["state"], "open", "one day more");
    move_to(house, "2027-03-16T19:00:00Z").await;
    let closed = whole(&round).await;
    assert_eq!(closed["state"], "closed", "{closed}");
    let tally = &closed["report"]["tally"];
    assert_eq!(
        (&tally["all"], &tally["updated"], &tally["late"]),
        (&json!(2), &json!(1), &json!(1)),
        "{tally}"
    );
    let progress = round.central().await.get(&format!("{path}/progress")).await.expect(200).json();
    assert_eq!(&progress["tally"], tally);
    let last = progress["curve"].as_array().and_then(|curve| curve.last().cloned()).unwrap_or_default();
    assert_eq!((&last["day"], &last["answered"]), (&json!("2027-03-16"), &json!(1)));

    // A run that was killed between the closing and the report is followed by the next one.
    let variables = house.variables().await;
    let client = Aws::from_environment(&variables).expect("variables").dynamodb();
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let delete = client.delete_item().table_name("palad-local-registry");
    let delete = delete.key("pk", text(&format!("ROUND#{}", round.id))).key("sk", text("REPORT"));
    delete.send().await.expect("no report");
    assert_eq!(whole(&round).await["report"], Value::Null);
    fire(house, "recount").await;
    assert_eq!(&whole(&round).await["report"]["tally"], tally);
    round.house.stop().await;
}
