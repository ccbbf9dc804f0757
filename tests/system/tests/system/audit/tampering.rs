//! Tampering with the store itself: whatever is done to the stored lines is found.

use std::collections::HashMap;
use std::process::Output;

use aws_sdk_dynamodb::types::AttributeValue;
use palad_environment::Variables;
use palad_system_tests::{House, MAE_YOM, PHRAE, SignedIn, held, vacant};
use serde_json::json;

use super::intruder::{Intruder, key, line};
use super::{lines, said, verify};
use crate::PROGRAM;

/// The same on a stack, by its stage.
async fn verify_stage(variables: &Variables) -> Output {
    let mut command = tokio::process::Command::new(PROGRAM);
    command.args(["--stage", "local", "verify-audit"]);
    for name in ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL_DYNAMODB"] {
        command.env(name, variables.get(name).expect("a variable"));
    }
    command.output().await.expect("it runs")
}

/// An agency with nine lines: its account, and eight changes of its record.
async fn nine_lines(house: &House) -> (SignedIn, String) {
    let office = house.sign_up(PHRAE).await;
    let record = office.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201).json();
    let id = record["id"].as_str().expect("a key").to_owned();
    for version in 1..=7 {
        let post = if version % 2 == 0 { held("สมชาย", "ใจดี") } else { vacant() };
        let _ = office.edit(&id, version, &post).await.expect(200);
    }
    assert_eq!(lines(&office.browser, PHRAE.code).await.len(), 9);
    (office, id)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_is_done_to_the_stored_lines_is_found() {
    let house = House::start().await;
    let _ = nine_lines(&house).await;
    let _ = house.sign_up(MAE_YOM).await;
    let intruder = Intruder::of(&house).await;
    let pk = format!("AGENCY#{}", PHRAE.code);
    let mut kept = HashMap::new();
    for number in 1..=9 {
        kept.insert(number, intruder.get(&pk, &line(number)).await);
    }
    let head = intruder.get(&pk, "HEAD").await;
    let whole = verify(&house, &[]).await;
    assert!(whole.status.success() && said(&whole).contains("10 lines in"), "{whole:?}");
    let of_stage = verify_stage(&intruder.variables).await;
    assert!(of_stage.status.success() && said(&of_stage) == said(&whole), "{of_stage:?}");

    let finds = async |what: &str, faults: &[&str]| {
        for more in [&["--agency", PHRAE.code][..], &[]] {
            let found = verify(&house, more).await;
            assert_eq!(found.status.code(), Some(1), "{what}: {found:?}");
            let expected: String = faults.iter().map(|fault| format!("{} {fault}\n", PHRAE.code)).collect();
            assert_eq!(said(&found), expected, "{what}");
        }
        let other = verify(&house, &["--agency", MAE_YOM.code]).await;
        assert!(other.status.success(), "{what}: {other:?}");
        // And made good again.
        for item in kept.values().chain([&head]) {
            intruder.put("AUDIT_TABLE", item.clone()).await;
        }
        intruder.delete(&pk, &line(10)).await;
        assert!(verify(&house, &[]).await.status.success(), "{what}");
    };

    // Changed: one word of it, somebody else blamed.
    let mut changed = kept[&4].clone();
    let text =
        changed["sealed"].as_s().expect("text").replace("\"agency\",\"staff\"", "\"central\",\"staff\"");
    changed.insert("sealed".to_owned(), AttributeValue::S(text));
    assert_ne!(changed, kept[&4]);
    intruder.put("AUDIT_TABLE", changed).await;
    finds("changed", &["line 4: changed"]).await;

    intruder.delete(&pk, &line(5)).await;
    finds("removed", &["line 5: removed"]).await;
    intruder.delete(&pk, &line(9)).await;
    finds("the last one removed", &["line 9: removed"]).await;
    intruder.delete(&pk, "HEAD").await;
    finds("the head removed", &["lines 1 to 9: added"]).await;

    // The last one removed, and the head set back to fit: the record has a version that nobody tells of.
    intruder.delete(&pk, &line(9)).await;
    let mut back = head.clone();
    back.insert("chain_lines".to_owned(), AttributeValue::N("8".to_owned()));
    back.insert("chain_hash".to_owned(), kept[&8]["chain_hash"].clone());
    intruder.put("AUDIT_TABLE", back).await;
    finds(
        "the last one removed with its head",
        &["record version 8: the record and the lines about it do not agree"],
    )
    .await;

    let mut added = kept[&9].clone();
    added.extend(key(&pk, &line(10)));
    intruder.put("AUDIT_TABLE", added).await;
    finds("added", &["line 10: moved here from another place", "line 10: added"]).await;

    let (mut third, mut fourth) = (kept[&4].clone(), kept[&3].clone());
    third.extend(key(&pk, &line(3)));
    fourth.extend(key(&pk, &line(4)));
    intruder.put("AUDIT_TABLE", third).await;
    intruder.put("AUDIT_TABLE", fourth).await;
    finds(
        "two that changed places",
        &["line 3: moved here from another place", "line 4: moved here from another place"],
    )
    .await;

    let mut foreign = intruder.get(&format!("AGENCY#{}", MAE_YOM.code), &line(1)).await;
    foreign.extend(key(&pk, &line(1)));
    intruder.put("AUDIT_TABLE", foreign).await;
    finds("another agency's", &["line 1: moved here from another place"]).await;
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_folder_from_before_there_was_a_chain_goes_on() {
    let house = House::start().await;
    let (office, id) = nine_lines(&house).await;
    let intruder = Intruder::of(&house).await;
    let pk = format!("AGENCY#{}", PHRAE.code);
    // As an earlier program left it: a line for each version of the record, and no chain.
    for number in 1..=9 {
        intruder.delete(&pk, &line(number)).await;
    }
    intruder.delete(&pk, "HEAD").await;
    for version in 1..=8 {
        let mut item = key(&pk, &format!("RECORD#{version:010}"));
        item.insert("at".to_owned(), AttributeValue::S("2026-11-01T00:00:00Z".to_owned()));
        intruder.put("AUDIT_TABLE", item).await;
    }
    let verified = verify(&house, &["--agency", PHRAE.code]).await;
    assert!(verified.status.success(), "{verified:?}");
    assert!(lines(&office.browser, PHRAE.code).await.is_empty());

    let _ = office.edit(&id, 8, &held("สมชาย", "ใจดี")).await.expect(200);
    let all = lines(&office.browser, PHRAE.code).await;
    assert_eq!((all.len(), &all[0]["number"]), (1, &json!(1)));
    let verified = verify(&house, &["--agency", PHRAE.code]).await;
    assert!(verified.status.success(), "{verified:?}");
    house.stop().await;
}
