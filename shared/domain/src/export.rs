//! Lists that an office takes along as a file, and how the audit tells of it.

use serde::{Deserialize, Serialize};

use crate::policy::Area;
use crate::round::RoundId;
use crate::say::{Say, say};

/// Which list, of which round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// Every agency with who holds its post.
    Directory,
    /// Every agency that a round asks, with where it stands.
    Progress(RoundId),
    /// Every agency that owes an answer, with telephone and calls.
    Owing(RoundId),
}

/// A list that was taken along: which, of where and how much. Nothing that stood in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// The list.
    pub list: List,
    /// Of which area.
    pub area: Area,
    /// How many agencies were in it.
    pub rows: u64,
}

impl Export {
    /// In plain words.
    #[must_use]
    pub fn words(&self) -> Say {
        let (list, area, rows) = (self.list.words(), words_of(&self.area), self.rows);
        let agencies = if rows == 1 { "agency" } else { "agencies" };
        say(
            format!("ดาวน์โหลด{} {} จำนวน {rows} แห่ง", list.th, area.th),
            format!("Downloaded {}: {}, {rows} {agencies}", list.en, area.en),
        )
    }
}

impl List {
    fn words(self) -> Say {
        match self {
            Self::Directory => say("ทำเนียบปลัด", "the directory"),
            Self::Progress(round) => {
                say(format!("ความคืบหน้าของรอบ {round}"), format!("the progress of round {round}"))
            }
            Self::Owing(round) => say(
                format!("รายชื่อหน่วยงานที่ยังไม่ตอบรอบ {round}"),
                format!("the list of who owes an answer in round {round}"),
            ),
        }
    }
}

fn words_of(area: &Area) -> Say {
    match area {
        Area::Country => say("ทั้งประเทศ", "the whole country"),
        Area::Province(province) => province.province().full_name(),
        Area::District { province, district } => {
            let province = province.province().full_name();
            say(
                format!("อำเภอ{district} {}", province.th),
                format!("the district of {district}, {}", province.en),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored_and_said(list: List, area: Area, rows: u64) -> (String, Say) {
        let export = Export { list, area, rows };
        let stored = serde_json::to_string(&export).expect("JSON");
        assert_eq!(serde_json::from_str::<Export>(&stored).expect("the same"), export);
        (stored, export.words())
    }

    #[test]
    fn an_export_is_told_and_kept_without_what_stood_in_it() {
        let round = "2569-1".parse().expect("a round");
        let province = |code: &str| code.parse().expect("a province");
        for (list, area, rows, stored, th, en) in [
            (
                List::Directory,
                Area::Country,
                7_850,
                r#"{"list":"directory","area":"country","rows":7850}"#,
                "ดาวน์โหลดทำเนียบปลัด ทั้งประเทศ จำนวน 7850 แห่ง",
                "Downloaded the directory: the whole country, 7850 agencies",
            ),
            (
                List::Progress(round),
                Area::Province(province("10")),
                1,
                r#"{"list":{"progress":"2569-1"},"area":{"province":"10"},"rows":1}"#,
                "ดาวน์โหลดความคืบหน้าของรอบ 2569-1 กรุงเทพมหานคร จำนวน 1 แห่ง",
                "Downloaded the progress of round 2569-1: Bangkok, 1 agency",
            ),
            (
                List::Owing(round),
                Area::District { province: province("54"), district: "สอง".into() },
                0,
                r#"{"list":{"owing":"2569-1"},"area":{"district":{"province":"54","district":"สอง"}},"rows":0}"#,
                "ดาวน์โหลดรายชื่อหน่วยงานที่ยังไม่ตอบรอบ 2569-1 อำเภอสอง จังหวัดแพร่ จำนวน 0 แห่ง",
                "Downloaded the list of who owes an answer in round 2569-1: the district of สอง, Phrae, 0 agencies",
            ),
        ] {
            assert_eq!(stored_and_said(list, area, rows), (stored.to_owned(), say(th, en)));
        }
    }
}
