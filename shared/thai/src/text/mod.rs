//! The pass every typed text goes through before anything looks at it.
//!
//! NFC alone leaves Thai in several spellings that look the same on screen: it never composes ํ + า into ำ and
//! never reorders ก้ิ into กิ้. So the pass is ours, with NFC inside. It mends only what has one possible reading
//! and lists the rest as warnings; it is idempotent, and never NFKC, which would break ำ apart again.

mod cluster;
mod suggest;
mod warning;

pub(crate) use cluster::arrange;
pub use suggest::suggestion;
pub use warning::TextWarning;

use crate::letters::is_invisible;
use unicode_normalization::UnicodeNormalization;

/// Text after [`tidy`], and what looked wrong in it but was left alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tidy {
    /// The mended text, NFC, trimmed, with single spaces.
    pub text: String,
    /// What a person should look at again, in the order of the text, each once.
    pub warnings: Vec<TextWarning>,
}

/// How [`tidy`] and the search keys differ: whether a cluster may keep two different tones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tones {
    /// All of them, to be flagged: a person decides.
    All,
    /// The last one typed: a search has nobody to ask.
    Last,
}

/// Mends what is safe to mend in typed Thai: NFC, zero-width characters away, ำ in one character, marks in their
/// order and once each, เเ as แ, white space of every kind as single spaces.
pub fn tidy(input: &str) -> Tidy {
    let text = mend(input, Tones::All);
    let warnings = warning::warnings(&text);
    Tidy { text, warnings }
}

/// Whether the text holds a character that must never reach a stored line: controls, line and paragraph
/// separators, and the embeddings and overrides that turn the direction of what follows.
pub fn has_control(input: &str) -> bool {
    input.chars().any(is_control)
}

fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}')
        || matches!(c, '\u{2061}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}')
        || matches!(c, '\u{E0000}'..='\u{E007F}')
}

/// The mending alone. Arranging a cluster can move a mark next to a foreign one that NFC then sorts, so the pass
/// is repeated until nothing moves; ordinary text needs one pass and one look.
pub(crate) fn mend(input: &str, tones: Tones) -> String {
    let mut text = single_spaces(input);
    for _ in 0..8 {
        let nfc: String = text.nfc().collect();
        let next: String = arrange(&nfc, tones).nfc().collect();
        if next == text {
            break;
        }
        text = next;
    }
    text
}

fn single_spaces(input: &str) -> String {
    let visible: String = input.chars().filter(|c| !is_invisible(*c)).collect();
    let mut out = String::with_capacity(visible.len());
    for word in visible.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests;
