//! Reading the audit, for people: a page at a time, the latest first.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use palad_domain::audit::{Chain, Line};
use palad_domain::policy::{CanManageStaff, CanReadAudit};
use palad_environment::{Variables, VariablesError};

use super::{LINE, SEALED, chain_pk, line_sk};
use crate::StoreError;
use crate::accounts::{ACCOUNT, staff_pk};
use crate::aws::Aws;
use crate::item::{Attributes, Reader, key, text};
use crate::table::{get_many, sdk_error, values};
use crate::tables::{AccountsTable, AuditTable, PK};

/// Lines in one answer.
const PAGE: i32 = 20;

/// The audit, for those who read it.
#[derive(Clone)]
pub struct AuditTrail {
    client: Client,
    audit: AuditTable,
    accounts: AccountsTable,
}

/// A page of lines, the latest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditPage {
    /// The lines.
    pub lines: Vec<Line>,
    /// The number before which the audit goes on.
    pub next: Option<u64>,
}

impl AuditTrail {
    /// Needs `AUDIT_TABLE` and `ACCOUNTS_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self {
            client: aws.dynamodb(),
            audit: AuditTable::from_environment(variables)?,
            accounts: AccountsTable::from_environment(variables)?,
        })
    }

    /// The lines before `before`, or the latest.
    ///
    /// # Errors
    /// When the store cannot be read, or holds a line that cannot.
    pub async fn page(&self, leave: &CanReadAudit, before: Option<u64>) -> Result<AuditPage, StoreError> {
        self.page_of(&leave.agency().into(), before).await
    }

    /// The same about the staff of the office that the leave is for.
    ///
    /// # Errors
    /// When the store cannot be read, or holds a line that cannot.
    pub async fn staff_page(
        &self,
        leave: &CanManageStaff,
        before: Option<u64>,
    ) -> Result<AuditPage, StoreError> {
        self.page_of(&Chain::of_staff(leave.place()), before).await
    }

    async fn page_of(&self, chain: &Chain, before: Option<u64>) -> Result<AuditPage, StoreError> {
        let last = match before {
            None => None,
            // Lines count from 1: before the first there is none.
            Some(0 | 1) => return Ok(AuditPage { lines: Vec::new(), next: None }),
            Some(before) => Some(before - 1),
        };
        // No number has more than ten digits, so that the default is beyond all of them.
        let last = last.map_or_else(|| format!("{LINE}~"), line_sk);
        let query =
            range(&self.client, &self.audit, chain, LINE, &last).scan_index_forward(false).limit(PAGE);
        let page = query.send().await.map_err(|error| sdk_error("Query", error))?;
        let lines = page.items().iter().map(read_line).collect::<Result<Vec<_>, _>>()?;
        // Lines have no gaps, so that the first ends the audit.
        let next = lines.last().map(|line| line.number).filter(|number| *number > 1);
        Ok(AuditPage { lines, next })
    }

    /// What the officers with these keys are called.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn names(&self, staff: &[&str]) -> Result<BTreeMap<String, String>, StoreError> {
        let mut staff = staff.to_vec();
        staff.sort_unstable();
        staff.dedup();
        if staff.is_empty() {
            return Ok(BTreeMap::new());
        }
        let keys = staff.into_iter().map(|id| key(staff_pk(id), ACCOUNT)).collect();
        let mut names = BTreeMap::new();
        for item in get_many(&self.client, self.accounts.name(), keys).await? {
            let read = Reader(&item);
            let id = read.parse(PK, |pk| pk.strip_prefix(staff_pk("").as_str()).map(str::to_owned))?;
            names.insert(id, read.text("name")?);
        }
        Ok(names)
    }
}

/// A query for what stands between two sort keys of one chain, both included.
pub(super) fn range(
    client: &Client,
    audit: &AuditTable,
    chain: &Chain,
    first: &str,
    last: &str,
) -> QueryFluentBuilder {
    let bounds = [(":pk", text(chain_pk(chain))), (":first", text(first)), (":last", text(last))];
    client
        .query()
        .table_name(audit.name())
        .key_condition_expression("pk = :pk AND sk BETWEEN :first AND :last")
        .set_expression_attribute_values(Some(values(bounds)))
        .consistent_read(true)
}

fn read_line(item: &Attributes) -> Result<Line, StoreError> {
    Reader(item).json(SEALED)
}
