//! What the forms tell the browser about their fields, taken from where it is decided.
//!
//! Lengths, kinds, reasons and states are the domain's; here they only become options and words. The lists of
//! usual positions and levels help while typing: anything else can be typed too.

use palad_domain::agency::AgencyKind;
use palad_domain::post::{PostState, Reason};
use palad_domain::province::Province;
use palad_domain::rules::CODE_LENGTH;
use palad_thai::ThaiOrder;

use crate::Lang;

pub(crate) use palad_domain::email::EMAIL_MAX;
pub(crate) use palad_domain::rules::{
    AFFILIATION_MAX, LEVEL_MAX, NAME_MAX, PASSPHRASE_MAX, PASSPHRASE_MIN, PASSWORD_MAX, PHONE_MAX,
    POSITION_MAX, PREFIX_MAX, QUERY_MAX, STAFF_NAME_MAX,
};
pub(crate) use palad_thai::prefix::COMMON_PREFIXES;

/// A mailed code, with room for the spaces that people type between its digits.
pub(crate) const CODE_MAX: usize = CODE_LENGTH * 2;

/// The code of a letter, with room for what people type between its characters.
pub(crate) const LETTER_CODE_MAX: usize = 20;

/// Usual positions.
pub(crate) const POSITIONS: &[&str] = &[
    "ปลัดองค์การบริหารส่วนตำบล",
    "ปลัดเทศบาล",
    "ปลัดองค์การบริหารส่วนจังหวัด",
    "ปลัดเมืองพัทยา",
    "ปลัดกรุงเทพมหานคร",
    "รองปลัดองค์การบริหารส่วนตำบล",
    "รองปลัดเทศบาล",
    "รองปลัดองค์การบริหารส่วนจังหวัด",
    "หัวหน้าสำนักปลัด",
    "ผู้อำนวยการกองคลัง",
    "ผู้อำนวยการกองช่าง",
    "ผู้อำนวยการกองการศึกษา",
];

/// Usual levels.
pub(crate) const LEVELS: &[&str] = &[
    "บริหารท้องถิ่น ระดับสูง",
    "บริหารท้องถิ่น ระดับกลาง",
    "บริหารท้องถิ่น ระดับต้น",
    "อำนวยการท้องถิ่น ระดับสูง",
    "อำนวยการท้องถิ่น ระดับกลาง",
    "อำนวยการท้องถิ่น ระดับต้น",
];

/// The months, in Thai and in English.
pub(crate) const MONTHS: [(&str, &str); 12] = [
    ("มกราคม", "January"),
    ("กุมภาพันธ์", "February"),
    ("มีนาคม", "March"),
    ("เมษายน", "April"),
    ("พฤษภาคม", "May"),
    ("มิถุนายน", "June"),
    ("กรกฎาคม", "July"),
    ("สิงหาคม", "August"),
    ("กันยายน", "September"),
    ("ตุลาคม", "October"),
    ("พฤศจิกายน", "November"),
    ("ธันวาคม", "December"),
];

/// The kinds of agency as options.
pub(crate) fn kinds(lang: Lang) -> Vec<(String, String)> {
    AgencyKind::ALL
        .map(|kind| {
            let words = match (lang, kind.is_single()) {
                (Lang::Thai, true) => kind.term().to_owned(),
                (Lang::Thai, false) => format!("{} ({})", kind.term(), kind.abbreviation()),
                (Lang::English, _) => kind.term_en().to_owned(),
            };
            (kind.abbreviation().to_owned(), words)
        })
        .to_vec()
}

/// The provinces as options, in the order of the dictionary.
pub(crate) fn provinces(lang: Lang) -> Vec<(String, String)> {
    let order = ThaiOrder::new();
    let mut all: Vec<Province> = Province::all().collect();
    all.sort_by(|a, b| order.compare(a.name(), b.name()));
    all.into_iter()
        .map(|province| {
            let words = match lang {
                Lang::Thai => province.name().to_owned(),
                Lang::English => format!("{} ({})", province.name(), province.name_en()),
            };
            (province.code().to_string(), words)
        })
        .collect()
}

/// The reasons as options. A newly created post has no one before who could have left it.
pub(crate) fn reasons(lang: Lang, somebody_left: bool) -> Vec<(String, String)> {
    Reason::ALL
        .into_iter()
        .filter(|reason| !(somebody_left && *reason == Reason::NewPost))
        .map(|reason| (reason.as_str().to_owned(), lang.pick(&reason.words()).to_owned()))
        .collect()
}

/// The words for states and reasons as a module, so that they are written nowhere else.
pub(crate) fn words_module() -> String {
    let states = PostState::ALL.map(|state| (state.as_str(), state.words()));
    let reasons = Reason::ALL.map(|reason| (reason.as_str(), reason.words()));
    let table = |name: &str, rows: &[(&str, palad_domain::say::Say)]| {
        let rows: String = rows
            .iter()
            .map(|(key, say)| format!("{key}:['{}','{}'],", quoted(&say.th), quoted(&say.en)))
            .collect();
        format!("export const {name}={{{rows}}};\n")
    };
    table("STATES", &states) + &table("REASONS", &reasons)
}

/// The names of the provinces by their codes as a module, for the pages of the staff.
pub(crate) fn provinces_module() -> String {
    let rows: String = Province::all()
        .map(|province| {
            format!("'{}':['{}','{}'],", province.code(), quoted(province.name()), quoted(province.name_en()))
        })
        .collect();
    format!("export const PROVINCES={{{rows}}};\n")
}

/// A text between single quotes.
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\'', "\\'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn provinces_stand_in_the_order_of_the_dictionary() {
        let names: Vec<String> = provinces(Lang::Thai).into_iter().map(|(_, name)| name).collect();
        assert_eq!(names.len(), 77);
        let at = |name: &str| names.iter().position(|each| each == name);
        assert!(at("เชียงใหม่") < at("ตรัง") && at("พิษณุโลก") < at("แพร่") && at("แพร่") < at("ภูเก็ต"));
    }

    #[test]
    fn the_module_of_words_quotes_what_it_must() {
        assert_eq!(quoted("it's \\"), "it\\'s \\\\");
        let module = words_module();
        assert!(module.starts_with("export const STATES={held:['มีผู้ดำรงตำแหน่ง','Held'],"));
        assert!(module.contains("retired:['เกษียณอายุราชการ','Retired']"));
    }
}
