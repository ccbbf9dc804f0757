//! Which agencies have an account, and nothing else of it.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::Client;
use palad_domain::agency::AgencyCode;
use palad_environment::{Variables, VariablesError};

use super::{ACCOUNT, account_pk};
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Reader, key};
use crate::many::read_many;
use crate::tables::{AccountsTable, PK};

/// The accounts, for those who only ask whether there is one.
#[derive(Clone)]
pub(crate) struct Registered {
    client: Client,
    accounts: AccountsTable,
}

impl Registered {
    /// Needs `ACCOUNTS_TABLE`.
    pub(crate) fn of(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), accounts: AccountsTable::from_environment(variables)? })
    }

    /// Those of these agencies that have an account. Neither the address nor the hash leaves the table.
    pub(crate) async fn among(&self, codes: &[AgencyCode]) -> Result<BTreeSet<AgencyCode>, StoreError> {
        let keys = codes.iter().map(|code| key(account_pk(code), ACCOUNT)).collect();
        let items = read_many(&self.client, self.accounts.name(), keys, Some(PK)).await?;
        items
            .iter()
            .map(|item| Reader(item).parse(PK, |pk| pk.strip_prefix("ACCOUNT#")?.parse().ok()))
            .collect()
    }
}
