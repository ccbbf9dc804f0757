//! The person who holds a post, or acts in it.

use palad_thai::name::{NameFault, ThaiName};
use palad_thai::phone::{PhoneFault, Phones};
use serde::{Deserialize, Serialize};

use crate::fields::FieldErrors;
use crate::photo::PhotoId;
use crate::rules::{AFFILIATION_MAX, LEVEL_MAX, NAME_MAX, PHONE_MAX, POSITION_MAX, PREFIX_MAX};
use crate::say::{Say, say};

/// A person as typed into the form: nothing is checked yet.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonInput {
    /// นาย, นาง, นางสาว, a rank or a title.
    pub prefix: Option<String>,
    /// ชื่อ.
    pub first_name: Option<String>,
    /// นามสกุล.
    pub last_name: Option<String>,
    /// ตำแหน่ง.
    pub position: Option<String>,
    /// ระดับ.
    pub level: Option<String>,
    /// สังกัด.
    pub affiliation: Option<String>,
    /// เบอร์โทรศัพท์ of the office, shown to the public.
    pub phone: Option<String>,
    /// โทรศัพท์มือถือ, for the offices only.
    pub mobile: Option<String>,
    /// รูปภาพ: the name of an upload.
    pub photo: Option<String>,
}

/// A person whose every field was checked and tidied. Made by [`Person::parse`], or read back from
/// the store, which holds only what was parsed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    prefix: String,
    first_name: String,
    last_name: String,
    position: String,
    level: String,
    affiliation: String,
    phone: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mobile: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    photo: Option<PhotoId>,
}

impl Person {
    /// Checks and tidies every field.
    ///
    /// # Errors
    /// All fields that are to be mended, with pointers relative to the person.
    pub fn parse(input: &PersonInput) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let prefix = errors.keep("/prefix", parse_prefix(text(&input.prefix)));
        let first_name = errors.keep("/first_name", parse_name(text(&input.first_name), "ชื่อ", "first name"));
        let last_name = errors.keep("/last_name", parse_name(text(&input.last_name), "นามสกุล", "last name"));
        let position =
            errors.keep("/position", parse_line(text(&input.position), POSITION_MAX, "ตำแหน่ง", "position"));
        let level = errors.keep("/level", parse_line(text(&input.level), LEVEL_MAX, "ระดับ", "level"));
        let affiliation = errors.keep(
            "/affiliation",
            parse_line(text(&input.affiliation), AFFILIATION_MAX, "สังกัด", "affiliation"),
        );
        let phone = errors.keep("/phone", parse_phones(text(&input.phone)));
        let mobile = errors.keep("/mobile", parse_mobile(text(&input.mobile)));
        let photo = errors.keep("/photo", parse_photo(text(&input.photo)));
        match (prefix, first_name, last_name, position, level, affiliation, phone, mobile.zip(photo)) {
            (
                Some(prefix),
                Some(first_name),
                Some(last_name),
                Some(position),
                Some(level),
                Some(affiliation),
                Some(phone),
                Some((mobile, photo)),
            ) if errors.is_empty() => {
                Ok(Self { prefix, first_name, last_name, position, level, affiliation, phone, mobile, photo })
            }
            _ => Err(errors),
        }
    }

    /// What anybody may see: the mobile number is left out, and the photo, which is shown beside the person
    /// once it is ready.
    #[must_use]
    pub fn public(&self) -> Self {
        Self { mobile: None, photo: None, ..self.clone() }
    }

    /// The photo that was chosen, ready or not.
    #[must_use]
    pub fn photo(&self) -> Option<&PhotoId> {
        self.photo.as_ref()
    }

    /// Prefix, first and last name, as they are read out.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{}{} {}", self.prefix, self.first_name, self.last_name)
    }

    /// The prefix.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The first name.
    #[must_use]
    pub fn first_name(&self) -> &str {
        &self.first_name
    }

    /// The last name.
    #[must_use]
    pub fn last_name(&self) -> &str {
        &self.last_name
    }

    /// The position.
    #[must_use]
    pub fn position(&self) -> &str {
        &self.position
    }

    /// The level.
    #[must_use]
    pub fn level(&self) -> &str {
        &self.level
    }

    /// The affiliation.
    #[must_use]
    pub fn affiliation(&self) -> &str {
        &self.affiliation
    }

    /// The public telephone numbers that are no mobile ones, for what is given away as a whole: of a mobile number in
    /// a list of thousands other use is made than of one that is looked up.
    #[must_use]
    pub fn office_phones(&self) -> String {
        let phones = Phones::parse(&self.phone);
        let shown = phones.iter().flat_map(|phones| phones.iter()).filter(|phone| !phone.is_mobile());
        shown.map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }

    /// The digits of the public telephone numbers, for searching.
    #[must_use]
    pub fn phone_digits(&self) -> Vec<String> {
        Phones::parse(&self.phone).map(|phones| phones.digits()).unwrap_or_default()
    }

    /// Whether neither name is the same, so that this is somebody else and not a mended spelling.
    #[must_use]
    pub fn is_somebody_else(&self, other: &Self) -> bool {
        let differs = |a: &str, b: &str| palad_thai::key::strict_key(a) != palad_thai::key::strict_key(b);
        differs(&self.first_name, &other.first_name) && differs(&self.last_name, &other.last_name)
    }
}

fn text(field: &Option<String>) -> &str {
    field.as_deref().unwrap_or("")
}

fn parse_prefix(input: &str) -> Result<String, Say> {
    palad_thai::prefix::tidy_prefix(input)
        .map_err(|fault| name_words(&fault, PREFIX_MAX, "คำนำหน้า", "prefix"))
}

fn parse_name(input: &str, th: &str, en: &str) -> Result<String, Say> {
    ThaiName::parse(input)
        .map(|name| name.as_str().to_owned())
        .map_err(|fault| name_words(&fault, NAME_MAX, th, en))
}

fn parse_line(input: &str, max: usize, th: &str, en: &str) -> Result<String, Say> {
    palad_thai::name::parse_line(input, max).map_err(|fault| name_words(&fault, max, th, en))
}

fn name_words(fault: &NameFault, max: usize, th: &str, en: &str) -> Say {
    match fault {
        NameFault::Empty => say(format!("กรุณากรอก{th}"), format!("Enter the {en}.")),
        NameFault::TooLong { .. } => say(
            format!("{th}ยาวเกินไป กรอกได้ไม่เกิน {max} ตัวอักษร"),
            format!("The {en} is too long. Use at most {max} characters."),
        ),
        NameFault::MixedScript => say(
            format!("{th}มีตัวอักษรอังกฤษปนอยู่ ให้กรอกเป็นภาษาไทยทั้งหมด"),
            format!("The {en} has Latin letters in it. Use Thai letters only."),
        ),
        NameFault::Character(character) => say(
            format!("{th}มีอักขระที่ใช้ไม่ได้ ({}) ให้ลบออก", printable(*character)),
            format!("The {en} has a character that cannot be used ({}). Remove it.", printable(*character)),
        ),
        _ => say(
            format!("{th}มีอักขระหรือคำสั่งที่ใช้ไม่ได้ ให้กรอกเฉพาะตัวอักษรไทย"),
            format!("The {en} has characters that cannot be used. Use Thai letters only."),
        ),
    }
}

fn printable(character: char) -> String {
    if character.is_control() || character.is_whitespace() || ('\u{200b}'..='\u{206f}').contains(&character) {
        format!("U+{:04X}", u32::from(character))
    } else {
        character.to_string()
    }
}

fn parse_phones(input: &str) -> Result<String, Say> {
    if input.chars().count() > PHONE_MAX {
        return Err(phone_words(&PhoneFault::TooLong));
    }
    Phones::parse(input).map(|phones| phones.to_string()).map_err(|fault| phone_words(&fault))
}

fn parse_mobile(input: &str) -> Result<Option<String>, Say> {
    if input.trim().is_empty() {
        return Ok(None);
    }
    let phones = Phones::parse(input).map_err(|fault| phone_words(&fault))?;
    if phones.iter().all(palad_thai::phone::Phone::is_mobile) {
        Ok(Some(phones.to_string()))
    } else {
        Err(say(
            "โทรศัพท์มือถือต้องเป็นเลข 10 หลัก ขึ้นต้นด้วย 06 08 หรือ 09",
            "A mobile number has ten digits and begins with 06, 08 or 09.",
        ))
    }
}

fn parse_photo(input: &str) -> Result<Option<PhotoId>, Say> {
    if input.is_empty() {
        return Ok(None);
    }
    PhotoId::parse(input)
        .map(Some)
        .ok_or_else(|| say("ไม่พบรูปนี้ ให้เลือกรูปใหม่", "There is no such photo. Choose it again."))
}

fn phone_words(fault: &PhoneFault) -> Say {
    match fault {
        PhoneFault::Empty => say("กรุณากรอกเบอร์โทรศัพท์", "Enter a telephone number."),
        PhoneFault::TooShort => say(
            "เบอร์โทรศัพท์สั้นเกินไป เบอร์สำนักงานมี 9 หลัก เบอร์มือถือมี 10 หลัก เช่น 0-5453-4119 ต่อ 203",
            "The telephone number is too short. Write it like 0-5453-4119 ต่อ 203.",
        ),
        PhoneFault::TooLong => say(
            "เบอร์โทรศัพท์ยาวเกินไป ถ้ามีหลายเบอร์ให้คั่นด้วยเครื่องหมายจุลภาค (,)",
            "The telephone number is too long. Put a comma between several numbers.",
        ),
        PhoneFault::TooMany => say("กรอกเบอร์โทรศัพท์ได้ไม่เกิน 5 เบอร์", "Enter at most five telephone numbers."),
        PhoneFault::Extension => say(
            "หมายเลขต่อไม่ถูกต้อง ให้กรอกเป็นตัวเลขหลังคำว่า ต่อ เช่น 0-5453-4119 ต่อ 203",
            "The extension is not right. Write it like 0-5453-4119 ต่อ 203.",
        ),
        _ => say(
            "เบอร์โทรศัพท์ไม่ถูกต้อง ให้กรอกเป็นตัวเลข เช่น 0-5453-4119 ต่อ 203 หรือ 08-6586-2599",
            "The telephone number is not right. Write it like 0-5453-4119 ต่อ 203 or 08-6586-2599.",
        ),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn somchai() -> PersonInput {
        PersonInput {
            prefix: Some("นาย".into()),
            first_name: Some("สมชาย".into()),
            last_name: Some("ใจดี".into()),
            position: Some("ปลัดเทศบาล".into()),
            level: Some("กลาง".into()),
            affiliation: Some("เทศบาลเมืองแพร่".into()),
            phone: Some("๐-๕๔๕๓-๔๑๑๙ ต่อ ๒๐๓".into()),
            mobile: Some("086 586 2599".into()),
            photo: None,
        }
    }

    #[test]
    fn a_person_is_tidied() {
        let person = Person::parse(&somchai()).expect("all fields are right");
        assert_eq!(person.full_name(), "นายสมชาย ใจดี");
        assert_eq!(person.phone, "0-5453-4119 ต่อ 203");
        assert_eq!(person.phone_digits(), ["054534119"]);
        assert_eq!(person.public().mobile, None);
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let input = PersonInput {
            first_name: Some("Wิชัย".into()),
            last_name: Some("=HYPERLINK(\"http://x\",\"สมชาย\")".into()),
            phone: Some("12".into()),
            mobile: Some("0-5453-4119".into()),
            ..PersonInput::default()
        };
        let errors = Person::parse(&input).expect_err("nothing is right");
        let pointers: Vec<_> = errors.iter().map(|error| error.pointer.as_str()).collect();
        assert_eq!(
            pointers,
            [
                "/prefix",
                "/first_name",
                "/last_name",
                "/position",
                "/level",
                "/affiliation",
                "/phone",
                "/mobile"
            ]
        );
    }

    #[test]
    fn a_mended_spelling_is_the_same_person() {
        let person = Person::parse(&somchai()).expect("right");
        let mended =
            Person::parse(&PersonInput { first_name: Some("สมชัย".into()), ..somchai() }).expect("right");
        let other = Person::parse(&PersonInput {
            first_name: Some("มาลี".into()),
            last_name: Some("รักไทย".into()),
            ..somchai()
        })
        .expect("right");
        assert!(!person.is_somebody_else(&mended));
        assert!(person.is_somebody_else(&other));
    }
}
