//! Byte for byte the same answer, whatever is true of the agency.

use std::collections::BTreeSet;

use palad_system_tests::{Answer, House, MAE_YOM, NONG_BUA, PASSWORD, PHRAE, WITHOUT_MAILBOX};

const WRONG: &str = "60418273";

/// All of an answer but what is random: the date, the request's name, the challenge and the token of the
/// device, of which the lengths stay.
fn without_chance(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let headers = answer.headers.iter().map(|(name, value)| {
        let value = value.to_str().expect("text");
        let value = match name.as_str() {
            "date" | "x-request-id" | "apigw-requestid" => value.len().to_string(),
            "set-cookie" => {
                let (pair, guards) = value.split_once(';').expect("guards");
                let (name, token) = pair.split_once('=').expect("a value");
                format!("{name}={};{guards}", token.len())
            }
            _ => value.to_owned(),
        };
        (name.as_str().to_owned(), value)
    });
    let body = answer.json();
    let random = [&body["challenge"], &body["request_id"]];
    let body = random
        .iter()
        .filter_map(|part| part.as_str())
        .fold(answer.text.clone(), |text, part| text.replace(part, &"x".repeat(part.len())));
    (answer.status, headers.collect(), body)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_account_a_waiting_claim_a_wrong_number_and_the_right_one_are_answered_alike() {
    let house = House::start().await;
    let _ = house.sign_up(PHRAE).await;
    let claimant = house.browser();
    let proof = house.mailbox.begin(&claimant, WITHOUT_MAILBOX.code, "clerk@mail.test", PASSWORD).await;
    let _ = claimant.prove(&proof.claim, &proof.code).await.expect(200);
    let _ = house.mailbox.begin(&house.browser(), NONG_BUA.code, NONG_BUA.email, PASSWORD).await;

    let cases = [
        ("no account", MAE_YOM, PASSWORD),
        ("a claim that waits for approval", WITHOUT_MAILBOX, PASSWORD),
        ("a claim that waits for its code", NONG_BUA, PASSWORD),
        ("a wrong number", PHRAE, WRONG),
        ("the right number", PHRAE, PASSWORD),
    ];
    let mut answers = BTreeSet::new();
    for (_, agency, number) in &cases {
        answers.insert(without_chance(&house.browser().sign_in(agency.code, number).await.expect(202)));
    }
    assert_eq!(answers.len(), 1, "{answers:#?}");

    // And when the allowance is used up.
    let mut refusals = BTreeSet::new();
    for (what, agency, number) in &cases[..4] {
        let mut answer = house.browser().sign_in(agency.code, number).await;
        for _ in 0..25 {
            if answer.status == 429 {
                break;
            }
            answer = house.browser().sign_in(agency.code, number).await;
        }
        answer.assert_problem(429, "too-many-tries");
        let (status, headers, body) = without_chance(&answer);
        // The wait is the same to the minute; its seconds run.
        let headers: Vec<_> = headers.into_iter().filter(|(name, _)| name != "retry-after").collect();
        assert!(body.contains("1 ชั่วโมง 12 นาที"), "{what}: {body}");
        refusals.insert((status, headers, body));
    }
    assert_eq!(refusals.len(), 1, "{refusals:#?}");
    house.stop().await;
}
