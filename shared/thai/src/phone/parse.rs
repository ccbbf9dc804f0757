//! From the parts of a line to numbers that can be dialled.
//!
//! Lengths decide: a Thai number says by its second digit how long it is. That is also what makes ranges of the
//! last digits (0-5453-4119-20) safe to read: nothing else begins with a whole landline number.

use super::split::{Part, parts};
use super::{PHONES_MAX, Phone, PhoneFault, PhoneKind};
use crate::text::has_control;

/// The numbers of a typed line.
pub(super) fn phones(input: &str) -> Result<Vec<Phone>, PhoneFault> {
    if has_control(input) {
        return Err(PhoneFault::Letters);
    }
    let mut found: Vec<Phone> = Vec::new();
    for part in parts(input) {
        for phone in numbers(&part, found.last())? {
            if !found.contains(&phone) {
                found.push(phone);
            }
        }
        if found.len() > PHONES_MAX {
            return Err(PhoneFault::TooMany);
        }
    }
    if found.is_empty() { Err(PhoneFault::Empty) } else { Ok(found) }
}

/// The numbers of one part: one, or those of a range.
fn numbers(part: &Part, before: Option<&Phone>) -> Result<Vec<Phone>, PhoneFault> {
    if !part.number.chars().all(is_number_character) {
        return Err(PhoneFault::Letters);
    }
    let extension = part.extension.as_deref().map(extension).transpose()?;
    let groups = groups(&part.number);
    if groups.is_empty() {
        return Err(if part.extension.is_some() { PhoneFault::Extension } else { PhoneFault::TooShort });
    }
    if part.ministry {
        return ministry(groups.concat(), extension).map(|phone| vec![phone]);
    }
    if let (None, Some(phone)) = (&extension, another_extension(&groups, before)) {
        return Ok(vec![phone]);
    }
    if let Some(range) = range(&part.number, extension.as_ref()) {
        return range;
    }
    let digits = national(&part.number, groups.concat())?;
    let kind = kind(&digits)?;
    Ok(vec![Phone { kind, digits, extension }])
}

fn is_number_character(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')' | '+')
}

fn groups(number: &str) -> Vec<&str> {
    number.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect()
}

/// The digits as dialled inside the country: +66, 0066 and 66 give way to 0.
fn national(number: &str, digits: String) -> Result<String, PhoneFault> {
    let abroad = match number.find('+') {
        Some(0) => Some(digits.strip_prefix("66").ok_or(PhoneFault::NotThai)?),
        Some(1) if number.starts_with('(') => Some(digits.strip_prefix("66").ok_or(PhoneFault::NotThai)?),
        Some(_) => return Err(PhoneFault::Letters),
        None => digits
            .strip_prefix("0066")
            .or_else(|| digits.strip_prefix("66").filter(|rest| matches!(rest.len(), 8 | 9))),
    };
    Ok(match abroad {
        Some(rest) => format!("0{}", rest.strip_prefix('0').unwrap_or(rest)),
        None => digits,
    })
}

/// The kind of a number, when its length fits.
fn kind(digits: &str) -> Result<PhoneKind, PhoneFault> {
    let (kind, length) = match digits.as_bytes() {
        [b'0', b'2'..=b'5' | b'7', ..] => (PhoneKind::Landline, 9),
        [b'0', b'6' | b'8' | b'9', ..] => (PhoneKind::Mobile, 10),
        [b'1', ..] => (PhoneKind::Hotline, 4),
        [b'0'] => return Err(PhoneFault::TooShort),
        _ if digits.len() < 9 => return Err(PhoneFault::TooShort),
        _ => return Err(PhoneFault::NotThai),
    };
    match digits.len().cmp(&length) {
        std::cmp::Ordering::Less => Err(PhoneFault::TooShort),
        std::cmp::Ordering::Equal => Ok(kind),
        std::cmp::Ordering::Greater => Err(PhoneFault::TooLong),
    }
}

fn ministry(digits: String, extension: Option<String>) -> Result<Phone, PhoneFault> {
    match digits.len() {
        0..=3 => Err(PhoneFault::TooShort),
        4..=6 => Ok(Phone { kind: PhoneKind::Ministry, digits, extension }),
        _ => Err(PhoneFault::TooLong),
    }
}

/// One to six digits, or two such with a hyphen.
fn extension(typed: &str) -> Result<String, PhoneFault> {
    let sides: Vec<&str> = typed.split('-').map(str::trim).collect();
    let good = |side: &&str| (1..=6).contains(&side.len()) && side.bytes().all(|b| b.is_ascii_digit());
    if sides.len() <= 2 && sides.iter().all(good) { Ok(sides.join("-")) } else { Err(PhoneFault::Extension) }
}

/// "ต่อ 203, 204": a short group after a number with an extension of that length is another extension of it.
/// Four digits beginning with 1 are left alone, for they may be a hotline.
fn another_extension(groups: &[&str], before: Option<&Phone>) -> Option<Phone> {
    let [group] = groups else { return None };
    let before = before?;
    let same = before.extension.as_ref()?.len() == group.len() && group.len() <= 4;
    let hotline = group.len() == 4 && group.starts_with('1');
    (same && !hotline).then(|| Phone { extension: Some((*group).to_owned()), ..before.clone() })
}

/// A landline number followed, after a hyphen, by one or two digits that replace its last ones.
fn range(number: &str, extension: Option<&String>) -> Option<Result<Vec<Phone>, PhoneFault>> {
    let (base, end) = number.rsplit_once('-')?;
    let end = end.trim();
    let base = national(base, groups(base).concat()).ok()?;
    if !matches!(end.len(), 1 | 2) || kind(&base) != Ok(PhoneKind::Landline) {
        return None;
    }
    let (head, start) = base.split_at_checked(base.len() - end.len())?;
    let (first, last) = (start.parse::<usize>().ok()?, end.parse::<usize>().ok()?);
    if last <= first {
        return Some(Err(PhoneFault::TooLong));
    }
    if last - first >= PHONES_MAX {
        return Some(Err(PhoneFault::TooMany));
    }
    let width = end.len();
    let phone = |tail| Phone {
        kind: PhoneKind::Landline,
        digits: format!("{head}{tail:0width$}"),
        extension: extension.cloned(),
    };
    Some(Ok((first..=last).map(phone).collect()))
}
