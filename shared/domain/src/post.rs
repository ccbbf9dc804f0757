//! The one chief clerk's post of an agency.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::fields::FieldErrors;
use crate::person::{Person, PersonInput};
use crate::say::{Say, say};

/// A post as typed into the form: nothing is checked yet.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostInput {
    /// `held`, `acting` or `vacant`.
    pub state: Option<String>,
    /// The holder, when held.
    pub person: Option<PersonInput>,
    /// The person who acts, when acting.
    pub acting: Option<PersonInput>,
    /// An ISO day, or a Thai date such as 31 มีนาคม 2566.
    pub since: Option<String>,
    /// Why the post is not held.
    pub reason: Option<String>,
}

/// The post in one of its states. An agency that has not answered has no post at all: silence is
/// not a vacancy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Post {
    /// A clerk holds it.
    Held {
        /// The clerk.
        person: Person,
        /// In post since.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<Date>,
    },
    /// It is vacant and a named person acts (รักษาราชการแทน).
    Acting {
        /// Who acts.
        acting: Person,
        /// Acting since.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<Date>,
        /// Why nobody holds it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// Nobody holds it (ตำแหน่งว่าง, in the letters ไม่มีผู้ดำรงตำแหน่ง).
    Vacant {
        /// Vacant since.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<Date>,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
}

/// Why a clerk left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// โอนย้าย.
    Transferred,
    /// เกษียณอายุราชการ.
    Retired,
    /// ลาออก.
    Resigned,
    /// ถึงแก่กรรม.
    Died,
    /// ตำแหน่งตั้งใหม่: nobody has held it yet.
    NewPost,
    /// อื่น ๆ.
    Other,
}

impl Reason {
    /// Every reason, in the order of the form.
    pub const ALL: [Self; 6] =
        [Self::Transferred, Self::Retired, Self::Resigned, Self::Died, Self::NewPost, Self::Other];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Transferred => "transferred",
            Self::Retired => "retired",
            Self::Resigned => "resigned",
            Self::Died => "died",
            Self::NewPost => "new_post",
            Self::Other => "other",
        }
    }

    /// The words on the screen.
    #[must_use]
    pub fn words(self) -> Say {
        match self {
            Self::Transferred => say("โอนย้าย", "Transferred"),
            Self::Retired => say("เกษียณอายุราชการ", "Retired"),
            Self::Resigned => say("ลาออก", "Resigned"),
            Self::Died => say("ถึงแก่กรรม", "Died"),
            Self::NewPost => say("ตำแหน่งตั้งใหม่", "Newly created post"),
            Self::Other => say("อื่น ๆ", "Other"),
        }
    }

    fn parse(text: &str) -> Result<Self, Say> {
        Self::ALL
            .into_iter()
            .find(|reason| reason.as_str() == text)
            .ok_or_else(|| say("กรุณาเลือกเหตุผลจากรายการ", "Choose a reason from the list."))
    }
}

impl Post {
    /// Checks and tidies a post. `today` is the day in Bangkok.
    ///
    /// # Errors
    /// All fields that are to be mended, with pointers relative to the post.
    pub fn parse(input: &PostInput, today: Date) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let since = errors.keep("/since", parse_day(input.since.as_deref(), today)).flatten();
        let reason = errors.keep("/reason", parse_reason(input.reason.as_deref())).flatten();
        let post = match input.state.as_deref() {
            Some("held") => {
                unwanted(&mut errors, "/acting", input.acting.is_some());
                unwanted(&mut errors, "/reason", reason.is_some());
                parse_person(&mut errors, "/person", input.person.as_ref())
                    .map(|person| Self::Held { person, since })
            }
            Some("acting") => {
                unwanted(&mut errors, "/person", input.person.is_some());
                parse_person(&mut errors, "/acting", input.acting.as_ref()).map(|acting| Self::Acting {
                    acting,
                    since,
                    reason,
                })
            }
            Some("vacant") => {
                unwanted(&mut errors, "/person", input.person.is_some());
                unwanted(&mut errors, "/acting", input.acting.is_some());
                Some(Self::Vacant { since, reason })
            }
            _ => {
                errors.add(
                    "/state",
                    say(
                        "กรุณาเลือก มีผู้ดำรงตำแหน่ง รักษาราชการแทน หรือ ตำแหน่งว่าง",
                        "Choose whether the post is held, acting or vacant.",
                    ),
                );
                None
            }
        };
        post.filter(|_| errors.is_empty()).ok_or(errors)
    }

    /// The person in it, holding or acting.
    #[must_use]
    pub fn person(&self) -> Option<&Person> {
        match self {
            Self::Held { person, .. } => Some(person),
            Self::Acting { acting, .. } => Some(acting),
            Self::Vacant { .. } => None,
        }
    }

    /// Since when it is so, where that is known.
    #[must_use]
    pub fn since(&self) -> Option<Date> {
        match self {
            Self::Held { since, .. } | Self::Acting { since, .. } | Self::Vacant { since, .. } => *since,
        }
    }

    /// Why nobody holds it, where that is known.
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        match self {
            Self::Held { .. } => None,
            Self::Acting { reason, .. } | Self::Vacant { reason, .. } => *reason,
        }
    }

    /// The state alone.
    #[must_use]
    pub fn state(&self) -> PostState {
        match self {
            Self::Held { .. } => PostState::Held,
            Self::Acting { .. } => PostState::Acting,
            Self::Vacant { .. } => PostState::Vacant,
        }
    }
}

/// The state of an agency's post, silence included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostState {
    /// A clerk holds it.
    Held,
    /// Somebody acts in it.
    Acting,
    /// Nobody holds it, and the agency has said so.
    Vacant,
    /// The agency has not answered.
    None,
}

impl PostState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Held, Self::Acting, Self::Vacant, Self::None];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Acting => "acting",
            Self::Vacant => "vacant",
            Self::None => "none",
        }
    }

    /// The words on the screen.
    #[must_use]
    pub fn words(self) -> Say {
        match self {
            Self::Held => say("มีผู้ดำรงตำแหน่ง", "Held"),
            Self::Acting => say("รักษาราชการแทน", "Acting"),
            Self::Vacant => say("ตำแหน่งว่าง", "Vacant"),
            Self::None => say("ยังไม่ได้บันทึกข้อมูล", "Not yet recorded"),
        }
    }
}

/// How the last holder left, when an edit puts somebody else in the post.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuccessionInput {
    /// Why the last holder left.
    pub reason: Option<String>,
    /// The last holder's last day.
    pub until: Option<String>,
}

/// How the last holder left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Succession {
    /// Why.
    pub reason: Reason,
    /// The last day, where it is known.
    pub until: Option<Date>,
}

impl Succession {
    /// Checks it. `today` is the day in Bangkok.
    ///
    /// # Errors
    /// The fields that are to be mended, with pointers relative to it.
    pub fn parse(input: &SuccessionInput, today: Date) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let until = errors.keep("/until", parse_day(input.until.as_deref(), today)).flatten();
        let reason = errors.keep("/reason", Reason::parse(input.reason.as_deref().unwrap_or("")));
        reason.filter(|_| errors.is_empty()).map(|reason| Self { reason, until }).ok_or(errors)
    }
}

fn parse_person(errors: &mut FieldErrors, pointer: &str, input: Option<&PersonInput>) -> Option<Person> {
    Person::parse(input.unwrap_or(&PersonInput::default()))
        .map_err(|inner| errors.extend_below(pointer, inner))
        .ok()
}

fn unwanted(errors: &mut FieldErrors, pointer: &str, given: bool) {
    if given {
        errors.add(
            pointer,
            say("สถานะที่เลือกไม่ต้องกรอกช่องนี้ ให้ลบออก", "The chosen state has no such field. Leave it out."),
        );
    }
}

fn parse_day(input: Option<&str>, today: Date) -> Result<Option<Date>, Say> {
    let Some(input) = input.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let parsed = palad_thai::date::parse_day(input).map_err(|_| {
        say(
            "วันที่ไม่ถูกต้อง ให้กรอก วัน เดือน และปี พ.ศ. เช่น 31 มีนาคม 2566",
            "The date is not right. Give day, month and year, such as 2023-03-31.",
        )
    })?;
    if parsed.day > today {
        return Err(say("วันที่ต้องไม่เกินวันนี้", "The date must not be after today."));
    }
    if parsed.day < jiff::civil::date(1950, 1, 1) {
        return Err(say("วันที่เก่าเกินไป ให้ตรวจสอบปี พ.ศ.", "The date is too long ago. Check the year."));
    }
    Ok(Some(parsed.day))
}

fn parse_reason(input: Option<&str>) -> Result<Option<Reason>, Say> {
    input.map(str::trim).filter(|text| !text.is_empty()).map(Reason::parse).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::tests::somchai;

    const TODAY: Date = jiff::civil::date(2026, 11, 23);

    fn pointers(errors: &FieldErrors) -> Vec<&str> {
        errors.iter().map(|error| error.pointer.as_str()).collect()
    }

    #[test]
    fn a_vacancy_asks_for_no_name_and_takes_none() {
        let vacant = PostInput {
            state: Some("vacant".into()),
            reason: Some("retired".into()),
            ..PostInput::default()
        };
        assert_eq!(
            Post::parse(&vacant, TODAY),
            Ok(Post::Vacant { since: None, reason: Some(Reason::Retired) })
        );
        let named = PostInput { person: Some(somchai()), ..vacant };
        assert_eq!(pointers(&Post::parse(&named, TODAY).expect_err("a name")), ["/person"]);
    }

    #[test]
    fn a_held_post_names_its_clerk() {
        let nobody = PostInput { state: Some("held".into()), ..PostInput::default() };
        let errors = Post::parse(&nobody, TODAY).expect_err("nobody");
        assert!(pointers(&errors).contains(&"/person/first_name"));
        let held =
            PostInput { person: Some(somchai()), since: Some("1 ตุลาคม 2566".into()), ..nobody };
        let post = Post::parse(&held, TODAY).expect("right");
        assert_eq!(post.since(), Some(jiff::civil::date(2023, 10, 1)));
    }

    #[test]
    fn tomorrow_and_no_state_are_refused() {
        let input = PostInput { since: Some("2026-11-24".into()), ..PostInput::default() };
        assert_eq!(pointers(&Post::parse(&input, TODAY).expect_err("wrong")), ["/since", "/state"]);
    }

    #[test]
    fn the_stored_form_is_read_back() {
        let held = PostInput { state: Some("held".into()), person: Some(somchai()), ..PostInput::default() };
        let post = Post::parse(&held, TODAY).expect("right");
        let text = serde_json::to_string(&post).expect("writes");
        assert!(text.starts_with(r#"{"state":"held","person":{"prefix":"นาย""#), "{text}");
        assert_eq!(serde_json::from_str::<Post>(&text).ok(), Some(post));
    }
}
