//! A whole round, watched in the mailbox while the clock is moved.

use palad_system_tests::{House, MAE_YOM, NONG_BUA, PHRAE, WITHOUT_MAILBOX, held, listed, vacant};
use serde_json::json;

use super::{OPENING, fire, has_reminders, move_to, opened, reminders, settled};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_round_from_its_opening_to_after_its_deadline() {
    let house = House::start().await;
    move_to(&house, OPENING).await;
    // One with a record, one with an account and no record, one that will answer at once; the others have no account.
    let mae_yom = house.sign_up(MAE_YOM).await;
    let _ = mae_yom.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201);
    let phrae = house.sign_up(PHRAE).await;
    let nong_bua = house.sign_up(NONG_BUA).await;
    let province = house.province("54").await;
    let round = opened(house, &["54", "60"]).await;
    let house = &round.house;
    let expected = listed().iter().filter(|agency| ["แพร่", "นครสวรรค์"].contains(&agency.province)).count();
    let tally = round.tally("54").await;
    assert_eq!((tally["silent"].as_u64(), tally["answered"].as_u64()), (Some(2), Some(0)), "{tally}");
    assert_eq!(tally["all"].as_u64(), Some(expected as u64 - 1), "all of Phrae");

    // It answers an hour before the first messages go out.
    let _ = nong_bua.add("key-2", &vacant()).await.expect(201);
    round.stands("60", "vacant", 1).await;
    move_to(house, "2027-02-01T02:30:00Z").await;
    let first = has_reminders(house, MAE_YOM.email, 1).await.remove(0);
    assert!(first.text.contains("นายสมชาย ใจดี") && first.text.contains("/confirm#"), "{}", first.text);
    assert!(first.text.contains("๑ มีนาคม ๒๕๗๐"), "{}", first.text);
    assert!(has_reminders(house, PHRAE.email, 1).await[0].text.contains("/sign-in"));
    assert!(has_reminders(house, "w1@palad.test", 1).await[0].text.contains("/register"));
    assert!(reminders(house, NONG_BUA.email).await.is_empty(), "it has answered");
    assert!(reminders(house, "saraban@bangkok.test").await.is_empty(), "not asked");
    assert!(house.mailbox.all().await.iter().all(|mail| !mail.to.is_empty()));

    // The schedule fires twice more, once by hand on the same day.
    fire(house, "plan").await;
    move_to(house, "2027-02-02T02:30:00Z").await;
    settled().await;
    assert_eq!(reminders(house, MAE_YOM.email).await.len(), 1, "one for each step");

    // It confirms from the mail, without signing in.
    let body = json!({ "token": first.token(), "action": "confirm" });
    let _ = house.browser().post("/api/confirmations", &body).await.expect(201);
    round.stands("54", "confirmed", 1).await;

    // Fourteen days before the deadline, a Monday.
    move_to(house, "2027-02-15T02:30:00Z").await;
    let _ = has_reminders(house, PHRAE.email, 2).await;
    assert_eq!(reminders(house, MAE_YOM.email).await.len(), 1, "it has answered");
    assert!(
        house.mailbox.to(&province.officer.email).await.iter().all(|mail| !mail.subject.contains("ยังไม่ตอบ"))
    );

    // Seven days before: the province hears who owes. An agency has registered meanwhile, and is silent.
    let _ = phrae.browser.sign_in(PHRAE.code, palad_system_tests::PASSWORD).await;
    move_to(house, "2027-02-22T02:30:00Z").await;
    let _ = has_reminders(house, "w1@palad.test", 3).await;
    let digest = house.mailbox.next_about(&province.officer.email, "ยังไม่ตอบ").await;
    assert!(digest.subject.contains("จังหวัดแพร่"), "{}", digest.subject);
    for part in ["เทศบาลเมืองแพร่", "อำเภอร้องกวาง", "เทศบาลตำบลช่อแฮ · ไม่มีหมายเลขโทรศัพท์ · ยังไม่ลงทะเบียน"]
    {
        assert!(digest.text.contains(part), "{part} in {}", digest.text);
    }
    assert!(!digest.text.contains("แม่ยม"), "it has answered");
    assert_eq!(WITHOUT_MAILBOX.email, "", "nobody could be written to there");

    // Three days before the deadline is a Friday; the day before it is a Sunday, and so that Friday too: one message.
    move_to(house, "2027-02-26T02:30:00Z").await;
    let _ = has_reminders(house, "w1@palad.test", 4).await;
    move_to(house, "2027-02-28T05:00:00Z").await;
    settled().await;
    assert_eq!(reminders(house, "w1@palad.test").await.len(), 4, "nothing at the weekend");

    // The day after the deadline: late, and escalated to the province.
    move_to(house, "2027-03-02T02:30:00Z").await;
    let late = has_reminders(house, "w1@palad.test", 5).await.remove(4);
    assert!(late.subject.contains("พ้นกำหนด"), "{}", late.subject);
    let digest = house.mailbox.next_about(&province.officer.email, "พ้นกำหนดแล้ว").await;
    assert!(digest.text.contains("มีหนังสือแจ้งหน่วยงาน"), "{}", digest.text);
    let totals = round.tally("54").await;
    assert_eq!(
        (totals["confirmed"].as_u64(), totals["owing"].as_u64()),
        (Some(1), Some(expected as u64 - 2))
    );

    // The curve has a point for each day that ended, and says how many had answered by then.
    let browser = round.central().await;
    let progress = browser.get(&format!("/api/rounds/{}/progress", round.id)).await.expect(200).json();
    let curve = progress["curve"].as_array().expect("a curve");
    let day =
        |day: &str| curve.iter().find(|point| point["day"] == day).map(|point| point["answered"].as_u64());
    assert_eq!(day("2027-02-01"), Some(Some(1)), "{curve:?}");
    assert_eq!(day("2027-03-01"), Some(Some(2)), "{curve:?}");

    // When it is over, nothing goes out any more.
    move_to(house, "2027-03-20T02:30:00Z").await;
    settled().await;
    assert_eq!(reminders(house, "w1@palad.test").await.len(), 5);
    round.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_holiday_is_skipped_and_a_day_without_a_run_is_made_up_for() {
    let house = House::start().await;
    move_to(&house, OPENING).await;
    let round = opened(house, &["60"]).await;
    let house = &round.house;
    let holidays = json!({ "items": [{ "day": "2027-02-01", "name": "วันหยุดเพิ่ม" }, { "day": "2027-02-15", "name": "วันหยุดเพิ่ม" }] });
    let _ = round
        .central()
        .await
        .call("PUT", "/api/holidays")
        .json(&holidays)
        .if_match(0)
        .send()
        .await
        .expect(200);
    move_to(house, "2027-02-01T03:00:00Z").await;
    settled().await;
    assert!(reminders(house, NONG_BUA.email).await.is_empty(), "offices are closed");
    move_to(house, "2027-02-02T03:00:00Z").await;
    let _ = has_reminders(house, NONG_BUA.email, 1).await;
    // Fourteen days before the deadline is a holiday: the Friday before it is the day. On that day nothing fires, for
    // the clock jumps over it; the next working day's run makes up for it.
    house.clock().set(super::at("2027-02-16T01:00:00Z"));
    move_to(house, "2027-02-16T02:30:00Z").await;
    let _ = has_reminders(house, NONG_BUA.email, 2).await;
    round.house.stop().await;
}
