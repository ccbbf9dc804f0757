//! Invitations: from the command line, from an office, for a week, once, and again.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use palad_system_tests::{House, PASSPHRASE, app, shown};
use serde_json::{Value, json};

use crate::PROGRAM;

use super::{CENTRAL, challenge, invite, later, phrae, run, staff};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_first_officer_is_invited_from_the_command_line_and_signs_in_by_app() {
    let house = House::start().await;
    let email = "somsri@kto.test";
    let invited = run(&house, &["--role", "central", "--email", email]).await;
    assert!(invited.status.success(), "{invited:?}");
    let letter = house.mailbox.next_about(email, "คำเชิญ").await;
    assert!(letter.text.contains("สำนักงาน ก.ถ.") && letter.text.contains("/staff/invitation#"));
    let token = letter.token();
    let printed = String::from_utf8_lossy(&invited.stdout).into_owned();
    assert!(!printed.contains(&token) && !printed.contains(email), "nothing secret: {printed}");

    let browser = house.browser();
    let seen = browser.look_at_invitation(&token).await.expect(200);
    assert_eq!(
        seen.json(),
        browser.look_at_invitation(&token).await.expect(200).json(),
        "a look changes nothing"
    );
    let seen = seen.json();
    assert_eq!((&seen["email"], &seen["role"]), (&json!(email), &json!("central")));
    assert!(seen["province"].is_null() && seen["district"].is_null());
    let uri = seen["totp"]["uri"].as_str().expect("a URI");
    assert!(uri.starts_with("otpauth://totp/Palad:somsri@kto.test?secret="), "{uri}");
    assert!(seen["totp"]["qr"]["side"].as_i64().is_some_and(|side| side > 30));
    assert!(seen["totp"]["qr"]["path"].as_str().is_some_and(|path| path.starts_with("M4 4h7v1")));

    let app = app(&seen);
    let now = house.clock().now();
    let accepted = browser.accept_invitation(&token, &shown(&app, now)).await.expect(201).json();
    let codes: BTreeSet<String> = accepted["recovery_codes"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|code| code.as_str().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(codes.len(), 10, "{accepted}");
    assert!(codes.iter().all(|code| code.len() == 11 && code.as_bytes()[5] == b'-'));
    let _ = house.mailbox.next_about(email, "ใช้งานได้แล้ว").await;
    assert_eq!(browser.cookie("__Host-sid"), None, "accepting is no signing in");

    // The code that proved the app is used up; the next one signs in, once.
    let begun = challenge(&browser.staff_sign_in("Somsri@KTO.test", PASSPHRASE).await.expect(202));
    browser.second_factor(&begun, &shown(&app, now)).await.assert_problem(401, "wrong-sign-in");
    let next = shown(&app, now + SignedDuration::from_secs(30));
    let session = browser.second_factor(&begun, &next).await.expect(201);
    let cookie = session.header("set-cookie").unwrap_or_default();
    assert!(cookie.starts_with("__Host-sid=") && cookie.ends_with("; Secure; HttpOnly; SameSite=Strict"));
    let session = session.json();
    assert_eq!((&session["role"], &session["agency"]), (&json!("central"), &Value::Null));
    assert_eq!(
        session["staff"],
        json!({
            "name": "นางสาวสมศรี ใจดี",
            "email": email,
            "place": { "role": "central", "province": null, "district": null },
        })
    );
    assert_eq!(browser.get("/api/session").await.expect(200).json()["staff"], session["staff"]);
    let again = challenge(&browser.staff_sign_in(email, PASSPHRASE).await.expect(202));
    browser.second_factor(&again, &next).await.assert_problem(401, "wrong-sign-in");
    browser.second_factor(&begun, &next).await.assert_problem(410, "code-expired");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_invitation_ends_after_a_week_or_by_being_used() {
    let house = House::start().await;
    let (email, place) = ("somchai@office.test", phrae());
    let token = house.invite_staff(&place, email).await;
    let browser = house.browser();
    // Nor does a clock that is set back give it a longer life.
    later(&house, SignedDuration::from_hours(-1)).await;
    browser.look_at_invitation(&token).await.assert_problem(410, "invitation-expired");
    browser.accept_invitation(&token, "123456").await.assert_problem(410, "invitation-expired");
    later(&house, SignedDuration::from_hours(1)).await;
    let _ = browser.look_at_invitation(&token).await.expect(200);
    later(&house, SignedDuration::from_hours(24 * 7)).await;
    browser.look_at_invitation(&token).await.assert_problem(410, "invitation-expired");
    browser.accept_invitation(&token, "123456").await.assert_problem(410, "invitation-expired");
    for none in ["", "no-such-token", &token[1..]] {
        browser.look_at_invitation(none).await.assert_problem(410, "invitation-expired");
    }

    let (first, second) =
        (house.invite_staff(&place, email).await, house.invite_staff(&CENTRAL, email).await);
    let app = app(&browser.look_at_invitation(&second).await.expect(200).json());
    let code = shown(&app, house.clock().now());
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let body = json!({ "token": second, "name": "", "passphrase": "too short", "code": wrong });
    let refused = browser.post("/api/staff/invitations/acceptance", &body).await;
    refused.assert_problem(422, "invalid");
    assert_eq!(refused.pointers(), ["/name", "/passphrase", "/code"]);
    browser.accept_invitation(&second, wrong).await.assert_problem(422, "invalid");
    // Refusals use nothing up; of ten that accept at once, one does.
    let waiting: Vec<_> = (0..10)
        .map(|_| {
            let (browser, token, code) = (house.browser(), second.clone(), code.clone());
            tokio::spawn(async move { browser.accept_invitation(&token, &code).await.status })
        })
        .collect();
    let mut accepted = 0;
    for answer in waiting {
        match answer.await.expect("an answer") {
            201 => accepted += 1,
            status => assert_eq!(status, 410),
        }
    }
    assert_eq!(accepted, 1);
    browser.look_at_invitation(&second).await.assert_problem(410, "invitation-expired");
    // The other invitation was to an address without an account.
    browser.look_at_invitation(&first).await.assert_problem(410, "invitation-expired");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_is_invited_again_sets_everything_anew_and_may_be_moved() {
    let house = House::start().await;
    let (chief, officer) = (house.central().await, house.province("54").await);
    let email = officer.officer.email.clone();
    let _ = invite(&chief, &email, "province", Some("40"), None).await.expect(202);
    let token = house.mailbox.next_about(&email, "คำเชิญ").await.token();
    let _ = officer.browser.get("/api/session").await.expect(200);
    let renewed = house.accept_invitation(&email, &token).await;
    let _ = house.mailbox.next_about(&email, "ตั้งบัญชีเจ้าหน้าที่ใหม่").await;

    officer.browser.get("/api/session").await.assert_problem(401, "not-signed-in");
    let begun = challenge(&officer.browser.staff_sign_in(&email, PASSPHRASE).await.expect(202));
    let old = officer.officer.code(&house);
    officer.browser.second_factor(&begun, &old).await.assert_problem(401, "wrong-sign-in");
    let code = &officer.officer.recovery_codes[0];
    officer.browser.second_factor(&begun, code).await.assert_problem(401, "wrong-sign-in");
    let session = renewed.sign_in(&house, &officer.browser).await.json();
    assert_eq!(session["staff"]["place"]["province"], "40");
    assert!(staff(&chief, "?province=54").await.is_empty());
    assert_eq!(staff(&chief, "?province=40").await.len(), 1);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_command_line_says_what_is_wrong_in_one_sentence() {
    let house = House::start().await;
    for (arguments, words) in [
        (vec!["--role", "central", "--email", "nonsense"], "e-mail address"),
        (vec!["--role", "province", "--email", "a@office.test"], "province: Choose the province."),
        (vec!["--role", "central", "--province", "54", "--email", "a@office.test"], "Leave it out."),
        (
            vec!["--role", "district", "--province", "54", "--district", "ปัว", "--email", "a@office.test"],
            "no agency of the province",
        ),
    ] {
        let refused = run(&house, &arguments).await;
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(!refused.status.success() && said.contains(words), "{arguments:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    let arguments =
        ["--role", "district", "--province", "54", "--district", "สอง", "--email", "a@office.test"];
    assert!(run(&house, &arguments).await.status.success());
    let letter = house.mailbox.next_about("a@office.test", "คำเชิญ").await;
    assert!(letter.text.contains("อำเภอสอง จังหวัดแพร่"), "{}", letter.text);

    // On a deployed stack by its stage: here one that this machine plays.
    let variables = house.variables().await;
    let mut command = tokio::process::Command::new(PROGRAM);
    command.args(["--stage", "local", "invite-staff", "--role", "central", "--email", "b@office.test"]);
    for name in [
        "AWS_REGION",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_ENDPOINT_URL_DYNAMODB",
        "AWS_ENDPOINT_URL_SQS",
        "MAIL_QUEUE_URL",
    ] {
        command.env(name, variables.get(name).expect("a variable"));
    }
    let invited = command.output().await.expect("it runs");
    assert!(invited.status.success(), "{invited:?}");
    let token = house.mailbox.next_about("b@office.test", "คำเชิญ").await.token();
    let _ = house.accept_invitation("b@office.test", &token).await;
    house.stop().await;
}
