//! The loose key: what a name sounds like, roughly.
//!
//! Tones and silent signs go, letters of one sound become one letter, doubled consonants are squeezed. The key
//! of a text that is nearly all such signs would match everything; then the strict key serves.

use super::strict_key;
use crate::letters::{is_consonant, is_following_vowel, is_mark, is_tone};

/// The text as it sounds: for finding a name by a homophone, never for telling two names apart.
pub fn loose_key(input: &str) -> String {
    let strict = strict_key(input);
    let plain: Vec<char> = strict.chars().filter(|c| !is_dropped(*c)).collect();
    let spoken = rr_to_vowel(&plain);
    let loose = squeeze(&spell_out(&spoken));
    // "ฮฮฮฮฮฮ" squeezed to one letter once matched most of the records.
    if loose.chars().count() * 3 < strict.chars().count() { strict } else { loose }
}

fn is_dropped(c: char) -> bool {
    is_tone(c)
        || matches!(c, '\u{0E47}' | '\u{0E3A}' | '\u{0E4C}' | '\u{0E4E}' | 'ๆ' | 'ฯ' | 'ะ')
        || matches!(c, '\u{0E2F}' | '\u{0E4F}' | '\u{0E5A}' | '\u{0E5B}')
        || c.is_ascii_punctuation()
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{00AB}' | '\u{00BB}')
}

/// รร after a consonant: ั before a consonant that closes the syllable (ธรรม), ัน otherwise (กรรณิการ์, บรรจง).
fn rr_to_vowel(text: &[char]) -> Vec<char> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&c) = text.get(at) {
        let doubled = c == 'ร' && text.get(at + 1) == Some(&'ร');
        if doubled && at > 0 && text.get(at - 1).copied().is_some_and(is_consonant) {
            out.push('ั');
            if !closes(text, at + 2) {
                out.push('น');
            }
            at += 2;
        } else {
            out.push(c);
            at += 1;
        }
    }
    out
}

/// Whether the consonant at this place ends the syllable: it has no vowel sign, and is one of those that do
/// (ธรรม วรรณ สรรพ สวรรค์ พรรษ). Others begin the next one with a vowel that is not written (บรรจง).
fn closes(text: &[char], at: usize) -> bool {
    let carries = text.get(at + 1).is_some_and(|c| is_mark(*c) || is_following_vowel(*c));
    matches!(text.get(at), Some('ก' | 'ค' | 'ณ' | 'พ' | 'ม' | 'ศ' | 'ษ')) && !carries
}

/// Letters of one sound as one letter; ำ as ัม; ใC and ไC as Cัย.
fn spell_out(text: &[char]) -> Vec<char> {
    let mut out = Vec::with_capacity(text.len() + 4);
    let mut rest = text.iter().copied().peekable();
    while let Some(c) = rest.next() {
        match c {
            'ำ' => out.extend(['ั', 'ม']),
            'ใ' | 'ไ' => {
                out.extend(rest.next_if(|next| is_consonant(*next)).map(sound));
                out.extend(['ั', 'ย']);
            }
            _ => out.push(sound(c)),
        }
    }
    out
}

fn sound(c: char) -> char {
    match c {
        'ข' | 'ฃ' | 'ฅ' | 'ฆ' => 'ค',
        'ฉ' | 'ฌ' => 'ช',
        'ซ' | 'ศ' | 'ษ' => 'ส',
        'ญ' => 'ย',
        'ฎ' => 'ด',
        'ฏ' => 'ต',
        'ฐ' | 'ฑ' | 'ฒ' | 'ถ' | 'ธ' => 'ท',
        'ณ' => 'น',
        'ผ' | 'ภ' => 'พ',
        'ฝ' => 'ฟ',
        'ฬ' => 'ล',
        'ฮ' => 'ห',
        'ี' | 'ึ' | 'ื' => 'ิ',
        // A ring left alone was nearly always meant for ั (ณํฐ).
        '\u{0E4D}' => 'ั',
        _ => c,
    }
}

/// Doubled consonants once, spaces single and trimmed.
fn squeeze(text: &[char]) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    let mut last = ' ';
    for &c in text {
        let again = c == last && (is_consonant(c) || c == ' ');
        if !again {
            out.push(c);
        }
        last = c;
    }
    out.truncate(out.trim_end().len());
    out
}
