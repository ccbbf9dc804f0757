//! What the office decides about a round: title, letter, dates, who is asked, and which messages go out.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::dates::{Dates, DatesInput};
use super::plan::{Step, USUAL};
use super::scope::Scope;
use super::words::{LETTER_NUMBER_MAX, REASON_MAX, TEXT_MAX, TITLE_MAX, day, line, paragraph};
use crate::agency::{AgencyCode, AgencyKind};
use crate::fields::FieldErrors;
use crate::province::ProvinceCode;
use crate::say::{Say, say};

/// The most agencies that a round excuses by name.
pub const EXCEPTIONS_MAX: usize = 200;
/// The most messages of a round.
pub const STEPS_MAX: usize = 20;
/// How many days before the deadline a message may go out at the earliest, or after it at the latest.
pub const STEP_DAYS_MAX: u8 = 120;

/// What the office decides about a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// What the round is called.
    pub title: String,
    /// The official letter; a draft may wait for its number.
    pub letter: Option<Letter>,
    /// When it opens, is due and closes.
    pub dates: Dates,
    /// Who is asked.
    pub scope: Scope,
    /// Which messages go out.
    pub steps: Vec<Message>,
}

/// The official letter of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Its number, as in มท 0809.4/ว 123; digits are ASCII, and written as Thai ones in letters.
    pub number: String,
    /// Its date.
    pub date: Date,
}

/// A message to those who owe an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// When it is due.
    pub step: Step,
    /// What the office adds to the usual words.
    pub text: Option<String>,
}

/// A round as it is typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermsInput {
    /// What it is called.
    pub title: Option<String>,
    /// The official letter.
    pub letter: Option<LetterInput>,
    /// The three dates.
    pub dates: Option<TypedDates>,
    /// Who is asked; everybody but Bangkok where nothing is said.
    pub scope: Option<ScopeInput>,
    /// Which messages go out; the usual ones where nothing is said.
    pub steps: Option<Vec<MessageInput>>,
    /// Whether it is a round of the past; said when it is made, and no part of its terms.
    pub history: Option<bool>,
}

/// A letter as it is typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterInput {
    /// Its number.
    pub number: Option<String>,
    /// Its date.
    pub date: Option<String>,
}

/// Dates as they are typed, in any way that is usual in Thailand.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypedDates {
    /// The first day on which an answer counts.
    pub opens: Option<String>,
    /// The last day that is on time.
    pub deadline: Option<String>,
    /// The last day on which an answer is taken.
    pub closes: Option<String>,
}

/// Who is asked, as it is chosen.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeInput {
    /// Kinds, by their abbreviations.
    pub kinds: Option<Vec<String>>,
    /// Provinces, by their codes; none means all.
    pub provinces: Option<Vec<String>>,
    /// Who is excused.
    pub exceptions: Option<Vec<ExceptionInput>>,
}

/// An agency that is excused.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExceptionInput {
    /// Which.
    pub agency: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// A message as it is chosen.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessageInput {
    /// `opening`, `before` or `after`.
    pub when: Option<String>,
    /// How many days before or after the deadline.
    pub days: Option<u8>,
    /// What the office adds to the usual words.
    pub text: Option<String>,
}

impl Terms {
    /// Checks all of it. Whether an excused agency is on the list is not known here.
    ///
    /// # Errors
    /// The fields that are to be mended.
    pub fn parse(input: &TermsInput) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let title = errors.keep("/title", line(input.title.as_deref(), TITLE_MAX));
        let letter = part(&mut errors, Letter::parse(input.letter.as_ref()));
        let dates = part(&mut errors, TypedDates::parse(input.dates.as_ref()));
        let scope = part(&mut errors, ScopeInput::parse(input.scope.as_ref()));
        let steps = part(&mut errors, messages(input.steps.as_deref()));
        match (title, letter, dates, scope, steps) {
            (Some(title), Some(letter), Some(dates), Some(scope), Some(steps)) if errors.is_empty() => {
                Ok(Self { title, letter, dates, scope, steps })
            }
            _ => Err(errors),
        }
    }

    /// The steps without their texts, for the plan.
    #[must_use]
    pub fn plan_steps(&self) -> Vec<Step> {
        self.steps.iter().map(|message| message.step).collect()
    }

    /// What the office adds to the message of a step.
    #[must_use]
    pub fn text_of(&self, step: Step) -> Option<&str> {
        self.steps.iter().find(|message| message.step == step)?.text.as_deref()
    }
}

impl Letter {
    fn parse(input: Option<&LetterInput>) -> Result<Option<Self>, FieldErrors> {
        let said = |field: &Option<String>| field.as_ref().is_some_and(|text| !text.trim().is_empty());
        let Some(input) = input.filter(|input| said(&input.number) || said(&input.date)) else {
            return Ok(None);
        };
        let mut errors = FieldErrors::default();
        let number = errors.keep("/letter/number", line(input.number.as_deref(), LETTER_NUMBER_MAX));
        let date = errors.keep("/letter/date", day(input.date.as_deref()));
        number.zip(date).map(|(number, date)| Some(Self { number, date })).ok_or(errors)
    }
}

impl TypedDates {
    /// Reads the three dates and holds them against each other.
    ///
    /// # Errors
    /// The fields that are to be mended.
    pub fn parse(input: Option<&Self>) -> Result<Dates, FieldErrors> {
        let nothing = Self::default();
        let Self { opens, deadline, closes } = input.unwrap_or(&nothing);
        let mut errors = FieldErrors::default();
        let opens = errors.keep("/dates/opens", day(opens.as_deref()));
        let deadline = errors.keep("/dates/deadline", day(deadline.as_deref()));
        let closes = errors.keep("/dates/closes", day(closes.as_deref()));
        match (opens, deadline, closes) {
            (Some(opens), Some(deadline), Some(closes)) => {
                Dates::parse(DatesInput { opens, deadline, closes })
            }
            _ => Err(errors),
        }
    }
}

/// The new deadline and closing of a round, as they are typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovedDates {
    /// The last day that is on time.
    pub deadline: Option<String>,
    /// The last day on which an answer is taken.
    pub closes: Option<String>,
}

impl MovedDates {
    /// Reads both.
    ///
    /// # Errors
    /// The fields that are to be mended.
    pub fn parse(&self) -> Result<(Date, Date), FieldErrors> {
        let mut errors = FieldErrors::default();
        let deadline = errors.keep("/deadline", day(self.deadline.as_deref()));
        let closes = errors.keep("/closes", day(self.closes.as_deref()));
        deadline.zip(closes).ok_or(errors)
    }
}

impl ScopeInput {
    fn parse(input: Option<&Self>) -> Result<Scope, FieldErrors> {
        let Some(input) = input else { return Ok(Scope::of_the_letters()) };
        let mut errors = FieldErrors::default();
        let kinds: Vec<AgencyKind> = match &input.kinds {
            None => AgencyKind::ALL.into_iter().filter(|kind| *kind != AgencyKind::Bangkok).collect(),
            Some(kinds) => each(&mut errors, "/scope/kinds", kinds),
        };
        if kinds.is_empty() && errors.is_empty() {
            errors.add("/scope/kinds", say("กรุณาเลือกอย่างน้อยหนึ่งประเภท", "Choose one kind at least."));
        }
        let provinces: Vec<ProvinceCode> =
            each(&mut errors, "/scope/provinces", input.provinces.as_deref().unwrap_or_default());
        let exceptions = exceptions(&mut errors, input.exceptions.as_deref().unwrap_or_default());
        if errors.is_empty() { Ok(Scope::new(kinds, provinces, exceptions)) } else { Err(errors) }
    }
}

fn each<T: std::str::FromStr<Err = Say>>(
    errors: &mut FieldErrors,
    pointer: &str,
    texts: &[String],
) -> Vec<T> {
    let parsed = texts.iter().enumerate();
    parsed.filter_map(|(at, text)| errors.keep(&format!("{pointer}/{at}"), text.parse())).collect()
}

fn exceptions(errors: &mut FieldErrors, inputs: &[ExceptionInput]) -> Vec<(AgencyCode, String)> {
    const POINTER: &str = "/scope/exceptions";
    if inputs.len() > EXCEPTIONS_MAX {
        let too_many = say(
            format!("ยกเว้นรายหน่วยงานได้ไม่เกิน {EXCEPTIONS_MAX} แห่ง"),
            format!("At most {EXCEPTIONS_MAX} agencies can be excused by name."),
        );
        errors.add(POINTER, too_many);
        return Vec::new();
    }
    let mut known: Vec<(AgencyCode, String)> = Vec::new();
    for (at, input) in inputs.iter().enumerate() {
        let pointer = format!("{POINTER}/{at}/agency");
        let code: Option<AgencyCode> =
            errors.keep(&pointer, input.agency.as_deref().unwrap_or_default().parse());
        let reason =
            errors.keep(&format!("{POINTER}/{at}/reason"), line(input.reason.as_deref(), REASON_MAX));
        let Some((code, reason)) = code.zip(reason) else { continue };
        if known.iter().any(|(other, _)| *other == code) {
            errors.add(
                pointer,
                say("หน่วยงานนี้ซ้ำในรายการ ให้ลบออก", "This agency is in the list twice. Leave one out."),
            );
        } else {
            known.push((code, reason));
        }
    }
    known
}

fn messages(inputs: Option<&[MessageInput]>) -> Result<Vec<Message>, FieldErrors> {
    let Some(inputs) = inputs else {
        return Ok(USUAL.into_iter().map(|step| Message { step, text: None }).collect());
    };
    if inputs.len() > STEPS_MAX {
        let too_many = say(
            format!("กำหนดการแจ้งเตือนได้ไม่เกิน {STEPS_MAX} ครั้ง"),
            format!("At most {STEPS_MAX} messages can be planned."),
        );
        return Err(FieldErrors::one("/steps", too_many));
    }
    let mut errors = FieldErrors::default();
    let mut messages: Vec<Message> = Vec::new();
    for (at, input) in inputs.iter().enumerate() {
        let step = part(&mut errors, step(input, &format!("/steps/{at}")));
        let text = errors.keep(&format!("/steps/{at}/text"), paragraph(input.text.as_deref(), TEXT_MAX));
        let Some((step, text)) = step.zip(text) else { continue };
        if messages.iter().any(|message| message.step == step) {
            let twice = say("กำหนดการนี้ซ้ำ ให้ลบออก", "This step is planned twice. Leave one out.");
            errors.add(format!("/steps/{at}"), twice);
        } else {
            messages.push(Message { step, text });
        }
    }
    if errors.is_empty() { Ok(messages) } else { Err(errors) }
}

fn step(input: &MessageInput, pointer: &str) -> Result<Step, FieldErrors> {
    let at = |field: &str, say: Say| FieldErrors::one(format!("{pointer}/{field}"), say);
    let days = || {
        input.days.filter(|days| (1..=STEP_DAYS_MAX).contains(days)).ok_or_else(|| {
            let say = say(
                format!("จำนวนวันต้องอยู่ระหว่าง 1 ถึง {STEP_DAYS_MAX}"),
                format!("The number of days is between 1 and {STEP_DAYS_MAX}."),
            );
            at("days", say)
        })
    };
    match input.when.as_deref() {
        Some("opening") if input.days.is_some() => Err(at(
            "days",
            say("วันเปิดรอบไม่ต้องกรอกจำนวนวัน", "The opening has no number of days. Leave it out."),
        )),
        Some("opening") => Ok(Step::Opening),
        Some("before") => days().map(Step::Before),
        Some("after") => days().map(Step::After),
        _ => Err(at(
            "when",
            say("กำหนดการต้องเป็น opening before หรือ after", "A step is one of opening, before and after."),
        )),
    }
}

/// Keeps a part, or notes what is wrong with it.
fn part<T>(errors: &mut FieldErrors, result: Result<T, FieldErrors>) -> Option<T> {
    result.map_err(|inner| errors.extend_below("", inner)).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::{Value, json};

    use super::*;

    fn parsed(body: Value) -> Result<Terms, Vec<String>> {
        let input: TermsInput = serde_json::from_value(body).expect("of this shape");
        Terms::parse(&input).map_err(|errors| {
            assert!(errors.iter().all(|error| error.say.en.ends_with('.') && !error.say.th.is_ascii()));
            errors.iter().map(|error| error.pointer.clone()).collect()
        })
    }

    fn body() -> Value {
        json!({
            "title": "สำรวจข้อมูลปลัด  ประจำปี ๒๕๖๙",
            "letter": { "number": "มท ๐๘๐๙.๔/ว ๑๒๓", "date": "๒๕ ตุลาคม ๒๕๖๙" },
            "dates": { "opens": "1 พ.ย. 2569", "deadline": "2026-11-30", "closes": "15/12/2569" },
        })
    }

    #[test]
    fn a_round_is_read_as_it_is_typed_with_the_usual_messages() {
        let terms = parsed(body()).expect("terms");
        assert_eq!(terms.title, "สำรวจข้อมูลปลัด ประจำปี 2569");
        assert_eq!(
            terms.letter,
            Some(Letter { number: "มท 0809.4/ว 123".to_owned(), date: date(2026, 10, 25) })
        );
        assert_eq!((terms.dates.opens(), terms.dates.closes()), (date(2026, 11, 1), date(2026, 12, 15)));
        assert_eq!(terms.scope, Scope::of_the_letters());
        assert_eq!(terms.plan_steps(), USUAL);
        let stored = serde_json::to_string(&terms).expect("JSON");
        assert_eq!(serde_json::from_str::<Terms>(&stored).expect("the same"), terms);

        let mut other = body();
        other["letter"] = Value::Null;
        other["scope"] = json!({ "kinds": ["อบต."], "provinces": ["๕๔"], "exceptions": [{ "agency": "540101", "reason": "ยุบรวม" }] });
        other["steps"] = json!([{ "when": "opening" }, { "when": "after", "days": 3, "text": "โปรดตอบ" }]);
        let terms = parsed(other).expect("terms");
        assert_eq!((terms.letter, terms.scope.provinces().len()), (None, 1));
        assert_eq!(terms.steps[1], Message { step: Step::After(3), text: Some("โปรดตอบ".to_owned()) });
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        assert_eq!(
            parsed(json!({})),
            Err(["/title", "/dates/opens", "/dates/deadline", "/dates/closes"].map(str::to_owned).to_vec())
        );
        let wrong = |field: &str, value: Value| {
            let mut body = body();
            body[field] = value;
            parsed(body).expect_err("wrong")
        };
        assert_eq!(wrong("title", json!("ก".repeat(TITLE_MAX + 1))), ["/title"]);
        assert_eq!(wrong("letter", json!({ "number": "ว 1" })), ["/letter/date"]);
        let dates = json!({ "opens": "2026-11-30", "deadline": "2026-11-29", "closes": "2026-11-28" });
        assert_eq!(wrong("dates", dates), ["/dates/deadline", "/dates/closes"]);
        assert_eq!(wrong("scope", json!({ "kinds": [] })), ["/scope/kinds"]);
        let scope = json!({
            "kinds": ["อบต.", "อบค."], "provinces": ["99"],
            "exceptions": [{ "agency": "5401", "reason": "" }, { "agency": "540101", "reason": "ก" }, { "agency": "๕๔๐๑๐๑", "reason": "ข" }],
        });
        assert_eq!(
            wrong("scope", scope),
            [
                "/scope/kinds/1",
                "/scope/provinces/0",
                "/scope/exceptions/0/agency",
                "/scope/exceptions/0/reason",
                "/scope/exceptions/2/agency"
            ]
        );
        let many = json!({ "exceptions": vec![json!({}); EXCEPTIONS_MAX + 1] });
        assert_eq!(wrong("scope", many), ["/scope/exceptions"]);
        let steps = json!([
            { "when": "before", "days": 7 }, { "when": "before", "days": 7 }, { "when": "never" }, { "when": "before" },
            { "when": "after", "days": 0 }, { "when": "opening", "days": 1 }, { "when": "after", "days": 1, "text": "ก\u{7}" },
        ]);
        assert_eq!(
            wrong("steps", steps),
            ["/steps/1", "/steps/2/when", "/steps/3/days", "/steps/4/days", "/steps/5/days", "/steps/6/text"]
        );
        assert_eq!(wrong("steps", json!(vec![json!({}); STEPS_MAX + 1])), ["/steps"]);
    }
}
