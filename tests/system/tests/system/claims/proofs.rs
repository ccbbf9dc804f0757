//! The three proofs, and what is tried in their place.

use jiff::SignedDuration;
use palad_system_tests::{Answer, House, MAE_YOM, NONG_BUA, PASSWORD, PHRAE, WITHOUT_MAILBOX, held, writers};
use serde_json::json;

use super::{ANOTHER, approve, begin, later, letters, prove_by_letter, queue, state_after};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_of_three_proofs_opens_an_account() {
    let house = House::start().await;
    let codes = letters(&house, "54").await;
    let officer = house.province("54").await.browser;

    let by_mailbox = house.browser();
    let proof = begin(&house, &by_mailbox, PHRAE, PHRAE.email).await;
    assert_eq!(state_after(&by_mailbox, &proof).await, "active");

    // As people type it: in lower case, with the letters that look like digits, without the dash.
    let by_letter = house.browser();
    let proof = begin(&house, &by_letter, MAE_YOM, "somchai@mail.test").await;
    let typed = codes[MAE_YOM.code].to_lowercase().replace('0', "o").replace('1', "l").replace('-', " ");
    let proved = prove_by_letter(&by_letter, &proof.claim, &typed).await.expect(200);
    assert_eq!(proved.json(), json!({ "state": "active" }));

    let by_approval = house.browser();
    let proof = begin(&house, &by_approval, WITHOUT_MAILBOX, "malee@mail.test").await;
    assert_eq!(state_after(&by_approval, &proof).await, "awaiting_approval");
    assert_eq!(by_approval.sign_in(WITHOUT_MAILBOX.code, PASSWORD).await.status, 202, "not yet");
    let approved = approve(&officer, &proof.claim).await.expect(200);
    assert_eq!(approved.json(), json!({ "state": "active" }));

    for (browser, agency) in [(by_mailbox, PHRAE), (by_letter, MAE_YOM), (by_approval, WITHOUT_MAILBOX)] {
        let _ = browser.sign_in(agency.code, PASSWORD).await.expect(201);
    }
    for email in [PHRAE.email, "somchai@mail.test", "malee@mail.test"] {
        let _ = house.mailbox.next_about(email, "เปิดบัญชี").await;
    }
    assert!(queue(&officer).await.is_empty());
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_proof_that_is_sent_again_opens_nothing_a_second_time() {
    let house = House::start().await;
    let codes = letters(&house, "54").await;
    let mailed = house.browser();
    let first = begin(&house, &mailed, PHRAE, PHRAE.email).await;
    let written = house.browser();
    let second = begin(&house, &written, MAE_YOM, "somchai@mail.test").await;
    let code = &codes[MAE_YOM.code];
    for _ in 0..3 {
        assert_eq!(state_after(&mailed, &first).await, "active");
        let proved = prove_by_letter(&written, &second.claim, code).await.expect(200);
        assert_eq!(proved.json(), json!({ "state": "active" }));
        // Had it opened anew, this session would have ended with it.
        for (browser, agency) in [(&mailed, PHRAE), (&written, MAE_YOM)] {
            if browser.cookie("__Host-sid").is_none() {
                let _ = browser.sign_in(agency.code, PASSWORD).await.expect(201);
            }
            let _ = browser.get("/api/session").await.expect(200);
        }
    }
    let opened = house.mailbox.to("somchai@mail.test").await;
    let opened = opened.iter().filter(|mail| mail.subject.contains("เปิดบัญชี")).count();
    assert!(opened <= 1, "told once however often it is sent: {opened}");

    // The letter is used up: it proves no other claim.
    let other = house.browser();
    let third = begin(&house, &other, MAE_YOM, "thief@mail.test").await;
    let refused = prove_by_letter(&other, &third.claim, code).await;
    refused.assert_problem(422, "invalid");
    assert_eq!(refused.pointers(), ["/letter_code"]);
    let _ = written.get("/api/session").await.expect(200);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn codes_work_in_the_browser_that_claimed_alone_and_are_charged_elsewhere_too() {
    let house = House::start().await;
    let codes = letters(&house, "54").await;
    let owner = house.browser();
    let first = begin(&house, &owner, PHRAE, PHRAE.email).await;
    let second = begin(&house, &owner, MAE_YOM, "somchai@mail.test").await;
    let stranger = house.browser();
    for _ in 0..2 {
        stranger.prove(&first.claim, &first.code).await.assert_problem(410, "claim-expired");
        let refused = prove_by_letter(&stranger, &second.claim, &codes[MAE_YOM.code]).await;
        refused.assert_problem(410, "claim-expired");
    }
    assert_eq!(state_after(&owner, &first).await, "active");
    for _ in 0..3 {
        let refused = prove_by_letter(&stranger, &second.claim, &codes[MAE_YOM.code]).await;
        refused.assert_problem(410, "claim-expired");
    }
    let late = prove_by_letter(&owner, &second.claim, &codes[MAE_YOM.code]).await;
    late.assert_problem(410, "claim-expired");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn codes_end_with_their_time_and_a_clock_that_is_set_back_does_not_bring_them_back() {
    let house = House::start().await;
    let codes = letters(&house, "54").await;
    let browser = house.browser();
    let proof = begin(&house, &browser, MAE_YOM, "somchai@mail.test").await;
    later(&house, -SignedDuration::from_hours(1));
    browser.prove(&proof.claim, &proof.code).await.assert_problem(410, "claim-expired");
    later(&house, SignedDuration::from_hours(1) + SignedDuration::from_mins(61));
    browser.prove(&proof.claim, &proof.code).await.assert_problem(410, "claim-expired");
    let refused = prove_by_letter(&browser, &proof.claim, &codes[MAE_YOM.code]).await;
    refused.assert_problem(410, "claim-expired");

    later(&house, SignedDuration::from_hours(24 * 119));
    let in_time = begin(&house, &browser, MAE_YOM, "somchai@mail.test").await;
    let _ = prove_by_letter(&browser, &in_time.claim, &codes[MAE_YOM.code]).await.expect(200);
    later(&house, SignedDuration::from_hours(24));
    let late = begin(&house, &browser, PHRAE, "somchai@mail.test").await;
    let refused = prove_by_letter(&browser, &late.claim, &codes[PHRAE.code]).await;
    refused.assert_problem(422, "invalid");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_sixth_try_comes_too_late_at_the_claim_and_takes_nothing_from_another() {
    let house = House::start().await;
    let codes = letters(&house, "54").await;
    let browser = house.browser();
    let proof = begin(&house, &browser, MAE_YOM, "somchai@mail.test").await;
    let unread = prove_by_letter(&browser, &proof.claim, "K7P2M").await;
    assert_eq!((unread.status, unread.pointers()), (422, vec!["/letter_code".to_owned()]));
    for left in (0..5).rev() {
        let refused = prove_by_letter(&browser, &proof.claim, "00000-00000").await;
        refused.assert_problem(422, "invalid");
        assert_eq!(refused.pointers(), ["/letter_code"]);
        let said = refused.json()["errors"][0]["detail_en"].to_string();
        assert!(left == 0 || said.contains(&format!("{left} more times")), "{said}");
    }
    let refused = prove_by_letter(&browser, &proof.claim, &codes[MAE_YOM.code]).await;
    refused.assert_problem(410, "claim-expired");

    let again = begin(&house, &browser, MAE_YOM, "somchai@mail.test").await;
    let _ = prove_by_letter(&browser, &again.claim, &codes[MAE_YOM.code]).await.expect(200);

    // Both codes are charged at the same claim.
    let mixed = begin(&house, &browser, PHRAE, PHRAE.email).await;
    for _ in 0..3 {
        assert_eq!(prove_by_letter(&browser, &mixed.claim, "00000-00000").await.status, 422);
    }
    let wrong = if mixed.code == "00000000" { "00000001" } else { "00000000" };
    for _ in 0..2 {
        assert_eq!(browser.prove(&mixed.claim, wrong).await.status, 422);
    }
    browser.prove(&mixed.claim, &mixed.code).await.assert_problem(410, "claim-expired");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_letter_proves_its_own_agency_and_the_latest_one_counts() {
    let house = House::start().await;
    let old = letters(&house, "54").await;
    let browser = house.browser();
    let proof = begin(&house, &browser, MAE_YOM, "somchai@mail.test").await;
    assert_eq!(prove_by_letter(&browser, &proof.claim, &old[PHRAE.code]).await.status, 422);
    let new = letters(&house, "54").await;
    assert_ne!(old[MAE_YOM.code], new[MAE_YOM.code]);
    assert_eq!(prove_by_letter(&browser, &proof.claim, &old[MAE_YOM.code]).await.status, 422);
    let both = json!({ "code": proof.code, "letter_code": new[MAE_YOM.code] });
    let both = browser.post(&format!("/api/registrations/{}/proof", proof.claim), &both).await;
    assert_eq!((both.status, both.pointers()), (422, vec!["/letter_code".to_owned()]));
    let _ = prove_by_letter(&browser, &proof.claim, &new[MAE_YOM.code]).await.expect(200);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_proofs_at_the_same_moment_one_wins() {
    let house = House::start().await;
    let codes = letters(&house, "54").await;
    for agency in writers() {
        let (one, two) = (house.browser(), house.browser());
        let first = house.mailbox.begin(&one, agency.code, "one@mail.test", PASSWORD).await;
        let second = house.mailbox.begin(&two, agency.code, "two@mail.test", ANOTHER).await;
        let code = &codes[agency.code];
        let (first, second) = tokio::join!(
            prove_by_letter(&one, &first.claim, code),
            prove_by_letter(&two, &second.claim, code)
        );
        let won = [&first, &second].map(|answer| answer.status == 200);
        assert!(won[0] != won[1], "{} {}", first.text, second.text);
        let lost: &Answer = if won[0] { &second } else { &first };
        assert!(matches!(lost.status, 409 | 422 | 429), "{}", lost.text);
        assert_eq!(one.sign_in(agency.code, PASSWORD).await.status == 201, won[0]);
        assert_eq!(two.sign_in(agency.code, ANOTHER).await.status == 201, won[1]);
    }

    // By mailbox and by letter: whichever comes first, the letter has the account in the end, and the mailbox waits
    // for it or had it.
    let (by_mailbox, by_letter) = (house.browser(), house.browser());
    let first = begin(&house, &by_mailbox, PHRAE, PHRAE.email).await;
    let second = house.mailbox.begin(&by_letter, PHRAE.code, "two@mail.test", ANOTHER).await;
    let (first, second) = tokio::join!(
        by_mailbox.prove(&first.claim, &first.code),
        prove_by_letter(&by_letter, &second.claim, &codes[PHRAE.code])
    );
    assert!(matches!(first.expect(200).json()["state"].as_str(), Some("active" | "waiting")));
    assert_eq!(second.expect(200).json(), json!({ "state": "active" }));
    let _ = by_letter.sign_in(PHRAE.code, ANOTHER).await.expect(201);
    assert_eq!(by_mailbox.sign_in(PHRAE.code, PASSWORD).await.status, 202);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_claims_stand_at_once_and_none_blocks_another() {
    let house = House::start().await;
    let officer = house.province("60").await.browser;
    let mut squatters = Vec::new();
    for number in 0..20 {
        let browser = house.browser();
        let proof = begin(&house, &browser, NONG_BUA, &format!("squatter{number}@mail.test")).await;
        if number % 2 == 0 {
            assert_eq!(state_after(&browser, &proof).await, "awaiting_approval");
        }
        squatters.push((browser, proof));
    }
    // The rightful officer comes last, and has the account at once.
    let owner = house.sign_up(NONG_BUA).await;
    let _ = owner.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201);
    for (browser, proof) in &squatters {
        assert_eq!(state_after(browser, proof).await, "awaiting_approval");
    }
    let listed = queue(&officer).await;
    assert_eq!(listed.len(), 20);
    assert!(listed.iter().all(|claim| claim["has_account"] == true && claim["others"] == 19), "{listed:?}");
    let _ = owner.browser.get("/api/session").await.expect(200);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_letter_is_no_proof_by_a_clock_that_went_back_to_before_it_was_printed() {
    let house = House::start().await;
    let codes = letters(&house, "54").await;
    let browser = house.browser();
    later(&house, SignedDuration::from_hours(-1));
    let proof = begin(&house, &browser, MAE_YOM, "somchai@mail.test").await;
    prove_by_letter(&browser, &proof.claim, &codes[MAE_YOM.code]).await.assert_problem(422, "invalid");
    later(&house, SignedDuration::from_hours(1));
    let proof = begin(&house, &browser, MAE_YOM, "somchai@mail.test").await;
    let proved = prove_by_letter(&browser, &proof.claim, &codes[MAE_YOM.code]).await.expect(200);
    assert_eq!(proved.json(), json!({ "state": "active" }));
    house.stop().await;
}
