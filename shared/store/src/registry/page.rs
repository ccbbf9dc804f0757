//! Reading the personnel screen: the record with its history, a page at a time.

use aws_sdk_dynamodb::types::AttributeValue;
use palad_domain::agency::{Agency, AgencyCode};
use palad_domain::policy::CanRead;
use palad_domain::record::{Deleted, HistoryEntry, Ledger, Tenure, Version};

use super::{AGENCY, POST, Records, agency_pk, codec};
use crate::StoreError;
use crate::item::{Attributes, Reader, key, text};
use crate::table::{get_many, sdk_error, values};
use crate::tables::SK;

/// Lines of history, tenures or deleted records in one answer.
const PAGE: i32 = 20;

/// What the personnel screen shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordsPage {
    /// The record as it stands.
    pub ledger: Ledger,
    /// Its versions, the latest first.
    pub history: Vec<HistoryEntry>,
    /// Past holders, the latest first.
    pub tenures: Vec<Tenure>,
    /// What can be restored.
    pub deleted: Vec<Deleted>,
    /// The version before which the history goes on.
    pub next: Option<Version>,
}

impl Records {
    /// The agency and its ledger as they stand, in one call: what is read most often goes to the store once.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn agency_and_ledger(&self, code: &AgencyCode) -> Result<Option<(Agency, Ledger)>, StoreError> {
        let keys = [AGENCY, POST].map(|sk| key(agency_pk(code), sk)).to_vec();
        let (mut agency, mut ledger) = (None, Ledger::default());
        for item in get_many(&self.client, self.registry.name(), keys).await? {
            if Reader(&item).text(SK)? == AGENCY {
                agency = Some(codec::read_agency(&item)?);
            } else {
                ledger = codec::read_ledger(&item)?;
            }
        }
        Ok(agency.map(|agency| (agency, ledger)))
    }

    /// The record with the history before `before` (or the latest).
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn page(&self, leave: &CanRead, before: Option<Version>) -> Result<RecordsPage, StoreError> {
        let code = leave.agency();
        let last = before.map_or_else(|| "VERSION#~".to_owned(), codec::version_sk);
        let (ledger, history, tenures, deleted) = tokio::try_join!(
            self.ledger(code),
            self.lines(code, "VERSION#", last, codec::read_history),
            self.lines(code, "TENURE#", "TENURE#~".to_owned(), codec::read_tenure),
            self.lines(code, "DELETED#", "DELETED#~".to_owned(), codec::read_deleted),
        )?;
        // Versions have no gaps, so that the first version ends the history.
        let next = history.last().map(|entry| entry.version).filter(|version| version.0 > 1);
        Ok(RecordsPage { ledger, history, tenures, deleted, next })
    }

    /// Items of one agency from `first` on and before `last`, the last first.
    async fn lines<T>(
        &self,
        code: &AgencyCode,
        first: &str,
        last: String,
        read: impl Fn(&Attributes) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let bounds: [(&str, AttributeValue); 3] =
            [(":pk", text(agency_pk(code))), (":first", text(first)), (":last", text(last.clone()))];
        let output = self
            .client
            .query()
            .table_name(self.registry.name())
            .key_condition_expression("pk = :pk AND sk BETWEEN :first AND :last")
            .set_expression_attribute_values(Some(values(bounds)))
            .consistent_read(true)
            .scan_index_forward(false)
            // One more than a page: the upper bound is part of BETWEEN, and is left out below.
            .limit(PAGE + 1)
            .send()
            .await
            .map_err(|error| sdk_error("Query", error))?;
        output
            .items()
            .iter()
            .filter(|item| item.get("sk") != Some(&text(last.clone())))
            .take(PAGE.unsigned_abs() as usize)
            .map(read)
            .collect()
    }
}
