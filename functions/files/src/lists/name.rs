//! What a list is called as a file: which list, of which round, of where, and of which day.

use jiff::civil::Date;
use palad_domain::export::List;
use palad_domain::policy::Area;
use palad_thai::date::BUDDHIST_OFFSET;

/// The name of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// In Thai, with the day in the Buddhist era.
    pub(crate) words: String,
    /// In plain letters, with an ISO day, for browsers that read no others.
    pub(crate) plain: String,
}

/// The name of a list of this area, made on this day.
pub(crate) fn of(list: List, area: &Area, day: Date) -> Name {
    let (what, plain, round) = match list {
        List::Directory => ("ทำเนียบปลัด", "directory", None),
        List::Progress(round) => ("ความคืบหน้า", "progress", Some(round)),
        List::Owing(round) => ("ยังไม่ตอบ", "owing", Some(round)),
    };
    let mut words = vec![what.to_owned()];
    let mut plain = vec![plain.to_owned()];
    if let Some(round) = round {
        words.push(format!("รอบ{round}"));
        plain.push(round.to_string());
    }
    match area.province() {
        None => words.push("ทั้งประเทศ".to_owned()),
        Some(province) => {
            words.push(province.province().name().to_owned());
            plain.push(province.as_str().to_owned());
        }
    }
    words.extend(area.district().map(fit_for_a_name));
    let year = i32::from(day.year()) + i32::from(BUDDHIST_OFFSET);
    words.push(format!("{year}-{:02}-{:02}", day.month(), day.day()));
    plain.push(day.to_string());
    Name { words: words.join("_") + ".csv", plain: plain.join("_") + ".csv" }
}

/// What a caller typed, without what no file's name may have.
fn fit_for_a_name(text: &str) -> String {
    let is_thai = |c: char| ('\u{e00}'..='\u{e7f}').contains(&c);
    text.chars().filter(|c| c.is_ascii_alphanumeric() || is_thai(*c)).take(DISTRICT_MAX).collect()
}

/// No district is called by a longer name.
const DISTRICT_MAX: usize = 40;

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_name_says_list_round_place_and_day() {
        let (day, round) = (date(2026, 11, 3), "2569-1".parse().expect("a round"));
        let province = "54".parse().expect("a province");
        let district = Area::District { province, district: "../เมือง\"แพร่\r\n".into() };
        for (list, area, words, plain) in [
            (List::Directory, Area::Country, "ทำเนียบปลัด_ทั้งประเทศ_2569-11-03.csv", "directory_2026-11-03.csv"),
            (
                List::Progress(round),
                Area::Province(province),
                "ความคืบหน้า_รอบ2569-1_แพร่_2569-11-03.csv",
                "progress_2569-1_54_2026-11-03.csv",
            ),
            (
                List::Owing(round),
                district,
                "ยังไม่ตอบ_รอบ2569-1_แพร่_เมืองแพร่_2569-11-03.csv",
                "owing_2569-1_54_2026-11-03.csv",
            ),
        ] {
            assert_eq!(of(list, &area, day), Name { words: words.into(), plain: plain.into() });
        }
    }
}
