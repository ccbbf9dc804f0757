//! The account's page, and signing out everywhere.

use palad_system_tests::{House, MAE_YOM, PASSWORD, PHRAE};
use serde_json::{Value, json};

use super::{CHROME, FIREFOX, account, add_record, can_write, later, sign_in_anew};
use jiff::SignedDuration;

fn devices(account: &Value) -> Vec<(String, bool)> {
    let devices = account["devices"].as_array().cloned().unwrap_or_default();
    devices
        .iter()
        .map(|device| {
            assert_eq!(device["id"].as_str().map(str::len), Some(22), "{device}");
            (device["name"].as_str().unwrap_or_default().to_owned(), device["this"] == json!(true))
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_account_shows_its_address_and_its_devices_and_no_one_elses() {
    let house = House::start().await;
    let office = house.sign_up(PHRAE).await;
    let other = house.sign_up(MAE_YOM).await;
    let first = account(&office.browser).await;
    assert_eq!((&first["agency"]["code"], &first["email"]), (&json!(PHRAE.code), &json!(PHRAE.email)));
    assert_eq!(
        (&first["handover"], &first["email_change"], &first["take_over"], &first["staff"]),
        (&Value::Null, &Value::Null, &Value::Null, &Value::Null)
    );
    // The tests' browser says nothing of itself.
    assert_eq!(devices(&first), [(String::new(), true)]);
    assert_eq!(account(&office.browser).await, first, "reading changes nothing");

    later(&house, SignedDuration::from_mins(1)).await;
    let (firefox, chrome) = (house.browser(), house.browser());
    sign_in_anew(&house, &firefox, PHRAE, PHRAE.email, PASSWORD, FIREFOX.0).await;
    later(&house, SignedDuration::from_mins(1)).await;
    sign_in_anew(&house, &chrome, PHRAE, PHRAE.email, PASSWORD, CHROME.0).await;
    let seen_from_chrome = account(&chrome).await;
    let names = |this: &str| [CHROME.1, FIREFOX.1, ""].map(|name| (name.to_owned(), name == this)).to_vec();
    assert_eq!(devices(&seen_from_chrome), names(CHROME.1), "the one used last comes first");
    assert_eq!(devices(&account(&firefox).await), names(FIREFOX.1));
    assert!(!seen_from_chrome.to_string().contains("Mozilla"));

    // Used again, it comes first, under the name that it has now.
    later(&house, SignedDuration::from_mins(1)).await;
    let body = json!({ "agency": PHRAE.code, "password": PASSWORD });
    let call = office.browser.call("POST", "/api/session").header("user-agent", FIREFOX.0).json(&body);
    let _ = call.send().await.expect(201);
    let listed = devices(&account(&office.browser).await);
    assert_eq!(listed[0], (FIREFOX.1.to_owned(), true));
    assert_eq!(listed.len(), 3);
    assert_eq!(devices(&account(&other.browser).await).len(), 1);

    let nobody = house.browser().get("/api/account").await;
    nobody.assert_problem(401, "not-signed-in");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn signing_out_everywhere_ends_every_session_and_forgets_every_device() {
    let house = House::start().await;
    let office = house.sign_up(PHRAE).await;
    let record = add_record(&office).await;
    let firefox = house.browser();
    sign_in_anew(&house, &firefox, PHRAE, PHRAE.email, PASSWORD, FIREFOX.0).await;
    assert!(can_write(&office, &record).await);
    let kept = firefox.copy();

    let out = firefox.call("DELETE", "/api/account/sessions").send().await.expect(204);
    assert!(out.header("set-cookie").is_some_and(|cookie| cookie.starts_with("__Host-sid=; ")));
    assert!(!can_write(&office, &record).await, "the other one's session has ended");
    office.browser.get("/api/account").await.assert_problem(401, "not-signed-in");
    office.browser.get("/api/session").await.assert_problem(401, "not-signed-in");
    // Not even a token that was kept does it again.
    let again = kept.call("DELETE", "/api/account/sessions").send().await;
    again.assert_problem(401, "not-signed-in");
    for browser in [&office.browser, &firefox] {
        let _ = browser.sign_in(PHRAE.code, PASSWORD).await.expect(202);
    }
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_officer_has_an_account_page_and_signs_out_everywhere_too() {
    let house = House::start().await;
    let province = house.province("54").await;
    let view = account(&province.browser).await;
    assert_eq!(view["staff"]["email"], json!(province.officer.email));
    assert_eq!(view["staff"]["place"]["role"], "province");
    assert_eq!((&view["agency"], &view["email"], &view["devices"]), (&Value::Null, &Value::Null, &json!([])));

    let second = house.browser();
    let _ = province.officer.sign_in(&house, &second).await;
    let _ = second.call("DELETE", "/api/account/sessions").send().await.expect(204);
    province.browser.get("/api/account").await.assert_problem(401, "not-signed-in");
    province.browser.get("/api/session").await.assert_problem(401, "not-signed-in");
    let _ = province.officer.sign_in(&house, &second).await;
    let _ = account(&second).await;
    house.stop().await;
}
