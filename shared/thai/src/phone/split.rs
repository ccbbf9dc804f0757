//! Cutting a typed line into the parts that hold one number each.
//!
//! Commas, slashes and หรือ separate; so does มท, which may follow a number with nothing but a space. ต่อ and its
//! cousins cut a part into number and extension.

use crate::digits::{fold_digits, fold_width};
use crate::letters::fold_dashes;
use crate::text::tidy;

/// One part of a line: the digits and signs of a number, its extension as typed, its network.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) number: String,
    pub(super) extension: Option<String>,
    pub(super) ministry: bool,
}

/// Words around a number that say nothing about it, the longest first.
const LABELS: [&str; 9] =
    ["หมายเลขโทรศัพท์", "เบอร์โทรศัพท์", "โทรศัพท์", "เบอร์โทร", "telephone", "โทร", "มือถือ", "เบอร์", "tel"];

/// Words before an extension, the longest first.
const EXTENSIONS: [&str; 6] = ["หมายเลขภายใน", "extension", "ภายใน", "ext", "ต่อ", "#"];

/// Words between numbers; the signs between them are in [`parts`].
const SEPARATORS: [&str; 3] = ["หรือ", "และ", "กับ"];

/// The ways to write the ministry's network, the longest first.
const MINISTRY: [&str; 8] = ["สื่อสาร(มท.)", "สื่อสารมท.", "(มท.)", "(มท)", "(ม.ท.)", "ม.ท.", "มท.", "มท"];

const MINISTRY_SIGN: char = '\u{1}';
const EXTENSION_SIGN: char = '\u{2}';

/// The parts of a line that hold anything.
pub(super) fn parts(input: &str) -> Vec<Part> {
    let folded: String = tidy(input).text.chars().map(fold_width).collect();
    let mut line = fold_dashes(&fold_digits(&folded)).to_lowercase();
    // Signs stand for the words, so that the rest of the work is on single characters.
    for word in MINISTRY {
        line = line.replace(word, &format!(",{MINISTRY_SIGN}"));
    }
    for word in LABELS {
        line = line.replace(&format!("{word}."), "").replace(word, "");
    }
    for word in EXTENSIONS {
        line = line.replace(&format!("{word}."), &EXTENSION_SIGN.to_string());
        line = line.replace(word, &EXTENSION_SIGN.to_string());
    }
    for word in SEPARATORS {
        line = line.replace(word, ",");
    }
    line = line.replace("ถึง", "-");
    line.split([',', ';', '/', '|'])
        .map(part)
        .filter(|part| part.ministry || part.extension.is_some() || !is_blank(&part.number))
        .collect()
}

fn part(text: &str) -> Part {
    let ministry = text.contains(MINISTRY_SIGN);
    let text = text.replace(MINISTRY_SIGN, "");
    let (number, extension) = match text.split_once(EXTENSION_SIGN) {
        // A second sign in a row ("เบอร์ภายใน ต่อ 5") says the same again.
        Some((number, extension)) => {
            let extension = extension.trim_start_matches([EXTENSION_SIGN, ' ', ':']);
            (number.trim(), Some(extension.trim().to_owned()))
        }
        None => (text.trim(), None),
    };
    Part { number: number.trim_matches([':', ' ']).to_owned(), extension, ministry }
}

fn is_blank(number: &str) -> bool {
    number.chars().all(|c| matches!(c, ' ' | '-' | '.' | '(' | ')' | ':'))
}
