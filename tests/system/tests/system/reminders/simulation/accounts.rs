//! Accounts of agencies, and of the officers, as the system keeps them.

use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use palad_domain::staff::{StaffId, StaffPlace};
use palad_environment::Random;

use super::office::CENTRAL;
use super::window::Reader;
use super::world::World;

/// Items in one call.
const BATCH: usize = 25;

/// An item of the accounts' table.
type Account = Vec<(&'static str, AttributeValue)>;

impl World {
    /// Those who register on this day, or have before it was looked at.
    pub(super) async fn register_who_registers(&mut self, day: usize) {
        let mut accounts = Vec::new();
        for one in self.agencies.iter_mut().filter(|one| one.registers == Some(day) && !one.has_account) {
            accounts.push(account(&format!("ACCOUNT#{}", one.agency.code), one.email.as_str()));
            one.has_account = true;
        }
        self.put_accounts(accounts).await;
    }

    /// One officer of the centre, and one of each province.
    pub(super) async fn appoint_officers(&mut self) {
        let mut accounts = vec![account(&format!("STAFF#{CENTRAL}"), "central@simulated.test")];
        for province in self.provinces.iter().map(|province| province.code()) {
            let id = StaffId::parse(&Random::default().id()).expect("a key");
            let (pk, email) =
                (format!("STAFF#{}", id.as_str()), format!("province{province}@simulated.test"));
            let place = serde_json::to_string(&StaffPlace::Province { province }).expect("JSON");
            let mut officer = account(&pk, &email);
            officer.push(("place", text(&place)));
            accounts.push(officer);
            accounts.push(vec![("pk", text(&format!("STAFF-LIST#{province}"))), ("sk", text(&pk))]);
            self.readers.insert(email, Reader::Officer(province));
            self.officers.insert(province, id);
        }
        self.put_accounts(accounts).await;
    }

    async fn put_accounts(&self, accounts: Vec<Account>) {
        for batch in accounts.chunks(BATCH) {
            let put = |item: &Account| {
                let item = item.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
                let put = PutRequest::builder().set_item(Some(item)).build().expect("an item");
                WriteRequest::builder().put_request(put).build()
            };
            let requests = batch.iter().map(put).collect();
            let call = self.aws.dynamodb().batch_write_item();
            call.request_items("palad-local-accounts", requests).send().await.expect("accounts");
        }
    }
}

fn account(pk: &str, email: &str) -> Account {
    vec![
        ("pk", text(pk)),
        ("sk", text("ACCOUNT")),
        ("email", text(email)),
        ("password_hash", text("none")),
        ("session_version", AttributeValue::N("1".into())),
        ("opened_at", text("2027-01-01T00:00:00Z")),
    ]
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}
