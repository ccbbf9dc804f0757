//! Killed in the middle of sign-ins, the system gives no free guess: what was answered, and what was judged, was
//! charged before.
//!
//! `PALAD_GUESS_KILLS=500 cargo test -p palad-system-tests killed_while` kills it that often.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use palad_domain::guessing::{GuardKind, UNKNOWN_DEVICE_TRIES};
use palad_environment::{Clock, Random};
use palad_local::Reached;
use palad_store::{Aws, Tries, TriesScope};
use palad_system_tests::{Browser, Spawned, amount, run_to_end};

use super::day::{Invented, invented};
use super::guess;
use crate::PROGRAM;

/// Agencies with an account that are guessed at: fewer than one network may try.
const GUESSED_AT: usize = 30;
/// Guesses under way at the same time.
const AT_ONCE: usize = 3;
/// The longest life, in milliseconds: long enough for a few sign-ins in a debug build.
const LIFE: u16 = 300;

/// How often each agency answered that the number was judged, over all lives.
type Answered = Arc<Mutex<BTreeMap<String, usize>>>;

/// The right number of an agency: so that whatever was judged orders a mail.
fn number(place: usize) -> String {
    format!("8392{:04}", 1_507 + place * 13)
}

async fn import(data: &std::path::Path, folder: &std::path::Path, list: &[Invented]) {
    let file = folder.join("list.csv");
    std::fs::write(&file, super::day::text(list)).expect("a file");
    let arguments = [
        OsStr::new("--data"),
        data.as_os_str(),
        OsStr::new("--no-demo"),
        OsStr::new("import"),
        OsStr::new("agencies"),
        file.as_os_str(),
    ];
    let imported = run_to_end(PROGRAM, &arguments, folder).await;
    assert!(imported.status.success(), "{imported:?}");
}

/// Opens the accounts, from browsers that are then forgotten.
async fn register(system: &Spawned, list: &[Invented]) {
    let mut begun = Vec::new();
    for (place, agency) in list.iter().enumerate() {
        let browser = system.browser();
        let answer = browser.register(&agency.code, &agency.mailbox, &number(place)).await.expect(202).json();
        begun.push((browser, answer["claim"].as_str().expect("a claim").to_owned()));
    }
    let mailbox = system.mailbox();
    for ((browser, claim), agency) in begun.iter().zip(list) {
        let code = mailbox.next(&agency.mailbox).await.code();
        let _ = browser.prove(claim, &code).await.expect(200);
    }
}

/// Guesses at one agency until the system is gone, or lets no more through.
async fn guess_on(browser: Browser, agency: String, number: String, answered: Answered) {
    let body = serde_json::json!({ "agency": agency, "password": number });
    loop {
        match browser.call("POST", "/api/session").json(&body).try_send().await {
            Ok(answer) if answer.status == 202 => {
                *answered.lock().expect("not poisoned").entry(agency.clone()).or_default() += 1;
                // A stranger, each time.
                browser.set_cookie("__Host-device", None);
            }
            Ok(answer) => assert_eq!(answer.status, 429, "{}", answer.text),
            Err(_) => return,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn killed_while_strangers_sign_in_it_gives_no_free_guess() {
    let kills = amount("PALAD_GUESS_KILLS", 100, 10);
    let folder = tempfile::tempdir().expect("a folder");
    let (data, log) = (folder.path().join("data"), folder.path().join("log"));
    let list = invented(GUESSED_AT + GuardKind::Network.room());
    import(&data, folder.path(), &list).await;
    let system = Spawned::start(PROGRAM, &data, &log).await;
    register(&system, &list[..GUESSED_AT]).await;
    system.kill().await;

    let answered = Answered::default();
    for round in 0..kills {
        let system = Spawned::start(PROGRAM, &data, &log).await;
        let guessing: Vec<_> = (0..AT_ONCE)
            .map(|at| {
                let place = (round * AT_ONCE + at) / 2 % GUESSED_AT;
                let agency = list[place].code.clone();
                tokio::spawn(guess_on(system.browser(), agency, number(place), Arc::clone(&answered)))
            })
            .collect();
        let random = u16::from_be_bytes(Random::default().bytes::<2>());
        tokio::time::sleep(Duration::from_millis(u64::from(random % LIFE))).await;
        system.kill().await;
        for guess in guessing {
            guess.await.expect("only the system ended");
        }
    }

    // The counters, as the last life left them.
    let reached = Reached::open(&data, &Clock::default(), &Random::default()).await.expect("the stores");
    let aws = Aws::from_environment(reached.variables()).expect("variables");
    let tries = Tries::from_environment(&aws, reached.variables()).expect("variables");
    let mut charged = BTreeMap::new();
    for agency in &list[..GUESSED_AT] {
        let code = agency.code.parse().expect("a code");
        let scope = TriesScope::UnknownDevices(&code);
        let mut left = 0;
        while tries.charge(scope, jiff::Timestamp::now()).await.expect("the store").is_ok() {
            left += 1;
        }
        charged.insert(agency.code.clone(), usize::try_from(UNKNOWN_DEVICE_TRIES - left).expect("a count"));
    }
    reached.close().await;

    let answered = std::mem::take(&mut *answered.lock().expect("not poisoned"));
    let all: usize = answered.values().sum();
    assert!(all > kills / 4, "it was at work when it was killed: {all}");
    for (agency, answered) in &answered {
        assert!(charged[agency] >= *answered, "{agency}: {answered} answered, {} charged", charged[agency]);
    }
    // Nor was anything judged that was not charged: each right number that was judged ordered one mail.
    let system = Spawned::start(PROGRAM, &data, &log).await;
    let mailbox = system.mailbox();
    palad_system_tests::eventually("the mails of what was answered", async || {
        let mails = mailbox.all().await;
        let sent = mails.iter().filter(|mail| mail.subject.contains("เข้าสู่ระบบ")).count();
        // Who was killed with an order in its hands sends it when the lease has ended; not now.
        (sent + kills * AT_ONCE >= all).then_some(())
    })
    .await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let mails = mailbox.all().await;
    for agency in &list[..GUESSED_AT] {
        let to_it = mails.iter().filter(|mail| mail.to == agency.mailbox);
        let judged = to_it.filter(|mail| mail.subject.contains("เข้าสู่ระบบ")).count();
        let charged = charged[&agency.code];
        assert!(charged >= judged, "{}: {judged} judged, {charged} charged", agency.code);
    }

    // The guards were charged as well: of the network no more agencies are let through than it has room for,
    let asking = system.browser();
    let home = Ipv4Addr::LOCALHOST;
    let mut let_through = 0;
    for agency in &list[GUESSED_AT..] {
        let_through += usize::from(guess(&asking, home, &agency.code, "70418629").await.status == 202);
        if let_through > GuardKind::Network.room() {
            break;
        }
    }
    let room = GuardKind::Network.room() - answered.len();
    assert!(let_through <= room.min(GuardKind::Number.room()), "{let_through} of {room}");
    // and of each number too.
    for (place, agency) in
        list[..GUESSED_AT].iter().enumerate().filter(|(_, one)| answered.contains_key(&one.code)).take(3)
    {
        let mut let_through = 0;
        for (at, other) in list[GUESSED_AT..].iter().take(GuardKind::Number.room() + 1).enumerate() {
            let from = Ipv4Addr::new(10, 9, u8::try_from(at).expect("a byte"), 1);
            let_through += usize::from(guess(&asking, from, &other.code, &number(place)).await.status == 202);
        }
        assert_eq!(let_through, GuardKind::Number.room() - 1, "{}", agency.code);
    }
    eprintln!("{kills} kills, {all} guesses answered, {} charged", charged.values().sum::<usize>());
    system.kill().await;
}
