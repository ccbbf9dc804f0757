//! An office decides: of its own province alone, never its own claim, and once.

use jiff::SignedDuration;
use palad_domain::staff::StaffPlace;
use palad_local::operations;
use palad_system_tests::{
    Browser, House, MAE_YOM, NONG_BUA, PASSWORD, PHRAE, WITHOUT_MAILBOX, csv, run_to_end,
};
use serde_json::json;

use super::{approve, begin, later, owner_by_letter, queue, refuse, state_after};
use crate::PROGRAM;

/// A claim that waits for an office, and the browser that made it.
async fn claim(house: &House, email: &str) -> (Browser, String) {
    let browser = house.browser();
    let proof = begin(house, &browser, WITHOUT_MAILBOX, email).await;
    assert_eq!(state_after(&browser, &proof).await, "awaiting_approval");
    (browser, proof.claim)
}

/// How many lines of the audit of the officer's office say this.
async fn told(officer: &Browser, words: &str) -> usize {
    let trail = officer.get("/api/staff/audit").await.expect(200).json();
    let lines = trail["items"].as_array().cloned().unwrap_or_default();
    lines.iter().filter(|line| line["what"]["th"].as_str().is_some_and(|th| th.contains(words))).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_claim_is_decided_by_its_province_or_the_centre() {
    let house = House::start().await;
    let (claimant, id) = claim(&house, "malee@mail.test").await;
    let own = house.province("54").await.browser;
    let other = house.province("60").await.browser;
    let district = house.district("54", "เมืองแพร่").await.browser;
    let central = house.central().await.browser;
    let agency = house.sign_up(PHRAE).await.browser;

    for browser in [&other, &district, &agency] {
        approve(browser, &id).await.assert_problem(403, "forbidden");
        refuse(browser, &id, "other").await.assert_problem(403, "forbidden");
        browser.get("/api/claims?province=54").await.assert_problem(403, "forbidden");
    }
    for browser in [&district, &agency] {
        browser.get("/api/claims").await.assert_problem(403, "forbidden");
    }
    for browser in [&claimant, &house.browser()] {
        approve(browser, &id).await.assert_problem(401, "not-signed-in");
        browser.get("/api/claims").await.assert_problem(401, "not-signed-in");
    }
    assert!(queue(&other).await.is_empty());
    assert_eq!(told(&other, "นอกพื้นที่").await, 1, "two refusals of a day, one line");
    for browser in [&own, &central] {
        assert_eq!(told(browser, "นอกพื้นที่").await, 0);
        assert_eq!(queue(browser).await.iter().map(|claim| &claim["id"]).collect::<Vec<_>>(), [&json!(id)]);
        approve(browser, "AAAAAAAAAAAAAAAAAAAAAA").await.assert_problem(404, "not-found");
        approve(browser, "short").await.assert_problem(404, "not-found");
        refuse(browser, &id, "no such reason").await.assert_problem(422, "invalid");
        browser.get("/api/claims?cursor=x").await.assert_problem(422, "invalid");
    }
    // A claim that is not proved is nobody's business.
    let unproved = begin(&house, &house.browser(), MAE_YOM, "malee@mail.test").await;
    approve(&own, &unproved.claim).await.assert_problem(404, "not-found");
    assert_eq!(queue(&own).await.len(), 1);

    assert_eq!(approve(&central, &id).await.expect(200).json(), json!({ "state": "active" }));
    assert_eq!(approve(&own, &id).await.expect(200).json(), json!({ "state": "active" }), "sent again");
    refuse(&own, &id, "other").await.assert_problem(409, "overtaken");
    let _ = claimant.sign_in(WITHOUT_MAILBOX.code, PASSWORD).await.expect(201);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_officer_does_not_decide_his_own_claim() {
    let house = House::start().await;
    let place = StaffPlace::parse("province", Some("54"), None).expect("a place");
    let token = house.invite_staff(&place, "officer@office.test").await;
    let officer = house.accept_invitation("officer@office.test", &token).await;

    // Under another address, but in the browser in which he then signs in.
    let browser = house.browser();
    let proof = begin(&house, &browser, MAE_YOM, "hidden@mail.test").await;
    assert_eq!(state_after(&browser, &proof).await, "awaiting_approval");
    let _ = officer.sign_in(&house, &browser).await;
    // In another browser, but under his own address.
    let (_, by_address) = claim(&house, "officer@office.test").await;
    for own in [&proof.claim, &by_address] {
        approve(&browser, own).await.assert_problem(403, "own-claim");
        refuse(&browser, own, "duplicate").await.assert_problem(403, "own-claim");
    }
    assert_eq!(told(&browser, "ของตนเอง").await, 1, "four refusals of a day, one line");
    // Another officer may.
    let other = house.province("54").await.browser;
    let _ = approve(&other, &by_address).await.expect(200);
    let _ = refuse(&other, &proof.claim, "wrong_agency").await.expect(204);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_office_sees_who_claims_whom_to_call_and_who_else() {
    let house = House::start().await;
    let list = csv(&[WITHOUT_MAILBOX]).replace("official_email\n", "official_email,official_phone\n");
    let list = list.trim_end().to_owned() + ",๐-๕๔๕๑-๑๐๖๐ ต่อ ๑๒\n";
    let file = house.data().join("list.csv");
    std::fs::write(&file, list).expect("a file");
    let data = house.data();
    let arguments =
        ["--data".as_ref(), data.as_os_str(), "import".as_ref(), "agencies".as_ref(), file.as_os_str()];
    let imported = run_to_end(PROGRAM, &arguments, data).await;
    assert!(imported.status.success(), "{imported:?}");

    let officer = house.province("54").await.browser;
    let mut ids = Vec::new();
    for number in 0..23 {
        ids.push(claim(&house, &format!("claimant{number}@mail.test")).await.1);
        later(&house, SignedDuration::from_secs(1));
    }
    let page = officer.get("/api/claims?province=54").await.expect(200).json();
    assert_eq!(page["items"].as_array().map(Vec::len), Some(20));
    assert!(page["next"].is_string());
    let listed = queue(&officer).await;
    assert_eq!(
        listed.iter().map(|claim| claim["id"].clone()).collect::<Vec<_>>(),
        ids,
        "the oldest first, each once"
    );
    let first = &listed[0];
    assert_eq!(first["email"], "claimant0@mail.test");
    assert_eq!(first["state"], "awaiting_approval");
    assert_eq!(first["agency"]["code"], WITHOUT_MAILBOX.code);
    assert_eq!(first["agency"]["district"], WITHOUT_MAILBOX.district);
    assert_eq!(first["telephone"], "0-5451-1060 ต่อ 12");
    assert_eq!((&first["has_account"], &first["others"]), (&json!(false), &json!(22)));
    let others = first["other_claims"].as_array().cloned().expect("the others");
    assert_eq!(others.len(), 10, "the first of them");
    assert_eq!(others[0]["email"], "claimant1@mail.test");
    assert_eq!(others[0]["state"], "awaiting_approval");
    assert_eq!(others[0]["created_at"], listed[1]["created_at"]);
    assert_eq!(listed[1]["other_claims"][0]["email"], "claimant0@mail.test");
    assert!(
        first["created_at"].is_string() && first["expires_at"].is_string() && first.get("from").is_none()
    );

    let _ = approve(&officer, &ids[5]).await.expect(200);
    let listed = queue(&officer).await;
    assert_eq!(listed.len(), 22);
    assert!(listed.iter().all(|claim| claim["has_account"] == true && claim["others"] == 21));
    // Those that others overtook are still claims; they are judged against the account that now stands.
    let waits = approve(&officer, &ids[6]).await.expect(200).json();
    assert_eq!(waits["state"], "waiting");

    // After a month they are gone, for the list and for a decision.
    later(&house, SignedDuration::from_hours(24 * 31));
    let officer = house.province("54").await.browser;
    assert!(queue(&officer).await.is_empty());
    approve(&officer, &ids[0]).await.assert_problem(410, "claim-expired");
    refuse(&officer, &ids[0], "other").await.assert_problem(410, "claim-expired");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_refusal_is_told_and_final() {
    let house = House::start().await;
    let officer = house.province("54").await.browser;
    let browser = house.browser();
    let proof = begin(&house, &browser, WITHOUT_MAILBOX, "malee@mail.test").await;
    assert_eq!(state_after(&browser, &proof).await, "awaiting_approval");
    let _ = refuse(&officer, &proof.claim, "wrong_agency").await.expect(204);
    let _ = refuse(&officer, &proof.claim, "wrong_agency").await.expect(204);
    let told = house.mailbox.next_about("malee@mail.test", "ไม่ได้รับอนุมัติ").await;
    assert!(told.text.contains("สังกัดหน่วยงานอื่น"), "{}", told.text);
    approve(&officer, &proof.claim).await.assert_problem(409, "overtaken");
    browser.prove(&proof.claim, &proof.code).await.assert_problem(410, "claim-refused");
    assert!(queue(&officer).await.is_empty());
    assert_eq!(browser.sign_in(WITHOUT_MAILBOX.code, PASSWORD).await.status, 202);
    // A new registration is a new chance.
    let (_, again) = claim(&house, "malee@mail.test").await;
    let _ = approve(&officer, &again).await.expect(200);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_approval_and_refusal_at_the_same_moment_one_wins() {
    let house = House::start().await;
    let (one, two) = (house.province("54").await.browser, house.central().await.browser);
    for number in 0..6 {
        let (claimant, id) = claim(&house, "same@mail.test").await;
        let (approved, refused) = tokio::join!(approve(&one, &id), refuse(&two, &id, "other"));
        let ends = (approved.status, refused.status);
        assert!(matches!(ends, (200, 409) | (409, 204)), "{number}: {ends:?}");
        let signed_in = claimant.sign_in(WITHOUT_MAILBOX.code, PASSWORD).await.status;
        assert_eq!(signed_in == 201, ends.0 == 200, "{number}");
    }
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_centre_sees_every_province() {
    let house = House::start().await;
    let central = house.central().await.browser;
    let (_, phrae) = claim(&house, "malee@mail.test").await;
    let browser = house.browser();
    let proof = begin(&house, &browser, NONG_BUA, "somchai@mail.test").await;
    assert_eq!(state_after(&browser, &proof).await, "awaiting_approval");
    let ids: Vec<_> = queue(&central).await.iter().map(|claim| claim["id"].clone()).collect();
    assert_eq!(ids, [json!(phrae), json!(proof.claim)], "by province");
    let one = central.get("/api/claims?province=60").await.expect(200).json();
    assert_eq!(one["items"].as_array().map(Vec::len), Some(1));
    central.get("/api/claims?province=99").await.assert_problem(422, "invalid");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_officer_who_was_suspended_a_moment_ago_decides_nothing() {
    let house = House::start().await;
    let officer = house.province("54").await;
    let central = house.central().await.browser;
    let (claimant, id) = claim(&house, "malee@mail.test").await;
    let staff = central.get("/api/staff?province=54").await.expect(200).json();
    let mut listed = staff["items"].as_array().into_iter().flatten();
    let item = listed.find(|item| item["email"] == officer.officer.email).expect("it is listed");
    let key = item["id"].as_str().expect("a key");
    let _ = central.post(&format!("/api/staff/{key}/suspension"), &json!({})).await.expect(204);
    approve(&officer.browser, &id).await.assert_problem(401, "not-signed-in");
    refuse(&officer.browser, &id, "other").await.assert_problem(401, "not-signed-in");
    assert_eq!(claimant.sign_in(WITHOUT_MAILBOX.code, PASSWORD).await.status, 202);
    assert_eq!(queue(&central).await.len(), 1, "the claim stands as it did");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_operator_approves_by_the_same_rules() {
    let house = House::start().await;
    let _ = owner_by_letter(&house, MAE_YOM, "owner@mail.test").await;
    let browser = house.browser();
    let proof = begin(&house, &browser, MAE_YOM, "malee@mail.test").await;
    assert_eq!(state_after(&browser, &proof).await, "awaiting_approval");
    let data = house.data();
    let arguments = ["--data".as_ref(), data.as_os_str(), "approve".as_ref(), proof.claim.as_ref()];
    let approved = run_to_end(PROGRAM, &arguments, data).await;
    let said = String::from_utf8_lossy(&approved.stdout).into_owned();
    assert!(approved.status.success() && said.contains("belongs to another address"), "{approved:?}");
    let _ = house.mailbox.next_about("owner@mail.test", "มีผู้ขอรับช่วง").await;
    assert_eq!(state_after(&browser, &proof).await, "waiting");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_decides_by_a_clock_from_before_the_proof() {
    let house = House::start().await;
    let officer = house.province("54").await.browser;
    later(&house, SignedDuration::from_mins(8));
    let (_, id) = claim(&house, "malee@mail.test").await;

    later(&house, SignedDuration::from_mins(-4));
    approve(&officer, &id).await.assert_problem(410, "claim-expired");
    refuse(&officer, &id, "other").await.assert_problem(410, "claim-expired");
    let refused = operations::approve(&house.variables().await, house.clock().clone(), &id).await;
    let Err(why) = refused else { panic!("the operator approved it") };
    assert!(why.contains("set the clock right"), "{why}");

    later(&house, SignedDuration::from_mins(4));
    let _ = approve(&officer, &id).await.expect(200);
    house.stop().await;
}
