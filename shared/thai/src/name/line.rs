//! The short lines beside a name: position, level, affiliation.
//!
//! Wider than a name (digits, brackets, a slash, ฯ) and as strict in everything else.

use super::{NameFault, clean};
use crate::digits::fold_digits;
use crate::letters::is_name_letter;
use std::fmt;

/// One line of Thai, tidied, its digits in ASCII.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ThaiLine(String);

impl ThaiLine {
    /// Reads a typed line of at most `max` characters.
    ///
    /// # Errors
    /// The first thing that keeps it from being a line of Thai.
    pub fn parse(input: &str, max: usize) -> Result<Self, NameFault> {
        clean(&fold_digits(input), max, is_line_character).map(Self)
    }

    /// The line as it is stored and shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ThaiLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for ThaiLine {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// Reads a typed line of at most `max` characters, as [`ThaiLine::parse`] does.
///
/// # Errors
/// The first thing that keeps it from being a line of Thai.
pub fn parse_line(input: &str, max: usize) -> Result<String, NameFault> {
    ThaiLine::parse(input, max).map(|line| line.0)
}

fn is_line_character(c: char) -> bool {
    is_name_letter(c) || c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '/' | '(' | ')' | 'ฯ' | 'ๆ')
}
