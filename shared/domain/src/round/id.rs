//! The name of a round: the Buddhist year in which it opens, and its number in that year.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use palad_thai::date::BUDDHIST_OFFSET;
use serde::{Deserialize, Serialize};

use crate::say::{Say, say};

/// The years that can be meant.
const YEARS: std::ops::RangeInclusive<u16> = 2500..=2699;
/// The most rounds of one year.
const NUMBER_MAX: u16 = 99;

/// A round's name, as in `2569-1`. Sorts by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RoundId {
    year: u16,
    number: u16,
}

impl RoundId {
    /// The first name of the year of this day.
    #[must_use]
    pub fn first_of(day: Date) -> Self {
        let year = day.year().saturating_add(BUDDHIST_OFFSET);
        Self { year: u16::try_from(year).unwrap_or(*YEARS.start()), number: 1 }
    }

    /// The name after this one in the same year; none when there are too many.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        (self.number < NUMBER_MAX).then_some(Self { number: self.number + 1, ..self })
    }

    /// The Buddhist year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }
}

impl fmt::Display for RoundId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.year, self.number)
    }
}

impl FromStr for RoundId {
    type Err = Say;

    fn from_str(text: &str) -> Result<Self, Say> {
        let parsed = text.split_once('-').and_then(|(year, number)| {
            let id = Self { year: year.parse().ok()?, number: number.parse().ok()? };
            // One spelling only: it is a key.
            let is_known = YEARS.contains(&id.year) && (1..=NUMBER_MAX).contains(&id.number);
            (is_known && id.to_string() == text).then_some(id)
        });
        parsed.ok_or_else(|| {
            say("ไม่มีรอบนี้ ให้เลือกรอบจากรายการ", "There is no such round. Choose one from the list.")
        })
    }
}

impl TryFrom<String> for RoundId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map_err(|say: Say| say.en.into_owned())
    }
}

impl From<RoundId> for String {
    fn from(id: RoundId) -> Self {
        id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_name_has_one_spelling_and_sorts_by_time() {
        let id = |text: &str| text.parse::<RoundId>();
        assert_eq!(id("2569-1"), Ok(RoundId::first_of(date(2026, 11, 1))));
        assert_eq!(
            id("2569-1").ok().and_then(RoundId::next).map(|next| next.to_string()).as_deref(),
            Some("2569-2")
        );
        assert_eq!(id("2569-99").ok().and_then(RoundId::next), None);
        let sorted: Result<Vec<_>, _> =
            ["2569-9", "2569-10", "2569-99", "2570-1"].map(id).into_iter().collect();
        assert!(sorted.expect("names").is_sorted());
        for bad in
            ["", "2569", "2569-", "2569-0", "2569-01", "2569-100", "+569-1", "2026-1", "2569-1 ", "2569-1#x"]
        {
            assert!(id(bad).is_err(), "{bad}");
        }
        let stored =
            serde_json::to_string(&std::collections::BTreeMap::from([(id("2569-2").expect("a name"), 1)]));
        assert_eq!(stored.expect("JSON"), r#"{"2569-2":1}"#);
    }
}
