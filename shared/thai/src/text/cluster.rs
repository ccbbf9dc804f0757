//! Arranging the marks around one consonant.
//!
//! A Thai keyboard lets marks be typed in any order and any number; all orders look alike. One order is chosen
//! here (vowel, tone, ์) and it is also the order NFC keeps, so that the two never fight.

use super::Tones;
use crate::letters::{is_mark, is_tone};

const NIKHAHIT: char = '\u{0E4D}';

/// The text with the marks of every cluster arranged, ำ composed and เเ as แ.
pub(crate) fn arrange(text: &str, tones: Tones) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if c == 'เ' && chars.get(at + 1) == Some(&'เ') {
            out.push('แ');
            at += 2;
        } else if is_mark(c) || c == 'ำ' {
            at = cluster(&chars, at, tones, &mut out);
        } else {
            out.push(c);
            at += 1;
        }
    }
    out
}

/// Writes the marks that begin at `start`, with the ำ they belong to; gives the place after them.
fn cluster(chars: &[char], start: usize, tones: Tones, out: &mut String) -> usize {
    let mut at = start;
    let mut marks = take_while(chars, &mut at, is_mark);
    let composed = match chars.get(at) {
        Some('ำ') => true,
        Some('า') => marks.contains(&NIKHAHIT),
        _ => false,
    };
    if composed {
        at += 1;
        marks.extend(take_while(chars, &mut at, is_tone));
        marks.retain(|mark| *mark != NIKHAHIT);
    }
    if tones == Tones::Last {
        keep_last_tone(&mut marks);
    }
    marks.sort_by_key(|mark| rank(*mark));
    let mut written: Vec<char> = Vec::with_capacity(marks.len());
    for mark in marks {
        if !written.contains(&mark) {
            written.push(mark);
            out.push(mark);
        }
    }
    if composed {
        out.push('ำ');
    }
    at
}

fn take_while(chars: &[char], at: &mut usize, wanted: impl Fn(char) -> bool) -> Vec<char> {
    let mut taken = Vec::new();
    while let Some(&c) = chars.get(*at).filter(|c| wanted(**c)) {
        taken.push(c);
        *at += 1;
    }
    taken
}

fn keep_last_tone(marks: &mut Vec<char>) {
    if let Some(last) = marks.iter().copied().rfind(|mark| is_tone(*mark)) {
        marks.retain(|mark| !is_tone(*mark));
        marks.push(last);
    }
}

/// The place of a mark in its cluster. Among marks with a combining class (ฺ 9, ุ ู 103, tones 107) it rises with
/// the class, as NFC demands.
pub(super) fn rank(mark: char) -> u8 {
    match mark {
        '\u{0E31}' | '\u{0E34}'..='\u{0E37}' | '\u{0E47}' => 0,
        '\u{0E3A}' => 1,
        '\u{0E38}' | '\u{0E39}' => 2,
        NIKHAHIT => 3,
        '\u{0E48}'..='\u{0E4B}' => 4,
        '\u{0E4C}' => 5,
        _ => 6,
    }
}
