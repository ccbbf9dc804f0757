//! Two rounds at once, and of the first one something cannot be read: the second goes on as if nothing were.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use palad_store::Aws;
use palad_system_tests::{Browser, House, Listed, NONG_BUA, SignedInStaff};
use serde_json::{Value, json};

use super::{OPENING, Opened, fire, fired, has_reminders, listed, move_to, opened, reminders};

const SILENT: Listed = listed("600201", "silent@palad.test");

/// Both rounds, which ask the same agencies.
struct Pair {
    broken: String,
    browser: Browser,
    central: SignedInStaff,
    second: Opened,
    client: Client,
    line: std::collections::HashMap<String, AttributeValue>,
}

impl Pair {
    /// A line of the first round's list cannot be read.
    async fn start() -> Self {
        let house = House::start().await;
        house.import(&[SILENT]).await;
        move_to(&house, OPENING).await;
        let first = opened(house, &["60"]).await;
        let browser = first.central().await.copy();
        let Opened { house, central, id: broken, .. } = first;
        let second = opened(house, &["60"]).await;
        assert!(broken < second.id, "it comes first");
        let variables = second.house.variables().await;
        let client = Aws::from_environment(&variables).expect("variables").dynamodb();
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let line = client.get_item().table_name("palad-local-registry");
        let line = line.key("pk", text(&format!("ROUND#{broken}#60"))).key("sk", text(NONG_BUA.code));
        let line = line.send().await.expect("the store").item.expect("a line");
        let pair = Self { broken, browser, central, second, client, line };
        pair.put(text("no line")).await;
        pair
    }

    async fn put(&self, stored: AttributeValue) {
        let put = self.client.put_item().table_name("palad-local-registry").set_item(Some(self.line.clone()));
        put.item("list_line", stored).send().await.expect("the store");
    }

    async fn mend(&self) {
        self.put(self.line["list_line"].clone()).await;
    }

    /// At this moment, to which the clock jumps, so that nothing fires by itself.
    async fn fails_at(&self, now: &str, job: &str) {
        self.second.house.clock().set(now.parse().expect("a time"));
        let failed = fired(&self.second.house, job).await;
        assert_eq!(failed.status, 502, "the run fails, so that the alarm tells: {}", failed.text);
        assert!(failed.text.contains("1 of 2 rounds failed"), "{}", failed.text);
    }

    async fn state(&self, id: &str) -> Value {
        let _ = self.central.officer.sign_in(&self.second.house, &self.browser).await;
        self.browser.get(&format!("/api/rounds/{id}")).await.expect(200).json()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_round_that_cannot_be_counted_keeps_no_other_from_being_counted_and_closed() {
    let pair = Pair::start().await;
    pair.fails_at("2027-03-15T19:00:00Z", "recount").await;
    let closed = pair.state(&pair.second.id).await;
    assert_eq!((&closed["state"], &closed["report"]["tally"]["all"]), (&json!("closed"), &json!(2)));
    assert_eq!(pair.state(&pair.broken).await["state"], "open", "what was not counted has no report");

    // Mended, the next run makes up for it.
    pair.mend().await;
    fire(&pair.second.house, "recount").await;
    let closed = pair.state(&pair.broken).await;
    assert_eq!((&closed["state"], &closed["report"]["tally"]["all"]), (&json!("closed"), &json!(2)));
    pair.second.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_round_that_cannot_be_read_keeps_no_other_from_its_messages() {
    let pair = Pair::start().await;
    let house = &pair.second.house;
    pair.fails_at("2027-02-01T02:30:00Z", "plan").await;
    let _ = has_reminders(house, SILENT.email, 1).await;

    pair.mend().await;
    fire(house, "plan").await;
    let _ = has_reminders(house, SILENT.email, 2).await;
    fire(house, "plan").await;
    assert_eq!(reminders(house, SILENT.email).await.len(), 2, "one of each round");
    pair.second.house.stop().await;
}
