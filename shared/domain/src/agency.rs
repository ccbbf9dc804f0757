//! A local administrative organisation (อปท.).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::province::Province;
use crate::say::{Say, say};

/// The stable key of an agency: six digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AgencyCode(String);

impl AgencyCode {
    /// The six digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AgencyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for AgencyCode {
    type Err = Say;

    /// Thai digits are welcome; anything but six digits is refused.
    fn from_str(text: &str) -> Result<Self, Say> {
        let folded = palad_thai::digits::fold_digits(text.trim());
        if folded.is_empty() {
            return Err(say("กรุณาเลือกหน่วยงานของท่าน", "Choose your agency."));
        }
        if folded.len() == 6 && folded.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(folded))
        } else {
            Err(say(
                "รหัสหน่วยงานต้องเป็นตัวเลข 6 หลัก ให้เลือกหน่วยงานจากรายการ",
                "An agency code has six digits. Choose the agency from the list.",
            ))
        }
    }
}

impl TryFrom<String> for AgencyCode {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map_err(|say: Say| say.en.into_owned())
    }
}

impl From<AgencyCode> for String {
    fn from(code: AgencyCode) -> Self {
        code.0
    }
}

/// What kind of body an agency is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgencyKind {
    /// องค์การบริหารส่วนจังหวัด, a provincial organisation.
    Provincial,
    /// เทศบาลนคร, a city municipality.
    City,
    /// เทศบาลเมือง, a town municipality.
    Town,
    /// เทศบาลตำบล, a sub-district municipality.
    SubdistrictMunicipality,
    /// องค์การบริหารส่วนตำบล, a sub-district organisation.
    Subdistrict,
    /// เมืองพัทยา.
    Pattaya,
    /// กรุงเทพมหานคร.
    Bangkok,
}

impl AgencyKind {
    /// Every kind, from the largest bodies to the smallest, the two special ones last.
    pub const ALL: [Self; 7] = [
        Self::Provincial,
        Self::City,
        Self::Town,
        Self::SubdistrictMunicipality,
        Self::Subdistrict,
        Self::Pattaya,
        Self::Bangkok,
    ];

    /// The usual short form, which is also the form on the wire and in the list of agencies.
    #[must_use]
    pub fn abbreviation(self) -> &'static str {
        match self {
            Self::Provincial => "อบจ.",
            Self::City => "ทน.",
            Self::Town => "ทม.",
            Self::SubdistrictMunicipality => "ทต.",
            Self::Subdistrict => "อบต.",
            Self::Pattaya => "เมืองพัทยา",
            Self::Bangkok => "กทม.",
        }
    }

    /// The full Thai term, as it stands before a name.
    #[must_use]
    pub fn term(self) -> &'static str {
        match self {
            Self::Provincial => "องค์การบริหารส่วนจังหวัด",
            Self::City => "เทศบาลนคร",
            Self::Town => "เทศบาลเมือง",
            Self::SubdistrictMunicipality => "เทศบาลตำบล",
            Self::Subdistrict => "องค์การบริหารส่วนตำบล",
            Self::Pattaya => "เมืองพัทยา",
            Self::Bangkok => "กรุงเทพมหานคร",
        }
    }

    /// The usual English term.
    #[must_use]
    pub fn term_en(self) -> &'static str {
        match self {
            Self::Provincial => "Provincial Administrative Organisation",
            Self::City => "City Municipality",
            Self::Town => "Town Municipality",
            Self::SubdistrictMunicipality => "Sub-district Municipality",
            Self::Subdistrict => "Sub-district Administrative Organisation",
            Self::Pattaya => "Pattaya City",
            Self::Bangkok => "Bangkok Metropolitan Administration",
        }
    }

    /// Whether there is one body of the kind only, whose term is already its whole name.
    #[must_use]
    pub fn is_single(self) -> bool {
        matches!(self, Self::Pattaya | Self::Bangkok)
    }
}

impl FromStr for AgencyKind {
    type Err = Say;

    fn from_str(text: &str) -> Result<Self, Say> {
        Self::ALL.into_iter().find(|kind| kind.abbreviation() == text || kind.term() == text).ok_or_else(
            || {
                say(
                    "ประเภทต้องเป็น อบจ. ทน. ทม. ทต. อบต. เมืองพัทยา หรือ กทม.",
                    "The kind must be one of อบจ., ทน., ทม., ทต., อบต., เมืองพัทยา or กทม.",
                )
            },
        )
    }
}

impl Serialize for AgencyKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.abbreviation())
    }
}

impl<'de> Deserialize<'de> for AgencyKind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|say: Say| serde::de::Error::custom(say.en))
    }
}

/// An agency as it is called today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Its stable key; upgrades and new names do not change it.
    pub code: AgencyCode,
    /// What kind of body it is today.
    pub kind: AgencyKind,
    /// Its name without the kind, as in แม่ยม.
    pub name: String,
    /// Its district; empty for Bangkok.
    pub district: String,
    /// Its province.
    pub province: Province,
    /// The agency's own mailbox on the official list, where one is known.
    pub official_email: Option<crate::email::Email>,
    /// The agency's telephone on the official list, to call back before a claim is approved.
    pub official_phone: Option<palad_thai::phone::Phones>,
}

impl Agency {
    /// Kind and name together, as in องค์การบริหารส่วนตำบลแม่ยม.
    #[must_use]
    pub fn full_name(&self) -> String {
        if self.kind.is_single() {
            self.kind.term().to_owned()
        } else {
            format!("{}{}", self.kind.term(), self.name)
        }
    }

    /// What the public sees of it.
    #[must_use]
    pub fn view(&self) -> AgencyView {
        AgencyView {
            code: self.code.clone(),
            kind: self.kind,
            name: self.name.clone(),
            full_name: self.full_name(),
            district: self.district.clone(),
            province: self.province.name().to_owned(),
        }
    }
}

/// An agency on the wire. District and province always stand beside the name, for names repeat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyView {
    /// Six digits.
    pub code: AgencyCode,
    /// The abbreviation, as in อบต.
    pub kind: AgencyKind,
    /// The name without the kind.
    pub name: String,
    /// Kind and name together.
    pub full_name: String,
    /// Thai name; empty for Bangkok.
    pub district: String,
    /// Thai name.
    pub province: String,
}

/// What an agency was called from a day on. An upgrade or a new name adds one; none is removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerName {
    /// The kind it had.
    pub kind: AgencyKind,
    /// The name it had.
    pub name: String,
    /// The last day on which it stood so in the list, in Bangkok.
    pub until: jiff::civil::Date,
}
