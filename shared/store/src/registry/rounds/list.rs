//! Reading agencies and frozen lists, province by province.

use std::collections::BTreeSet;

use palad_domain::agency::{Agency, AgencyCode};
use palad_domain::province::ProvinceCode;
use palad_domain::round::RoundId;
use palad_domain::round::list::ListLine;
use palad_domain::round::scope::{Asked, Scope};
use tokio::task::JoinSet;

use super::Rounds;
use super::codec::{list_pk, read_line};
use crate::StoreError;
use crate::item::{Reader, key, text};
use crate::many::read_many;
use crate::registry::{AGENCY, agency_pk, codec, directory::province_items};
use crate::table::{query_all, values};
use crate::tables::PK;

/// Provinces that are read at the same time.
const AT_ONCE: usize = 8;

/// Who would be asked in a round today, and how they can be reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// How many are expected to answer.
    pub expected: u32,
    /// How many are excused.
    pub excused: u32,
    /// How many of the expected have no account.
    pub unregistered: u32,
    /// How many of the expected have neither an account nor a mailbox on the official list.
    pub without_address: u32,
    /// How many provinces have somebody who is expected.
    pub provinces: u32,
}

impl Rounds {
    /// Counts who would be asked.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn census(&self, scope: &Scope) -> Result<Census, StoreError> {
        let counted = self.by_province(scope.provinces(), |rounds, province| {
            let scope = scope.clone();
            async move { rounds.census_of(&scope, province).await }
        });
        let mut all = Census::default();
        for one in counted.await? {
            all.expected += one.expected;
            all.excused += one.excused;
            all.unregistered += one.unregistered;
            all.without_address += one.without_address;
            all.provinces += one.provinces;
        }
        Ok(all)
    }

    async fn census_of(&self, scope: &Scope, province: ProvinceCode) -> Result<Census, StoreError> {
        let agencies = self.agencies(province).await?;
        let registered = self.registered_of(&agencies).await?;
        let mut census = Census::default();
        for agency in &agencies {
            match scope.asks(agency) {
                Asked::No => continue,
                Asked::Excused(_) => census.excused += 1,
                Asked::Expected => {
                    census.expected += 1;
                    let has_account = registered.contains(&agency.code);
                    census.unregistered += u32::from(!has_account);
                    census.without_address += u32::from(!has_account && agency.official_email.is_none());
                }
            }
        }
        census.provinces = u32::from(census.expected > 0);
        Ok(census)
    }

    /// Those of these agencies that are on the list of agencies.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn listed_among(&self, codes: &[AgencyCode]) -> Result<BTreeSet<AgencyCode>, StoreError> {
        let keys = codes.iter().map(|code| key(agency_pk(code), AGENCY)).collect();
        let items = read_many(&self.client, self.registry.name(), keys, Some(PK)).await?;
        items.iter().map(|item| codec::read_code(&Reader(item))).collect()
    }

    /// Every agency of a province, in the order of their codes.
    pub(super) async fn agencies(&self, province: ProvinceCode) -> Result<Vec<Agency>, StoreError> {
        let prefix = format!("{AGENCY}#");
        let items = province_items(&self.client, &self.registry, province, &prefix).await?;
        let mut agencies: Vec<Agency> = items.iter().map(codec::read_agency).collect::<Result<_, _>>()?;
        agencies.sort_by(|one, other| one.code.cmp(&other.code));
        Ok(agencies)
    }

    /// Those of these agencies that have an account.
    pub(super) async fn registered_of(
        &self,
        agencies: &[Agency],
    ) -> Result<BTreeSet<AgencyCode>, StoreError> {
        let codes: Vec<AgencyCode> = agencies.iter().map(|agency| agency.code.clone()).collect();
        self.registered.among(&codes).await
    }

    /// The frozen list of one province, in the order of the codes.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn lines(&self, id: RoundId, province: ProvinceCode) -> Result<Vec<ListLine>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(self.registry.name())
            .key_condition_expression("pk = :pk")
            .filter_expression("attribute_exists(list_line)")
            .set_expression_attribute_values(Some(values([(":pk", text(list_pk(id, province)))])))
            .consistent_read(true);
        query_all(query).await?.iter().map(read_line).collect()
    }

    /// Does the same for many provinces, some of them at the same time. In no particular order.
    pub(super) async fn by_province<T, F>(
        &self,
        provinces: Vec<ProvinceCode>,
        one: impl Fn(Self, ProvinceCode) -> F,
    ) -> Result<Vec<T>, StoreError>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, StoreError>> + Send + 'static,
    {
        let mut done = Vec::with_capacity(provinces.len());
        let mut waiting = provinces.into_iter();
        let mut running = JoinSet::new();
        loop {
            while running.len() < AT_ONCE {
                let Some(province) = waiting.next() else { break };
                running.spawn(one(self.clone(), province));
            }
            let Some(read) = running.join_next().await else { return Ok(done) };
            done.push(read.map_err(|error| StoreError::Failed(format!("reading a province: {error}")))??);
        }
    }
}
