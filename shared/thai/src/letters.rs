//! The classes of Thai characters: which is a consonant, which stands above or below one, which comes before.
//!
//! Unicode calls most of these simply "letter" or "mark"; the rules of Thai writing need finer classes, and
//! every other module needs the same ones.

/// A consonant, ก to ฮ (ฤ and ฦ among them: they carry vowels as consonants do).
pub fn is_consonant(c: char) -> bool {
    ('ก'..='ฮ').contains(&c)
}

/// A vowel written before its consonant: เ แ โ ใ ไ.
pub fn is_leading_vowel(c: char) -> bool {
    ('เ'..='ไ').contains(&c)
}

/// A vowel written after its consonant, on the line: ะ า ำ ๅ.
pub fn is_following_vowel(c: char) -> bool {
    matches!(c, 'ะ' | 'า' | 'ำ' | 'ๅ')
}

/// A mark above or below a consonant.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}')
}

/// One of the four tone marks.
pub fn is_tone(c: char) -> bool {
    ('\u{0E48}'..='\u{0E4B}').contains(&c)
}

/// A Thai letter, vowel or mark: what a name is written with. Digits, ฯ, ๆ, ฿ and the old signs are not.
pub fn is_name_letter(c: char) -> bool {
    is_consonant(c) || is_leading_vowel(c) || is_following_vowel(c) || is_mark(c)
}

/// A character that takes no room and says nothing: zero-width spaces and joiners, marks of direction, the byte
/// order mark, the soft hyphen. Web pages and word processors leave them in what is copied.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Any of the dashes and hyphens that are typed for `-`.
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

/// The same text with every kind of dash as `-`.
pub fn fold_dashes(input: &str) -> String {
    input.chars().map(|c| if is_dash(c) { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_thai_letter_has_exactly_one_class() {
        for c in '\u{0E00}'..='\u{0E7F}' {
            let classes = [is_consonant(c), is_leading_vowel(c), is_following_vowel(c), is_mark(c)];
            let count = classes.iter().filter(|class| **class).count();
            assert_eq!(count, usize::from(is_name_letter(c)), "U+{:04X}", u32::from(c));
            assert!(!is_tone(c) || is_mark(c));
        }
    }

    #[test]
    fn dashes_become_one() {
        assert_eq!(fold_dashes("ก–ข — ค‑ง"), "ก-ข - ค-ง");
    }
}
