//! The frozen list of a round: one line for each agency that is asked, and what was noted beside it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::scope::Asked;
use super::state::Frozen;
use super::tally::{Standing, Tally};
use super::words::{NOTE_MAX, optional_line};
use crate::agency::{Agency, AgencyCode, AgencyKind, AgencyView};
use crate::province::ProvinceCode;
use crate::record::Office;
use crate::say::{Say, say};

/// One agency that is asked in a round: as it was called on the day of the opening, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListLine {
    /// Which agency.
    pub code: AgencyCode,
    /// Its kind that day.
    pub kind: AgencyKind,
    /// Its name that day.
    pub name: String,
    /// Its district that day.
    pub district: String,
    /// Its province.
    pub province: ProvinceCode,
    /// Why it is excused, if it is.
    pub excused: Option<String>,
    /// Where it stands, as it was counted.
    pub standing: Standing,
    /// Whether its answer was counted as late.
    pub late: bool,
    /// Its answer, as it was counted.
    pub answer: Option<Answer>,
    /// How many times the line was counted anew: of two writers one is first.
    pub counted: u64,
}

impl ListLine {
    /// The line of an agency when the round opens; none where the round is not about it.
    #[must_use]
    pub fn of(agency: &Agency, asked: &Asked<'_>, has_account: bool) -> Option<Self> {
        let excused = match asked {
            Asked::Expected => None,
            Asked::Excused(reason) => Some((*reason).to_owned()),
            Asked::No => return None,
        };
        Some(Self {
            code: agency.code.clone(),
            kind: agency.kind,
            name: agency.name.clone(),
            district: agency.district.clone(),
            province: agency.province.code(),
            standing: Standing::of(excused.is_some(), has_account, false, None),
            excused,
            late: false,
            answer: None,
            counted: 0,
        })
    }

    /// The line counted anew.
    #[must_use]
    pub fn recounted(
        &self,
        has_account: bool,
        is_unreachable: bool,
        answer: Option<&Answer>,
        deadline: Date,
    ) -> Self {
        Self {
            standing: Standing::of(self.excused.is_some(), has_account, is_unreachable, answer),
            late: answer.is_some_and(|answer| answer.is_after(deadline)),
            answer: answer.cloned(),
            counted: self.counted + 1,
            ..self.clone()
        }
    }

    /// Whether it says the same as another, however often each was counted.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        (self.standing, self.late, &self.answer) == (other.standing, other.late, &other.answer)
    }

    /// What it adds to the totals.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Tally::one(self.standing, self.late)
    }

    /// The agency as it was called when the round opened.
    #[must_use]
    pub fn view(&self) -> AgencyView {
        let agency = Agency {
            code: self.code.clone(),
            kind: self.kind,
            name: self.name.clone(),
            district: self.district.clone(),
            province: self.province.province(),
            official_email: None,
            official_phone: None,
        };
        agency.view()
    }

    /// How it stands in the text that the hash is made of.
    fn hashed(&self) -> String {
        let asked = if self.excused.is_some() { "excused" } else { "expected" };
        format!("{} {asked}\n", self.code)
    }
}

/// What a list says in short. The hash is over the codes in their order, each with how it is asked.
#[must_use]
pub fn frozen(lines: &[ListLine], digest: impl Fn(&[u8]) -> [u8; 32]) -> Frozen {
    let mut sorted: Vec<&ListLine> = lines.iter().collect();
    sorted.sort_by(|one, other| one.code.cmp(&other.code));
    let text: String = sorted.iter().map(|line| line.hashed()).collect();
    let count = |excused: bool| lines.iter().filter(|line| line.excused.is_some() == excused).count();
    Frozen {
        expected: u32::try_from(count(false)).unwrap_or(u32::MAX),
        excused: u32::try_from(count(true)).unwrap_or(u32::MAX),
        hash: data_encoding::BASE64URL_NOPAD.encode(&digest(text.as_bytes())),
    }
}

/// How far a round had come at the end of each day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Curve(pub BTreeMap<Date, Tally>);

/// How a round ended, province by province: written once, when it is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// When it was reckoned.
    pub at: Timestamp,
    /// Where the agencies of each province stood.
    pub provinces: BTreeMap<ProvinceCode, Tally>,
}

impl Report {
    /// The whole country.
    #[must_use]
    pub fn country(&self) -> Tally {
        let mut all = Tally::default();
        self.provinces.values().for_each(|tally| all += *tally);
        all
    }
}

/// What came of a call to an agency that owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// Somebody was spoken to.
    Reached,
    /// Nobody answered.
    NoAnswer,
    /// The number is not the agency's.
    WrongNumber,
    /// They said that they will answer.
    WillAnswer,
}

/// A call that was noted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallNote {
    /// When it was noted.
    pub at: Timestamp,
    /// By which office.
    pub by: Office,
    /// By whom of it.
    pub staff: String,
    /// What came of it.
    pub outcome: CallOutcome,
    /// What the officer wrote.
    pub note: Option<String>,
}

impl CallOutcome {
    /// Every outcome.
    pub const ALL: [Self; 4] = [Self::Reached, Self::NoAnswer, Self::WrongNumber, Self::WillAnswer];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::NoAnswer => "no_answer",
            Self::WrongNumber => "wrong_number",
            Self::WillAnswer => "will_answer",
        }
    }

    /// In plain words, on the screen and in files.
    #[must_use]
    pub fn words(self) -> Say {
        match self {
            Self::Reached => say("คุยแล้ว", "Spoken to"),
            Self::NoAnswer => say("ไม่มีผู้รับสาย", "Nobody answered"),
            Self::WrongNumber => say("หมายเลขไม่ถูกต้อง", "Wrong number"),
            Self::WillAnswer => say("รับว่าจะตอบ", "Will answer"),
        }
    }

    /// The outcome that was chosen.
    ///
    /// # Errors
    /// When it is none of the list.
    pub fn parse(text: Option<&str>) -> Result<Self, Say> {
        Self::ALL.into_iter().find(|outcome| text == Some(outcome.as_str())).ok_or_else(|| {
            say(
                "กรุณาเลือกผลการโทรจากรายการ",
                "Choose what came of the call: reached, no_answer, wrong_number or will_answer.",
            )
        })
    }
}

/// What an officer wrote about a call.
///
/// # Errors
/// When it is too long or no line of text.
pub fn parse_note(text: Option<&str>) -> Result<Option<String>, Say> {
    optional_line(text, NOTE_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::province::Province;

    fn line(code: &str, excused: Option<&str>) -> ListLine {
        let agency = Agency {
            code: code.parse().expect("a code"),
            kind: AgencyKind::Subdistrict,
            name: "แม่ยม".into(),
            district: "เมืองแพร่".into(),
            province: Province::by_name("แพร่").expect("a province"),
            official_email: None,
            official_phone: None,
        };
        let asked = excused.map_or(Asked::Expected, Asked::Excused);
        ListLine::of(&agency, &asked, true).expect("a line")
    }

    #[test]
    fn the_hash_is_of_who_is_asked_and_how_and_of_nothing_else() {
        let hash = |lines: &[ListLine]| {
            frozen(lines, |bytes| {
                ring::digest::digest(&ring::digest::SHA256, bytes).as_ref().try_into().expect("32 bytes")
            })
        };
        let (one, other) = (line("540101", None), line("540102", Some("ยุบรวม")));
        let whole = hash(&[one.clone(), other.clone()]);
        assert_eq!((whole.expected, whole.excused), (1, 1));
        // Of `540101 expected\n540102 excused\n`: anybody can reckon it again.
        assert_eq!(whole.hash, "DwmAYKjSHqIyYQQuQ8tOL1qsQODHlRZePnFFvwnzugU");
        assert_eq!(hash(&[other.clone(), one.clone()]), whole, "in any order");
        let answered = one.recounted(true, false, None, Date::MAX);
        assert_eq!(hash(&[answered, other.clone()]), whole, "however they stand");
        assert_ne!(hash(&[one.clone(), line("540102", None)]).hash, whole.hash);
        assert_ne!(hash(&[one]).hash, whole.hash);
    }

    #[test]
    fn a_line_begins_as_the_agency_stands_and_keeps_its_form() {
        let begun = line("540101", None);
        assert_eq!(
            (begun.standing, begun.view().full_name.as_str()),
            (Standing::Silent, "องค์การบริหารส่วนตำบลแม่ยม")
        );
        assert_eq!(line("540101", Some("ยุบรวม")).standing, Standing::Exempt);
        let stored = serde_json::to_string(&begun).expect("JSON");
        assert_eq!(serde_json::from_str::<ListLine>(&stored).expect("the same"), begun);
        let unreachable = begun.recounted(true, true, None, Date::MAX);
        assert_eq!((unreachable.standing, unreachable.counted), (Standing::Unreachable, 1));
    }

    #[test]
    fn a_report_adds_up() {
        let provinces = BTreeMap::from([
            ("54".parse().expect("a province"), Tally::one(Standing::Silent, false)),
            ("55".parse().expect("a province"), Tally::one(Standing::Vacant, true)),
        ]);
        let report = Report { at: Timestamp::UNIX_EPOCH, provinces };
        assert_eq!((report.country().all(), report.country().answered(), report.country().late()), (2, 1, 1));
    }
}
