//! One transaction: all of its writes or none, tried again where only another writer was in the way.

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    ConditionCheck, Delete, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
};

use crate::StoreError;
use crate::item::Attributes;
use crate::table::sdk_error;

/// Writes that stand or fall together. `L` names each write, so that a refusal can be told by name.
pub(crate) struct Transaction<L> {
    labels: Vec<L>,
    writes: Vec<TransactWriteItem>,
    mistake: Option<String>,
}

/// How a transaction ended.
pub(crate) enum Outcome<L> {
    /// All of it is there.
    Done,
    /// None of it is there: this write's condition did not hold of this item (empty if there is none).
    Refused(L, Attributes),
}

const ATTEMPTS: u32 = 5;

impl<L: Copy> Transaction<L> {
    pub(crate) fn new() -> Self {
        Self { labels: Vec::new(), writes: Vec::new(), mistake: None }
    }

    /// Writes an item; with a condition, only if it holds of what is there.
    pub(crate) fn put(
        &mut self,
        label: L,
        table: &str,
        item: Attributes,
        condition: Option<(&str, Attributes)>,
    ) {
        let mut put = Put::builder()
            .table_name(table)
            .set_item(Some(item))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        if let Some((expression, values)) = condition {
            put = put.condition_expression(expression).set_expression_attribute_values(some(values));
        }
        let built = put.build().map(|put| TransactWriteItem::builder().put(put).build());
        self.push(label, built);
    }

    /// Changes an item in place, if `condition` holds of it.
    pub(crate) fn update(
        &mut self,
        label: L,
        table: &str,
        key: Attributes,
        expression: &str,
        condition: &str,
        values: Attributes,
    ) {
        let built = Update::builder()
            .table_name(table)
            .set_key(Some(key))
            .update_expression(expression)
            .condition_expression(condition)
            .set_expression_attribute_values(some(values))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .build()
            .map(|update| TransactWriteItem::builder().update(update).build());
        self.push(label, built);
    }

    /// Removes an item, if `condition` holds of it.
    pub(crate) fn delete(&mut self, label: L, table: &str, key: Attributes, condition: &str) {
        self.delete_if(label, table, key, condition, Attributes::new());
    }

    /// Removes an item, if `condition` holds of it and these values.
    pub(crate) fn delete_if(
        &mut self,
        label: L,
        table: &str,
        key: Attributes,
        condition: &str,
        values: Attributes,
    ) {
        let built = Delete::builder()
            .table_name(table)
            .set_key(Some(key))
            .condition_expression(condition)
            .set_expression_attribute_values(some(values))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .build()
            .map(|delete| TransactWriteItem::builder().delete(delete).build());
        self.push(label, built);
    }

    /// Changes nothing, but the rest only happens if `condition` holds of this item.
    pub(crate) fn check(
        &mut self,
        label: L,
        table: &str,
        key: Attributes,
        condition: &str,
        values: Attributes,
    ) {
        let built = ConditionCheck::builder()
            .table_name(table)
            .set_key(Some(key))
            .condition_expression(condition)
            .set_expression_attribute_values(some(values))
            .build()
            .map(|check| TransactWriteItem::builder().condition_check(check).build());
        self.push(label, built);
    }

    fn push(&mut self, label: L, built: Result<TransactWriteItem, aws_sdk_dynamodb::error::BuildError>) {
        match built {
            Ok(write) => {
                self.labels.push(label);
                self.writes.push(write);
            }
            Err(error) => self.mistake = Some(error.to_string()),
        }
    }

    /// Carries it out. A conflict with another writer is tried again after a short, uneven wait; the
    /// SDK repeats lost calls under one token, so that a reply lost after the commit does no harm.
    pub(crate) async fn run(self, client: &Client) -> Result<Outcome<L>, StoreError> {
        if let Some(mistake) = self.mistake {
            return Err(StoreError::Failed(format!("TransactWriteItems: {mistake}")));
        }
        let mut attempt = 0;
        loop {
            attempt += 1;
            let sent =
                client.transact_write_items().set_transact_items(Some(self.writes.clone())).send().await;
            let error = match sent {
                Ok(_) => return Ok(Outcome::Done),
                Err(error) => error,
            };
            let Some(TransactWriteItemsError::TransactionCanceledException(canceled)) =
                error.as_service_error()
            else {
                return Err(sdk_error("TransactWriteItems", error));
            };
            let reasons = canceled.cancellation_reasons();
            let refused = reasons
                .iter()
                .zip(&self.labels)
                .find(|(reason, _)| reason.code() == Some("ConditionalCheckFailed"));
            if let Some((reason, label)) = refused {
                return Ok(Outcome::Refused(*label, reason.item().cloned().unwrap_or_default()));
            }
            let codes: Vec<_> =
                reasons.iter().filter_map(|reason| reason.code()).filter(|code| *code != "None").collect();
            let passes = codes.iter().all(|code| {
                matches!(*code, "TransactionConflict" | "ThrottlingError" | "ProvisionedThroughputExceeded")
            });
            if !passes || codes.is_empty() {
                return Err(StoreError::Failed(format!("TransactWriteItems: cancelled: {codes:?}")));
            }
            if attempt == ATTEMPTS {
                return Err(StoreError::Unavailable(format!("TransactWriteItems: cancelled: {codes:?}")));
            }
            tokio::time::sleep(wait_before(attempt + 1)).await;
        }
    }
}

fn some(values: Attributes) -> Option<Attributes> {
    (!values.is_empty()).then_some(values)
}

/// Doubles each time, with a random half so that two writers do not meet again.
fn wait_before(attempt: u32) -> Duration {
    let full = 10_u64 << attempt.min(6);
    let spread = palad_environment::Random::default().bytes::<1>()[0];
    Duration::from_millis(full / 2 + full / 2 * u64::from(spread) / 255)
}
