//! What somebody asks for.

use palad_domain::agency::{AgencyCode, AgencyKind};
use palad_domain::post::PostState;
use palad_domain::province::Province;
use palad_thai::agency_name::split_kind;
use palad_thai::digits::fold_digits;
use palad_thai::key::{loose_key, strict_key};
use palad_thai::prefix::split_prefix;
use palad_thai::text::tidy;

/// A question to the directory.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Words that must all be found.
    pub words: Words,
    /// Only this province.
    pub province: Option<Province>,
    /// Only this district, by its Thai name.
    pub district: Option<String>,
    /// Only this kind of agency.
    pub kind: Option<AgencyKind>,
    /// Only this state; without it, every state but "no answer".
    pub state: Option<PostState>,
    /// The last line of the page before.
    pub after: Option<AgencyCode>,
    /// Lines on a page.
    pub limit: usize,
}

/// The words of a question, made ready for comparing. Each must be found somewhere in a line.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// The kind that was named with the words, as in อบต แม่ยม.
    pub(crate) kind: Option<AgencyKind>,
    pub(crate) terms: Vec<Term>,
}

/// How closely words are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tier {
    /// As they are rightly spelt.
    Strict,
    /// As they sound: without tone marks, with letters of one sound taken for one another.
    Loose,
}

/// One word.
#[derive(Clone, Debug)]
pub(crate) struct Term {
    pub(crate) strict: String,
    pub(crate) loose: String,
    /// Its digits, where it is nothing but a piece of a telephone number.
    pub(crate) digits: Option<String>,
}

impl Words {
    /// Understands what was typed: digits in either script, a kind of agency with or without its dots,
    /// a title before a name, a telephone number with its dashes.
    #[must_use]
    pub fn parse(typed: &str) -> Self {
        let folded = fold_digits(&tidy(typed).text);
        if let Some(digits) = telephone(&folded) {
            return Self { kind: None, terms: vec![Term::new(&folded, Some(digits))] };
        }
        let (kind, rest) = split_kind(&folded);
        let rest = if kind.is_some() { rest } else { split_prefix(&folded).rest };
        let terms = rest.split_whitespace().map(|word| Term::new(word, telephone(word))).collect();
        Self { kind: kind.and_then(|kind| kind.parse().ok()), terms }
    }

    /// Whether nothing was asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kind.is_none() && self.terms.is_empty()
    }
}

impl Term {
    fn new(word: &str, digits: Option<String>) -> Self {
        Self { strict: strict_key(word), loose: loose_key(word), digits }
    }
}

/// The digits of a piece of a telephone number: three at least, with nothing but dashes, dots,
/// brackets and spaces between them; +66 is 0.
fn telephone(typed: &str) -> Option<String> {
    let national = typed.trim().strip_prefix("+66").map(|rest| format!("0{rest}"));
    let typed = national.as_deref().unwrap_or(typed);
    let is_plain = typed.chars().all(|c| c.is_ascii_digit() || " -.()".contains(c));
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    (is_plain && digits.len() >= 3).then_some(digits)
}
