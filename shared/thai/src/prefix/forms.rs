//! The prefixes known, and how one is read off the beginning of a text.
//!
//! A form is written once with its dots; dots may be missing or have spaces around them when typed. The one
//! that takes the most of the text wins, so ร.ต.อ. is never ร.ต. of a person named อ.

/// Prefixes after which a name must follow.
const TITLES: [&str; 3] = ["นางสาว", "นาย", "นาง"];

/// Long forms of ranks and titles, which can be followed by another prefix. หญิง may follow a rank.
const LONG: [&str; 43] = [
    "ว่าที่ร้อยตรี",
    "ว่าที่ร้อยโท",
    "ว่าที่ร้อยเอก",
    "ว่าที่พันตรี",
    "ว่าที่พันโท",
    "ว่าที่ร้อยตำรวจตรี",
    "ว่าที่เรือตรี",
    "พันจ่าอากาศเอก",
    "พันจ่าอากาศโท",
    "พันจ่าอากาศตรี",
    "พันจ่าเอก",
    "พันจ่าโท",
    "พันจ่าตรี",
    "จ่าสิบเอก",
    "จ่าสิบโท",
    "จ่าสิบตรี",
    "จ่าสิบตำรวจ",
    "จ่าเอก",
    "จ่าโท",
    "จ่าตรี",
    "สิบเอก",
    "สิบโท",
    "สิบตรี",
    "สิบตำรวจเอก",
    "สิบตำรวจโท",
    "สิบตำรวจตรี",
    "ดาบตำรวจ",
    "ร้อยเอก",
    "ร้อยโท",
    "ร้อยตรี",
    "ร้อยตำรวจเอก",
    "ร้อยตำรวจโท",
    "ร้อยตำรวจตรี",
    "พันเอก",
    "พันโท",
    "พันตรี",
    "เรือเอก",
    "เรือโท",
    "เรือตรี",
    "เรืออากาศตรี",
    "หม่อมราชวงศ์",
    "หม่อมหลวง",
    "ดอกเตอร์",
];

/// Short forms that are kept as they are, with their dots.
const SHORT: [&str; 48] = [
    "พ.จ.อ.",
    "พ.จ.ท.",
    "พ.จ.ต.",
    "จ.ส.อ.",
    "จ.ส.ท.",
    "จ.ส.ต.",
    "จ.อ.",
    "จ.ท.",
    "จ.ต.",
    "ส.อ.",
    "ส.ท.",
    "ส.ต.",
    "ส.ต.อ.",
    "ส.ต.ท.",
    "ส.ต.ต.",
    "ด.ต.",
    "จ.ส.ต.ต.",
    "พ.อ.อ.",
    "พ.อ.ท.",
    "พ.อ.ต.",
    "ร.ต.",
    "ร.ท.",
    "ร.อ.",
    "ร.ต.อ.",
    "ร.ต.ท.",
    "ร.ต.ต.",
    "พ.ต.",
    "พ.ท.",
    "พ.อ.",
    "พ.ต.อ.",
    "พ.ต.ท.",
    "พ.ต.ต.",
    "น.ต.",
    "น.ท.",
    "น.อ.",
    "พล.ต.",
    "ม.ล.",
    "ม.ร.ว.",
    "ม.จ.",
    "ดร.",
    "ผศ.",
    "รศ.",
    "ผศ.ดร.",
    "รศ.ดร.",
    "ศ.ดร.",
    "นพ.",
    "พญ.",
    "ทพ.",
];

/// Short forms that are shown long.
const SPELLED: [(&str, &str); 10] = [
    ("น.ส.", "นางสาว"),
    ("ว่าที่ร.ต.", "ว่าที่ร้อยตรี"),
    ("ว่าที่ร.ท.", "ว่าที่ร้อยโท"),
    ("ว่าที่ร.อ.", "ว่าที่ร้อยเอก"),
    ("ว่าที่พ.ต.", "ว่าที่พันตรี"),
    ("ว่าที่พ.ท.", "ว่าที่พันโท"),
    ("ว่าที่ร.ต.ต.", "ว่าที่ร้อยตำรวจตรี"),
    ("ว่าที่ร.ต.ท.", "ว่าที่ร้อยตำรวจโท"),
    ("ว่าที่ร.ต.อ.", "ว่าที่ร้อยตำรวจเอก"),
    ("ว่าที่พ.ต.ต.", "ว่าที่พันตำรวจตรี"),
];

/// What follows a rank held by a woman.
const WOMAN: &str = "หญิง";

/// Where the text with the prefix comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Before a name: dots must be there, for letters alone may begin the name.
    Before,
    /// In a field of its own: dots may be missing.
    Alone,
}

/// A prefix at the beginning of a text.
#[derive(Debug)]
pub(super) struct Match<'a> {
    /// The form it is shown in.
    pub(super) shown: String,
    /// The text after it and its spaces.
    pub(super) rest: &'a str,
    /// Bytes taken, without the spaces after it.
    pub(super) length: usize,
    /// A space stood after it.
    pub(super) spaced: bool,
    /// No other prefix follows this one.
    pub(super) last: bool,
}

/// The prefix that takes the most of the text, but less than `shorter_than` bytes.
pub(super) fn longest(text: &str, shorter_than: usize, reading: Reading) -> Option<Match<'_>> {
    let titles = TITLES.iter().map(|form| (*form, *form, true));
    let long = LONG.iter().map(|form| (*form, *form, false));
    let short = SHORT.iter().map(|form| (*form, *form, false));
    let spelled = SPELLED.iter().map(|(form, shown)| (*form, *shown, *shown == "นางสาว"));
    titles
        .chain(long)
        .chain(short)
        .chain(spelled)
        .filter_map(|(form, shown, last)| {
            let end = take(text, form, reading)?;
            let (end, woman) = if last { (end, false) } else { woman(text, end, shown) };
            let suffix = if woman { WOMAN } else { "" };
            Some((end, format!("{shown}{suffix}"), last))
        })
        .filter(|(end, _, _)| *end < shorter_than)
        .max_by_key(|(end, _, _)| *end)
        .map(|(length, shown, last)| {
            let after = text.get(length..).unwrap_or_default();
            let rest = after.trim_start();
            Match { shown, rest, length, spaced: rest.len() < after.len(), last }
        })
}

/// Where the form ends in the text, when the text begins with it.
fn take(text: &str, form: &str, reading: Reading) -> Option<usize> {
    let mut rest = text;
    let (mut wanted, mut typed) = (0, 0);
    let mut letters = form.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '.' {
            wanted += 1;
            let after = rest.trim_start();
            if let Some(after) = after.strip_prefix('.') {
                typed += 1;
                // The space after the last dot belongs to what follows.
                rest = if letters.peek().is_some() { after.trim_start() } else { after };
            } else if letters.peek().is_some() {
                rest = after;
            }
        } else {
            rest = rest.strip_prefix(letter)?;
            let of_acting = form.starts_with("ว่าที่") && rest.len() + "ว่าที่".len() == text.len();
            if of_acting || reading == Reading::Alone {
                rest = skip_to(rest, letters.peek().copied());
            }
        }
    }
    let end = text.len() - rest.len();
    let dotted = typed == wanted || text.get(..end)?.ends_with('.') || (typed > 0 && rest.starts_with(' '));
    (dotted || reading == Reading::Alone).then_some(end)
}

/// The text after its spaces, when the letter wanted stands there; otherwise as it was.
fn skip_to(text: &str, wanted: Option<char>) -> &str {
    let after = text.trim_start();
    match wanted {
        Some(letter) if after.starts_with(letter) => after,
        _ => text,
    }
}

/// หญิง after a rank belongs to it (ส.ต.ท.หญิง), for no given name begins so. A degree takes none.
fn woman(text: &str, end: usize, shown: &str) -> (usize, bool) {
    let degree = ["ดร.", "ผศ.", "รศ.", "นพ.", "พญ.", "ทพ.", "ม."].iter().any(|d| shown.contains(d));
    let after = text.get(end..).unwrap_or_default().trim_start();
    match after.strip_prefix(WOMAN) {
        Some(rest) if !degree => (text.len() - rest.len(), true),
        _ => (end, false),
    }
}
