//! Killed at any moment of a proof or an approval, the system keeps no half account and gives no free guess.
//!
//! `PALAD_CLAIM_KILLS=500 cargo test -p palad-system-tests no_half_account` kills it that often.

use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use palad_domain::claim::{CODE_TRIES, ClaimId, ClaimState};
use palad_environment::{Clock, Random};
use palad_local::Reached;
use palad_store::{Aws, Claims, LetterCodes};
use palad_system_tests::{
    Browser, PASSPHRASE, PASSWORD, Spawned, amount, app, eventually, run_to_end, shown,
};
use serde_json::{Value, json};

use super::{approve, print, prove_by_letter};
use crate::PROGRAM;

/// The kinds of claims, by the number of the agency, over and over.
const KINDS: [Kind; 7] =
    [Kind::Mailbox, Kind::Approval, Kind::Letter, Kind::Guess, Kind::Mailbox, Kind::Approval, Kind::Letter];
/// How many times over for each kill: more claims than are proved before it comes.
const FOR_EACH_KILL: usize = 3;
/// How many prove claims of one kind at the same time.
const AT_ONCE: usize = 2;
/// The province of all of them.
const PROVINCE: &str = "54";

/// One agency with one claim.
struct Case {
    agency: String,
    email: String,
    browser: Browser,
    claim: String,
    /// The code that is to prove it: the mailed one, or the letter's.
    code: String,
}

/// What a claim is proved by, or tried with.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Mailbox,
    Approval,
    Guess,
    Letter,
}

impl Kind {
    fn of(number: usize) -> Self {
        KINDS[number % KINDS.len()]
    }
}

/// What was answered, over all lives of the system.
#[derive(Default)]
struct Answered {
    /// Claims that became accounts.
    active: Vec<String>,
    /// Wrong codes, by claim.
    wrong: BTreeMap<String, u32>,
    /// Proofs that were sent and not answered.
    lost: usize,
}

type Shared<T> = Arc<Mutex<T>>;

fn with<T, R>(shared: &Mutex<T>, work: impl FnOnce(&mut T) -> R) -> R {
    work(&mut shared.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Agencies of one province; those that are to be proved by mailbox have one on the list.
fn list(count: usize) -> String {
    let mut text = String::from("code,kind,name,district,province,region,official_email\n");
    for number in 0..count {
        let email = if Kind::of(number) == Kind::Mailbox { email(number) } else { String::new() };
        text.push_str(&format!("{},อบต.,ทดสอบ{},สอง,แพร่,ภาคเหนือ,{email}\n", code(number), name(number)));
    }
    text
}

fn code(number: usize) -> String {
    format!("{PROVINCE}{number:04}")
}

fn email(number: usize) -> String {
    format!("office{number}@palad.test")
}

/// A number in letters, for names have no digits.
fn name(number: usize) -> String {
    let letters = ["ก", "ข", "ค", "ง", "จ", "ฉ", "ช", "ซ", "ด", "ต"];
    number.to_string().bytes().map(|digit| letters[usize::from(digit - b'0')]).collect()
}

async fn command(data: &Path, arguments: &[&str]) {
    let mut all = vec!["--data".as_ref(), data.as_os_str(), "--no-demo".as_ref()];
    all.extend(arguments.iter().map(std::ffi::OsStr::new));
    let output = run_to_end(PROGRAM, &all, data.parent().expect("a folder")).await;
    assert!(output.status.success(), "{output:?}");
}

/// Begins every claim before anything is killed, and brings those that need it before the office.
async fn begin_all(system: &Spawned, data: &Path, count: usize) -> Vec<Case> {
    let reached = Reached::open(data, &Clock::default(), &Random::default()).await.expect("the system");
    let letters = print(reached.variables(), &Clock::default(), PROVINCE, &data.join("letters.html")).await;
    let mut cases = Vec::new();
    for number in 0..count {
        let (agency, email, browser) = (code(number), email(number), system.browser());
        let begun = browser.register(&agency, &email, PASSWORD).await.expect(202).json();
        let claim = begun["claim"].as_str().unwrap_or_default().to_owned();
        cases.push(Case { agency, email, browser, claim, code: String::new() });
    }
    let mailbox = system.mailbox();
    let mailed = eventually("every mail", async || {
        tokio::time::sleep(Duration::from_millis(500)).await;
        Some(mailbox.all().await).filter(|mails| mails.len() >= count)
    });
    let mailed: BTreeMap<String, String> =
        mailed.await.into_iter().map(|mail| (mail.to.clone(), mail.code())).collect();
    for (number, case) in cases.iter_mut().enumerate() {
        case.code = mailed[&case.email].clone();
        match Kind::of(number) {
            Kind::Letter => case.code = letters[&case.agency].clone(),
            Kind::Approval => {
                let proved = case.browser.prove(&case.claim, &case.code).await.expect(200);
                assert_eq!(proved.json(), json!({ "state": "awaiting_approval" }));
            }
            Kind::Mailbox | Kind::Guess => {}
        }
    }
    cases
}

/// An officer of the province, signed in.
async fn officer(system: &Spawned, data: &Path) -> Browser {
    const EMAIL: &str = "officer@office.test";
    command(data, &["invite-staff", "--role", "province", "--province", PROVINCE, "--email", EMAIL]).await;
    let token = system.mailbox().next_about(EMAIL, "คำเชิญ").await.token();
    let browser = system.browser();
    let app = app(&browser.look_at_invitation(&token).await.expect(200).json());
    let now = Timestamp::now();
    let _ = browser.accept_invitation(&token, &shown(&app, now)).await.expect(201);
    let begun = browser.staff_sign_in(EMAIL, PASSPHRASE).await.expect(202);
    let challenge = begun.json()["challenge"].as_str().expect("a challenge").to_owned();
    // Each step counts once: the next one is taken too.
    let code = shown(&app, now + SignedDuration::from_secs(30));
    let _ = browser.second_factor(&challenge, &code).await.expect(201);
    browser
}

/// The call that proves a claim, or tries to: its path and what it says.
fn call(kind: Kind, case: &Case) -> (String, Value) {
    let proof = format!("/api/registrations/{}/proof", case.claim);
    match kind {
        Kind::Mailbox => (proof, json!({ "code": case.code })),
        Kind::Letter => (proof, json!({ "letter_code": case.code })),
        Kind::Approval => (format!("/api/claims/{}/approval", case.claim), json!({})),
        Kind::Guess => {
            (proof, json!({ "code": if case.code == "00000000" { "00000001" } else { "00000000" } }))
        }
    }
}

/// Proves one claim after the other until the system is gone. One that was not answered is not tried again.
async fn work(
    kind: Kind,
    site: String,
    office: Browser,
    waiting: Shared<VecDeque<Arc<Case>>>,
    answered: Shared<Answered>,
) {
    while let Some(case) = with(&waiting, VecDeque::pop_front) {
        let (path, body) = call(kind, &case);
        let browser = if kind == Kind::Approval { office.copy() } else { case.browser.moved_to(&site) };
        let Ok(answer) = browser.call("POST", &path).json(&body).try_send().await else {
            with(&answered, |answered| answered.lost += usize::from(kind != Kind::Guess));
            return;
        };
        if kind == Kind::Guess {
            answer.assert_problem(422, "invalid");
            with(&answered, |answered| *answered.wrong.entry(case.claim.clone()).or_default() += 1);
        } else {
            assert_eq!(answer.expect(200).json(), json!({ "state": "active" }));
            with(&answered, |answered| answered.active.push(case.claim.clone()));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn killed_during_proofs_and_approvals_it_keeps_no_half_account() {
    let kills = amount("PALAD_CLAIM_KILLS", 50, 6);
    let count = kills * KINDS.len() * FOR_EACH_KILL;
    let folder = tempfile::tempdir().expect("a folder");
    let (data, log) = (folder.path().join("data"), folder.path().join("log"));
    let file = folder.path().join("list.csv");
    std::fs::write(&file, list(count)).expect("a file");
    command(&data, &["import", "agencies", file.to_str().expect("a path")]).await;

    let system = Spawned::start(PROGRAM, &data, &log).await;
    let cases: Vec<Arc<Case>> = begin_all(&system, &data, count).await.into_iter().map(Arc::new).collect();
    let officer = officer(&system, &data).await;
    system.kill().await;

    let waiting = [Kind::Mailbox, Kind::Approval, Kind::Letter, Kind::Guess].map(|kind| {
        // The same claim is guessed at again and again.
        let times = if kind == Kind::Guess { CODE_TRIES as usize - 1 } else { 1 };
        let of_kind = cases.iter().enumerate().filter(|(number, _)| Kind::of(*number) == kind);
        let cases = of_kind.flat_map(|(_, case)| vec![Arc::clone(case); times]).collect();
        (kind, Arc::new(Mutex::new(cases)))
    });
    let answered: Shared<Answered> = Arc::default();
    let done = || with(&answered, |answered| answered.active.len());
    for _ in 0..kills {
        let system = Spawned::start(PROGRAM, &data, &log).await;
        let office = officer.moved_to(system.site());
        let _ = office.get("/api/session").await.expect(200);
        officer.set_cookie("__Host-sid", office.cookie("__Host-sid").as_deref());
        let before = done();
        let workers: Vec<_> = waiting
            .iter()
            .flat_map(|kind| [kind; AT_ONCE])
            .map(|(kind, waiting)| {
                let (waiting, answered) = (Arc::clone(waiting), Arc::clone(&answered));
                tokio::spawn(work(*kind, system.site().to_owned(), office.copy(), waiting, answered))
            })
            .collect();
        // Once it is at work, at any moment of it.
        eventually("an answer", async || {
            (done() > before || with(&waiting[0].1, |left| left.is_empty())).then_some(())
        })
        .await;
        let random = u16::from_be_bytes(Random::default().bytes::<2>());
        tokio::time::sleep(Duration::from_micros(u64::from(random))).await;
        system.kill().await;
        for worker in workers {
            worker.await.expect("only the system ended");
        }
    }

    let known = with(&answered, std::mem::take);
    assert!(known.lost >= kills * AT_ONCE, "it was at work when it was killed: {} of {kills}", known.lost);
    assert_nothing_half(&data, &cases, &known).await;
    // What was cut off is proved by the same code, or has been.
    let system = Spawned::start(PROGRAM, &data, &log).await;
    let office = officer.moved_to(system.site());
    for (number, case) in cases.iter().enumerate().take(KINDS.len() * FOR_EACH_KILL * 4) {
        let browser = case.browser.moved_to(system.site());
        let proved = match Kind::of(number) {
            Kind::Letter => prove_by_letter(&browser, &case.claim, &case.code).await,
            Kind::Approval => approve(&office, &case.claim).await,
            Kind::Mailbox => browser.prove(&case.claim, &case.code).await,
            Kind::Guess => continue,
        };
        assert_eq!(proved.expect(200).json(), json!({ "state": "active" }));
        let _ = browser.sign_in(&case.agency, PASSWORD).await.expect(201);
    }
    system.kill().await;
    assert_nothing_half(&data, &cases, &known).await;
    command(&data, &["verify-audit"]).await;
}

/// Looks into the tables: an account exists exactly where its claim is active, and the letter is used up exactly
/// there; what was answered is there; and every guess was charged.
async fn assert_nothing_half(data: &Path, cases: &[Arc<Case>], known: &Answered) {
    let reached = Reached::open(data, &Clock::default(), &Random::default()).await.expect("the folder");
    let aws = Aws::from_environment(reached.variables()).expect("variables");
    let claims = Claims::from_environment(&aws, reached.variables()).expect("variables");
    let letters = LetterCodes::from_environment(&aws, reached.variables()).expect("variables");
    for (number, case) in cases.iter().enumerate() {
        let id = ClaimId::parse(&case.claim).expect("a claim");
        let code = case.agency.parse().expect("a code");
        let claim = claims.find(&id).await.expect("the store").expect("the claim");
        let account = claims.account(&code).await.expect("the store");
        let letter = letters.find(&code, Timestamp::now()).await.expect("the store").expect("a letter");
        let is_active = matches!(claim.state, ClaimState::Active { .. });
        assert_eq!(account.is_some(), is_active, "{}: {:?}", case.agency, claim.state);
        let is_by_letter = Kind::of(number) == Kind::Letter;
        assert_eq!(letter.used_by, (is_active && is_by_letter).then_some(id), "{}", case.agency);
        assert!(is_active || !known.active.contains(&case.claim), "{} was answered", case.agency);
        let wrong = known.wrong.get(&case.claim).copied().unwrap_or_default();
        assert!(claim.tries_left + wrong <= CODE_TRIES, "{}: a guess that was not charged", case.agency);
        assert!(!is_active || Kind::of(number) != Kind::Guess, "{}: by a wrong code", case.agency);
    }
    reached.close().await;
}
