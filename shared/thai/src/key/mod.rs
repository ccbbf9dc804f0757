//! Keys under which text is searched, so that what sounds or looks alike meets.
//!
//! The strict key undoes ways of typing, the loose key ways of spelling. A stored value and a query go through
//! the same function, and only the keys are compared; a key is never shown.

mod keyboard;
mod loose;

pub use keyboard::qwerty_to_kedmanee;
pub use loose::loose_key;

use crate::digits::{fold_digits, fold_width};
use crate::letters::fold_dashes;
use crate::text::{Tones, mend};

/// The text with every difference of typing gone: zero-width characters, digits, width, case, dashes and the
/// spaces around them, เเ, ๅ for า, the order and doubling of marks.
pub fn strict_key(input: &str) -> String {
    let folded: String = input.chars().map(fold_width).collect();
    let folded = fold_dashes(&fold_digits(&folded)).to_lowercase();
    let mended = mend(&lakkhangyao_to_aa(&folded), Tones::Last);
    close_dashes(&mended)
}

/// ๅ as า, except after ฤ and ฦ, where it is itself.
pub(crate) fn lakkhangyao_to_aa(text: &str) -> String {
    let mut last = None;
    text.chars()
        .map(|c| {
            let keep = c != 'ๅ' || matches!(last, Some('ฤ' | 'ฦ'));
            last = Some(c);
            if keep { c } else { 'า' }
        })
        .collect()
}

/// "ต้นตาล - พระยาทด" and "ต้นตาล-พระยาทด" are one name.
fn close_dashes(text: &str) -> String {
    let sides: Vec<&str> = text.split('-').map(str::trim).collect();
    sides.join("-")
}

#[cfg(test)]
mod tests;
