//! Where an officer belongs, and what that is called.

use serde::{Deserialize, Serialize};

use super::StaffId;
use crate::fields::FieldErrors;
use crate::province::ProvinceCode;
use crate::say::{Say, say};
use crate::session::Actor;

/// Where an officer belongs, and so what is in the officer's care.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum StaffPlace {
    /// The central office: all agencies.
    Central,
    /// A province office: the agencies of its province.
    Province {
        /// The province.
        province: ProvinceCode,
    },
    /// A district office: reads what concerns the agencies of its district.
    District {
        /// The province.
        province: ProvinceCode,
        /// The name of the district, as agencies bear it.
        district: String,
    },
}

/// A place on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlaceView {
    /// central, province or district.
    pub role: &'static str,
    /// The province's code.
    pub province: Option<ProvinceCode>,
    /// The district's name.
    pub district: Option<String>,
}

impl StaffPlace {
    /// The place that a form or a command line names. Whether agencies bear the district's name is not known
    /// here.
    ///
    /// # Errors
    /// The fields to mend.
    pub fn parse(role: &str, province: Option<&str>, district: Option<&str>) -> Result<Self, FieldErrors> {
        let tidied = |field: Option<&str>| field.map(|text| palad_thai::tidy(text).text);
        let province = tidied(province).filter(|text| !text.is_empty());
        let district = tidied(district).filter(|text| !text.is_empty());
        let mut errors = FieldErrors::default();
        let place = match role {
            "central" => {
                errors.keep("/province", unwanted(&province));
                errors.keep("/district", unwanted(&district));
                Some(Self::Central)
            }
            "province" => {
                errors.keep("/district", unwanted(&district));
                errors.keep("/province", chosen(province)).map(|province| Self::Province { province })
            }
            "district" => {
                let province = errors.keep("/province", chosen(province));
                let district = errors
                    .keep("/district", district.ok_or_else(|| say("กรุณาเลือกอำเภอ", "Choose the district.")));
                province.zip(district).map(|(province, district)| Self::District { province, district })
            }
            _ => {
                errors.add(
                    "/role",
                    say(
                        "กรุณาเลือกระดับจากรายการ",
                        "Choose the role from the list: central, province or district.",
                    ),
                );
                None
            }
        };
        place.filter(|_| errors.is_empty()).ok_or(errors)
    }

    /// The caller that a session of such an officer makes.
    #[must_use]
    pub fn actor(&self, id: &StaffId) -> Actor {
        let staff = id.as_str().to_owned();
        match self {
            Self::Central => Actor::Central { staff },
            Self::Province { province } => Actor::Province { province: *province, staff },
            Self::District { province, district } => {
                Actor::District { province: *province, district: district.clone(), staff }
            }
        }
    }

    /// The role on the wire.
    #[must_use]
    pub fn role(&self) -> &'static str {
        match self {
            Self::Central => "central",
            Self::Province { .. } => "province",
            Self::District { .. } => "district",
        }
    }

    /// The province, unless it is the centre.
    #[must_use]
    pub fn province(&self) -> Option<ProvinceCode> {
        match self {
            Self::Central => None,
            Self::Province { province } | Self::District { province, .. } => Some(*province),
        }
    }

    /// The district, where it is one.
    #[must_use]
    pub fn district(&self) -> Option<&str> {
        match self {
            Self::District { district, .. } => Some(district),
            Self::Central | Self::Province { .. } => None,
        }
    }

    /// As it stands on the wire: every field, null where the role has none.
    #[must_use]
    pub fn view(&self) -> PlaceView {
        PlaceView {
            role: self.role(),
            province: self.province(),
            district: self.district().map(str::to_owned),
        }
    }

    /// What the office is called.
    #[must_use]
    pub fn office(&self) -> Say {
        match self {
            Self::Central => say("สำนักงาน ก.ถ.", "the central office (ก.ถ.)"),
            Self::Province { province } => {
                let province = province.province();
                say(
                    format!("สำนักงานส่งเสริมการปกครองท้องถิ่น{}", province.full_name().th),
                    format!("the Provincial Office for Local Administration of {}", province.name_en()),
                )
            }
            Self::District { province, district } => {
                let province = province.province();
                say(
                    format!("อำเภอ{district} {}", province.full_name().th),
                    format!("the district office of {district}, {}", province.name_en()),
                )
            }
        }
    }
}

fn chosen(province: Option<String>) -> Result<ProvinceCode, Say> {
    province.ok_or_else(|| say("กรุณาเลือกจังหวัด", "Choose the province."))?.parse()
}

fn unwanted(field: &Option<String>) -> Result<(), Say> {
    match field {
        None => Ok(()),
        Some(_) => Err(say("ระดับนี้ไม่ต้องระบุช่องนี้ ให้เว้นว่าง", "This role has no such field. Leave it out.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointers(role: &str, province: Option<&str>, district: Option<&str>) -> Vec<String> {
        let errors = StaffPlace::parse(role, province, district).expect_err(role);
        errors.iter().map(|error| error.pointer.clone()).collect()
    }

    #[test]
    fn a_place_has_the_fields_of_its_role_and_no_others() {
        let parse = StaffPlace::parse;
        let phrae: ProvinceCode = "54".parse().expect("a province");
        assert_eq!(parse("central", None, Some(" ")), Ok(StaffPlace::Central));
        assert_eq!(parse("province", Some("๕๔"), None), Ok(StaffPlace::Province { province: phrae }));
        let district = parse("district", Some("54"), Some(" เมือง\u{200b}แพร่ ")).expect("a place");
        assert_eq!((district.district(), district.province()), (Some("เมืองแพร่"), Some(phrae)));
        assert_eq!(district.office().th, "อำเภอเมืองแพร่ จังหวัดแพร่");

        assert_eq!(pointers("central", Some("54"), Some("สอง")), ["/province", "/district"]);
        assert_eq!(pointers("province", None, Some("สอง")), ["/district", "/province"]);
        assert_eq!(pointers("district", Some("99"), None), ["/province", "/district"]);
        assert_eq!(pointers("agency", None, None), ["/role"]);
        assert_eq!(pointers("", None, None), ["/role"]);
    }

    #[test]
    fn a_place_reads_back_from_the_store() {
        for place in [
            StaffPlace::Central,
            StaffPlace::parse("province", Some("54"), None).expect("a place"),
            StaffPlace::parse("district", Some("54"), Some("สอง")).expect("a place"),
        ] {
            let json = serde_json::to_value(&place).expect("json");
            assert_eq!(json["role"], place.role());
            assert_eq!(serde_json::from_value::<StaffPlace>(json).ok(), Some(place));
        }
    }
}
