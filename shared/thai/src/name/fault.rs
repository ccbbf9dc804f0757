//! Why a typed name is refused, as precisely as a form needs to say it.

use crate::letters::is_name_letter;
use std::fmt;

/// The first thing wrong with a typed name, prefix or line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameFault {
    /// Nothing was typed, or only dots and dashes.
    Empty,
    /// More characters than are taken.
    TooLong {
        /// How many characters are taken.
        max: usize,
    },
    /// A character that does not belong, as an emoji or a digit in a name.
    Character(char),
    /// Thai letters and letters of another alphabet together: often a look-alike.
    MixedScript,
    /// Letters of another alphabet and no Thai ones.
    NotThai,
    /// Angle brackets or character references, as in a page's source.
    Markup,
    /// It begins as a spreadsheet formula does: `=`, `+`, `-` or `@`.
    Formula,
    /// A new line, a control character, or one that turns the direction of the text.
    Control,
    /// Not one Thai consonant.
    NoConsonant,
}

impl fmt::Display for NameFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("nothing was typed"),
            Self::TooLong { max } => write!(f, "longer than {max} characters"),
            Self::Character(c) => write!(f, "the character {c:?} does not belong here"),
            Self::MixedScript => f.write_str("Thai letters mixed with those of another alphabet"),
            Self::NotThai => f.write_str("not written in Thai"),
            Self::Markup => f.write_str("markup is not taken"),
            Self::Formula => f.write_str("it begins as a formula does"),
            Self::Control => f.write_str("line breaks and control characters are not taken"),
            Self::NoConsonant => f.write_str("no Thai consonant in it"),
        }
    }
}

impl std::error::Error for NameFault {}

/// What, if anything, is foreign in a tidied text. The gravest is told first: markup and formulas are attacks or
/// accidents of copying, and one odd character in them explains nothing.
pub(super) fn foreign(text: &str, allowed: impl Fn(char) -> bool) -> Option<NameFault> {
    if text.starts_with(['=', '+', '-', '@', '＝', '＋', '＠']) {
        return Some(NameFault::Formula);
    }
    if text.contains(['<', '>', '＜', '＞']) || has_reference(text) {
        return Some(NameFault::Markup);
    }
    let odd = text.chars().find(|c| !allowed(*c))?;
    let other_alphabet = text.chars().any(|c| c.is_alphabetic() && !is_thai(c));
    if !other_alphabet {
        return Some(NameFault::Character(odd));
    }
    let thai = text.chars().any(is_name_letter);
    Some(if thai { NameFault::MixedScript } else { NameFault::NotThai })
}

fn is_thai(c: char) -> bool {
    ('\u{0E00}'..='\u{0E7F}').contains(&c)
}

/// A character reference, `&name;` or `&#60;`.
fn has_reference(text: &str) -> bool {
    text.split('&').skip(1).any(|after| {
        after.split_once(';').is_some_and(|(name, _)| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
        })
    })
}
