//! Rounds, from the draft to the report: made and opened by the central office, answered by agencies, followed by
//! the offices.

mod answers;
mod bad_input;
mod by_link;
mod killed;
mod links;
mod reads;
mod way;

use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use palad_system_tests::{Answer, Browser, House, Listed, SignedIn, SignedInStaff};
use palad_thai::date::bangkok_day;
use serde_json::{Value, json};

/// A round of the province 54 from today on, with ten days, and ten more for those who are late.
fn terms(house: &House) -> Value {
    let today = today(house);
    json!({
        "title": "สำรวจข้อมูลปลัด ๒๕๖๙",
        "letter": { "number": "มท ๐๘๐๙.๔/ว ๑๒๓", "date": today },
        "dates": { "opens": today, "deadline": today.saturating_add(10.days()), "closes": today.saturating_add(20.days()) },
        "scope": { "provinces": ["54"] },
    })
}

/// The day it is in Bangkok, by the house's clock.
fn today(house: &House) -> Date {
    bangkok_day(house.clock().now())
}

/// So many days later. Sessions end meanwhile.
fn wait(house: &House, days: i64) {
    house.clock().set(house.clock().now() + SignedDuration::from_hours(24 * days));
}

/// A central office with a draft.
struct Scene {
    house: House,
    central: SignedInStaff,
    id: String,
}

impl Scene {
    async fn start() -> Self {
        let house = House::start().await;
        let central = house.central().await;
        let id = make(&central.browser, &terms(&house)).await;
        Self { house, central, id }
    }

    /// With the draft opened.
    async fn opened() -> Self {
        let scene = Self::start().await;
        let opened = scene.act("opening").await.expect(200).json();
        assert_eq!(opened["state"], "open");
        scene
    }

    fn path(&self, rest: &str) -> String {
        if rest.is_empty() {
            format!("/api/rounds/{}", self.id)
        } else {
            format!("/api/rounds/{}/{rest}", self.id)
        }
    }

    /// The round as the central office sees it.
    async fn round(&self) -> Answer {
        self.central.browser.get(&self.path("")).await.expect(200)
    }

    /// Opening, closing, stop.
    async fn act(&self, what: &str) -> Answer {
        self.central.browser.post(&self.path(what), &json!({})).await
    }

    /// The central office signs in again: its session ends when days pass.
    async fn sign_in_again(&self) {
        let _ = self.central.officer.sign_in(&self.house, &self.central.browser).await;
    }

    async fn agency(&self, agency: Listed) -> SignedIn {
        self.house.sign_up(agency).await
    }
}

/// Makes a round and answers its name.
async fn make(central: &Browser, terms: &Value) -> String {
    let made = central.post("/api/rounds", terms).await.expect(201);
    let id = made.json()["id"].as_str().expect("a name").to_owned();
    assert_eq!(made.header("location"), Some(format!("/api/rounds/{id}").as_str()));
    id
}

/// Something done by a link of a reminder.
async fn by_link(browser: &Browser, token: &str, action: &str) -> Answer {
    browser.post("/api/confirmations", &json!({ "token": token, "action": action })).await
}

/// How the agency itself sees that it stands to a round.
async fn own(agency: &SignedIn, id: &str) -> Value {
    let rounds = agency.browser.get("/api/rounds").await.expect(200).json();
    let items = rounds["items"].as_array().cloned().unwrap_or_default();
    items.into_iter().find(|round| round["id"] == id).map_or(Value::Null, |round| round["own"].clone())
}

/// Says that the record is still right.
async fn confirm(agency: &SignedIn, version: u64) -> Answer {
    let path = format!("/api/agencies/{}/confirmation", agency.code);
    agency.browser.call("POST", &path).if_match(version).json(&json!({})).send().await
}
