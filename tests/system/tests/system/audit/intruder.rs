//! Somebody who goes around the system, to its tables.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use palad_environment::Variables;
use palad_store::Aws;
use palad_system_tests::House;

pub(super) type Item = HashMap<String, AttributeValue>;

/// The tables, for somebody who goes around the system.
pub(super) struct Intruder {
    client: Client,
    pub(super) variables: Variables,
}

impl Intruder {
    pub(super) async fn of(house: &House) -> Self {
        let variables = house.variables().await;
        let client = Aws::from_environment(&variables).expect("variables").dynamodb();
        Self { client, variables }
    }

    fn table(&self, variable: &str) -> String {
        self.variables.get(variable).expect("a table")
    }

    pub(super) async fn get(&self, pk: &str, sk: &str) -> Item {
        let got = self.client.get_item().table_name(self.table("AUDIT_TABLE")).set_key(Some(key(pk, sk)));
        got.send().await.expect("the store").item.expect("an item")
    }

    pub(super) async fn put(&self, variable: &str, item: Item) {
        let put = self.client.put_item().table_name(self.table(variable)).set_item(Some(item));
        put.send().await.expect("the store");
    }

    pub(super) async fn delete(&self, pk: &str, sk: &str) {
        let delete = self.client.delete_item().table_name(self.table("AUDIT_TABLE"));
        delete.set_key(Some(key(pk, sk))).send().await.expect("the store");
    }
}

pub(super) fn key(pk: &str, sk: &str) -> Item {
    let text = |value: &str| AttributeValue::S(value.to_owned());
    HashMap::from([("pk".to_owned(), text(pk)), ("sk".to_owned(), text(sk))])
}

pub(super) fn line(number: u64) -> String {
    format!("LINE#{number:010}")
}
