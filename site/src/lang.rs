//! The two languages, and the addresses of their pages.

use maud::{Markup, html};
use palad_domain::say::Say;

/// A language of the site. Thai stands at the root, English below `/en`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Thai, the first language.
    Thai,
    /// English.
    English,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::Thai, Self::English];

    /// The language tag (BCP 47).
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Thai => "th",
            Self::English => "en",
        }
    }

    /// The other language.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Thai => Self::English,
            Self::English => Self::Thai,
        }
    }

    /// The address in this language of the page at `path`.
    #[must_use]
    pub fn path(self, path: &str) -> String {
        match (self, path) {
            (Self::Thai, path) => path.to_owned(),
            (Self::English, "/") => "/en".to_owned(),
            (Self::English, path) => format!("/en{path}"),
        }
    }

    /// Chooses between two fixed texts; there is no way to give only one.
    pub(crate) fn say(self, th: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Thai => th,
            Self::English => en,
        }
    }

    /// Chooses one language of a text.
    pub(crate) fn pick(self, say: &Say) -> &str {
        match self {
            Self::Thai => &say.th,
            Self::English => &say.en,
        }
    }

    /// A text for the page; on an English page the Thai in it is marked as Thai, so that it is read aloud
    /// as such.
    pub(crate) fn mixed(self, text: &str) -> Markup {
        let is_thai = |letter: char| ('ก'..='๛').contains(&letter);
        let joins = |letter: char| is_thai(letter) || letter == ' ' || letter == '.';
        let mut rest = if self == Self::English { text } else { "" };
        html! {
            @if self == Self::Thai { (text) }
            @while !rest.is_empty() {
                @let start = rest.find(is_thai).unwrap_or(rest.len());
                @let (before, from) = rest.split_at(start);
                @let run = from.find(|letter| !joins(letter)).unwrap_or(from.len());
                @let thai = from[..run].trim_end_matches([' ', '.']);
                (before)
                @if !thai.is_empty() { span lang="th" { (thai) } }
                ({ rest = &from[thai.len()..]; "" })
            }
        }
    }

    /// `lang="th"` for what stays Thai on an English page: names of people, agencies and places.
    pub(crate) fn thai_data(self) -> Option<&'static str> {
        match self {
            Self::Thai => None,
            Self::English => Some("th"),
        }
    }
}
