//! Taking in the list of agencies. A body that was upgraded or renamed keeps its code, account and
//! record; what it was called before is kept beside it.

use std::collections::BTreeMap;
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{PutRequest, WriteRequest};
use jiff::Timestamp;
use palad_domain::agency::{Agency, AgencyCode, FormerName};
use palad_domain::province::Province;
use palad_environment::{Variables, VariablesError};

use super::directory::{province_items, put_copy_again};
use super::{AGENCY, codec};
use crate::StoreError;
use crate::aws::Aws;
use crate::item::Attributes;
use crate::table::sdk_error;
use crate::tables::RegistryTable;

/// Items in one call.
const BATCH: usize = 25;
/// Calls at the same time.
const AT_ONCE: usize = 4;
/// How often what the store did not get to is sent again.
const ROUNDS: u32 = 10;

/// The import of the list, for an operator.
#[derive(Clone)]
pub struct AgencyImport {
    client: Client,
    registry: RegistryTable,
}

/// What an import would change.
#[derive(Clone, Debug, Default)]
pub struct ImportPlan {
    /// Agencies that are new.
    pub added: Vec<Agency>,
    /// Agencies that are called or listed differently now.
    pub changed: Vec<Agency>,
    /// How many stay as they are.
    pub unchanged: usize,
    /// Agencies that are not in the file; they are left as they are.
    pub absent: Vec<AgencyCode>,
    former: BTreeMap<AgencyCode, Vec<FormerName>>,
}

impl ImportPlan {
    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty()
    }
}

impl AgencyImport {
    /// Needs `REGISTRY_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), registry: RegistryTable::from_environment(variables)? })
    }

    /// Compares the list with what is stored. Changes nothing.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn plan(&self, agencies: Vec<Agency>, now: Timestamp) -> Result<ImportPlan, StoreError> {
        let mut stored = BTreeMap::new();
        for province in Province::all() {
            for item in province_items(&self.client, &self.registry, province.code(), AGENCY).await? {
                let agency = codec::read_agency(&item)?;
                stored.insert(agency.code.clone(), (agency, codec::read_former_names(&item)?));
            }
        }
        let mut plan = ImportPlan::default();
        for agency in agencies {
            match stored.remove(&agency.code) {
                None => plan.added.push(agency),
                Some((before, _)) if before == agency => plan.unchanged += 1,
                Some((before, mut former)) => {
                    if before.kind != agency.kind || before.name != agency.name {
                        let until = palad_thai::date::bangkok_day(now);
                        former.push(FormerName { kind: before.kind, name: before.name, until });
                    }
                    plan.former.insert(agency.code.clone(), former);
                    plan.changed.push(agency);
                }
            }
        }
        plan.absent = stored.into_keys().collect();
        Ok(plan)
    }

    /// Carries the plan out. Repeating it does no harm.
    ///
    /// # Errors
    /// When the store cannot be written; then some agencies may be in, and importing again mends it.
    pub async fn carry_out(&self, plan: &ImportPlan, now: Timestamp) -> Result<(), StoreError> {
        if plan.is_empty() {
            return Ok(());
        }
        let mut items = Vec::with_capacity(plan.added.len() + plan.changed.len());
        for agency in plan.added.iter().chain(&plan.changed) {
            let former = plan.former.get(&agency.code).map_or(&[][..], Vec::as_slice);
            items.push(codec::agency_item(agency, former, now)?);
        }
        let mut running = tokio::task::JoinSet::new();
        for batch in items.chunks(BATCH) {
            if running.len() >= AT_ONCE {
                finished(running.join_next().await)?;
            }
            let (import, batch) = (self.clone(), batch.to_vec());
            running.spawn(async move { import.write(batch).await });
        }
        while let Some(done) = running.join_next().await {
            finished(Some(done))?;
        }
        put_copy_again(&self.client, &self.registry).await
    }

    async fn write(&self, items: Vec<Attributes>) -> Result<(), StoreError> {
        let mut left = Vec::with_capacity(items.len());
        for item in items {
            let put = PutRequest::builder()
                .set_item(Some(item))
                .build()
                .map_err(|error| StoreError::Failed(format!("BatchWriteItem: {error}")))?;
            left.push(WriteRequest::builder().put_request(put).build());
        }
        for round in 0..ROUNDS {
            let output = self
                .client
                .batch_write_item()
                .request_items(self.registry.name(), left)
                .send()
                .await
                .map_err(|error| sdk_error("BatchWriteItem", error))?;
            left =
                output.unprocessed_items.unwrap_or_default().remove(self.registry.name()).unwrap_or_default();
            if left.is_empty() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50 << round.min(6))).await;
        }
        Err(StoreError::Unavailable("BatchWriteItem: the table is too busy".into()))
    }
}

fn finished(done: Option<Result<Result<(), StoreError>, tokio::task::JoinError>>) -> Result<(), StoreError> {
    match done {
        Some(result) => result.map_err(|error| StoreError::Failed(format!("BatchWriteItem: {error}")))?,
        None => Ok(()),
    }
}
