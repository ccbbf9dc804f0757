//! A round that changes while its messages go out: its deadline is moved, its title is mended, a step is taken out.

use palad_domain::round::plan::Step;
use palad_system_tests::{Answer, House, Listed};
use serde_json::{Value, json};

use super::faults::{deliver, order};
use super::{OPENING, Opened, fire, has_reminders, listed, move_to, opened, reminders, settled};

const SILENT: Listed = listed("600201", "silent@palad.test");
const OTHER: Listed = listed("600202", "other@palad.test");
const FIRST_DEADLINE: &str = "2027-03-01";
const SECOND_DEADLINE: &str = "2027-03-15";

async fn begun() -> Opened {
    let house = House::start().await;
    house.import(&[SILENT, OTHER]).await;
    move_to(&house, OPENING).await;
    opened(house, &["60"]).await
}

impl Opened {
    /// The central office changes the round as it is now.
    async fn change(&self, method: &str, rest: &str, body: &Value) -> Answer {
        let (browser, path) = (self.central().await, format!("/api/rounds/{}", self.id));
        let version = browser.get(&path).await.expect(200).version().expect("a version");
        browser.call(method, &format!("{path}{rest}")).if_match(version).json(body).send().await
    }

    /// The central office moves the deadline at this moment.
    async fn move_deadline(&self, deadline: &str, now: &str) {
        move_to(&self.house, now).await;
        let moved = json!({ "deadline": deadline, "closes": "2027-03-29" });
        let _ = self.change("PUT", "/deadline", &moved).await.expect(200);
    }

    /// The day and the step of the next message, as the rehearsal says.
    async fn next_rehearsed(&self) -> [String; 2] {
        let path = format!("/api/rounds/{}/rehearsal", self.id);
        let rehearsal = self.central().await.get(&path).await.expect(200).json();
        ["day", "step"].map(|name| rehearsal["days"][0][name].as_str().unwrap_or_default().to_owned())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_moved_deadline_is_announced_once_to_all_who_owe_and_overtakes_what_was_ordered() {
    let round = begun().await;
    let officer = round.house.province("60").await;
    let house = &round.house;
    move_to(house, "2027-02-15T02:30:00Z").await;
    let _ = has_reminders(house, SILENT.email, 2).await;
    round.move_deadline(SECOND_DEADLINE, "2027-02-16T05:00:00Z").await;
    assert_eq!(round.next_rehearsed().await, ["2027-02-17", "moved-1"], "the day on which it goes out");

    // What waits from the step before is of another deadline.
    let old = order(&round, OTHER, Step::Before(14), FIRST_DEADLINE);
    let unsent = palad_domain::mail::MailOrder { key: format!("{}-held-up", old.key), ..old };
    assert_eq!(deliver(house, &[&unsent]).await, 0);
    settled().await;
    assert_eq!(reminders(house, OTHER.email).await.len(), 2);

    move_to(house, "2027-02-17T02:30:00Z").await;
    let notice = has_reminders(house, SILENT.email, 3).await.remove(2);
    assert!(notice.subject.contains("เปลี่ยนวันครบกำหนด"), "{}", notice.subject);
    assert!(notice.text.contains("๑ มีนาคม ๒๕๗๐") && notice.text.contains("๑๕ มีนาคม ๒๕๗๐"), "{}", notice.text);
    let digest = house.mailbox.next_about(&officer.officer.email, "เปลี่ยนวันครบกำหนด").await;
    assert!(digest.text.contains("๑๕ มีนาคม ๒๕๗๐"), "{}", digest.text);
    // Once, whatever fires again, and on whatever day before the next step.
    fire(house, "plan").await;
    move_to(house, "2027-02-22T02:30:00Z").await;
    settled().await;
    assert_eq!(reminders(house, SILENT.email).await.len(), 3, "a week before a day that is none any more");
    move_to(house, "2027-03-01T02:30:00Z").await;
    let next = has_reminders(house, SILENT.email, 4).await.remove(3);
    assert!(next.subject.contains("14 วัน") && !next.subject.contains("เปลี่ยน"), "{}", next.subject);
    round.house.stop().await;
}

/// What counts is what was announced: the run at nine stands between two moves, and not midnight.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_move_is_announced_unless_it_was_taken_back_before_anybody_heard_of_it() {
    let round = begun().await;
    let house = &round.house;
    move_to(house, "2027-02-15T02:30:00Z").await;
    let _ = has_reminders(house, SILENT.email, 2).await;

    // There and back before the next run. One message has gone out today: a second one does not, whatever fires again.
    round.move_deadline(SECOND_DEADLINE, "2027-02-15T05:00:00Z").await;
    fire(house, "plan").await;
    round.move_deadline(FIRST_DEADLINE, "2027-02-16T01:30:00Z").await;
    move_to(house, "2027-02-16T02:30:00Z").await;
    settled().await;
    assert_eq!(reminders(house, SILENT.email).await.len(), 2, "nobody hears of it");

    // There before the run of the day, and back on the same day after it.
    round.move_deadline(SECOND_DEADLINE, "2027-02-17T01:30:00Z").await;
    assert_eq!(round.next_rehearsed().await, ["2027-02-17", "moved-3"]);
    move_to(house, "2027-02-17T02:30:00Z").await;
    let there = has_reminders(house, SILENT.email, 3).await.remove(2);
    assert!(there.text.contains("ได้เปลี่ยนวันครบกำหนดเป็นวันที่ ๑๕ มีนาคม ๒๕๗๐"), "{}", there.text);
    round.move_deadline(FIRST_DEADLINE, "2027-02-17T05:00:00Z").await;
    assert_eq!(round.next_rehearsed().await, ["2027-02-18", "moved-4"]);
    fire(house, "plan").await;
    settled().await;
    assert_eq!(reminders(house, SILENT.email).await.len(), 3, "one message a day");
    move_to(house, "2027-02-18T02:30:00Z").await;
    let back = has_reminders(house, SILENT.email, 4).await.remove(3);
    let said = "ภายในวันที่ ๑๕ มีนาคม ๒๕๗๐ นั้น ได้เปลี่ยนวันครบกำหนดเป็นวันที่ ๑ มีนาคม ๒๕๗๐";
    assert!(back.text.contains(said), "{}", back.text);
    move_to(house, "2027-02-22T02:30:00Z").await;
    let next = has_reminders(house, SILENT.email, 5).await.remove(4);
    assert!(next.subject.contains("7 วัน") && !next.subject.contains("เปลี่ยน"), "{}", next.subject);
    round.house.stop().await;
}

/// Orders that come up while a move waits are let go for good.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_step_that_stands_again_is_gone_through_again_for_those_who_have_not_had_it() {
    const UNKNOWN: Listed = listed("600203", "");
    const KNOWN: Listed = listed("600203", "known@palad.test");
    let house = House::start().await;
    house.import(&[SILENT, UNKNOWN]).await;
    move_to(&house, OPENING).await;
    let round = opened(house, &["60"]).await;
    let house = &round.house;
    move_to(house, "2027-02-15T02:30:00Z").await;
    let _ = has_reminders(house, SILENT.email, 2).await;
    house.import(&[SILENT, KNOWN]).await;
    fire(house, "plan").await;
    settled().await;
    assert_eq!(reminders(house, KNOWN.email).await.len(), 0, "the step has been gone through");

    round.move_deadline(SECOND_DEADLINE, "2027-02-15T05:00:00Z").await;
    round.move_deadline(FIRST_DEADLINE, "2027-02-16T01:30:00Z").await;
    move_to(house, "2027-02-16T02:30:00Z").await;
    let _ = has_reminders(house, KNOWN.email, 1).await;
    settled().await;
    assert_eq!(reminders(house, SILENT.email).await.len(), 2, "who has had it has it");
    round.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_waits_while_the_round_is_edited_is_written_as_the_round_is_now() {
    let round = begun().await;
    let house = &round.house;
    move_to(house, "2027-02-15T01:00:00Z").await;
    let whole = round.central().await.get(&format!("/api/rounds/{}", round.id)).await.expect(200).json();
    let terms = |steps: Value| {
        json!({ "title": "ชื่อที่แก้ไขแล้ว", "letter": whole["letter"], "dates": whole["dates"], "scope": whole["scope"],
            "steps": steps })
    };
    let waiting = [SILENT, OTHER].map(|agency| order(&round, agency, Step::Before(14), FIRST_DEADLINE));
    let steps = json!([{ "when": "before", "days": 14, "text": "ข้อความที่เพิ่ม" }]);
    let _ = round.change("PUT", "", &terms(steps)).await.expect(200);
    assert_eq!(deliver(house, &[&waiting[0]]).await, 0);
    let sent = has_reminders(house, SILENT.email, 2).await.remove(1);
    assert!(sent.text.contains("ชื่อที่แก้ไขแล้ว") && sent.text.contains("ข้อความที่เพิ่ม"), "{}", sent.text);
    // The step is taken out of the plan: what waits for it is not sent.
    let steps = json!([{ "when": "before", "days": 7 }]);
    let _ = round.change("PUT", "", &terms(steps)).await.expect(200);
    assert_eq!(deliver(house, &[&waiting[1]]).await, 0);
    settled().await;
    assert_eq!(reminders(house, OTHER.email).await.len(), 1);
    round.house.stop().await;
}
