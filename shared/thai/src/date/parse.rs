//! Reading a typed day: 31 มีนาคม 2566, ๓๑ มี.ค. ๖๖, 31/03/2566, 2023-03-31.
//!
//! The text is cut into runs of digits and of letters; where they stand says what they are.

use super::{BUDDHIST_OFFSET, DateFault, MONTHS, ParsedDay};
use crate::digits::fold_digits;
use crate::letters::fold_dashes;
use crate::text::tidy;
use jiff::civil::Date;

/// The short names of the months, without their dots.
const SHORT_MONTHS: [&str; 12] = ["มค", "กพ", "มีค", "เมย", "พค", "มิย", "กค", "สค", "กย", "ตค", "พย", "ธค"];

/// Reads a day as it is typed in Thailand, or an ISO day.
///
/// # Errors
/// What keeps it from being a day.
pub fn parse_day(input: &str) -> Result<ParsedDay, DateFault> {
    let text = fold_dashes(&fold_digits(&tidy(input).text));
    if text.is_empty() {
        return Err(DateFault::Empty);
    }
    let (numbers, words) = runs(&text);
    match (numbers.as_slice(), words.as_slice()) {
        ([year, month, day], [a, b]) if year.len() == 4 && a == "-" && b == "-" => iso(year, month, day),
        ([day, month, year], [a, b]) if a == b && ["/", "-", "."].contains(&a.as_str()) => {
            read(day, number(month)?, year, Era::Unsaid)
        }
        ([day, year], [word]) => {
            let (month, era) = month_and_era(word)?;
            read(day, month, year, era)
        }
        ([day, year], [before, word]) if is_greeting(before) => {
            let (month, era) = month_and_era(word)?;
            read(day, month, year, era)
        }
        _ => Err(DateFault::Form),
    }
}

/// The count of years a text names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Era {
    Unsaid,
    Buddhist,
    Common,
}

/// The runs of digits, and what stands before and between them without its spaces. What follows the last number
/// makes a run too, and then no form matches.
fn runs(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut numbers, mut words) = (Vec::<String>::new(), Vec::<String>::new());
    let mut in_number = None;
    for c in text.chars().filter(|c| *c != ' ').take(64) {
        let digit = c.is_ascii_digit();
        let list = if digit { &mut numbers } else { &mut words };
        match list.last_mut().filter(|_| in_number == Some(digit)) {
            Some(run) => run.push(c),
            None => list.push(c.to_string()),
        }
        in_number = Some(digit);
    }
    (numbers, words)
}

/// What may stand before the day: วันที่, ที่, วันศุกร์ที่.
fn is_greeting(word: &str) -> bool {
    word.ends_with("ที่") && (word == "ที่" || word.starts_with("วัน"))
}

/// The month a word names, with the era when it names that too (มีนาคมพ.ศ.).
fn month_and_era(word: &str) -> Result<(i8, Era), DateFault> {
    let bare: String = word.chars().filter(|c| !matches!(c, '.' | '/' | '-')).collect();
    let (bare, era) = match (bare.strip_suffix("พศ"), bare.strip_suffix("คศ")) {
        (Some(month), _) => (month, Era::Buddhist),
        (_, Some(month)) => (month, Era::Common),
        _ => (bare.as_str(), Era::Unsaid),
    };
    let bare = bare.strip_prefix("เดือน").unwrap_or(bare);
    MONTHS
        .iter()
        .zip(SHORT_MONTHS)
        .zip(1..)
        .find(|((long, short), _)| bare == **long || bare == *short || long.strip_suffix("คม") == Some(bare))
        .map(|(_, number)| (number, era))
        .ok_or(DateFault::Form)
}

fn number(digits: &str) -> Result<i8, DateFault> {
    if digits.len() > 2 {
        return Err(DateFault::Form);
    }
    digits.parse().map_err(|_| DateFault::Form)
}

fn iso(year: &str, month: &str, day: &str) -> Result<ParsedDay, DateFault> {
    let parsed = read(day, number(month)?, year, Era::Unsaid)?;
    Ok(ParsedDay { ce_year_typed: false, ..parsed })
}

fn read(day: &str, month: i8, year: &str, era: Era) -> Result<ParsedDay, DateFault> {
    let (year, ce_year_typed) = common_year(year, era)?;
    let day = Date::new(year, month, number(day)?).map_err(|_| DateFault::NoSuchDay)?;
    Ok(ParsedDay { day, ce_year_typed })
}

/// The year of the common era, and whether it was typed as one. Two digits are a Buddhist year only from 40 on:
/// 23 might be 2523 or 2023, and nobody now means 2040 or later.
fn common_year(digits: &str, era: Era) -> Result<(i16, bool), DateFault> {
    let year: i16 = digits.parse().map_err(|_| DateFault::Year)?;
    match (digits.len(), year, era) {
        (4, 2400..=2699, Era::Unsaid | Era::Buddhist) => Ok((year - BUDDHIST_OFFSET, false)),
        (4, 1900..=2199, Era::Unsaid | Era::Common) => Ok((year, true)),
        (2, 40..=99, Era::Unsaid | Era::Buddhist) => Ok((2500 + year - BUDDHIST_OFFSET, false)),
        _ => Err(DateFault::Year),
    }
}
