//! Keeping lists and totals of open rounds true. A line and the total of its province change in one transaction, on
//! condition that both are as they were seen: so whatever is repeated, late or out of order counts once.

use aws_sdk_dynamodb::Client;
use jiff::civil::Date;
use palad_domain::agency::AgencyCode;
use palad_domain::province::ProvinceCode;
use palad_domain::record::Ledger;
use palad_domain::round::list::{Curve, ListLine};
use palad_domain::round::tally::Tally;
use palad_domain::round::{OpenRound, RoundId};
use palad_environment::{Variables, VariablesError};

use super::rounds::codec::{self, TALLY, curve_sk, line_item, list_pk, round_pk, total_item, total_sk};
use super::rounds::open_key;
use super::{POST, agency_pk, codec as registry_codec};
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Attributes, Builder, Reader, key, number, text};
use crate::table::{get, put_if, values};
use crate::tables::{PROVINCE, RegistryTable};
use crate::transaction::{Outcome, Transaction};

/// How often a change is tried while others change the same total.
const ATTEMPTS: usize = 20;

/// Lists and totals of open rounds, for the functions that keep them true.
#[derive(Clone)]
pub struct Counting {
    client: Client,
    registry: RegistryTable,
}

#[derive(Clone, Copy)]
enum Write {
    Line,
    Total,
}

impl Counting {
    /// Needs `REGISTRY_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), registry: RegistryTable::from_environment(variables)? })
    }

    /// The rounds that are open.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn open_rounds(&self) -> Result<Vec<OpenRound>, StoreError> {
        let item = get(&self.client, self.registry.name(), open_key()).await?;
        item.as_ref().map_or_else(|| Ok(Vec::new()), codec::read_open)
    }

    /// An agency's ledger as it stands, and its province; none where it never recorded anything.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn ledger(&self, code: &AgencyCode) -> Result<Option<(ProvinceCode, Ledger)>, StoreError> {
        let item = get(&self.client, self.registry.name(), key(agency_pk(code), POST)).await?;
        let Some(item) = item else { return Ok(None) };
        let province = Reader(&item).parse(PROVINCE, |text| text.parse().ok())?;
        Ok(Some((province, registry_codec::read_ledger(&item)?)))
    }

    /// The line of an agency; none where the round is not about it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn line(
        &self,
        round: RoundId,
        province: ProvinceCode,
        code: &AgencyCode,
    ) -> Result<Option<ListLine>, StoreError> {
        let key = key(list_pk(round, province), code.as_str());
        let item = get(&self.client, self.registry.name(), key).await?;
        item.as_ref().map(codec::read_line).transpose()
    }

    /// Changes a line from what was seen, and the total of its province with it. Answers whether the line still was as
    /// it was seen; where it was not, nothing has changed.
    ///
    /// # Errors
    /// When the store fails, or others change the total all the time.
    pub async fn settle(
        &self,
        round: RoundId,
        seen: &ListLine,
        after: &ListLine,
    ) -> Result<bool, StoreError> {
        for _ in 0..ATTEMPTS {
            let mut transaction = Transaction::new();
            let unchanged = ("counted = :seen", values([(":seen", number(seen.counted))]));
            transaction.put(Write::Line, self.registry.name(), line_item(round, after)?, Some(unchanged));
            if seen.tally() != after.tally() {
                let total = self.total_item(round, seen.province).await?;
                let mut tally = read_tally(total.as_ref())?;
                tally -= seen.tally();
                tally += after.tally();
                let unchanged = as_it_was(total.as_ref())?;
                let item = total_item(round, seen.province, &tally)?;
                transaction.put(Write::Total, self.registry.name(), item, Some(unchanged));
            }
            match transaction.run(&self.client).await? {
                Outcome::Done => return Ok(true),
                Outcome::Refused(Write::Line, _) => return Ok(false),
                Outcome::Refused(Write::Total, _) => {}
            }
        }
        Err(StoreError::Unavailable("a total is changed by others all the time".into()))
    }

    /// The total of a province.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn total(&self, round: RoundId, province: ProvinceCode) -> Result<Tally, StoreError> {
        read_tally(self.total_item(round, province).await?.as_ref())
    }

    /// Replaces a total that has drifted from its lines. Answers whether it still was what was seen.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn mend(
        &self,
        round: RoundId,
        province: ProvinceCode,
        seen: Tally,
        right: Tally,
    ) -> Result<bool, StoreError> {
        let item = self.total_item(round, province).await?;
        if read_tally(item.as_ref())? != seen {
            return Ok(false);
        }
        let (condition, seen) = as_it_was(item.as_ref())?;
        let item = total_item(round, province, &right)?;
        put_if(&self.client, self.registry.name(), item, condition, seen).await
    }

    /// Notes how far a province, or the country, had come at the end of a day.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn note_day(
        &self,
        round: RoundId,
        province: Option<ProvinceCode>,
        day: Date,
        tally: Tally,
    ) -> Result<(), StoreError> {
        for _ in 0..ATTEMPTS {
            let key = key(round_pk(round), curve_sk(province));
            let item = get(&self.client, self.registry.name(), key).await?;
            let mut curve = item.as_ref().map_or_else(|| Ok(Curve::default()), codec::read_curve)?;
            if curve.0.insert(day, tally) == Some(tally) {
                return Ok(());
            }
            let (condition, seen) = match &item {
                Some(item) => ("curve = :seen", values([(":seen", text(Reader(item).text("curve")?))])),
                None => ("attribute_not_exists(pk)", Attributes::new()),
            };
            let noted = Builder::new(round_pk(round), curve_sk(province)).json("curve", &curve)?.build();
            if put_if(&self.client, self.registry.name(), noted, condition, seen).await? {
                return Ok(());
            }
        }
        Err(StoreError::Unavailable("a curve is changed by others all the time".into()))
    }

    async fn total_item(
        &self,
        round: RoundId,
        province: ProvinceCode,
    ) -> Result<Option<Attributes>, StoreError> {
        get(&self.client, self.registry.name(), key(round_pk(round), total_sk(province))).await
    }
}

fn read_tally(item: Option<&Attributes>) -> Result<Tally, StoreError> {
    item.map_or_else(|| Ok(Tally::default()), |item| Ok(codec::read_total(item)?.1))
}

/// The condition that a total is still as it was seen.
fn as_it_was(item: Option<&Attributes>) -> Result<(&'static str, Attributes), StoreError> {
    Ok(match item {
        Some(item) => ("tally = :seen", values([(":seen", text(Reader(item).text(TALLY)?))])),
        None => ("attribute_not_exists(pk)", Attributes::new()),
    })
}
