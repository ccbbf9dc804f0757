//! Who belongs where: a partition for each province and one for the centre.

use aws_sdk_dynamodb::Client;
use palad_domain::staff::{StaffAccount, StaffId};

use super::account_key;
use super::codec::read_staff;
use crate::StoreError;
use crate::item::{Reader, text};
use crate::table::{get_many, query_all, values};
use crate::tables::{AccountsTable, SK};

/// How many accounts are read at once: as many as the table takes.
const AT_ONCE: usize = 100;

/// The accounts that are listed in a partition.
pub(in crate::accounts) async fn accounts_at(
    client: &Client,
    accounts: &AccountsTable,
    partition: &str,
) -> Result<Vec<StaffAccount>, StoreError> {
    let query = client
        .query()
        .table_name(accounts.name())
        .key_condition_expression("pk = :pk")
        .set_expression_attribute_values(Some(values([(":pk", text(partition))])))
        .consistent_read(true);
    let mut ids = Vec::new();
    for item in query_all(query).await? {
        ids.push(Reader(&item).parse(SK, |sk| StaffId::parse(sk.strip_prefix("STAFF#")?))?);
    }
    let mut staff = Vec::with_capacity(ids.len());
    for ids in ids.chunks(AT_ONCE) {
        let items = get_many(client, accounts.name(), ids.iter().map(account_key).collect()).await?;
        for item in &items {
            staff.push(read_staff(item)?);
        }
    }
    Ok(staff)
}
