//! Trying a mailed code: the try is charged first, in one conditional write.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::ReturnValue;
use jiff::Timestamp;
use palad_domain::agency::AgencyCode;

use crate::StoreError;
use crate::item::{Attributes, Reader, number};
use crate::table::{get, is_condition, sdk_error, values};

/// Takes one of the tries that are left of a claim or a challenge and answers the item as it is
/// then; none where it does not exist, has no try left or has ended.
pub(super) async fn take_try(
    client: &Client,
    table: &str,
    key: Attributes,
    now: Timestamp,
) -> Result<Option<Attributes>, StoreError> {
    let sent = client
        .update_item()
        .table_name(table)
        .set_key(Some(key))
        .update_expression("SET tries_left = tries_left - :one")
        .condition_expression("tries_left >= :one")
        .set_expression_attribute_values(Some(values([(":one", number(1))])))
        .return_values(ReturnValue::AllNew)
        .send()
        .await;
    let item = match sent {
        Ok(output) => output.attributes.unwrap_or_default(),
        Err(error) if is_condition(&error) => return Ok(None),
        Err(error) => return Err(sdk_error("UpdateItem", error)),
    };
    Ok((Reader(&item).time("ends_at")? > now).then_some(item))
}

/// Whose code it is that has no try left, has ended or was used; none where nobody knows.
pub(super) async fn whose(
    client: &Client,
    table: &str,
    key: Attributes,
) -> Result<Option<AgencyCode>, StoreError> {
    let item = get(client, table, key).await?;
    item.map(|item| Reader(&item).parse("agency", |text| text.parse().ok())).transpose()
}
