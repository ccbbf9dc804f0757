//! An agency's answer in a round.
//!
//! Whatever says how the record stands is an answer: saving it, recording a vacancy, confirming that it is still
//! right. It counts once, from its first moment; a later one says what is true now. Deleting the record takes the
//! answer back: silence is not an answer.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use palad_thai::date::bangkok_day;
use serde::{Deserialize, Serialize};

use super::dates::{Dates, Phase};
use super::id::RoundId;
use super::receipt::ReceiptNumber;
use super::state::OpenRound;
use crate::agency::Agency;
use crate::post::{Post, PostState};
use crate::record::{Office, Version};

/// What the answer says of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// ยังถูกต้อง: nothing has changed.
    Confirmed,
    /// แก้ไข: the record was added or changed.
    Updated,
    /// ตำแหน่งว่าง: nobody holds the post.
    Vacant,
}

/// An agency's answer in one round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// What it says.
    pub kind: AnswerKind,
    /// When the agency first answered: what decides whether it was late.
    pub answered_at: Timestamp,
    /// When the answer last changed.
    pub changed_at: Timestamp,
    /// Whether the deadline had passed when it first answered.
    pub late: bool,
    /// By which office.
    pub by: Office,
    /// The record's version that the answer is about.
    pub version: Version,
    /// The receipt that was given for it, as it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<ReceiptNumber>,
}

/// What happened to a record during a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened<'a> {
    /// It was looked at and found right.
    Confirmed(&'a Post),
    /// It says this from now on.
    Saved(&'a Post),
    /// It is gone.
    Deleted,
}

/// An agency's answers, round by round.
pub type Answers = BTreeMap<RoundId, Answer>;

/// An agency's answers after something happened to its record, in every open round that takes them.
#[must_use]
pub fn answers_after(
    earlier: &Answers,
    open: &[OpenRound],
    agency: &Agency,
    happened: Happened<'_>,
    by: Office,
    version: Version,
    now: Timestamp,
) -> Answers {
    let mut answers = earlier.clone();
    for round in open.iter().filter(|round| round.takes(agency)) {
        match Answer::after(answers.get(&round.id), happened, by, version, &round.dates, now) {
            Some(answer) => answers.insert(round.id, answer),
            None => answers.remove(&round.id),
        };
    }
    answers
}

/// The answers that were given or changed at `now`, with the receipt of that.
#[must_use]
pub fn with_receipt(mut answers: Answers, receipt: &ReceiptNumber, now: Timestamp) -> Answers {
    for answer in answers.values_mut().filter(|answer| answer.changed_at == now) {
        answer.receipt = Some(receipt.clone());
    }
    answers
}

impl Answer {
    /// Whether it first came after this day. A deadline that is moved is one for those who have answered too.
    #[must_use]
    pub fn is_after(&self, deadline: Date) -> bool {
        bangkok_day(self.answered_at) > deadline
    }

    /// The answer after something happened; none where there is none, or the round does not take one now.
    #[must_use]
    pub fn after(
        earlier: Option<&Self>,
        happened: Happened<'_>,
        by: Office,
        version: Version,
        dates: &Dates,
        now: Timestamp,
    ) -> Option<Self> {
        let phase = dates.phase(now);
        if !phase.takes_answers() {
            return earlier.cloned();
        }
        let kind = match happened {
            Happened::Deleted => return None,
            // An agency that finds "vacant" still right has a vacant post; and one that has updated its record in
            // this round has updated it, also when it looks again.
            Happened::Confirmed(post) if post.state() == PostState::Vacant => AnswerKind::Vacant,
            Happened::Confirmed(_) => match earlier.map(|answer| answer.kind) {
                Some(AnswerKind::Updated) => AnswerKind::Updated,
                _ => AnswerKind::Confirmed,
            },
            Happened::Saved(post) if post.state() == PostState::Vacant => AnswerKind::Vacant,
            Happened::Saved(_) => AnswerKind::Updated,
        };
        let answered_at = earlier.map_or(now, |answer| answer.answered_at);
        let late = earlier.map_or(phase == Phase::Late, |answer| answer.late);
        Some(Self { kind, answered_at, changed_at: now, late, by, version, receipt: None })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::round::dates::DatesInput;

    fn dates() -> Dates {
        let input =
            DatesInput { opens: date(2026, 11, 1), deadline: date(2026, 11, 30), closes: date(2026, 12, 15) };
        Dates::parse(input).expect("in order")
    }

    fn after(earlier: Option<&Answer>, happened: Happened<'_>, at: &str) -> Option<Answer> {
        let now = at.parse().expect("a time");
        Answer::after(earlier, happened, Office::Agency, Version(3), &dates(), now)
    }

    fn posts() -> [Post; 2] {
        let vacant = r#"{"state":"vacant"}"#;
        let held = r#"{"state":"held","person":{"prefix":"นาย","first_name":"สมชาย","last_name":"ใจดี","position":"ปลัดเทศบาล","level":"กลาง","affiliation":"เทศบาลเมืองแพร่","phone":"0-5451-1060"}}"#;
        [held, vacant].map(|text| serde_json::from_str(text).expect("a post"))
    }

    #[test]
    fn the_first_answer_decides_whether_it_was_late_and_the_last_one_what_it_says() {
        let [held, vacant] = posts();
        let first = after(None, Happened::Confirmed(&held), "2026-11-20T03:00:00Z").expect("an answer");
        assert_eq!((first.kind, first.late), (AnswerKind::Confirmed, false));
        let second =
            after(Some(&first), Happened::Saved(&vacant), "2026-12-05T03:00:00Z").expect("an answer");
        assert_eq!(
            (second.kind, second.late, second.answered_at),
            (AnswerKind::Vacant, false, first.answered_at)
        );
        let late = after(None, Happened::Saved(&held), "2026-11-30T17:00:00Z").expect("an answer");
        assert_eq!((late.kind, late.late), (AnswerKind::Updated, true));
        let again =
            after(Some(&late), Happened::Confirmed(&held), "2026-12-05T03:00:00Z").expect("an answer");
        assert_eq!((again.kind, again.late), (AnswerKind::Updated, true));
        let vacancy = after(None, Happened::Confirmed(&vacant), "2026-11-02T03:00:00Z").expect("an answer");
        assert_eq!(vacancy.kind, AnswerKind::Vacant);
    }

    #[test]
    fn each_open_round_that_asks_takes_the_answer_for_itself() {
        let [held, _] = posts();
        let agency = Agency {
            code: "549900".parse().expect("a code"),
            kind: crate::agency::AgencyKind::Town,
            name: "แพร่".into(),
            district: "เมืองแพร่".into(),
            province: crate::province::Province::by_name("แพร่").expect("a province"),
            official_email: None,
            official_phone: None,
        };
        let open = |id: &str, kind| OpenRound {
            id: id.parse().expect("a round"),
            title: "สำรวจ".to_owned(),
            dates: dates(),
            scope: crate::round::Scope::new([kind], [], []),
        };
        let rounds = [
            open("2569-1", crate::agency::AgencyKind::Town),
            open("2569-2", crate::agency::AgencyKind::Town),
            open("2569-3", crate::agency::AgencyKind::City),
        ];
        let now = "2026-11-20T03:00:00Z".parse().expect("a time");
        let after = |earlier: &Answers, rounds: &[OpenRound], happened: Happened<'_>| {
            answers_after(earlier, rounds, &agency, happened, Office::Agency, Version(2), now)
        };
        let names = |answers: &Answers| answers.keys().map(ToString::to_string).collect::<Vec<_>>();
        let saved = after(&Answers::new(), &rounds, Happened::Saved(&held));
        assert_eq!(names(&saved), ["2569-1", "2569-2"]);
        // A round that is over keeps its answer; the open one takes it back.
        let deleted = after(&saved, &rounds[1..], Happened::Deleted);
        assert_eq!(names(&deleted), ["2569-1"]);
        assert!(!saved[&rounds[0].id].is_after(dates().deadline()));
    }

    #[test]
    fn a_receipt_is_for_the_answers_of_its_moment() {
        let [held, _] = posts();
        let number = |letter: &str| ReceiptNumber::parse(&letter.repeat(10)).expect("a number");
        let first = after(None, Happened::Saved(&held), "2026-11-20T03:00:00Z").expect("an answer");
        let round: RoundId = "2569-1".parse().expect("a round");
        let given = |answer: Answer, letter: &str, at: &str| {
            let answers =
                with_receipt(Answers::from([(round, answer)]), &number(letter), at.parse().expect("a time"));
            answers[&round].clone()
        };
        let first = given(first, "A", "2026-11-20T03:00:00Z");
        assert_eq!(first.receipt, Some(number("A")));
        // What the round did not take keeps its receipt; what it took is another answer, with another receipt.
        let kept = after(Some(&first), Happened::Saved(&held), "2026-12-16T03:00:00Z").expect("an answer");
        assert_eq!(given(kept, "B", "2026-12-16T03:00:00Z").receipt, Some(number("A")));
        let again =
            after(Some(&first), Happened::Confirmed(&held), "2026-11-21T03:00:00Z").expect("an answer");
        assert_eq!(again.receipt, None);
        assert_eq!(given(again, "B", "2026-11-21T03:00:00Z").receipt, Some(number("B")));
        let stored = serde_json::to_string(&first).expect("JSON");
        assert_eq!(serde_json::from_str::<Answer>(&stored).expect("an answer"), first);
    }

    #[test]
    fn a_deleted_record_is_silence_and_outside_the_round_nothing_counts() {
        let [held, _] = posts();
        let first = after(None, Happened::Saved(&held), "2026-11-20T03:00:00Z").expect("an answer");
        assert_eq!(after(Some(&first), Happened::Deleted, "2026-11-21T03:00:00Z"), None);
        assert_eq!(after(None, Happened::Saved(&held), "2026-10-31T16:59:59Z"), None);
        assert_eq!(after(None, Happened::Saved(&held), "2026-12-15T17:00:00Z"), None);
        assert_eq!(after(Some(&first), Happened::Deleted, "2026-12-15T17:00:00Z"), Some(first));
    }
}
