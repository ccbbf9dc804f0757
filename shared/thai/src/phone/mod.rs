//! Telephone numbers as Thai offices write them, and one way to keep them.
//!
//! A line in a letter may hold several numbers, extensions, ranges of the last digits and the ministry's own
//! network: ๐ ๒๒๒๕ ๘๙๖๕ (มท) ๕๐๖๐๘. Digits are what is compared and searched; [`Phones`] is shown in the grouping
//! of official letters and reads its own display back.

mod parse;
mod split;

use std::fmt;

/// The most numbers taken in one field.
pub const PHONES_MAX: usize = 5;

/// The network a number belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PhoneKind {
    /// An office or a home: nine digits, 02 to 05 and 07.
    Landline,
    /// Ten digits, 06, 08 and 09.
    Mobile,
    /// Four digits beginning with 1.
    Hotline,
    /// A line of the Ministry of Interior's network, (มท): four to six digits, dialled only inside it.
    Ministry,
}

/// One number.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phone {
    kind: PhoneKind,
    digits: String,
    extension: Option<String>,
}

impl Phone {
    /// The digits as dialled inside the country.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// What is dialled after ต่อ: digits, or two of them with a hyphen for a range.
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// The network it belongs to.
    pub fn kind(&self) -> PhoneKind {
        self.kind
    }

    /// Whether it is a mobile number, which is not public unless the agency says so.
    pub fn is_mobile(&self) -> bool {
        self.kind == PhoneKind::Mobile
    }

    /// The number in groups, without its extension.
    fn groups(&self) -> String {
        let cuts: &[usize] = match self.kind {
            PhoneKind::Landline => &[1, 5],
            PhoneKind::Mobile => &[2, 6],
            PhoneKind::Hotline | PhoneKind::Ministry => &[],
        };
        let mut shown = String::with_capacity(self.digits.len() + cuts.len());
        for (at, digit) in self.digits.chars().enumerate() {
            if cuts.contains(&at) {
                shown.push('-');
            }
            shown.push(digit);
        }
        shown
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.kind == PhoneKind::Ministry {
            f.write_str("(มท) ")?;
        }
        f.write_str(&self.groups())?;
        match &self.extension {
            Some(extension) => write!(f, " ต่อ {extension}"),
            None => Ok(()),
        }
    }
}

/// One to [`PHONES_MAX`] numbers, in the order they were typed, each once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phones(Vec<Phone>);

impl Phones {
    /// Reads one or several typed numbers.
    ///
    /// # Errors
    /// The first thing wrong; then nothing is kept.
    pub fn parse(input: &str) -> Result<Self, PhoneFault> {
        parse::phones(input).map(Self)
    }

    /// The numbers.
    pub fn as_slice(&self) -> &[Phone] {
        &self.0
    }

    /// The numbers, one after the other.
    pub fn iter(&self) -> impl Iterator<Item = &Phone> {
        self.0.iter()
    }

    /// The digits of each number, for search.
    pub fn digits(&self) -> Vec<String> {
        self.0.iter().map(|phone| phone.digits.clone()).collect()
    }

    /// Whether any of them is a mobile number.
    pub fn has_mobile(&self) -> bool {
        self.0.iter().any(Phone::is_mobile)
    }
}

impl fmt::Display for Phones {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, phone) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(", ")?;
            }
            phone.fmt(f)?;
        }
        Ok(())
    }
}

/// What is wrong with typed numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhoneFault {
    /// Nothing was typed.
    Empty,
    /// Digits are missing.
    TooShort,
    /// Digits are too many.
    TooLong,
    /// Not a number of Thailand.
    NotThai,
    /// Letters or signs that are no part of a number.
    Letters,
    /// More numbers than [`PHONES_MAX`].
    TooMany,
    /// ต่อ without digits after it, with too many, or without a number before it.
    Extension,
}

impl fmt::Display for PhoneFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("nothing was typed"),
            Self::TooShort => f.write_str("digits are missing"),
            Self::TooLong => f.write_str("too many digits"),
            Self::NotThai => f.write_str("not a number of Thailand"),
            Self::Letters => f.write_str("letters or signs that are no part of a number"),
            Self::TooMany => write!(f, "more than {PHONES_MAX} numbers"),
            Self::Extension => f.write_str("the extension cannot be read"),
        }
    }
}

impl std::error::Error for PhoneFault {}

#[cfg(test)]
mod tests;
