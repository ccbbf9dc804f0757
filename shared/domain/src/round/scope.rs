//! Who is asked in a round.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::agency::{Agency, AgencyCode, AgencyKind};
use crate::province::ProvinceCode;

/// Kinds and provinces that are asked, and the agencies that are not, each with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The kinds that are asked; Bangkok only where it is named.
    kinds: Vec<AgencyKind>,
    /// The provinces that are asked; none named means all of them.
    provinces: BTreeSet<ProvinceCode>,
    /// Agencies that are excused, with the reason.
    exceptions: BTreeMap<AgencyCode, String>,
}

/// How an agency stands to a round before it has answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked<'a> {
    /// It is expected to answer.
    Expected,
    /// It would be, but is excused.
    Excused(&'a str),
    /// The round is not about it.
    No,
}

impl Scope {
    /// A scope.
    #[must_use]
    pub fn new(
        kinds: impl IntoIterator<Item = AgencyKind>,
        provinces: impl IntoIterator<Item = ProvinceCode>,
        exceptions: impl IntoIterator<Item = (AgencyCode, String)>,
    ) -> Self {
        let mut kinds: Vec<_> = kinds.into_iter().collect();
        // In one order and each once, so that equal scopes are equal.
        kinds.sort_by_key(|kind| AgencyKind::ALL.iter().position(|other| other == kind));
        kinds.dedup();
        Self {
            kinds,
            provinces: provinces.into_iter().collect(),
            exceptions: exceptions.into_iter().collect(),
        }
    }

    /// Everybody but Bangkok, which no letter has asked so far.
    #[must_use]
    pub fn of_the_letters() -> Self {
        Self::new(AgencyKind::ALL.into_iter().filter(|kind| *kind != AgencyKind::Bangkok), [], [])
    }

    /// How this agency stands to the round.
    #[must_use]
    pub fn asks(&self, agency: &Agency) -> Asked<'_> {
        let is_meant = self.kinds.contains(&agency.kind)
            && (self.provinces.is_empty() || self.provinces.contains(&agency.province.code()));
        match self.exceptions.get(&agency.code) {
            _ if !is_meant => Asked::No,
            Some(reason) => Asked::Excused(reason),
            None => Asked::Expected,
        }
    }

    /// The same without those who are excused by name.
    #[must_use]
    pub fn without_exceptions(&self) -> Self {
        Self { exceptions: BTreeMap::new(), ..self.clone() }
    }

    /// The kinds that are asked.
    #[must_use]
    pub fn kinds(&self) -> &[AgencyKind] {
        &self.kinds
    }

    /// The provinces that were named; none means all of them.
    #[must_use]
    pub fn named_provinces(&self) -> &BTreeSet<ProvinceCode> {
        &self.provinces
    }

    /// Who is excused by name, and why.
    #[must_use]
    pub fn exceptions(&self) -> &BTreeMap<AgencyCode, String> {
        &self.exceptions
    }

    /// The provinces that are asked: those named, or all.
    #[must_use]
    pub fn provinces(&self) -> Vec<ProvinceCode> {
        let is_asked = |code: &ProvinceCode| self.provinces.is_empty() || self.provinces.contains(code);
        crate::province::Province::all().map(crate::province::Province::code).filter(is_asked).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::province::Province;

    fn agency(code: &str, kind: AgencyKind, province: &str) -> Agency {
        Agency {
            code: code.parse().expect("a code"),
            kind,
            name: "แพร่".into(),
            district: "เมืองแพร่".into(),
            province: Province::by_name(province).expect("a province"),
            official_email: None,
            official_phone: None,
        }
    }

    #[test]
    fn a_scope_asks_kinds_in_provinces_but_not_the_excused() {
        let town = agency("549900", AgencyKind::Town, "แพร่");
        let all = Scope::of_the_letters();
        assert_eq!(all.asks(&town), Asked::Expected);
        assert_eq!(all.asks(&agency("100001", AgencyKind::Bangkok, "กรุงเทพมหานคร")), Asked::No);
        assert_eq!(all.provinces().len(), 77);
        let phrae = Scope::new(
            [AgencyKind::Town, AgencyKind::City, AgencyKind::Town],
            [town.province.code()],
            [("549900".parse().expect("a code"), "ยุบรวม".to_owned())],
        );
        assert_eq!(phrae.asks(&town), Asked::Excused("ยุบรวม"));
        assert_eq!(phrae.asks(&agency("549901", AgencyKind::Town, "แพร่")), Asked::Expected);
        assert_eq!(phrae.asks(&agency("559901", AgencyKind::Town, "น่าน")), Asked::No);
        assert_eq!(phrae.asks(&agency("549902", AgencyKind::Subdistrict, "แพร่")), Asked::No);
        assert_eq!(phrae.provinces().len(), 1);
    }
}
