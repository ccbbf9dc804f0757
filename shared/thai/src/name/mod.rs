//! Names of people and the short lines around them, parsed once at the edge.
//!
//! A [`ThaiName`] cannot hold anything but Thai letters, spaces, full stops and hyphens: no emoji, no look-alike
//! Latin letter, no markup, nothing a spreadsheet would run. Everything behind the edge may rely on it. The fault
//! names the first thing wrong, so that the form can say it.

mod fault;
mod line;

pub use fault::NameFault;
pub use line::{ThaiLine, parse_line};

use crate::letters::{fold_dashes, is_consonant, is_leading_vowel, is_name_letter};
use crate::text::{self, TextWarning};
use std::fmt;

/// The longest given or family name taken, in characters. The longest known ones have about 25.
pub const NAME_MAX: usize = 60;

/// A given name or a family name, tidied. A family name of several words (ชุมสาย ณ อยุธยา) is one name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ThaiName(String);

impl ThaiName {
    /// Reads a typed name.
    ///
    /// # Errors
    /// The first thing that keeps it from being a Thai name.
    pub fn parse(input: &str) -> Result<Self, NameFault> {
        let text = clean(input, NAME_MAX, is_name_character)?;
        match text.chars().next() {
            Some(c) if is_consonant(c) || is_leading_vowel(c) => Ok(Self(text)),
            Some(c) => Err(NameFault::Character(c)),
            None => Err(NameFault::Empty),
        }
    }

    /// The name as it is stored and shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What a person should look at again; never a reason to refuse.
    pub fn warnings(&self) -> Vec<TextWarning> {
        text::tidy(&self.0).warnings
    }
}

impl fmt::Display for ThaiName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for ThaiName {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

fn is_name_character(c: char) -> bool {
    is_name_letter(c) || matches!(c, ' ' | '.' | '-')
}

/// The common checks of every short text: tidied, of allowed characters, not too long, with a Thai consonant.
pub(crate) fn clean(input: &str, max: usize, allowed: impl Fn(char) -> bool) -> Result<String, NameFault> {
    if text::has_control(input) {
        return Err(NameFault::Control);
    }
    let text = fold_dashes(&text::tidy(input).text);
    if text.chars().all(|c| matches!(c, ' ' | '.' | '-')) {
        return Err(NameFault::Empty);
    }
    if let Some(fault) = fault::foreign(&text, allowed) {
        return Err(fault);
    }
    if text.chars().count() > max {
        return Err(NameFault::TooLong { max });
    }
    if !text.chars().any(is_consonant) {
        return Err(NameFault::NoConsonant);
    }
    Ok(text)
}

#[cfg(test)]
mod tests;
