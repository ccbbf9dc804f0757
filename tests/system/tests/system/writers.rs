//! Many writers at the same time: no update is lost, and every history counts without gaps.
//!
//! `PALAD_SAVES=5 cargo test -p palad-system-tests sixty_four_writers` lets each writer save five times.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use palad_environment::Random;
use palad_system_tests::{House, SignedIn, amount, held, writers};
use serde_json::{Value, json};

const WRITERS: usize = 64;

/// The save of one writer, told apart by the extension of the telephone number.
fn post(writer: usize, save: usize) -> (String, Value) {
    let extension = format!("{}", 1000 + writer * 100 + save);
    let mut post = held("สมชาย", "ใจดี");
    post["person"]["phone"] = json!(format!("0-5453-4119 ต่อ {extension}"));
    (extension, post)
}

fn extension(post: &Value) -> String {
    let phone = post["person"]["phone"].as_str().unwrap_or_default();
    phone.rsplit(' ').next().unwrap_or_default().to_owned()
}

/// As a client should: longer each time and never the same, so that two do not meet again and again.
fn pause(attempt: u32) -> Duration {
    let spread = u64::from(Random::default().bytes::<1>()[0]);
    Duration::from_millis((10 << attempt.min(6)) * spread / 255)
}

/// Saves so often, each time upon the version that stands, and gives what was acknowledged.
async fn write(office: Arc<SignedIn>, id: String, writer: usize, saves: usize) -> Vec<(u64, String)> {
    let mut acknowledged = Vec::new();
    let mut version = office.version().await;
    for save in 0..saves {
        let (extension, post) = post(writer, save);
        for attempt in 0_u32.. {
            let answer = office.edit(&id, version, &post).await;
            match answer.status {
                200 => {
                    version = answer.version().expect("a version");
                    assert_eq!(answer.json()["version"], version);
                    acknowledged.push((version, extension));
                    break;
                }
                412 => {
                    answer.assert_problem(412, "stale");
                    version = answer.json()["current_version"].as_u64().expect("the version that stands");
                    tokio::time::sleep(pause(attempt)).await;
                }
                // Busy: nothing was changed, and the same may be tried again.
                409 | 503 => version = office.version().await,
                other => panic!("{other}: {}", answer.text),
            }
        }
    }
    acknowledged
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_writers_lose_no_update_on_eight_agencies() {
    let saves = amount("PALAD_SAVES", 50, 5);
    let house = House::start().await;
    let mut offices = Vec::new();
    for agency in writers() {
        let office = house.sign_up(agency).await;
        let record = office.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201).json();
        offices.push((Arc::new(office), record["id"].as_str().unwrap_or_default().to_owned()));
    }
    let running: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (office, id) = offices[writer % offices.len()].clone();
            tokio::spawn(write(office, id, writer, saves))
        })
        .collect();
    let mut acknowledged: Vec<BTreeMap<u64, String>> = vec![BTreeMap::new(); offices.len()];
    for (writer, task) in running.into_iter().enumerate() {
        for (version, extension) in task.await.expect("a writer ends") {
            let earlier = acknowledged[writer % offices.len()].insert(version, extension);
            assert_eq!(earlier, None, "two saves were told the same version {version}");
        }
    }
    let expected = u64::try_from(WRITERS / offices.len() * saves + 1).expect("a count");
    for ((office, _), acknowledged) in offices.iter().zip(acknowledged) {
        assert_eq!(office.version().await, expected);
        office.assert_no_gaps().await;
        let kept: BTreeMap<u64, String> = office
            .history()
            .await
            .iter()
            .filter(|line| line["action"] == "edited")
            .map(|line| (line["version"].as_u64().unwrap_or_default(), extension(&line["post"])))
            .collect();
        assert_eq!(kept, acknowledged, "what was acknowledged is what was kept");
    }
    house.stop().await;
}
