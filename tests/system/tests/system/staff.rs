//! Staff: invited by mail, a passphrase and a second factor, and looked after by staff.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::process::Output;

use jiff::SignedDuration;
use palad_domain::staff::StaffPlace;
use palad_system_tests::{Answer, House, PASSPHRASE, PHRAE, SignedInStaff, app, run_to_end, shown};
use serde_json::{Value, json};

use crate::PROGRAM;

const CENTRAL: StaffPlace = StaffPlace::Central;

fn phrae() -> StaffPlace {
    StaffPlace::parse("province", Some("54"), None).expect("a place")
}

fn challenge(answer: &Answer) -> String {
    answer.json()["challenge"].as_str().unwrap_or_default().to_owned()
}

async fn later(house: &House, by: SignedDuration) {
    house.clock().set(house.clock().now() + by);
}

async fn run(house: &House, arguments: &[&str]) -> Output {
    let data = house.data();
    let mut all = vec![OsStr::new("--data"), data.as_os_str(), OsStr::new("invite-staff")];
    all.extend(arguments.iter().map(OsStr::new));
    run_to_end(PROGRAM, &all, data).await
}

async fn invite(
    by: &SignedInStaff,
    email: &str,
    role: &str,
    province: Option<&str>,
    district: Option<&str>,
) -> Answer {
    let mut body = json!({ "email": email, "role": role });
    for (name, value) in [("province", province), ("district", district)] {
        if let Some(value) = value {
            body[name] = json!(value);
        }
    }
    by.browser.post("/api/staff/invitations", &body).await
}

async fn staff(by: &SignedInStaff, query: &str) -> Vec<Value> {
    let list = by.browser.get(&format!("/api/staff{query}")).await.expect(200).json();
    list["items"].as_array().cloned().unwrap_or_default()
}

async fn id_of(by: &SignedInStaff, query: &str, email: &str) -> String {
    let list = staff(by, query).await;
    let item = list.iter().find(|item| item["email"] == email).expect("it is listed");
    item["id"].as_str().expect("a key").to_owned()
}

async fn suspend(by: &SignedInStaff, id: &str) -> Answer {
    by.browser.post(&format!("/api/staff/{id}/suspension"), &json!({})).await
}

async fn lift(by: &SignedInStaff, id: &str) -> Answer {
    by.browser.call("DELETE", &format!("/api/staff/{id}/suspension")).send().await
}

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
async fn the_first_step_gets_one_answer_whatever_is_true() {
    let house = House::start().await;
    let own = house.central().await;
    let (suspended, stranger) = (house.central().await.officer.email, "nobody@office.test".to_owned());
    let _ = suspend(&own, &id_of(&own, "", &suspended).await).await.expect(204);

    let mut shapes = BTreeSet::new();
    for (email, passphrase) in [
        (&own.officer.email, PASSPHRASE),
        (&own.officer.email, "another long passphrase"),
        (&own.officer.email, "short"),
        (&stranger, PASSPHRASE),
        (&suspended, PASSPHRASE),
    ] {
        let browser = house.browser();
        let answer = browser.staff_sign_in(email, passphrase).await.expect(202);
        let names: Vec<String> = answer.headers.keys().map(|name| name.as_str().to_owned()).collect();
        let cookies: Vec<usize> =
            answer.headers.get_all("set-cookie").iter().map(http::HeaderValue::len).collect();
        let id = challenge(&answer);
        let body = answer.text.replace(&id, "");
        // And the second step tells neither: no code completes it but the right one of the right passphrase.
        let refused = browser.second_factor(&id, "000000").await;
        refused.assert_problem(401, "wrong-sign-in");
        let refused = refused.json();
        shapes.insert((names, cookies, id.len(), body, refused["detail"].to_string()));
    }
    assert_eq!(shapes.len(), 1, "{shapes:#?}");

    // A challenge of a wrong passphrase is completed by nothing, not even by a code that is right.
    let browser = house.browser();
    let wrong = challenge(&browser.staff_sign_in(&own.officer.email, "another long passphrase").await);
    let right = own.officer.code(&house);
    browser.second_factor(&wrong, &right).await.assert_problem(401, "wrong-sign-in");
    browser.second_factor(&wrong, &own.officer.recovery_codes[0]).await.assert_problem(401, "wrong-sign-in");
    let good = challenge(&browser.staff_sign_in(&own.officer.email, PASSPHRASE).await);
    let _ = browser.second_factor(&good, &right).await.expect(201);

    let malformed = house.browser().staff_sign_in("nonsense", "").await;
    malformed.assert_problem(422, "invalid");
    assert_eq!(malformed.pointers(), ["/email", "/passphrase"]);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_second_factor_is_tried_five_times_in_its_own_browser_within_ten_minutes() {
    let house = House::start().await;
    let own = house.central().await.officer;
    let browser = house.browser();
    let begun = challenge(&browser.staff_sign_in(&own.email, PASSPHRASE).await.expect(202));
    let malformed = browser.second_factor(&begun, "12").await;
    malformed.assert_problem(422, "invalid");
    assert_eq!(malformed.pointers(), ["/code"]);
    let code = own.code(&house);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    house.browser().second_factor(&begun, &code).await.assert_problem(410, "code-expired");
    for _ in 0..4 {
        browser.second_factor(&begun, wrong).await.assert_problem(401, "wrong-sign-in");
    }
    browser.second_factor(&begun, &code).await.assert_problem(410, "code-expired");

    let begun = challenge(&browser.staff_sign_in(&own.email, PASSPHRASE).await.expect(202));
    later(&house, SignedDuration::from_mins(10)).await;
    browser.second_factor(&begun, &own.code(&house)).await.assert_problem(410, "code-expired");
    // A clock that is set back gives nothing a longer life.
    let begun = challenge(&browser.staff_sign_in(&own.email, PASSPHRASE).await.expect(202));
    later(&house, SignedDuration::from_hours(-1)).await;
    browser.second_factor(&begun, &own.recovery_codes[0]).await.assert_problem(410, "code-expired");
    later(&house, SignedDuration::from_hours(1)).await;
    let _ = own.sign_in(&house, &browser).await;
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_recovery_code_works_once_and_is_told() {
    let house = House::start().await;
    let own = house.province("54").await.officer;
    let typed = own.recovery_codes[3].to_lowercase();
    let browser = house.browser();
    let begun = challenge(&browser.staff_sign_in(&own.email, PASSPHRASE).await.expect(202));
    browser.second_factor(&begun, "ZZZZZ-ZZZZZ").await.assert_problem(401, "wrong-sign-in");
    let session = browser.second_factor(&begun, &typed).await.expect(201).json();
    assert_eq!(session["role"], "province");
    let notice = house.mailbox.next_about(&own.email, "รหัสสำรอง").await;
    assert!(notice.text.contains("เหลือรหัสสำรอง 9 รหัส"), "{}", notice.text);
    let begun = challenge(&browser.staff_sign_in(&own.email, PASSPHRASE).await.expect(202));
    browser.second_factor(&begun, &typed).await.assert_problem(401, "wrong-sign-in");
    let _ = browser.second_factor(&begun, &own.recovery_codes[4]).await.expect(201);

    // Of one code used in ten browsers at once, one is let in.
    let mut waiting = Vec::new();
    for _ in 0..10 {
        let browser = house.browser();
        let begun = challenge(&browser.staff_sign_in(&own.email, PASSPHRASE).await.expect(202));
        let code = own.recovery_codes[5].clone();
        waiting.push(tokio::spawn(async move { browser.second_factor(&begun, &code).await.status }));
    }
    let mut let_in = 0;
    for answer in waiting {
        let_in += usize::from(answer.await.expect("an answer") == 201);
    }
    assert_eq!(let_in, 1);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn strangers_use_up_their_allowance_and_the_officer_still_gets_in() {
    let house = House::start().await;
    let own = house.central().await;
    for email in [own.officer.email.as_str(), "nobody@office.test"] {
        let mut let_through = 0;
        loop {
            let answer = house.browser().staff_sign_in(email, "another long passphrase").await;
            if answer.status != 202 {
                answer.assert_problem(429, "too-many-tries");
                assert!(answer.header("retry-after").is_some());
                break;
            }
            let_through += 1;
            assert!(let_through <= 30, "no end");
        }
        assert!(let_through >= 29, "{email}: {let_through}");
    }
    let _ = own.officer.sign_in(&house, &own.browser).await;
    house.browser().staff_sign_in(&own.officer.email, PASSPHRASE).await.assert_problem(429, "too-many-tries");
    later(&house, SignedDuration::from_hours(2)).await;
    let _ = own.officer.sign_in(&house, &house.browser()).await;
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_suspended_officer_is_out_at_the_next_write_and_renewal() {
    let house = House::start().await;
    let (chief, officer) = (house.central().await, house.province("54").await);
    let id = id_of(&chief, "?province=54", &officer.officer.email).await;
    let _ = invite(&officer, "new@office.test", "district", Some("54"), Some("สอง")).await.expect(202);
    let pending = house.mailbox.next_about("new@office.test", "คำเชิญ").await.token();

    let _ = suspend(&chief, &id).await.expect(204);
    let _ = suspend(&chief, &id).await.expect(204);
    let _ = house.mailbox.next_about(&officer.officer.email, "ระงับบัญชี").await;
    let listed = &staff(&chief, "?province=54").await[0];
    assert_eq!((&listed["state"], &listed["name"]), (&json!("suspended"), &json!("นางสาวสมศรี ใจดี")));
    let write = invite(&officer, "x@office.test", "province", Some("54"), None).await;
    write.assert_problem(401, "not-signed-in");
    officer.browser.get("/api/session").await.assert_problem(401, "not-signed-in");
    assert!(house.mailbox.to("x@office.test").await.is_empty());
    // What the officer had begun to give away is not given.
    house.browser().look_at_invitation(&pending).await.assert_problem(410, "invitation-expired");
    let begun = challenge(&officer.browser.staff_sign_in(&officer.officer.email, PASSPHRASE).await);
    let code = officer.officer.code(&house);
    officer.browser.second_factor(&begun, &code).await.assert_problem(401, "wrong-sign-in");

    let _ = lift(&chief, &id).await.expect(204);
    let _ = lift(&chief, &id).await.expect(204);
    let _ = house.mailbox.next_about(&officer.officer.email, "ยกเลิกการระงับ").await;
    officer.browser.get("/api/session").await.assert_problem(401, "not-signed-in");
    let session = officer.officer.sign_in(&house, &officer.browser).await.json();
    assert_eq!(session["staff"]["place"], json!({ "role": "province", "province": "54", "district": null }));
    let listed = &staff(&chief, "?province=54").await[0];
    assert_eq!(listed["state"], "active");
    assert!(listed["last_sign_in_at"].is_string());
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_suspends_himself_and_of_two_at_once_one_remains() {
    let house = House::start().await;
    let (one, two) = (house.central().await, house.central().await);
    let first = id_of(&one, "", &one.officer.email).await;
    let second = id_of(&one, "", &two.officer.email).await;
    suspend(&one, &first).await.assert_problem(403, "own-account");
    for _ in 0..3 {
        let (a, b) = tokio::join!(suspend(&one, &second), suspend(&two, &first));
        let mut ended = [a.status, b.status];
        ended.sort_unstable();
        assert_eq!(ended, [204, 401]);
        let (left, out, id) = if a.status == 204 { (&one, &two, &second) } else { (&two, &one, &first) };
        let _ = left.browser.get("/api/session").await.expect(200);
        out.browser.get("/api/session").await.assert_problem(401, "not-signed-in");
        let _ = lift(left, id).await.expect(204);
        let _ = out.officer.sign_in(&house, &out.browser).await;
    }
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_province_looks_after_its_own_staff_alone() {
    let house = House::start().await;
    let chief = house.central().await;
    let (phrae, khon_kaen) = (house.province("54").await, house.province("40").await);
    let district = house.district("54", "เมืองแพร่").await;
    let agency = house.sign_up(PHRAE).await;

    for (email, role, province, name, wanted) in [
        ("a@office.test", "province", Some("54"), None, 202),
        ("b@office.test", "district", Some("54"), Some("ลอง"), 202),
        ("c@office.test", "province", Some("40"), None, 403),
        ("d@office.test", "district", Some("40"), Some("บ้านฝาง"), 403),
        ("e@office.test", "central", None, None, 403),
        ("f@office.test", "district", Some("54"), Some("บ้านฝาง"), 422),
        ("g@office.test", "province", Some("54"), Some("ลอง"), 422),
        (&khon_kaen.officer.email, "province", Some("54"), None, 403),
        (&chief.officer.email, "province", Some("54"), None, 403),
        (&district.officer.email, "province", Some("54"), None, 202),
    ] {
        let answer = invite(&phrae, email, role, province, name).await;
        assert_eq!(answer.status, wanted, "{email}: {}", answer.text);
        let mails = house.mailbox.to(email).await;
        if wanted == 202 {
            let _ = house.mailbox.next_about(email, "คำเชิญ").await;
        } else {
            assert!(!mails.iter().any(|mail| mail.text.contains("จังหวัดแพร่")), "{email}");
        }
    }
    let emails: Vec<String> = staff(&phrae, "").await.iter().map(|item| item["email"].to_string()).collect();
    assert_eq!(emails.len(), 2, "its own and its districts': {emails:?}");
    assert_eq!(staff(&phrae, "?province=54").await.len(), 2);
    assert_eq!(staff(&chief, "").await.len(), 1);
    phrae.browser.get("/api/staff?province=40").await.assert_problem(403, "forbidden");
    let bad = chief.browser.get("/api/staff?province=99").await;
    bad.assert_problem(422, "invalid");

    let other = id_of(&chief, "?province=40", &khon_kaen.officer.email).await;
    let own = id_of(&chief, "?province=54", &district.officer.email).await;
    suspend(&phrae, &other).await.assert_problem(403, "forbidden");
    lift(&phrae, &other).await.assert_problem(403, "forbidden");
    suspend(&phrae, "AAAAAAAAAAAAAAAAAAAAAA").await.assert_problem(404, "not-found");
    suspend(&phrae, "short").await.assert_problem(404, "not-found");
    for browser in [&district.browser, &agency.browser] {
        let body = json!({ "email": "h@office.test", "role": "province", "province": "54" });
        browser.post("/api/staff/invitations", &body).await.assert_problem(403, "forbidden");
        browser.get("/api/staff?province=54").await.assert_problem(403, "forbidden");
        let path = format!("/api/staff/{own}/suspension");
        browser.post(&path, &json!({})).await.assert_problem(403, "forbidden");
    }
    let nobody = house.browser();
    nobody.get("/api/staff").await.assert_problem(401, "not-signed-in");
    let _ = suspend(&phrae, &own).await.expect(204);
    district.browser.get("/api/session").await.assert_problem(401, "not-signed-in");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_invitation_ends_after_a_week_or_by_being_used() {
    let house = House::start().await;
    let (email, place) = ("somchai@office.test", phrae());
    let token = house.invite_staff(&place, email).await;
    later(&house, SignedDuration::from_hours(24 * 7)).await;
    let browser = house.browser();
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
