//! Staff: invited by mail, a passphrase and a second factor, and looked after by staff.

mod invitations;
mod notices;
mod refused;
mod sign_in;
mod suspension;

use std::ffi::OsStr;
use std::process::Output;

use jiff::SignedDuration;
use palad_domain::staff::StaffPlace;
use palad_system_tests::{Answer, House, SignedInStaff, run_to_end};
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
