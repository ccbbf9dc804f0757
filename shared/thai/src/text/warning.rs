//! What looks wrong in a text but has more than one possible reading.
//!
//! A warning is shown beside the field and never stops a save: real names break every rule somewhere.

use crate::letters::{is_consonant, is_following_vowel, is_leading_vowel, is_mark};

const NIKHAHIT: char = '\u{0E4D}';

/// One thing in a text that a person should look at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextWarning {
    /// The same vowel twice in a row on the line, as าา.
    DoubledVowel(char),
    /// ํ without า after it: often ั was meant.
    NikhahitAlone,
    /// ๅ that does not follow ฤ or ฦ: often า was meant.
    Lakkhangyao,
    /// A mark or a following vowel with no consonant to belong to.
    StrayMark(char),
    /// Marks on one consonant that cannot stand together, as two tones.
    ConflictingMarks(char, char),
    /// A leading vowel with no consonant after it.
    VowelAlone(char),
    /// A word that is nearly always ำ with its ring lost, as when text was copied from a PDF (ตาบล).
    LostSaraAm,
}

/// Words in which a lost ring is certain enough to ask about, and what they were.
pub(super) const WITHOUT_RING: [(&str, &str); 4] =
    [("ตาบล", "ตำบล"), ("อาเภอ", "อำเภอ"), ("สานักงาน", "สำนักงาน"), ("กานัน", "กำนัน")];

/// All warnings of a tidied text, each once.
pub(super) fn warnings(text: &str) -> Vec<TextWarning> {
    let mut found = Vec::new();
    let mut last: Option<char> = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if let Some(warning) = at_character(last, c, rest.peek().copied()) {
            note(&mut found, warning);
        }
        last = Some(c);
    }
    if WITHOUT_RING.iter().any(|(lost, _)| text.contains(lost)) {
        note(&mut found, TextWarning::LostSaraAm);
    }
    found
}

fn note(found: &mut Vec<TextWarning>, warning: TextWarning) {
    if !found.contains(&warning) {
        found.push(warning);
    }
}

fn at_character(last: Option<char>, c: char, next: Option<char>) -> Option<TextWarning> {
    let carried = last.is_some_and(|l| is_consonant(l) || is_mark(l));
    if is_mark(c) {
        return mark(last, c, carried);
    }
    if (is_following_vowel(c) || is_leading_vowel(c)) && last == Some(c) {
        return Some(TextWarning::DoubledVowel(c));
    }
    if c == 'ๅ' {
        let old_vowel = matches!(last, Some('ฤ' | 'ฦ'));
        return (!old_vowel).then_some(TextWarning::Lakkhangyao);
    }
    if is_following_vowel(c) {
        let of_ao = c == 'ะ' && last == Some('า');
        return (!carried && !of_ao).then_some(TextWarning::StrayMark(c));
    }
    if is_leading_vowel(c) && next != Some(c) {
        return (!next.is_some_and(is_consonant)).then_some(TextWarning::VowelAlone(c));
    }
    None
}

fn mark(last: Option<char>, c: char, carried: bool) -> Option<TextWarning> {
    if !carried {
        return Some(TextWarning::StrayMark(c));
    }
    if c == NIKHAHIT {
        return Some(TextWarning::NikhahitAlone);
    }
    let before = last.filter(|l| is_mark(*l))?;
    let kind = |m: char| match super::cluster::rank(m) {
        0..=3 => 0,
        4 => 1,
        _ => 2,
    };
    let conflict = kind(before) == kind(c) || (kind(before) == 1 && kind(c) == 2);
    conflict.then_some(TextWarning::ConflictingMarks(before, c))
}
