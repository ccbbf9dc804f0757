//! Killed at any moment, the system loses nothing that it has acknowledged, and keeps nothing half.
//!
//! `PALAD_KILLS=500 cargo test -p palad-system-tests killed` kills it that often.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use palad_environment::Random;
use palad_system_tests::{
    Browser, MAE_YOM, PASSWORD, PHRAE, SignedIn, Spawned, amount, csv, held, listed, run_to_end,
};
use serde_json::json;

use crate::PROGRAM;

/// What was acknowledged, over all lives of the system.
#[derive(Default)]
struct Acknowledged {
    /// The extension that each version was saved with.
    saves: BTreeMap<u64, u64>,
    /// The address and the claim of each registration.
    registrations: Vec<String>,
    /// How many saves were sent. One that was not answered may be there, wholly, or not.
    tried: u64,
}

/// Saves until the system is gone.
async fn save(office: SignedIn, id: String, known: Arc<Mutex<Acknowledged>>) {
    let Ok(screen) = office.browser.call("GET", &office.clerks()).try_send().await else { return };
    let Some(mut version) = screen.version() else { return };
    loop {
        let number = {
            let mut known = known.lock().expect("not poisoned");
            known.tried += 1;
            known.tried
        };
        let mut post = held("สมชาย", "ใจดี");
        post["person"]["phone"] = json!(format!("0-5453-4119 ต่อ {number}"));
        let path = format!("{}/{id}", office.clerks());
        let call = office.browser.call("PUT", &path).if_match(version).json(&json!({ "post": post }));
        match call.try_send().await {
            Ok(answer) if answer.status == 200 => {
                version = answer.version().expect("a version");
                known.lock().expect("not poisoned").saves.insert(version, number);
            }
            Ok(answer) => panic!("{} {}", answer.status, answer.text),
            Err(_) => return,
        }
    }
}

/// Registers under ever new addresses until the system is gone.
async fn register(browser: Browser, round: usize, known: Arc<Mutex<Acknowledged>>) {
    for number in 0.. {
        let email = format!("k{round}-{number}@mail.test");
        let body = json!({ "agency": MAE_YOM.code, "email": email, "password": PASSWORD });
        match browser.call("POST", "/api/registrations").json(&body).try_send().await {
            Ok(answer) if answer.status == 202 => {
                known.lock().expect("not poisoned").registrations.push(email);
            }
            Ok(answer) => panic!("{} {}", answer.status, answer.text),
            Err(_) => return,
        }
    }
}

async fn import(folder: &Path, data: &Path) {
    let list = folder.join("list.csv");
    std::fs::write(&list, csv(&listed())).expect("a file");
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

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn killed_at_any_moment_it_loses_nothing_that_was_acknowledged() {
    let kills = amount("PALAD_KILLS", 25, 5);
    let folder = tempfile::tempdir().expect("a folder");
    let (data, log) = (folder.path().join("data"), folder.path().join("log"));
    import(folder.path(), &data).await;

    let system = Spawned::start(PROGRAM, &data, &log).await;
    let office = system.mailbox().sign_up(system.browser(), PHRAE).await;
    let record = office.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201).json();
    let id = record["id"].as_str().unwrap_or_default().to_owned();
    system.kill().await;

    let known = Arc::new(Mutex::new(Acknowledged::default()));
    for round in 0..kills {
        let system = Spawned::start(PROGRAM, &data, &log).await;
        let browser = office.browser.moved_to(system.site());
        let _ = browser.get("/api/session").await.expect(200);
        // The session was renewed: the next life goes on from there.
        office.browser.set_cookie("__Host-sid", browser.cookie("__Host-sid").as_deref());
        let saver = SignedIn { browser, code: PHRAE.code };
        let saving = tokio::spawn(save(saver, id.clone(), Arc::clone(&known)));
        let registering = tokio::spawn(register(system.browser(), round, Arc::clone(&known)));
        let random = u16::from_be_bytes(Random::default().bytes::<2>());
        tokio::time::sleep(Duration::from_millis(u64::from(random % 600))).await;
        system.kill().await;
        saving.await.expect("only the system ended");
        registering.await.expect("only the system ended");
    }

    let system = Spawned::start(PROGRAM, &data, &log).await;
    let office = SignedIn { browser: office.browser.moved_to(system.site()), code: PHRAE.code };
    let known = std::mem::take(&mut *known.lock().expect("not poisoned"));
    assert!(!known.saves.is_empty() && !known.registrations.is_empty(), "it was at work when it was killed");
    office.assert_no_gaps().await;
    let history = office.history().await;
    let kept: BTreeMap<u64, u64> = history
        .iter()
        .filter_map(|line| {
            let phone = line["post"]["person"]["phone"].as_str()?;
            Some((line["version"].as_u64()?, phone.split(" ต่อ ").nth(1)?.parse().ok()?))
        })
        .collect();
    for (version, number) in &known.saves {
        assert_eq!(kept.get(version), Some(number), "version {version} was acknowledged");
    }
    let screen = office.screen().await.json();
    assert_eq!(screen["current"]["version"], history[0]["version"]);
    assert_eq!(screen["current"]["post"], history[0]["post"], "the record is what its last version says");
    let entry = office.browser.get("/api/directory/549900").await.expect(200).json();
    assert_eq!(
        entry["person"]["phone"], screen["current"]["post"]["person"]["phone"],
        "and search says so too"
    );

    // An order that a killed sender had claimed is free again when its lease of two minutes has ended.
    let now = system.browser().get("/local/clock").await.expect(200).json();
    let now: jiff::Timestamp = now["now"].as_str().unwrap_or_default().parse().expect("a time");
    let later = now + jiff::SignedDuration::from_mins(3);
    let _ = system.browser().post("/local/clock", &json!({ "now": later })).await.expect(200);
    let mailbox = system.mailbox();
    let missing = async || {
        let mails = mailbox.all().await;
        let missing = known.registrations.iter().filter(|email| !mails.iter().any(|mail| mail.to == **email));
        missing.cloned().collect::<Vec<_>>()
    };
    for _ in 0..200 {
        if missing().await.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let dead = std::fs::read_dir(data.join("queue/palad-local-mail-dead")).map_or(0, Iterator::count);
    assert_eq!(missing().await, [""; 0], "mail that was ordered is sent; {dead} orders are dead letters");
    // At most once for each lease: who was killed between sending and noting it may send once more.
    let mails = mailbox.all().await;
    let twice =
        known.registrations.iter().filter(|email| mails.iter().filter(|mail| mail.to == **email).count() > 1);
    assert!(twice.count() <= kills, "a mail is sent twice only where its sender was killed");
    system.kill().await;
}
