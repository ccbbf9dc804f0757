//! What happens to a sign-in where what was counted for it cannot be given back, or where nobody noted what counted it.

use std::net::Ipv4Addr;
use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use palad_domain::guessing::GuardKind;
use palad_store::Aws;
use palad_system_tests::{Cut, House, PASSPHRASE, PASSWORD, PHRAE, Side};

use super::day::{import, invented};
use super::guess;

const ELSEWHERE: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 7);
/// Calls to the store until an agency's sign-in is complete: the try, the agency, the end of the audit, the session.
const CALLS_OF_AN_AGENCY: usize = 4;
/// The same for staff in a new browser: the try, the account, the end of the audit, the session.
const CALLS_OF_STAFF: usize = 4;

/// A challenge for whoever signs in on a browser that is not known.
async fn challenge(answer: palad_system_tests::Answer) -> String {
    answer.expect(202).json()["challenge"].as_str().expect("a challenge").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_has_signed_in_is_in_whatever_becomes_of_what_was_counted() {
    let cut = Cut::default();
    let house = House::start_with(async |all| cut.lead(all, &["login"]).await).await;
    let _ = house.sign_up(PHRAE).await;
    let officer = house.province("54").await.officer;

    let browser = house.browser();
    let begun = challenge(browser.sign_in(PHRAE.code, PASSWORD).await).await;
    let code = house.mailbox.next_about(PHRAE.email, "เข้าสู่ระบบ").await.code();
    cut.arm(CALLS_OF_AN_AGENCY + 1, Side::Before);
    let answered = browser.give_code(&begun, &code).await;
    assert!(cut.mend() > CALLS_OF_AN_AGENCY, "it was tried to give it back");
    let _ = answered.expect(201);
    assert_eq!(browser.get("/api/session").await.expect(200).json()["agency"]["code"], PHRAE.code);

    let browser = house.browser();
    let begun = challenge(browser.staff_sign_in(&officer.email, PASSPHRASE).await).await;
    let code = officer.code(&house);
    cut.arm(CALLS_OF_STAFF + 1, Side::Before);
    let answered = browser.second_factor(&begun, &code).await;
    assert!(cut.mend() > CALLS_OF_STAFF, "it was tried to give it back");
    let _ = answered.expect(201);
    assert_eq!(browser.get("/api/session").await.expect(200).json()["role"], "province");

    // What was not given back stays counted: of this number's places, one is the owner's.
    let others = invented(GuardKind::Number.room());
    import(&house, &others).await;
    let asking = house.browser();
    for (place, other) in others.iter().enumerate() {
        let left = place + 1 < others.len();
        let answered = guess(&asking, ELSEWHERE, &other.code, PASSWORD).await;
        assert_eq!(answered.status, if left { 202 } else { 429 }, "{place}");
    }
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_has_signed_in_does_not_wait_for_a_store_that_hangs() {
    let cut = Cut::default();
    let house = House::start_with(async |all| cut.lead(all, &["login"]).await).await;
    let _ = house.sign_up(PHRAE).await;
    let officer = house.province("54").await.officer;
    let hangs = || tokio::time::sleep(Duration::from_secs(30));

    let browser = house.browser();
    let begun = challenge(browser.sign_in(PHRAE.code, PASSWORD).await).await;
    let code = house.mailbox.next_about(PHRAE.email, "เข้าสู่ระบบ").await.code();
    cut.before_call(CALLS_OF_AN_AGENCY + 1, hangs());
    let _ = browser.give_code(&begun, &code).await.expect(201);
    assert_eq!(
        cut.mend(),
        CALLS_OF_AN_AGENCY + 1,
        "given up before it was asked again, and the rest with it"
    );

    let browser = house.browser();
    let begun = challenge(browser.staff_sign_in(&officer.email, PASSPHRASE).await).await;
    let code = officer.code(&house);
    cut.before_call(CALLS_OF_STAFF + 1, hangs());
    let _ = browser.second_factor(&begun, &code).await.expect(201);
    assert_eq!(cut.mend(), CALLS_OF_STAFF + 1);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_sign_in_from_before_guards_were_noted_begins_again() {
    let house = House::start().await;
    let _ = house.sign_up(PHRAE).await;
    let officer = house.province("54").await.officer;
    let variables = house.variables().await;
    let (table, client) =
        (variables.require("ACCOUNTS_TABLE").expect("a table"), Aws::from_environment(&variables));
    let client = client.expect("variables").dynamodb();
    let age = async |challenge: &str, kind: &str| {
        let text = |text: String| AttributeValue::S(text);
        let update =
            client.update_item().table_name(&table).key("pk", text(format!("CHALLENGE#{challenge}")));
        let update = update.key("sk", text(kind.to_owned())).update_expression("REMOVE guards");
        update.condition_expression("attribute_exists(guards)").send().await.expect("a challenge");
    };

    let browser = house.browser();
    let begun = challenge(browser.sign_in(PHRAE.code, PASSWORD).await).await;
    let code = house.mailbox.next_about(PHRAE.email, "เข้าสู่ระบบ").await.code();
    age(&begun, "CHALLENGE").await;
    browser.give_code(&begun, &code).await.assert_problem(410, "code-expired");
    let begun = challenge(browser.sign_in(PHRAE.code, PASSWORD).await).await;
    let code = house.mailbox.next_about(PHRAE.email, "เข้าสู่ระบบ").await.code();
    let _ = browser.give_code(&begun, &code).await.expect(201);

    let browser = house.browser();
    let begun = challenge(browser.staff_sign_in(&officer.email, PASSPHRASE).await).await;
    age(&begun, "STAFF-CHALLENGE").await;
    browser.second_factor(&begun, &officer.code(&house)).await.assert_problem(410, "code-expired");
    let _ = officer.sign_in(&house, &browser).await;
    house.stop().await;
}
