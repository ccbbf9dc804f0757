//! Codes that people copy by hand: ten characters of Crockford's base 32, shown as `XXXXX-XXXXX`.
//!
//! The alphabet is the digits and the capital letters without I, L, O and U, so that a 1 is never an l; whoever
//! types one of them is understood.

/// The characters of a code; each stands for five bits.
pub const ALPHABET: [u8; 32] = *b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many of them a code has.
pub const LENGTH: usize = 10;
/// How many stand before the dash.
const GROUP: usize = 5;
/// The bits of a random byte that choose a character.
const FIVE_BITS: u8 = 31;

/// Why a text is no such code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was typed.
    Empty,
    /// It has a character that no code has.
    Character,
    /// It is too short or too long.
    Length,
}

/// The code of random bytes: five bits of each.
#[must_use]
pub fn of_random(bytes: [u8; LENGTH]) -> String {
    bytes.into_iter().map(|byte| char::from(ALPHABET[usize::from(byte & FIVE_BITS)])).collect()
}

/// As it is shown: two groups of five.
#[must_use]
pub fn grouped(code: &str) -> String {
    match code.split_at_checked(GROUP) {
        Some((first, second)) => format!("{first}-{second}"),
        None => code.to_owned(),
    }
}

/// Understands a typed code: any case, Thai and full-width digits, spaces and dashes are welcome, and O, I and L
/// are the digits that they look like.
///
/// # Errors
/// Why it cannot be one.
pub fn parse(text: &str) -> Result<String, Fault> {
    let folded = palad_thai::letters::fold_dashes(&palad_thai::digits::fold_link(text));
    let typed: Vec<char> = folded.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if typed.is_empty() {
        return Err(Fault::Empty);
    }
    let code: String =
        typed.into_iter().map(character).collect::<Option<String>>().ok_or(Fault::Character)?;
    if code.len() == LENGTH { Ok(code) } else { Err(Fault::Length) }
}

/// The character of the alphabet that was meant, if any was.
fn character(typed: char) -> Option<char> {
    let meant = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().map(|byte| char::from(*byte)).find(|known| *known == meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        assert_eq!(grouped("K7P2M90X1T"), "K7P2M-90X1T");
        for typed in [
            "k7p2m90x1t",
            " K7P2M 90X1T ",
            "K7P2M–9OXIT",
            "k7p2m-9oxlt",
            "K๗P๒M-๙๐X๑T",
            "Ｋ７Ｐ２Ｍ－９０Ｘ１Ｔ",
        ] {
            assert_eq!(parse(typed).as_deref(), Ok("K7P2M90X1T"), "{typed}");
        }
        for (typed, fault) in [
            (" - ", Fault::Empty),
            ("K7P2M-90X1", Fault::Length),
            ("K7P2M-90X1TT", Fault::Length),
            ("U7P2M-90X1T", Fault::Character),
            ("ห7P2M-90X1T", Fault::Character),
        ] {
            assert_eq!(parse(typed), Err(fault), "{typed}");
        }
    }

    #[test]
    fn a_random_code_reads_back_and_uses_every_character() {
        let codes: Vec<String> = (0..=u8::MAX).map(|byte| of_random([byte; LENGTH])).collect();
        assert!(codes.iter().all(|code| parse(&grouped(code)).as_ref() == Ok(code)));
        let distinct: std::collections::BTreeSet<&String> = codes.iter().collect();
        assert_eq!(distinct.len(), ALPHABET.len());
    }
}
