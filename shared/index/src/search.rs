//! Answering questions.

use std::collections::BTreeMap;

use palad_domain::agency::AgencyView;
use palad_domain::directory::Entry;
use palad_domain::post::PostState;
use palad_domain::province::Province;
use serde::Serialize;

use crate::Index;
use crate::query::{Query, Tier, Words};
use crate::row::Row;

/// One page of an answer.
#[derive(Clone, Debug, Serialize)]
pub struct Found {
    /// The lines of this page.
    pub items: Vec<Entry>,
    /// How many lines there are in all.
    pub total: usize,
    /// How many there would be under each filter.
    pub facets: Facets,
    /// Whether more follow.
    #[serde(skip)]
    pub has_more: bool,
}

/// Counts under each filter. Each counts what the other filters leave, so that it tells what choosing
/// another value would find.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Facets {
    /// By state.
    pub state: BTreeMap<&'static str, usize>,
    /// By kind of agency.
    pub kind: BTreeMap<&'static str, usize>,
    /// By province code.
    pub province: BTreeMap<&'static str, usize>,
}

impl Index {
    /// Searches the directory: for the words as they are spelt and, where nothing at all is spelt so, as they
    /// sound. แพร่ finds แพร่ and not แพรก, and สมชายย์ finds somebody still.
    #[must_use]
    pub fn search(&self, query: &Query) -> Found {
        let spelt_so = |row: &Row| row.matches(&query.words, Tier::Strict);
        let tier = if self.rows.iter().any(spelt_so) { Tier::Strict } else { Tier::Loose };
        self.search_in(query, tier)
    }

    fn search_in(&self, query: &Query, tier: Tier) -> Found {
        let mut facets = Facets::default();
        PostState::ALL.iter().for_each(|state| {
            facets.state.insert(state.as_str(), 0);
        });
        let start = query.after.as_ref().and_then(|code| self.places.get(code)).map_or(0, |place| place + 1);
        let mut found = Found { items: Vec::new(), total: 0, facets: Facets::default(), has_more: false };
        for (place, row) in self.rows.iter().enumerate() {
            if !row.matches(&query.words, tier) || !query.is_district(row) {
                continue;
            }
            let (province, kind, state) = (query.is_province(row), query.is_kind(row), query.is_state(row));
            if province && kind {
                count(&mut facets.state, row.state().as_str());
            }
            if province && state {
                count(&mut facets.kind, row.view().kind.abbreviation());
            }
            if kind && state {
                count(&mut facets.province, row.province.code().as_str());
            }
            if province && kind && state {
                found.total += 1;
                if place >= start && found.items.len() < query.limit {
                    found.items.push(row.entry());
                } else if place >= start {
                    found.has_more = true;
                }
            }
        }
        found.facets = facets;
        found
    }

    /// Agencies for the picker: by province all of them in Thai order, by words the best first.
    #[must_use]
    pub fn agencies(&self, words: &Words, province: Option<Province>) -> Vec<&AgencyView> {
        let spelt_so = self.ranked(words, province, Tier::Strict);
        if spelt_so.is_empty() { self.ranked(words, province, Tier::Loose) } else { spelt_so }
    }

    fn ranked(&self, words: &Words, province: Option<Province>, tier: Tier) -> Vec<&AgencyView> {
        let mut ranked: Vec<_> = self
            .rows
            .iter()
            .filter(|row| province.is_none_or(|province| province == row.province))
            .filter_map(|row| row.agency_rank(words, tier).map(|rank| (rank, row.view())))
            .collect();
        // The sort is stable: within a rank the Thai order stays.
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, view)| view).collect()
    }
}

impl Query {
    fn is_province(&self, row: &Row) -> bool {
        self.province.is_none_or(|province| province == row.province)
    }

    fn is_district(&self, row: &Row) -> bool {
        self.district.as_ref().is_none_or(|district| *district == row.view().district)
    }

    fn is_kind(&self, row: &Row) -> bool {
        self.kind.is_none_or(|kind| kind == row.view().kind)
    }

    fn is_state(&self, row: &Row) -> bool {
        match self.state {
            Some(state) => row.state() == state,
            None => row.state() != PostState::None,
        }
    }
}

fn count(counts: &mut BTreeMap<&'static str, usize>, value: &'static str) {
    *counts.entry(value).or_default() += 1;
}
