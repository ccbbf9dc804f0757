//! Lists and totals: a line counts once, however many count it, and what has drifted is mended at night.

use aws_sdk_dynamodb::types::AttributeValue;
use palad_domain::province::Province;
use palad_domain::record::{Office, Version};
use palad_domain::round::answer::{Answer, AnswerKind};
use palad_domain::round::tally::Standing;
use palad_store::{Aws, Counting, Roster};
use palad_system_tests::{House, NONG_BUA, held};

use super::{OPENING, at, fire, listed, move_to, opened};

const TABLE: &str = "palad-local-registry";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_line_counts_once_and_many_lines_of_a_province_add_up() {
    let house = House::start().await;
    house.import(&[listed("600201", "a@palad.test"), listed("600202", "b@palad.test")]).await;
    move_to(&house, OPENING).await;
    let round = opened(house, &["60"]).await;
    let variables = round.house.variables().await;
    let aws = Aws::from_environment(&variables).expect("variables");
    let counting = Counting::from_environment(&aws, &variables).expect("variables");
    let roster = Roster::from_environment(&aws, &variables).expect("variables");
    let province = Province::by_name("นครสวรรค์").expect("a province").code();
    let id = round.id.parse().expect("a round");
    let (lines, next) = roster.lines(id, province, None).await.expect("the store");
    assert_eq!((lines.len(), next), (3, None));
    let answer = Answer {
        kind: AnswerKind::Vacant,
        answered_at: at(OPENING),
        changed_at: at(OPENING),
        late: false,
        by: Office::Agency,
        version: Version(1),
        receipt: None,
    };
    let deadline = "2027-03-01".parse().expect("a day");
    // Each line is counted by eight at the same time, and all lines are lines of one total.
    let mut running = tokio::task::JoinSet::new();
    for line in &lines {
        for _ in 0..8 {
            let (counting, line, answer) = (counting.clone(), line.clone(), answer.clone());
            running.spawn(async move {
                let after = line.recounted(true, false, Some(&answer), deadline);
                counting.settle(id, &line, &after).await.expect("the store")
            });
        }
    }
    let settled = running.join_all().await;
    assert_eq!(settled.into_iter().filter(|settled| *settled).count(), 3, "each line once");
    let total = counting.total(id, province).await.expect("the store");
    assert_eq!((total.all(), total.at(Standing::Vacant), total.owing()), (3, 3, 0));
    round.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_has_drifted_is_mended_at_night() {
    let house = House::start().await;
    house.import(&[listed("600201", "a@palad.test")]).await;
    move_to(&house, OPENING).await;
    let round = opened(house, &["60"]).await;
    let house = &round.house;
    let office = house.sign_up(NONG_BUA).await;
    let _ = office.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201);
    round.stands("60", "updated", 1).await;
    let right = round.tally("60").await;

    let variables = house.variables().await;
    let client = Aws::from_environment(&variables).expect("variables").dynamodb();
    let text = |text: &str| AttributeValue::S(text.to_owned());
    // The total says something else than its lines, and a line something else than its ledger.
    let total = format!("TOTAL#{}", Province::by_name("นครสวรรค์").expect("a province").code());
    let wrong = r#"{"standing":[0,7,0,0,0,0,0],"late":3}"#;
    let put = client.put_item().table_name(TABLE).item("pk", text(&format!("ROUND#{}", round.id)));
    put.item("sk", text(&total)).item("tally", text(wrong)).send().await.expect("a wrong total");
    let key = |request: aws_sdk_dynamodb::operation::get_item::builders::GetItemFluentBuilder| {
        request.key("pk", text(&format!("ROUND#{}#60", round.id))).key("sk", text(NONG_BUA.code))
    };
    let item = key(client.get_item().table_name(TABLE)).send().await.expect("a line").item.expect("a line");
    let stored =
        item["list_line"].as_s().expect("JSON").replace(r#""standing":"updated""#, r#""standing":"silent""#);
    let mut put = client.put_item().table_name(TABLE).set_item(Some(item));
    put = put.item("list_line", text(&stored));
    put.send().await.expect("a wrong line");
    assert_ne!(round.tally("60").await, right);

    fire(house, "recount").await;
    assert_eq!(round.tally("60").await, right);
    let browser = round.central().await;
    let country = browser.get(&format!("/api/rounds/{}/progress", round.id)).await.expect(200).json();
    assert_eq!(country["tally"], right, "and the total with its lines");
    fire(house, "recount").await;
    assert_eq!(round.tally("60").await, right, "again changes nothing");
    round.house.stop().await;
}
