//! Prefixes before a name: titles, ranks, degrees.
//!
//! People write them glued to the name or apart, long or short, with and without dots. Splitting is careful: a
//! name that merely begins with the letters of a prefix (นายิกา) stays whole, and a prefix alone is no name. For
//! display น.ส. becomes นางสาว and an acting rank is spelled out; other ranks keep the form that was typed, with
//! its dots in place.

mod forms;

use crate::letters::{is_consonant, is_leading_vowel, is_name_letter};
use crate::name::{NameFault, clean};
use crate::text::tidy;
use forms::{Match, longest};

/// The longest prefix taken, in characters.
pub const PREFIX_MAX: usize = 40;

/// The prefixes worth offering in a form, the most common first.
pub const COMMON_PREFIXES: &[&str] = &[
    "นาย",
    "นาง",
    "นางสาว",
    "ว่าที่ร้อยตรี",
    "ว่าที่ร้อยตรีหญิง",
    "ว่าที่ร้อยโท",
    "ว่าที่ร้อยเอก",
    "ว่าที่พันตรี",
    "จ.ส.อ.",
    "พ.จ.อ.",
    "จ.อ.",
    "ส.อ.",
    "พ.อ.อ.",
    "ร.ต.",
    "ร.ท.",
    "ร.อ.",
    "พ.ต.",
    "ด.ต.",
    "ดร.",
    "ม.ล.",
    "ม.ร.ว.",
];

/// A name taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitName {
    /// The prefix in the form it is shown in, when there is one.
    pub prefix: Option<String>,
    /// The name without it, tidied.
    pub rest: String,
}

/// Positions that begin like a prefix and are none.
const NOT_A_PREFIX: [&str; 9] = [
    "นายกเทศมนตรี",
    "นายกองค์การ",
    "นายกอบต",
    "นายกอบจ",
    "นายกเมือง",
    "นายอำเภอ",
    "นายช่าง",
    "นายทะเบียน",
    "นายตรวจ",
];

/// Takes the prefix, or several (ว่าที่ ร.ต. ดร.), off a typed name.
pub fn split_prefix(input: &str) -> SplitName {
    let text = tidy(input).text;
    let mut prefix: Option<String> = None;
    let mut rest = text.as_str();
    while !NOT_A_PREFIX.iter().any(|position| rest.starts_with(position)) {
        let Some(found) = next_prefix(rest) else { break };
        prefix = Some(join(prefix, &found.shown));
        rest = found.rest;
        // After นาย and the like comes the name; only ranks and degrees stand in a row.
        if found.last {
            break;
        }
    }
    let rest = rest.to_owned();
    SplitName { prefix, rest }
}

/// The longest prefix that leaves a name. When the longest leaves nothing or one letter the text is left whole:
/// นางสาว alone is not a นาง named สาว. When it would cut a syllable, a shorter one is tried.
fn next_prefix(text: &str) -> Option<Match<'_>> {
    let mut shorter_than = usize::MAX;
    while let Some(found) = longest(text, shorter_than, forms::Reading::Before) {
        let mut rest = found.rest.chars();
        let first = rest.next()?;
        if is_consonant(first) || is_leading_vowel(first) {
            let second = rest.next()?;
            let name = is_name_letter(second) || second == '.' || found.spaced;
            return name.then_some(found);
        }
        shorter_than = found.length;
    }
    None
}

/// A prefix typed in a field of its own, in the form it is shown in.
///
/// # Errors
/// The first thing that keeps it from being a prefix: only Thai letters, dots and spaces, at most
/// [`PREFIX_MAX`] characters.
pub fn tidy_prefix(input: &str) -> Result<String, NameFault> {
    let text = clean(input, PREFIX_MAX, |c| is_name_letter(c) || matches!(c, '.' | ' '))?;
    let mut shown: Option<String> = None;
    let mut rest = text.as_str();
    while !rest.is_empty() {
        match longest(rest, usize::MAX, forms::Reading::Alone) {
            Some(found) => {
                shown = Some(join(shown, &found.shown));
                rest = found.rest;
            }
            None => return Ok(text),
        }
    }
    Ok(shown.unwrap_or(text))
}

/// Short forms follow each other without a space (ผศ.ดร.), long ones with one.
fn join(before: Option<String>, next: &str) -> String {
    match before {
        Some(before) if before.ends_with('.') => before + next,
        Some(before) => before + " " + next,
        None => next.to_owned(),
    }
}

#[cfg(test)]
mod tests;
