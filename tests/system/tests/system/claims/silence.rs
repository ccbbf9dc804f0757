//! No answer tells whether an agency is free, claimed or taken, or whether a letter was ever written to it.

use std::collections::BTreeSet;

use palad_domain::claim::CLAIM_CODE_LIFE;
use palad_domain::letter_code::LETTER_CODE_TRIES_OF_A_NETWORK;
use palad_system_tests::{Answer, House, MAE_YOM, NONG_BUA, PASSWORD, PHRAE};

use super::{begin, letters, prove_by_letter};

/// The bytes of an answer, with what is random and of one length in all of them put out, and the names of its
/// headers with the lengths of their values.
fn bytes(answer: &Answer, random: &str) -> (u16, String, BTreeSet<(String, usize)>) {
    assert!(!random.is_empty() && answer.text.contains(random), "{}", answer.text);
    let headers = answer.headers.iter().map(|(name, value)| {
        // The date is the same length, but the seconds need not be the same; cookies are random throughout.
        (name.as_str().to_owned(), value.len())
    });
    (answer.status, answer.text.replace(random, &"*".repeat(random.len())), headers.collect())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn beginning_a_registration_gives_the_same_bytes_for_every_agency() {
    let house = House::start().await;
    let _ = house.sign_up(PHRAE).await;
    let _ = begin(&house, &house.browser(), MAE_YOM, "rival@mail.test").await;
    let mut seen = BTreeSet::new();
    for agency in [PHRAE, MAE_YOM, NONG_BUA] {
        let browser = house.browser();
        let begun = browser.register(agency.code, "other@mail.test", PASSWORD).await.expect(202);
        let claim = begun.json()["claim"].as_str().unwrap_or_default().to_owned();
        assert_eq!(claim.len(), 22);
        seen.insert(bytes(&begun, &claim));
    }
    assert_eq!(seen.len(), 1, "taken, claimed and free: {seen:?}");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_wrong_code_of_a_letter_gives_the_same_bytes_whether_there_is_a_letter_or_not() {
    let house = House::start().await;
    // A letter that was used, one that was not, and none at all, for another province.
    let codes = letters(&house, "54").await;
    let owner = house.browser();
    let proof = begin(&house, &owner, PHRAE, "owner@mail.test").await;
    let _ = prove_by_letter(&owner, &proof.claim, &codes[PHRAE.code]).await.expect(200);

    let mut seen = BTreeSet::new();
    for (agency, typed) in [
        (PHRAE, "00000-00000"),
        (PHRAE, codes[PHRAE.code].as_str()),
        (MAE_YOM, "00000-00000"),
        (NONG_BUA, "00000-00000"),
        (NONG_BUA, codes[PHRAE.code].as_str()),
    ] {
        let browser = house.browser();
        let proof = begin(&house, &browser, agency, "stranger@mail.test").await;
        let refused = prove_by_letter(&browser, &proof.claim, typed).await.expect(422);
        let request = refused.json()["request_id"].as_str().unwrap_or_default().to_owned();
        seen.insert(bytes(&refused, &request));
    }
    assert_eq!(seen.len(), 1, "{seen:?}");

    // Nor do the tries: they are used up alike with a letter and without.
    let mut seen = BTreeSet::new();
    for (agency, before) in [(MAE_YOM, 1), (NONG_BUA, 2)] {
        let browser = house.browser();
        let mut answers = Vec::new();
        for number in 0..=LETTER_CODE_TRIES_OF_A_NETWORK / 5 {
            let email = format!("guesser{number}@mail.test");
            let begun = browser.register(agency.code, &email, PASSWORD).await.expect(202).json();
            let claim = begun["claim"].as_str().expect("a claim").to_owned();
            for _ in 0..5 {
                answers.push(prove_by_letter(&browser, &claim, "00000-00000").await.status);
            }
        }
        assert_eq!(answers.iter().filter(|status| **status == 422).count() + before, 50, "{answers:?}");
        seen.insert(answers.last().copied());
        // Whoever has to wait for a try waits less long than the claim stands.
        let email = "owner@mail.test";
        let begun = browser.register(agency.code, email, PASSWORD).await.expect(202).json();
        let claim = begun["claim"].as_str().expect("a claim").to_owned();
        let refused = prove_by_letter(&browser, &claim, "00000-00000").await;
        let wait = refused.header("retry-after").and_then(|text| text.parse::<i64>().ok());
        assert!(wait.is_some_and(|wait| wait < CLAIM_CODE_LIFE.as_secs() / 2), "{wait:?}");
    }
    assert_eq!(seen, BTreeSet::from([Some(429)]));
    house.stop().await;
}
