//! The likely reading of a flagged text, to be offered and never taken by itself.

use super::warning::WITHOUT_RING;
use super::{TextWarning, tidy};
use crate::letters::{is_following_vowel, is_leading_vowel};

/// "Did you mean": the text with doubled vowels once, ๅ as า, a lonely ring as ั and lost rings back. None when
/// nothing of that kind was flagged.
pub fn suggestion(input: &str) -> Option<String> {
    let tidied = tidy(input);
    let mut text = tidied.text.clone();
    for warning in tidied.warnings {
        text = match warning {
            TextWarning::DoubledVowel(_) => without_doubles(&text),
            TextWarning::NikhahitAlone => text.replace('\u{0E4D}', "\u{0E31}"),
            TextWarning::Lakkhangyao => crate::key::lakkhangyao_to_aa(&text),
            TextWarning::LostSaraAm => with_rings(text),
            TextWarning::StrayMark(_) | TextWarning::ConflictingMarks(..) | TextWarning::VowelAlone(_) => {
                text
            }
        };
    }
    let text = tidy(&text).text;
    (text != tidied.text).then_some(text)
}

fn without_doubles(text: &str) -> String {
    let mut last = None;
    text.chars()
        .filter(|c| {
            let again = last == Some(*c) && (is_following_vowel(*c) || is_leading_vowel(*c));
            last = Some(*c);
            !again
        })
        .collect()
}

fn with_rings(text: String) -> String {
    WITHOUT_RING.iter().fold(text, |text, (lost, whole)| text.replace(lost, whole))
}
