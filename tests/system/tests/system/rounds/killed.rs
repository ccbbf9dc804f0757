//! An opening that is killed half-way is gone on with, and ends in the list that it would have ended in.

use std::path::Path;
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, ToSpan};
use palad_domain::province::Province;
use palad_domain::staff::StaffPlace;
use palad_environment::{Clock, Random};
use palad_local::Reached;
use palad_local::operations::{Invitee, invite_staff};
use palad_system_tests::{Browser, Listed, PASSPHRASE, Spawned, amount, app, csv, run_to_end, shown};
use palad_thai::date::bangkok_day;
use ring::digest::{SHA256, digest};
use serde_json::json;

use crate::PROGRAM;

/// Agencies of the country of this test, some of each province.
fn country(count: usize) -> Vec<Listed> {
    let provinces: Vec<Province> = Province::all().collect();
    let agency = |number: usize| Listed {
        code: Box::leak(format!("{:06}", 200_000 + number).into_boxed_str()),
        kind: "อบต.",
        name: "หนองบัว",
        district: Box::leak(format!("อำเภอ{}", number % 7).into_boxed_str()),
        province: provinces[number % provinces.len()].name(),
        email: "",
    };
    (0..count).map(agency).collect()
}

async fn import(agencies: &[Listed], folder: &Path, data: &Path) {
    let list = folder.join("list.csv");
    std::fs::write(&list, csv(agencies)).expect("a file");
    let arguments = [
        "--data".as_ref(),
        data.as_os_str(),
        "--no-demo".as_ref(),
        "import".as_ref(),
        "agencies".as_ref(),
        list.as_os_str(),
    ];
    let imported = run_to_end(PROGRAM, &arguments, folder).await;
    assert!(imported.status.success(), "{imported:?}");
}

/// A browser of the central office.
async fn central(system: &Spawned, data: &Path) -> Browser {
    let reached = Reached::open(data, &Clock::default(), &Random::default()).await.expect("a running system");
    let place = StaffPlace::Central;
    let email = "central@office.test";
    let invitee = Invitee { role: place.role(), province: None, district: None, email };
    let variables = reached.variables().clone();
    invite_staff(&variables, Clock::default(), Random::default(), &invitee).await.expect("an invitation");
    let token = system.mailbox().next_about(email, "คำเชิญ").await.token();
    let browser = system.browser();
    let app = app(&browser.look_at_invitation(&token).await.expect(200).json());
    let now = Clock::default().now();
    let _ = browser.accept_invitation(&token, &shown(&app, now)).await.expect(201);
    let begun = browser.staff_sign_in(email, PASSPHRASE).await.expect(202).json();
    let challenge = begun["challenge"].as_str().unwrap_or_default();
    // Each code works once: the one of the next step is taken already.
    let _ =
        browser.second_factor(challenge, &shown(&app, now + SignedDuration::from_secs(30))).await.expect(201);
    browser
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_opening_that_is_killed_half_way_is_gone_on_with() {
    let (agencies, kills) = (amount("PALAD_OPENING", 2000, 1000), amount("PALAD_OPENING_KILLS", 8, 4));
    let folder = tempfile::tempdir().expect("a folder");
    let (data, log) = (folder.path().join("data"), folder.path().join("log"));
    let agencies = country(agencies);
    import(&agencies, folder.path(), &data).await;
    let system = Spawned::start(PROGRAM, &data, &log).await;
    let mut browser = central(&system, &data).await;
    let today = bangkok_day(Clock::default().now());
    let excused = agencies[10].code;
    let terms = json!({
        "title": "ทั้งประเทศ", "letter": { "number": "ว 1", "date": today },
        "dates": { "opens": today, "deadline": today.saturating_add(10.days()), "closes": today.saturating_add(20.days()) },
        "scope": { "exceptions": [{ "agency": excused, "reason": "ยุบรวม" }] },
    });
    let id = super::make(&browser, &terms).await;
    let path = format!("/api/rounds/{id}/opening");
    system.kill().await;

    let mut half_way = 0;
    for kill in 0..kills {
        let system = Spawned::start(PROGRAM, &data, &log).await;
        browser = browser.moved_to(system.site());
        if browser.get(&format!("/api/rounds/{id}")).await.expect(200).json()["state"] == "opening" {
            half_way += 1;
        }
        let opener = browser.copy();
        let (call, nothing) = (path.clone(), json!({}));
        let opening = tokio::spawn(async move { opener.call("POST", &call).json(&nothing).try_send().await });
        let random = u64::from(u16::from_be_bytes(Random::default().bytes::<2>()));
        let most = 60 + 60 * u64::try_from(kill).expect("a small number");
        tokio::time::sleep(Duration::from_millis(random % most)).await;
        system.kill().await;
        let _ = opening.await.expect("only the system ended");
    }
    let system = Spawned::start(PROGRAM, &data, &log).await;
    let browser = browser.moved_to(system.site());
    // Two officers at the same time do no harm either; one of them may be told to look again.
    let (one, other) = (browser.copy(), browser.copy());
    let nothing = json!({});
    let (one, other) = tokio::join!(one.post(&path, &nothing), other.post(&path, &nothing));
    for answer in [one, other] {
        assert!(matches!(answer.status, 200 | 202 | 409 | 412), "{} {}", answer.status, answer.text);
    }
    let mut round = browser.get(&format!("/api/rounds/{id}")).await.expect(200).json();
    for _ in 0..5 {
        if round["state"] == "open" {
            break;
        }
        let answer = browser.post(&path, &nothing).await;
        assert!(matches!(answer.status, 200 | 202), "{} {}", answer.status, answer.text);
        round = answer.json();
    }
    assert_eq!(round["state"], "open", "{round}");
    assert!(half_way > 0, "no kill came in the middle: give it more agencies");

    let mut lines: Vec<String> = agencies
        .iter()
        .map(|agency| {
            format!("{} {}\n", agency.code, if agency.code == excused { "excused" } else { "expected" })
        })
        .collect();
    lines.sort();
    let hash = BASE64URL_NOPAD.encode(digest(&SHA256, lines.concat().as_bytes()).as_ref());
    assert_eq!((&round["frozen"]["hash"], &round["frozen"]["excused"]), (&json!(hash), &json!(1)));
    assert_eq!(round["frozen"]["expected"], json!(agencies.len() - 1));
    let progress = browser.get(&format!("/api/rounds/{id}/progress")).await.expect(200).json();
    assert_eq!(
        (&progress["tally"]["all"], &progress["tally"]["exempt"]),
        (&json!(agencies.len()), &json!(1))
    );
    assert_eq!(progress["areas"].as_array().map(Vec::len), Some(77));
    system.kill().await;
}
