//! How far a round is: at most two calls to the store for a page, at every level.

use palad_domain::policy::{Area, CanReadProgress};
use palad_domain::province::{Province, ProvinceCode};
use palad_domain::round::list::{Curve, ListLine};
use palad_domain::round::tally::Tally;
use palad_domain::round::{Round, RoundId};

use super::Rounds;
use super::codec::{ROUNDS, curve_sk, read_curve, read_round, read_total, round_pk, round_sk, total_sk};
use crate::StoreError;
use crate::item::{Attributes, Reader, key, text};
use crate::table::get_many;
use crate::tables::{PK, SK};

/// How far a round is in an area.
#[derive(Clone, Debug)]
pub struct RoundProgress {
    /// The round.
    pub round: Round,
    /// How it was at the end of each day; not kept for districts.
    pub curve: Curve,
    /// What is in the area.
    pub parts: Parts,
}

/// What is in an area.
#[derive(Clone, Debug)]
pub enum Parts {
    /// Of the country, the provinces, in the order of their codes.
    Provinces(Vec<(ProvinceCode, Tally)>),
    /// Of a province or a district, the agencies, in the order of their codes.
    Agencies(Vec<ListLine>),
}

impl Rounds {
    /// How far a round is in the area; none where there is no such round.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn progress(
        &self,
        leave: &CanReadProgress,
        id: RoundId,
    ) -> Result<Option<RoundProgress>, StoreError> {
        match leave.area() {
            Area::Country => self.country(id).await,
            Area::Province(province) => self.province(id, *province, None).await,
            Area::District { province, district } => self.province(id, *province, Some(district)).await,
        }
    }

    /// One call: the round, its curve, and the total of each province.
    async fn country(&self, id: RoundId) -> Result<Option<RoundProgress>, StoreError> {
        let totals = Province::all().map(|province| key(round_pk(id), total_sk(province.code())));
        let keys = [key(ROUNDS, round_sk(id)), key(round_pk(id), curve_sk(None))];
        let items =
            get_many(&self.client, self.registry.name(), keys.into_iter().chain(totals).collect()).await?;
        let mut provinces = Vec::new();
        for item in items.iter().filter(|item| sk_of(item).starts_with("TOTAL#")) {
            provinces.push(read_total(item)?);
        }
        provinces.sort_by_key(|(province, _)| *province);
        let (round, curve) = round_and_curve(&items)?;
        Ok(round.map(|round| RoundProgress { round, curve, parts: Parts::Provinces(provinces) }))
    }

    /// Two calls at the same time: the round with its curve, and the list.
    async fn province(
        &self,
        id: RoundId,
        province: ProvinceCode,
        district: Option<&str>,
    ) -> Result<Option<RoundProgress>, StoreError> {
        let keys = vec![key(ROUNDS, round_sk(id)), key(round_pk(id), curve_sk(Some(province)))];
        let (items, mut lines) =
            tokio::try_join!(get_many(&self.client, self.registry.name(), keys), self.lines(id, province))?;
        let (round, mut curve) = round_and_curve(&items)?;
        if let Some(district) = district {
            lines.retain(|line| line.district == district);
            curve = Curve::default();
        }
        Ok(round.map(|round| RoundProgress { round, curve, parts: Parts::Agencies(lines) }))
    }
}

fn round_and_curve(items: &[Attributes]) -> Result<(Option<Round>, Curve), StoreError> {
    let (mut round, mut curve) = (None, Curve::default());
    for item in items {
        if item.get(PK) == Some(&text(ROUNDS)) {
            round = Some(read_round(item)?);
        } else if sk_of(item).starts_with("CURVE#") {
            curve = read_curve(item)?;
        }
    }
    Ok((round, curve))
}

fn sk_of(item: &Attributes) -> String {
    Reader(item).find_text(SK).unwrap_or_default()
}
