//! The holidays that the central office enters: those that move with the moon, and those that the cabinet adds.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::words::{HOLIDAY_MAX, day, line};
use crate::fields::FieldErrors;
use crate::record::Version;
use crate::say::say;

/// The most holidays that are kept: those of twenty years.
pub const HOLIDAYS_MAX: usize = 400;

/// The holidays that were entered, each with its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holidays {
    /// How many times they were changed.
    pub version: Version,
    /// By day.
    pub days: BTreeMap<Date, String>,
}

/// The holidays as they are typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidaysInput {
    /// All of them: what is left out is no holiday any more.
    pub items: Option<Vec<HolidayInput>>,
}

/// A holiday as it is typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidayInput {
    /// The day.
    pub day: Option<String>,
    /// Its name.
    pub name: Option<String>,
}

impl Holidays {
    /// The days as a calendar.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        Calendar::with(self.days.keys().copied())
    }

    /// The holidays with other days.
    ///
    /// # Errors
    /// The fields that are to be mended.
    pub fn changed(&self, input: &HolidaysInput) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let Some(items) = &input.items else {
            return Err(FieldErrors::one("/items", say("กรุณาส่งรายการวันหยุด", "Send the list of holidays.")));
        };
        if items.len() > HOLIDAYS_MAX {
            let too_many = say(
                format!("เก็บวันหยุดได้ไม่เกิน {HOLIDAYS_MAX} วัน ให้ลบปีเก่าออก"),
                format!("At most {HOLIDAYS_MAX} holidays are kept. Leave old years out."),
            );
            return Err(FieldErrors::one("/items", too_many));
        }
        let mut days = BTreeMap::new();
        for (at, item) in items.iter().enumerate() {
            let pointer = format!("/items/{at}/day");
            let day = errors.keep(&pointer, day(item.day.as_deref()));
            let name = errors.keep(&format!("/items/{at}/name"), line(item.name.as_deref(), HOLIDAY_MAX));
            let Some((day, name)) = day.zip(name) else { continue };
            if days.insert(day, name).is_some() {
                errors.add(
                    pointer,
                    say("วันนี้ซ้ำในรายการ ให้ลบออก", "This day is in the list twice. Leave one out."),
                );
            }
        }
        if errors.is_empty() { Ok(Self { version: self.version.next(), days }) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_entered_as_people_type_them_and_each_once() {
        let item = |day: &str, name: &str| HolidayInput { day: Some(day.into()), name: Some(name.into()) };
        let input = |items: Vec<HolidayInput>| HolidaysInput { items: Some(items) };
        let entered =
            Holidays::default().changed(&input(vec![item("๖ มี.ค. ๒๕๖๖", "วันมาฆบูชา")])).expect("holidays");
        assert_eq!((entered.version, entered.days.keys().next()), (Version(1), Some(&date(2023, 3, 6))));
        assert!(!entered.calendar().is_working_day(date(2023, 3, 6)));
        let wrong = Holidays::default().changed(&input(vec![
            item("2023-03-06", "วันมาฆบูชา"),
            item("6 มีนาคม 2566", "วันมาฆบูชา"),
            item("เมื่อวาน", ""),
        ]));
        let pointers: Vec<String> =
            wrong.expect_err("wrong").iter().map(|error| error.pointer.clone()).collect();
        assert_eq!(pointers, ["/items/1/day", "/items/2/day", "/items/2/name"]);
        assert!(Holidays::default().changed(&HolidaysInput::default()).is_err());
        assert!(
            Holidays::default().changed(&input(vec![HolidayInput::default(); HOLIDAYS_MAX + 1])).is_err()
        );
    }
}
