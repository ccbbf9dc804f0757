//! Bad input: each gets a clear answer in Thai and English, at the right field, and changes nothing.

mod bodies;
mod calls;
mod names;

use palad_system_tests::{Answer, Call, House, PHRAE, SignedIn, held};
use serde_json::{Value, json};

/// An agency with one record at version 1.
struct Scene {
    house: House,
    office: SignedIn,
    id: String,
    before: String,
}

impl Scene {
    async fn start() -> Self {
        let house = House::start().await;
        let office = house.sign_up(PHRAE).await;
        let record = office.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201).json();
        let id = record["id"].as_str().unwrap_or_default().to_owned();
        let before = office.screen().await.text;
        Self { house, office, id, before }
    }

    fn path(&self) -> String {
        format!("{}/{}", self.office.clerks(), self.id)
    }

    /// An edit that would be right but for what the caller makes of it.
    fn edit(&self) -> Call<'_> {
        self.office.browser.call("PUT", &self.path()).if_match(1).header("content-type", "application/json")
    }

    async fn edit_to(&self, post: &Value) -> Answer {
        self.edit().json(&json!({ "post": post })).send().await
    }

    /// Nothing was changed by any of it; and a right edit still works.
    async fn end(self) {
        assert_eq!(self.office.screen().await.text, self.before);
        let _ = self.edit_to(&held("สมชาย", "ใจดีมาก")).await.expect(200);
        self.house.stop().await;
    }
}
