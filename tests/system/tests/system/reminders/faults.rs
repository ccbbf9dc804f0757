//! What goes wrong on the way: the queue, the workers, the mail service, and agencies that are quicker than their mail.

use std::time::Duration;

use jiff::SignedDuration;
use palad_domain::mail::{MailOrder, Occasion};
use palad_domain::round::plan::Step;
use palad_domain::round::reminder::{Reminder, StepOf, Way};
use palad_store::{Aws, Lease, MailLedger};
use palad_system_tests::{Browser, House, Listed, NONG_BUA, eventually, held};
use serde_json::{Value, json};

use super::{OPENING, Opened, fire, has_reminders, listed, move_to, opened, reminders, settled};

const SILENT: Listed = listed("600201", "silent@palad.test");
const BOUNCES: Listed = listed("600202", "bounce-1@palad.test");

const DEADLINE: &str = "2027-03-01";

/// A round of one province on its first morning, when its messages stand, and the run that orders them is about to.
async fn begun() -> Opened {
    let house = House::start().await;
    house.import(&[SILENT, BOUNCES]).await;
    move_to(&house, OPENING).await;
    let round = opened(house, &["60"]).await;
    let order = first_order(&round, SILENT);
    assert_eq!(deliver(&round.house, &[&order]).await, 0);
    assert!(reminders(&round.house, SILENT.email).await.is_empty(), "nothing stands before the first run");
    round.house.clock().set("2027-02-01T01:59:05Z".parse().expect("a time"));
    round
}

/// The order for an agency without an account, as the morning's run gives it.
pub(super) fn order(round: &Opened, agency: Listed, step: Step, deadline: &str) -> MailOrder {
    let reminder = Reminder {
        to: agency.email.parse().expect("an address"),
        agency: agency.agency().view(),
        of: StepOf {
            round: round.id.parse().expect("a round"),
            step,
            deadline: Some(deadline.parse().expect("a day")),
        },
        record: None,
        way: Way::Register,
    };
    MailOrder { key: reminder.key(), occasion: Occasion::Reminder(Box::new(reminder)) }
}

/// The order of the first morning.
fn first_order(round: &Opened, agency: Listed) -> MailOrder {
    order(round, agency, Step::Before(30), DEADLINE)
}

/// Delivers orders to the function that sends, in one batch. Answers how many of them failed.
pub(super) async fn deliver(house: &House, orders: &[&MailOrder]) -> usize {
    let record = |(number, order): (usize, &&MailOrder)| {
        json!({
            "messageId": format!("m{number}"), "receiptHandle": "r", "body": serde_json::to_string(order).expect("JSON"),
            "attributes": { "ApproximateReceiveCount": "1" }, "messageAttributes": {}, "eventSource": "aws:sqs",
            "eventSourceARN": "arn:aws:sqs:ap-southeast-7:000000000000:palad-local-round-mail",
        })
    };
    let records: Vec<Value> = orders.iter().enumerate().map(record).collect();
    let answer = house.browser().post("/local/run/mail", &json!({ "Records": records })).await.expect(200);
    answer.json()["batchItemFailures"].as_array().map_or(0, Vec::len)
}

async fn faults(browser: &Browser, faults: &[&str]) {
    let _ = browser.post("/local/mail/faults", &json!({ "faults": faults })).await.expect(200);
}

async fn ledger(house: &House) -> MailLedger {
    let variables = house.variables().await;
    let aws = Aws::from_environment(&variables).expect("variables");
    MailLedger::from_environment(&aws, &variables).expect("variables")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_order_that_is_delivered_twice_late_or_after_its_step_is_sent_once_or_not_at_all() {
    let round = begun().await;
    let house = &round.house;
    let order = first_order(&round, SILENT);
    assert_eq!(deliver(house, &[&order]).await, 0);
    assert_eq!(reminders(house, SILENT.email).await.len(), 1, "its run has begun");
    assert_eq!(deliver(house, &[&order, &order]).await, 0);
    assert_eq!(reminders(house, SILENT.email).await.len(), 1, "the same order");
    // The morning's run orders the same message again.
    move_to(house, "2027-02-01T02:30:00Z").await;
    let _ = has_reminders(house, SILENT.email, 1).await;
    let _ = has_reminders(house, NONG_BUA.email, 1).await;

    // An order that comes out of the queue two weeks later is overtaken.
    let late = first_order(&round, BOUNCES);
    let unsent = MailOrder { key: format!("{}-held-up", late.key), ..late };
    let seen = reminders(house, BOUNCES.email).await.len();
    move_to(house, "2027-02-15T01:59:00Z").await;
    assert_eq!(deliver(house, &[&unsent]).await, 0);
    move_to(house, "2027-02-15T02:30:00Z").await;
    let _ = has_reminders(house, SILENT.email, 2).await;
    assert_eq!(deliver(house, &[&unsent, &order]).await, 0);
    settled().await;
    assert_eq!(reminders(house, BOUNCES.email).await.len(), seen);
    assert_eq!(reminders(house, SILENT.email).await.len(), 2);
    round.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_worker_that_is_killed_before_it_sends_is_followed_by_another_and_one_after_that_by_none() {
    let round = begun().await;
    let house = &round.house;
    let ledger = ledger(house).await;
    // Killed between the claim and the hand-over.
    let (first, second) = (first_order(&round, SILENT), first_order(&round, NONG_BUA));
    let now = house.clock().now();
    assert_eq!(ledger.claim(&first.key, now).await.expect("the store"), Lease::Ours);
    // Killed after the hand-over: nobody knows whether the mail service had it.
    assert_eq!(ledger.claim(&second.key, now).await.expect("the store"), Lease::Ours);
    assert!(ledger.hand_over(&second.key, now).await.expect("the store"));
    assert_eq!(deliver(house, &[&first]).await, 1, "the claim still stands: later");
    house.clock().set(now + SignedDuration::from_secs(20));
    assert_eq!(deliver(house, &[&first, &second]).await, 0);
    assert_eq!(reminders(house, SILENT.email).await.len(), 1);
    assert!(reminders(house, NONG_BUA.email).await.is_empty(), "not twice, perhaps not once");
    // A claim that another has taken over is not handed over any more.
    assert!(!ledger.hand_over(&first.key, now).await.expect("the store"));
    // The step after that reaches both.
    move_to(house, "2027-02-15T02:30:00Z").await;
    let _ = has_reminders(house, NONG_BUA.email, 1).await;
    round.house.stop().await;
}

/// The mail service knows no way to say that a mail is the same as one before: what may have been sent is not sent again.
/// After the last step there is no other mail to the agency; its province is told of it all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_order_in_doubt_at_the_last_step_is_a_matter_for_the_province() {
    let round = begun().await;
    let officer = round.house.province("60").await;
    let house = &round.house;
    move_to(house, "2027-03-02T01:00:00Z").await;
    let before = reminders(house, SILENT.email).await.len();
    let (ledger, now) = (ledger(house).await, house.clock().now());
    let order = order(&round, SILENT, Step::After(1), DEADLINE);
    assert_eq!(ledger.claim(&order.key, now).await.expect("the store"), Lease::Ours);
    assert!(ledger.hand_over(&order.key, now).await.expect("the store"));
    move_to(house, "2027-03-02T02:30:00Z").await;
    let digest = house.mailbox.next_about(&officer.officer.email, "พ้นกำหนดแล้ว").await;
    assert!(digest.text.contains("ยังไม่ตอบ ๓ แห่ง"), "{}", digest.text);
    assert_eq!(digest.text.matches("องค์การบริหารส่วนตำบลหนองบัว").count(), 3, "{}", digest.text);
    move_to(house, "2027-03-03T02:30:00Z").await;
    settled().await;
    assert_eq!(reminders(house, SILENT.email).await.len(), before, "not twice, perhaps not once");
    let owing = round.central().await.get(&format!("/api/rounds/{}/owing?province=60", round.id)).await;
    let owing = owing.expect(200).json();
    let is_listed = |item: &Value| item["agency"]["code"] == SILENT.code;
    assert!(owing["items"].as_array().is_some_and(|items| items.iter().any(is_listed)), "{owing}");
    round.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_mail_service_that_throttles_refuses_or_says_nothing_sends_each_message_once() {
    let round = begun().await;
    let house = &round.house;
    let browser = house.browser();
    // Three agencies, five calls: two are refused and tried again.
    faults(&browser, &["throttled", "refused"]).await;
    move_to(house, "2027-02-01T02:30:00Z").await;
    for address in [SILENT.email, NONG_BUA.email, BOUNCES.email] {
        let _ = has_reminders(house, address, 1).await;
    }
    // Taken, and the answer lost: whoever would try again would send it twice.
    faults(&browser, &["no_answer", "no_answer", "no_answer"]).await;
    let moved = tokio::time::timeout(Duration::from_secs(60), move_to(house, "2027-02-15T02:30:00Z"));
    moved.await.expect("the clock goes on");
    let _ = has_reminders(house, SILENT.email, 2).await;
    tokio::time::sleep(Duration::from_secs(6)).await;
    assert_eq!(reminders(house, SILENT.email).await.len(), 2, "tried again it would be three");
    round.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_answers_while_the_mail_is_on_its_way_is_not_written_to() {
    let round = begun().await;
    let house = &round.house;
    let office = house.sign_up(NONG_BUA).await;
    let first = house.mailbox.all().await.len();
    // The mail service is busy, and the agency quicker than the second try.
    faults(&house.browser(), &["throttled"; 9]).await;
    fire(house, "plan").await;
    let _ = office.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201);
    let _ = has_reminders(house, SILENT.email, 1).await;
    settled().await;
    assert!(reminders(house, NONG_BUA.email).await.is_empty());
    assert!(house.mailbox.all().await.len() > first);
    round.stands("60", "updated", 1).await;
    round.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_switch_stops_all_mail_and_what_was_ordered_before_it() {
    let round = begun().await;
    let house = &round.house;
    let _ = round.central().await.post("/api/reminders/stop", &json!({})).await.expect(204);
    move_to(house, "2027-02-01T02:30:00Z").await;
    // An order from before the switch comes out of the queue after it.
    assert_eq!(deliver(house, &[&first_order(&round, SILENT)]).await, 0);
    settled().await;
    assert!(reminders(house, SILENT.email).await.is_empty());
    let _ = round.central().await.call("DELETE", "/api/reminders/stop").send().await.expect(204);
    let path = format!("/api/rounds/{}/stop", round.id);
    let _ = round.central().await.post(&path, &json!({})).await.expect(200);
    fire(house, "plan").await;
    settled().await;
    assert!(reminders(house, SILENT.email).await.is_empty(), "this round is stopped by itself");
    let _ = round.central().await.call("DELETE", &path).send().await.expect(200);
    fire(house, "plan").await;
    let _ = has_reminders(house, SILENT.email, 1).await;
    round.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_agency_whose_mail_comes_back_is_unreachable_and_called_instead() {
    let round = begun().await;
    let officer = round.house.province("60").await;
    let house = &round.house;
    move_to(house, "2027-02-01T02:30:00Z").await;
    let _ = has_reminders(house, BOUNCES.email, 1).await;
    let returned = house.data().join("queue/palad-local-returned");
    eventually("the bounce is noted", async || {
        (std::fs::read_dir(&returned).map_or(0, Iterator::count) == 0).then_some(())
    })
    .await;
    settled().await;
    // The night's count finds it.
    move_to(house, "2027-02-02T01:00:00Z").await;
    round.stands("60", "unreachable", 1).await;
    let tally = round.tally("60").await;
    assert_eq!((tally["not_registered"].as_u64(), tally["owing"].as_u64()), (Some(2), Some(3)), "{tally}");
    move_to(house, "2027-02-22T02:30:00Z").await;
    let _ = has_reminders(house, SILENT.email, 3).await;
    assert_eq!(reminders(house, BOUNCES.email).await.len(), 1, "it is not written to any more");
    let digest = house.mailbox.next_about(&officer.officer.email, "ยังไม่ตอบ").await;
    assert!(digest.text.contains("ส่งอีเมลไม่ถึง ๑ แห่ง"), "{}", digest.text);
    // What is said of somebody whom nobody knows, or by somebody else, does no harm.
    for body in [
        r#"{"eventType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":[{"emailAddress":"nobody@phrae.test"}],"timestamp":"2027-02-01T00:00:00Z"},"mail":{}}"#,
        "{}",
        "no JSON",
    ] {
        let event = json!({ "Records": [{ "messageId": "m", "body": body, "eventSource": "aws:sqs",
            "eventSourceARN": "arn:aws:sqs:ap-southeast-7:000000000000:palad-local-returned" }] });
        let answer = house.browser().post("/local/run/mail", &event).await.expect(200).json();
        assert_eq!(answer, json!({ "batchItemFailures": [] }), "{body}");
    }
    round.house.stop().await;
}
