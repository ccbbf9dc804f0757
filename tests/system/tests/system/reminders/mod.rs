//! A round in time: its messages on their days, each once, to those who owe and to nobody else; whatever is repeated,
//! late, broken off or refused on the way.

mod broken;
mod counting;
mod ending;
mod faults;
mod mailboxes;
mod moved;
mod not_mine;
mod simulation;
mod whole;

use jiff::Timestamp;
use palad_system_tests::{Answer, House, Listed, Mail, SignedInStaff, eventually};
use serde_json::{Value, json};

/// What every reminder's subject says.
const ASKS: &str = "ขอความร่วมมือยืนยันข้อมูลปลัด";

/// A Monday morning at eight in Bangkok, an hour before the day's messages.
const OPENING: &str = "2027-02-01T01:00:00Z";

/// A round that is open, seen from outside.
struct Opened {
    house: House,
    /// An officer of the centre. The session ends after hours, so that each use signs in again.
    central: SignedInStaff,
    id: String,
}

/// The agencies of two provinces are asked from the first of February, a Monday, to the first of March.
async fn opened(house: House, provinces: &[&str]) -> Opened {
    let central = house.central().await;
    let round = json!({
        "title": "สำรวจข้อมูลปลัด ประจำปี 2570",
        "letter": { "number": "มท 0809.4/ว 123", "date": "2027-01-25" },
        "dates": { "opens": "2027-02-01", "deadline": "2027-03-01", "closes": "2027-03-15" },
        "scope": { "provinces": provinces },
    });
    let made = central.browser.post("/api/rounds", &round).await.expect(201).json();
    let id = made["id"].as_str().expect("a name").to_owned();
    let open =
        central.browser.post(&format!("/api/rounds/{id}/opening"), &json!({})).await.expect(200).json();
    assert_eq!(open["state"], "open");
    Opened { house, central, id }
}

impl Opened {
    /// The officer of the centre, signed in now.
    async fn central(&self) -> &palad_system_tests::Browser {
        let _ = self.central.officer.sign_in(&self.house, &self.central.browser).await;
        &self.central.browser
    }

    /// Where the agencies of a province stand.
    async fn tally(&self, province: &str) -> Value {
        let path = format!("/api/rounds/{}/progress?province={province}", self.id);
        self.central().await.get(&path).await.expect(200).json()["tally"].clone()
    }

    /// Waits until so many stand somewhere.
    async fn stands(&self, province: &str, standing: &str, number: u32) {
        let browser = self.central().await;
        let path = format!("/api/rounds/{}/progress?province={province}", self.id);
        eventually(standing, async || {
            let progress = browser.get(&path).await.expect(200).json();
            (progress["tally"][standing] == number).then_some(())
        })
        .await;
    }
}

/// Moves the clock as a person does: forward it stops at everything that is due.
async fn move_to(house: &House, now: &str) {
    let _ = house.browser().post("/local/clock", &json!({ "now": now })).await.expect(200);
}

/// Calls the morning's run by hand, as a schedule does that fires again.
async fn fire(house: &House, job: &str) {
    let _ = fired(house, job).await.expect(200);
}

/// The same, however it ends.
async fn fired(house: &House, job: &str) -> Answer {
    let now = house.clock().now();
    let event = json!({
        "version": "0", "id": "again", "detail-type": "Scheduled Event", "source": "aws.scheduler",
        "account": "000000000000", "time": now.to_string(), "region": "ap-southeast-7",
        "resources": [format!("arn:aws:scheduler:ap-southeast-7:000000000000:schedule/default/palad-local-reminders-{job}")],
        "detail": "{}",
    });
    house.browser().post("/local/run/reminders", &event).await
}

/// The reminders that an address was sent, the oldest first.
async fn reminders(house: &House, address: &str) -> Vec<Mail> {
    let mails = house.mailbox.to(address).await;
    mails.into_iter().filter(|mail| mail.subject.contains(ASKS)).collect()
}

/// Waits until an address was sent so many reminders, and a moment longer for one too many.
async fn has_reminders(house: &House, address: &str, number: usize) -> Vec<Mail> {
    eventually(&format!("{number} reminders to {address}"), async || {
        (reminders(house, address).await.len() >= number).then_some(())
    })
    .await;
    settled().await;
    let all = reminders(house, address).await;
    assert_eq!(all.len(), number, "to {address}");
    all
}

/// Long enough for a mail that was not to be sent.
async fn settled() {
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
}

/// An agency of the second province, with a mailbox of its own.
const fn listed(code: &'static str, email: &'static str) -> Listed {
    Listed {
        code, kind: "อบต.", name: "หนองบัว", district: "หนองบัว", province: "นครสวรรค์", email
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}
