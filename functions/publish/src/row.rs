//! The whole directory in the order in which it is published.

use std::collections::BTreeMap;

use palad_domain::agency::AgencyView;
use palad_domain::directory::Entry;
use palad_domain::province::Province;
use palad_index::{Index, Words};
use palad_thai::order::ThaiOrder;

/// A line of the directory.
pub(crate) type Row = Entry;

/// Every agency of the country, by province, each province in Thai order.
pub(crate) struct Country {
    provinces: BTreeMap<Province, Vec<Row>>,
    /// The order of the provinces by their names.
    order: Vec<Province>,
    /// Every agency in Thai order, whatever its province.
    agencies: Vec<AgencyView>,
}

impl Country {
    pub(crate) fn of(index: &Index) -> Self {
        let agencies: Vec<AgencyView> =
            index.agencies(&Words::parse(""), None).into_iter().cloned().collect();
        let mut provinces: BTreeMap<Province, Vec<Row>> = BTreeMap::new();
        for agency in &agencies {
            if let (Some(province), Some(entry)) =
                (Province::by_name(&agency.province), index.entry(&agency.code))
            {
                provinces.entry(province).or_default().push(entry);
            }
        }
        let thai = ThaiOrder::new();
        let mut order: Vec<_> = provinces.keys().copied().collect();
        order.sort_by(|a, b| thai.compare(a.name(), b.name()));
        Self { provinces, order, agencies }
    }

    /// The agencies of one province; none where it has none.
    pub(crate) fn rows(&self, province: Province) -> &[Row] {
        self.provinces.get(&province).map_or(&[], Vec::as_slice)
    }

    /// All lines, province after province.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Row> {
        self.order.iter().flat_map(|province| self.rows(*province))
    }

    /// All agencies in the order of their names.
    pub(crate) fn agencies(&self) -> impl Iterator<Item = &AgencyView> {
        self.agencies.iter()
    }
}
