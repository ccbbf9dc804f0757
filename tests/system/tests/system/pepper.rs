//! Changing the pepper while accounts stand under the old one: nobody is locked out, and in the end the old one is
//! needed for nothing.

use std::ffi::OsStr;

use data_encoding::BASE64URL_NOPAD;
use palad_system_tests::{House, PASSPHRASE, PASSWORD, PHRAE, run_to_end};
use serde_json::Value;

use crate::PROGRAM;

/// Puts these peppers, the current one first, in the place of what the data folder has, which is the answer.
fn change_pepper(house: &House, peppers: &str) -> String {
    let file = house.data().join("secrets.json");
    let text = std::fs::read_to_string(&file).expect("the secrets");
    let mut secrets: Value = serde_json::from_str(&text).expect("JSON");
    let before = secrets["password_pepper"].as_str().expect("a pepper").to_owned();
    secrets["password_pepper"] = Value::from(peppers);
    std::fs::write(&file, secrets.to_string()).expect("written");
    before
}

async fn wrap(house: &House) -> String {
    let data = house.data();
    let output =
        run_to_end(PROGRAM, &[OsStr::new("--data"), data.as_os_str(), OsStr::new("wrap-passwords")], data)
            .await;
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_pepper_is_changed_by_wrapping_and_nobody_notices() {
    let house = House::start().await;
    let (agency, staff) = (house.sign_up(PHRAE).await, house.central().await);
    assert_eq!(wrap(&house).await, "2 accounts: 0 were wrapped or sealed anew. None needs an older pepper.");

    let newer = format!("local-2:{}", BASE64URL_NOPAD.encode(&[7; 32]));
    let old = change_pepper(&house, &newer);
    let both = format!("{newer} local-1:{old}");
    change_pepper(&house, &both);
    let house = house.restart().await;
    let waits = "2 still need an older pepper, until their password is typed or set anew.";
    assert_eq!(wrap(&house).await, format!("2 accounts: 2 were wrapped or sealed anew. {waits}"));
    assert_eq!(wrap(&house).await, format!("2 accounts: 0 were wrapped or sealed anew. {waits}"));

    let browser = agency.browser.moved_to(&house.site());
    browser.sign_in(PHRAE.code, "60418273").await.assert_problem(401, "wrong-password");
    let _ = browser.sign_in(PHRAE.code, PASSWORD).await.expect(201);
    let office = staff.browser.moved_to(&house.site());
    let _ = staff.officer.sign_in(&house, &office).await;
    assert_eq!(wrap(&house).await, "2 accounts: 0 were wrapped or sealed anew. None needs an older pepper.");

    change_pepper(&house, &newer);
    let house = house.restart().await;
    let _ = browser.moved_to(&house.site()).sign_in(PHRAE.code, PASSWORD).await.expect(201);
    let office = office.moved_to(&house.site());
    let _ = staff.officer.sign_in(&house, &office).await;
    let begun = office.staff_sign_in(&staff.officer.email, PASSPHRASE).await.expect(202).json();
    let challenge = begun["challenge"].as_str().unwrap_or_default();
    let _ = office.second_factor(challenge, &staff.officer.recovery_codes[0]).await.expect(201);
    house.stop().await;
}
