//! Nothing personal is in what the system prints, whatever happens: a journey with words that are easy
//! to find again.

use std::ffi::OsStr;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use palad_environment::Random;
use palad_system_tests::{Listed, PASSPHRASE, PHRAE, Spawned, app, csv, held, run_to_end, shown};
use serde_json::json;

use crate::PROGRAM;

const MAILBOX: Listed = Listed { email: "canary-mailbox@phrae.test", ..PHRAE };
const NUMBER: &str = "70418629";
const NEW_NUMBER: &str = "91827405";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_personal_is_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, log, list) =
        (folder.path().join("data"), folder.path().join("log"), folder.path().join("list.csv"));
    std::fs::write(&list, csv(&[MAILBOX])).expect("a file");
    let arguments = [
        "--data".as_ref(),
        data.as_os_str(),
        "--no-demo".as_ref(),
        "import".as_ref(),
        "agencies".as_ref(),
        list.as_os_str(),
    ];
    let imported = run_to_end(PROGRAM, &arguments, folder.path()).await;
    assert!(imported.status.success(), "{imported:?}");

    let system = Spawned::start(PROGRAM, &data, &log).await;
    let (browser, mailbox) = (system.browser(), system.mailbox());
    let mut canaries: Vec<String> = [
        NUMBER,
        NEW_NUMBER,
        "70418628",
        "canary-mailbox",
        "canary-stranger",
        "canary-query",
        "canary-path",
        "canary-body",
        "canary-key",
        "canary-header",
        "มะลิวัลย์",
        "นกขมิ้น",
        "9876",
        "054539876",
        "5453-9876",
        "6586",
    ]
    .map(str::to_owned)
    .into();

    let proof = mailbox.begin(&browser, PHRAE.code, MAILBOX.email, NUMBER).await;
    canaries.extend([proof.claim.clone(), proof.code.clone()]);
    let _ = browser.prove(&proof.claim, &proof.code).await.expect(200);
    let _ = browser.register(PHRAE.code, "canary-stranger@mail.test", "123456").await.expect(422);
    let _ = browser.sign_in(PHRAE.code, "70418628").await.expect(401);
    let _ = browser.sign_in(PHRAE.code, NUMBER).await.expect(201);
    canaries
        .extend(browser.cookie("__Host-sid").and_then(|token| token.split('.').nth(2).map(str::to_owned)));
    canaries.extend(browser.cookie("__Host-device"));

    let mut post = held("มะลิวัลย์", "นกขมิ้น");
    post["person"]["phone"] = json!("0-5453-9876");
    let clerks = "/api/agencies/549900/clerks";
    let call = browser.call("POST", clerks).key("canary-key").header("x-canary", "canary-header");
    let added = call.json(&json!({ "post": post })).send().await.expect(201).json();
    let path = format!("{clerks}/{}", added["id"].as_str().unwrap_or_default());
    for body in ["{\"canary-body\":", "{\"canary-body\":1}", "{\"post\":{\"state\":\"canary-body\"}}"] {
        let call = browser.call("PUT", &path).if_match(1).header("content-type", "application/json");
        let refused = call.body(body).send().await;
        assert!((400..500).contains(&refused.status));
    }
    for path in [
        "/api/directory?q=canary-query",
        "/api/directory?q=มะลิวัลย์",
        "/api/directory?q=054539876",
        "/api/directory?cursor=canary-query",
        "/api/agencies/canary-path/clerks",
        "/api/canary-path",
        "/canary-path",
    ] {
        let _ = browser.get(path).await;
    }

    let other = system.browser();
    let asked = other.sign_in(PHRAE.code, NUMBER).await.expect(202).json();
    let challenge = asked["challenge"].as_str().unwrap_or_default().to_owned();
    let code = mailbox.next_about(MAILBOX.email, "เข้าสู่ระบบ").await.code();
    let _ = other.give_code(&challenge, &code).await.expect(201);
    canaries.extend([challenge, code]);
    canaries.extend(other.cookie("__Host-sid").and_then(|token| token.split('.').nth(2).map(str::to_owned)));
    let question = json!({ "agency": PHRAE.code, "email": MAILBOX.email });
    let _ = other.post("/api/password-resets", &question).await.expect(202);
    let token = mailbox.next_about(MAILBOX.email, "ตั้งรหัสผ่านใหม่").await.token();
    let _ = other
        .post(&format!("/api/password-resets/{token}"), &json!({ "password": NEW_NUMBER }))
        .await
        .expect(204);
    canaries.push(token);
    let guessed = format!("/api/password-resets/{}", Random::default().token());
    canaries.push(guessed.rsplit('/').next().unwrap_or_default().to_owned());
    let _ = other.post(&guessed, &json!({ "password": NEW_NUMBER })).await.expect(410);
    let _ = mailbox.next_about(MAILBOX.email, "เปลี่ยนรหัสผ่านแล้ว").await;

    canaries.extend(an_officer(&system, &data).await);

    let printed = system.printed();
    for route in [
        "/api/registrations/{claim}/proof",
        "/api/session",
        "/api/password-resets/{token}",
        "/api/staff/session/totp",
    ] {
        assert!(printed.contains(route), "the log has a line for each request: {printed}");
    }
    // Four digits may be in a time or an identifier by chance; then they stand between other digits.
    let stands_alone = |canary: &str| {
        let is_part =
            |c: Option<char>| canary.len() <= 4 && c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.');
        printed.match_indices(canary).any(|(at, _)| {
            !is_part(printed[..at].chars().next_back())
                && !is_part(printed[at + canary.len()..].chars().next())
        })
    };
    let found: Vec<&String> = canaries.iter().filter(|canary| stands_alone(canary)).collect();
    assert!(found.is_empty(), "{found:?} in {printed}");
    system.kill().await;
}

/// An officer is invited, accepts, errs and signs in: what of that must not be printed.
async fn an_officer(system: &Spawned, data: &Path) -> Vec<String> {
    let email = "canary-officer@office.test";
    let arguments = ["--data", "", "invite-staff", "--role", "central", "--email", email].map(OsStr::new);
    let arguments = arguments.map(|argument| if argument.is_empty() { data.as_os_str() } else { argument });
    let invited = run_to_end(PROGRAM, &arguments, data).await;
    assert!(invited.status.success(), "{invited:?}");
    let token = system.mailbox().next_about(email, "คำเชิญ").await.token();

    let browser = system.browser();
    let seen = browser.look_at_invitation(&token).await.expect(200).json();
    let app = app(&seen);
    let now = Timestamp::now();
    let accepted = browser.accept_invitation(&token, &shown(&app, now)).await.expect(201).json();
    let begun = async |passphrase: &str| {
        let begun = browser.staff_sign_in(email, passphrase).await.expect(202).json();
        begun["challenge"].as_str().expect("a challenge").to_owned()
    };
    let (wrong, right) = (begun("canary passphrase, a wrong one").await, begun(PASSPHRASE).await);
    let _ = browser.second_factor(&wrong, "000000").await;
    let next = shown(&app, now + SignedDuration::from_secs(30));
    let _ = browser.second_factor(&right, &next).await.expect(201);
    let session = browser.cookie("__Host-sid").and_then(|token| token.split('.').nth(2).map(str::to_owned));

    let mut canaries = ["canary-officer", "canary passphrase", "ปลาทูทอด", "สมศรี"].map(str::to_owned).to_vec();
    canaries.extend([token, wrong, right]);
    canaries.extend(seen["totp"]["secret"].as_str().map(str::to_owned));
    let codes = accepted["recovery_codes"].as_array().into_iter().flatten();
    canaries.extend(codes.filter_map(|code| code.as_str()).map(str::to_owned));
    canaries.extend(session);
    canaries
}
