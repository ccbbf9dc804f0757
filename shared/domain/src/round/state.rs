//! A round from its draft to its end: what may change in which state.
//!
//! Who is asked, and the day of the opening, stand from the opening on: every percentage must be reckoned again
//! later. The deadline moves by a change of its own, which is announced. A round that is over does not change.

use jiff::Timestamp;
use jiff::civil::Date;
use palad_thai::date::bangkok_day;
use serde::{Deserialize, Serialize};

use super::attachment::Attachment;
use super::dates::{Dates, DatesInput};
use super::id::RoundId;
use super::scope::{Asked, Scope};
use super::terms::Terms;
use crate::agency::Agency;
use crate::fields::FieldErrors;
use crate::record::Version;
use crate::say::say;

/// How far a round is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundState {
    /// It is being prepared, and nobody but the centre sees it.
    Draft,
    /// The list of those who are asked is being written.
    Opening,
    /// Answers count, within its dates.
    Open,
    /// It is over.
    Closed,
}

/// One round whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Its name.
    pub id: RoundId,
    /// How many times it was changed.
    pub version: Version,
    /// How far it is.
    pub state: RoundState,
    /// What the office decided.
    pub terms: Terms,
    /// The files that belong to it, in the order in which they came.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Whether it was over before there was this system: nobody was asked here, and there is no list.
    pub history: bool,
    /// The list of those who are asked, once it is frozen.
    pub frozen: Option<Frozen>,
    /// How the deadline was moved, the latest last.
    pub moves: Vec<Move>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was opened.
    pub opened_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// Since when no more messages of it go out, if they do not.
    pub stopped_at: Option<Timestamp>,
}

/// What a frozen list says in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// How many are expected to answer.
    pub expected: u32,
    /// How many are excused.
    pub excused: u32,
    /// SHA-256 over the codes in their order, each with how it is asked; base64url.
    pub hash: String,
}

/// A deadline that was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// What the deadline was.
    pub from: Date,
    /// What it is.
    pub to: Date,
    /// When it was moved.
    pub at: Timestamp,
}

/// Why a round does not change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is being opened; that comes first.
    Opening,
    /// It is not open.
    NotOpen,
    /// It is open already.
    Open,
    /// It is over.
    Closed,
    /// It has files, which have to go first.
    Attached,
    /// These fields do not fit its state.
    Fields(FieldErrors),
}

/// What a save must know of an open round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenRound {
    /// Its name.
    pub id: RoundId,
    /// What it is called.
    pub title: String,
    /// When answers count.
    pub dates: Dates,
    /// Who is asked, without those who are excused by name: their answers count too.
    pub scope: Scope,
}

impl OpenRound {
    /// Whether it takes this agency's answer. One that is excused may answer all the same.
    #[must_use]
    pub fn takes(&self, agency: &Agency) -> bool {
        self.scope.asks(agency) != Asked::No
    }

    /// Whether it takes this agency's answer at this moment. Its last day ends at midnight; it stays among the open ones
    /// until a run of the night closes it.
    #[must_use]
    pub fn takes_now(&self, agency: &Agency, now: Timestamp) -> bool {
        self.takes(agency) && self.dates.phase(now).takes_answers()
    }
}

impl Round {
    /// A draft.
    #[must_use]
    pub fn draft(id: RoundId, terms: Terms, now: Timestamp) -> Self {
        Self {
            id,
            version: Version(1),
            state: RoundState::Draft,
            terms,
            attachments: Vec::new(),
            history: false,
            frozen: None,
            moves: Vec::new(),
            created_at: now,
            opened_at: None,
            closed_at: None,
            stopped_at: None,
        }
    }

    /// A round of the past: over, without a list, and without messages, for nobody was written to from here.
    ///
    /// # Errors
    /// At `/dates/closes` when it is not over yet.
    pub fn of_history(id: RoundId, terms: Terms, now: Timestamp) -> Result<Self, FieldErrors> {
        is_past(&terms, now)?;
        let terms = Terms { steps: Vec::new(), ..terms };
        Ok(Self { state: RoundState::Closed, history: true, ..Self::draft(id, terms, now) })
    }

    /// The round with other terms. What was frozen by the opening stays as it is.
    ///
    /// # Errors
    /// Why not.
    pub fn edited(&self, terms: Terms, now: Timestamp) -> Result<Self, Unfit> {
        match self.state {
            RoundState::Draft => {}
            RoundState::Opening => return Err(Unfit::Opening),
            RoundState::Open => self.keeps_what_is_frozen(&terms).map_err(Unfit::Fields)?,
            RoundState::Closed if self.history => is_past(&terms, now).map_err(Unfit::Fields)?,
            RoundState::Closed => return Err(Unfit::Closed),
        }
        Ok(Self { terms, ..self.changed() })
    }

    fn keeps_what_is_frozen(&self, terms: &Terms) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        if terms.scope != self.terms.scope {
            errors.add(
                "/scope",
                say(
                    "รอบเปิดแล้ว รายชื่อหน่วยงานที่ต้องตอบเปลี่ยนไม่ได้",
                    "The round is open: who is asked can no longer change.",
                ),
            );
        }
        if terms.dates != self.terms.dates {
            errors.add(
                "/dates",
                say(
                    "รอบเปิดแล้ว ให้เลื่อนวันครบกำหนดด้วยปุ่มเลื่อนกำหนด",
                    "The round is open: move its deadline by the button for that.",
                ),
            );
        }
        if terms.letter.is_none() {
            errors.add("/letter/number", letter_missing());
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// Whether it can be opened on this day, or its opening go on.
    ///
    /// # Errors
    /// Why not.
    pub fn may_open(&self, now: Timestamp) -> Result<(), Unfit> {
        match self.state {
            RoundState::Opening => return Ok(()),
            RoundState::Draft => {}
            RoundState::Open => return Err(Unfit::Open),
            RoundState::Closed => return Err(Unfit::Closed),
        }
        let mut errors = FieldErrors::default();
        if self.terms.dates.deadline() < bangkok_day(now) {
            errors.add(
                "/dates/deadline",
                say(
                    "วันครบกำหนดผ่านไปแล้ว ให้แก้วันก่อนเปิดรอบ",
                    "The deadline has passed. Change it before the round is opened.",
                ),
            );
        }
        if self.terms.letter.is_none() {
            errors.add("/letter/number", letter_missing());
        }
        if errors.is_empty() { Ok(()) } else { Err(Unfit::Fields(errors)) }
    }

    /// The round while its list is written.
    #[must_use]
    pub fn opening(&self) -> Self {
        Self { state: RoundState::Opening, ..self.changed() }
    }

    /// The round with its list frozen.
    #[must_use]
    pub fn opened(&self, frozen: Frozen, now: Timestamp) -> Self {
        Self { state: RoundState::Open, frozen: Some(frozen), opened_at: Some(now), ..self.changed() }
    }

    /// The round with another deadline and closing. Of an open one, neither may lie in the past.
    ///
    /// # Errors
    /// Why not; at `/deadline` or `/closes`.
    pub fn moved(&self, deadline: Date, closes: Date, now: Timestamp) -> Result<Self, Unfit> {
        match self.state {
            RoundState::Draft | RoundState::Open => {}
            RoundState::Opening => return Err(Unfit::Opening),
            RoundState::Closed => return Err(Unfit::Closed),
        }
        let opens = self.terms.dates.opens();
        let dates = Dates::parse(DatesInput { opens, deadline, closes }).map_err(|errors| {
            let mut moved = FieldErrors::default();
            for error in errors.iter() {
                moved.add(error.pointer.trim_start_matches("/dates"), error.say.clone());
            }
            Unfit::Fields(moved)
        })?;
        let is_open = self.state == RoundState::Open;
        let was = self.terms.dates.deadline();
        if is_open && deadline != was && deadline < bangkok_day(now) {
            let past = say("วันครบกำหนดใหม่ต้องไม่ใช่วันที่ผ่านไปแล้ว", "The new deadline may not lie in the past.");
            return Err(Unfit::Fields(FieldErrors::one("/deadline", past)));
        }
        if is_open && closes < bangkok_day(now) {
            let past = say("วันปิดรอบใหม่ต้องไม่ใช่วันที่ผ่านไปแล้ว", "The new closing may not lie in the past.");
            return Err(Unfit::Fields(FieldErrors::one("/closes", past)));
        }
        let mut moved = self.changed();
        moved.terms.dates = dates;
        if is_open && deadline != was {
            moved.moves.push(Move { from: was, to: deadline, at: now });
        }
        Ok(moved)
    }

    /// The round at its end.
    ///
    /// # Errors
    /// Why not.
    pub fn closed(&self, now: Timestamp) -> Result<Self, Unfit> {
        match self.state {
            RoundState::Open => {
                Ok(Self { state: RoundState::Closed, closed_at: Some(now), ..self.changed() })
            }
            RoundState::Opening => Err(Unfit::Opening),
            RoundState::Draft => Err(Unfit::NotOpen),
            RoundState::Closed => Err(Unfit::Closed),
        }
    }

    /// The round without further messages, or with them again.
    ///
    /// # Errors
    /// Why not.
    pub fn stopped(&self, is_stopped: bool, now: Timestamp) -> Result<Self, Unfit> {
        if self.state == RoundState::Closed {
            return Err(Unfit::Closed);
        }
        if self.state == RoundState::Opening {
            return Err(Unfit::Opening);
        }
        let since = self.stopped_at.unwrap_or(now);
        Ok(Self { stopped_at: is_stopped.then_some(since), ..self.changed() })
    }

    /// Whether it may be deleted: while nobody was asked, and without files that would be left behind.
    ///
    /// # Errors
    /// Why not.
    pub fn may_be_deleted(&self) -> Result<(), Unfit> {
        match self.state {
            RoundState::Draft => {}
            RoundState::Closed if self.history => {}
            RoundState::Opening => return Err(Unfit::Opening),
            RoundState::Open => return Err(Unfit::Open),
            RoundState::Closed => return Err(Unfit::Closed),
        }
        if self.attachments.is_empty() { Ok(()) } else { Err(Unfit::Attached) }
    }

    /// What a save must know of it, while it is open.
    #[must_use]
    pub fn open_view(&self) -> Option<OpenRound> {
        let Terms { title, dates, scope, .. } = &self.terms;
        let view = || OpenRound {
            id: self.id,
            title: title.clone(),
            dates: *dates,
            scope: scope.without_exceptions(),
        };
        (self.state == RoundState::Open).then(view)
    }

    pub(super) fn changed(&self) -> Self {
        Self { version: self.version.next(), ..self.clone() }
    }
}

fn is_past(terms: &Terms, now: Timestamp) -> Result<(), FieldErrors> {
    if terms.dates.closes() < bangkok_day(now) {
        return Ok(());
    }
    let not_over = say(
        "รอบย้อนหลังต้องเป็นรอบที่ปิดไปแล้ว ให้ตรวจสอบวันปิดรอบ",
        "A round of the past must be over. Check the day on which it closed.",
    );
    Err(FieldErrors::one("/dates/closes", not_over))
}

fn letter_missing() -> crate::say::Say {
    say(
        "กรุณากรอกเลขที่และวันที่ของหนังสือก่อนเปิดรอบ",
        "Enter the number and date of the letter before the round is opened.",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::round::terms::TermsInput;

    const BEFORE: &str = "2026-10-20T03:00:00Z";
    const DURING: &str = "2026-11-20T03:00:00Z";
    const AFTER: &str = "2026-12-20T03:00:00Z";

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn terms(kinds: &[&str], deadline: &str) -> Terms {
        let input: TermsInput = serde_json::from_value(json!({
            "title": "สำรวจ", "letter": { "number": "ว 1", "date": "2026-10-01" }, "scope": { "kinds": kinds },
            "dates": { "opens": "2026-11-01", "deadline": deadline, "closes": "2026-12-15" },
        }))
        .expect("an input");
        Terms::parse(&input).expect("terms")
    }

    fn in_state(state: RoundState) -> Round {
        let draft =
            Round::draft("2569-1".parse().expect("an id"), terms(&["อบต."], "2026-11-30"), at(BEFORE));
        let frozen = Frozen { expected: 1, excused: 0, hash: "A".repeat(43) };
        match state {
            RoundState::Draft => draft,
            RoundState::Opening => draft.opening(),
            RoundState::Open => draft.opening().opened(frozen, at(BEFORE)),
            RoundState::Closed => {
                draft.opening().opened(frozen, at(BEFORE)).closed(at(AFTER)).expect("closed")
            }
        }
    }

    const ALL: [RoundState; 4] =
        [RoundState::Draft, RoundState::Opening, RoundState::Open, RoundState::Closed];

    /// An act, whether it may be done, and in which of the states of [`ALL`] it is meant to.
    type Act<'a> = (&'static str, &'a dyn Fn(&Round) -> bool, [bool; 4]);

    /// Of each act, in which of the states it may be done.
    #[test]
    fn every_act_is_allowed_in_the_states_that_are_meant() {
        let same = terms(&["อบต."], "2026-11-30");
        let day = |text: &str| text.parse().expect("a day");
        let acts: [Act<'_>; 7] = [
            ("edit", &|round| round.edited(same.clone(), at(DURING)).is_ok(), [true, false, true, false]),
            ("open", &|round| round.may_open(at(DURING)).is_ok(), [true, true, false, false]),
            (
                "move",
                &|round| round.moved(day("2026-12-05"), day("2026-12-20"), at(DURING)).is_ok(),
                [true, false, true, false],
            ),
            ("close", &|round| round.closed(at(DURING)).is_ok(), [false, false, true, false]),
            ("stop", &|round| round.stopped(true, at(DURING)).is_ok(), [true, false, true, false]),
            ("delete", &|round| round.may_be_deleted().is_ok(), [true, false, false, false]),
            ("count", &|round| round.open_view().is_some(), [false, false, true, false]),
        ];
        for (act, may, meant) in acts {
            assert_eq!(ALL.map(|state| may(&in_state(state))), meant, "{act}");
        }
    }

    #[test]
    fn what_the_opening_froze_stays_and_the_rest_can_be_mended() {
        let open = in_state(RoundState::Open);
        let pointers = |result: Result<Round, Unfit>| match result {
            Err(Unfit::Fields(errors)) => {
                errors.iter().map(|error| error.pointer.clone()).collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(pointers(open.edited(terms(&["ทต."], "2026-11-29"), at(DURING))), ["/scope", "/dates"]);
        let mut mended = open.terms.clone();
        mended.title = "สำรวจอีกครั้ง".to_owned();
        let round = open.edited(mended, at(DURING)).expect("mended");
        assert_eq!((round.version, round.terms.title.as_str()), (open.version.next(), "สำรวจอีกครั้ง"));
        assert_eq!(round.frozen, open.frozen);
    }

    #[test]
    fn a_deadline_moves_and_the_move_is_remembered() {
        let open = in_state(RoundState::Open);
        let day = |text: &str| -> Date { text.parse().expect("a day") };
        let moved = open.moved(day("2026-12-10"), day("2026-12-31"), at(DURING)).expect("moved");
        assert_eq!(moved.terms.dates.deadline(), day("2026-12-10"));
        assert_eq!(moved.moves, [Move { from: day("2026-11-30"), to: day("2026-12-10"), at: at(DURING) }]);
        let pointer =
            |deadline: &str, closes: &str, now: &str| match open.moved(day(deadline), day(closes), at(now)) {
                Err(Unfit::Fields(errors)) => {
                    errors.iter().map(|error| error.pointer.clone()).collect::<Vec<_>>()
                }
                other => panic!("{other:?}"),
            };
        assert_eq!(pointer("2026-10-01", "2026-12-15", DURING), ["/deadline"]);
        assert_eq!(pointer("2026-12-10", "2026-12-09", DURING), ["/closes"]);
        assert_eq!(pointer("2026-11-19", "2026-12-15", DURING), ["/deadline"], "yesterday");
        // When the deadline has passed, the closing alone can still be put off.
        let later =
            open.moved(day("2026-11-30"), day("2026-12-31"), at("2026-12-10T03:00:00Z")).expect("moved");
        assert_eq!(later.moves, []);
    }

    #[test]
    fn a_draft_without_a_letter_or_with_a_passed_deadline_is_not_opened() {
        let mut draft = in_state(RoundState::Draft);
        assert_eq!(draft.may_open(at(BEFORE)), Ok(()), "some days before it opens");
        draft.terms.letter = None;
        match draft.may_open(at(AFTER)) {
            Err(Unfit::Fields(errors)) => assert_eq!(errors.iter().count(), 2),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_round_of_the_past_is_closed_at_once_and_can_be_mended() {
        let id = "2569-1".parse().expect("an id");
        assert!(Round::of_history(id, terms(&["อบต."], "2026-11-30"), at("2026-12-15T16:59:59Z")).is_err());
        let past =
            Round::of_history(id, terms(&["อบต."], "2026-11-30"), at("2026-12-15T17:00:00Z")).expect("over");
        assert_eq!((past.state, past.frozen.is_none()), (RoundState::Closed, true));
        assert!(
            past.edited(terms(&["ทต."], "2026-11-29"), at(AFTER)).is_ok() && past.may_be_deleted().is_ok()
        );
        assert_eq!(
            past.edited(terms(&["ทต."], "2026-11-29"), at(DURING))
                .err()
                .map(|unfit| matches!(unfit, Unfit::Fields(_))),
            Some(true)
        );
        assert!(past.may_open(at(AFTER)).is_err() && past.closed(at(AFTER)).is_err());
    }

    #[test]
    fn the_stored_form_reads_back() {
        for round in ALL.map(in_state) {
            let stored = serde_json::to_string(&round).expect("JSON");
            assert_eq!(serde_json::from_str::<Round>(&stored).expect("the same"), round);
        }
    }
}
