//! What a record is, said a second time and more simply: lists and a number, no table and no
//! transaction. It shares no code with the rules that it is held against.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use palad_domain::post::{Post, Reason, Succession};

/// One agency's record with everything around it.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    pub(super) version: u64,
    pub(super) current: Option<Recorded>,
    pub(super) history: Vec<Line>,
    pub(super) deleted: Vec<(String, Recorded, Timestamp)>,
    pub(super) tenures: Vec<Left>,
    /// What it has answered, by round.
    pub(super) answers: BTreeMap<String, Answered>,
    /// What earlier requests asked and came to, by key.
    pub(super) requests: BTreeMap<String, Earlier>,
}

/// A record.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Recorded {
    pub(super) id: String,
    pub(super) post: Post,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) confirmed_at: Option<Timestamp>,
}

/// A round that is open while the sequences run.
#[derive(Clone, Copy, Debug)]
pub(super) struct AskedRound {
    pub(super) id: &'static str,
    pub(super) opens: Date,
    pub(super) deadline: Date,
    pub(super) closes: Date,
    /// Whether it asks the agencies of the sequences.
    pub(super) asks: bool,
}

/// The rounds: one that is soon late, one that opens later, and one that is about others.
pub(super) const ROUNDS: [AskedRound; 3] = [
    AskedRound {
        id: "2569-1",
        opens: date(2026, 11, 23),
        deadline: date(2026, 11, 25),
        closes: date(2026, 12, 20),
        asks: true,
    },
    AskedRound {
        id: "2569-2",
        opens: date(2026, 12, 1),
        deadline: date(2026, 12, 31),
        closes: date(2027, 1, 15),
        asks: true,
    },
    AskedRound {
        id: "2569-3",
        opens: date(2026, 11, 1),
        deadline: date(2026, 12, 31),
        closes: date(2027, 1, 15),
        asks: false,
    },
];

/// An answer in a round.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answered {
    pub(super) word: &'static str,
    pub(super) first_at: Timestamp,
    pub(super) last_at: Timestamp,
    pub(super) late: bool,
    pub(super) version: u64,
}

/// A line of the history.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) version: u64,
    pub(super) action: &'static str,
    pub(super) id: String,
    pub(super) post: Option<Post>,
    pub(super) at: Timestamp,
}

/// Somebody who left.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Left {
    pub(super) name: String,
    pub(super) acting: bool,
    pub(super) until: Date,
    pub(super) reason: Reason,
    pub(super) version: u64,
}

/// A request that had a key.
#[derive(Clone, Debug)]
pub(super) struct Earlier {
    asked: String,
    came_to: (u64, Option<Recorded>),
    at: Timestamp,
}

/// What a change is, to the model.
#[derive(Clone, Debug)]
pub(super) enum Asked {
    Create { id: String, post: Post },
    Edit { id: String, expected: u64, post: Post, succession: Option<Succession> },
    Delete { id: String, expected: u64 },
    Restore { id: String },
    Confirm { expected: u64 },
}

/// How it must end.
#[allow(clippy::large_enum_variant, reason = "there is one at a time")]
#[derive(Clone, Debug, PartialEq)]
pub(super) enum End {
    /// It is done, and the record is as this says.
    Done { version: u64, current: Option<Recorded>, repeated: bool },
    /// It is refused for one of these reasons.
    Refused(Vec<&'static str>),
}

/// A day has this many seconds; for so long a key is remembered.
const DAY: i64 = 24 * 60 * 60;

impl Model {
    /// Carries it out, if it may be.
    pub(super) fn ask(
        &mut self,
        asked: &Asked,
        key: Option<(&str, &str)>,
        is_revoked: bool,
        now: Timestamp,
    ) -> End {
        if let Some((key, text)) = key
            && let Some(earlier) = self.requests.get(key)
            && now.as_second() - earlier.at.as_second() <= DAY
        {
            if earlier.asked != text {
                return End::Refused(vec!["key reused"]);
            }
            let (version, current) = earlier.came_to.clone();
            return End::Done { version, current, repeated: true };
        }
        let mut refusals = self.refusals(asked);
        if is_revoked {
            refusals.push("session revoked");
        }
        if !refusals.is_empty() {
            return End::Refused(refusals);
        }
        self.carry_out(asked, now);
        let current = self.current.clone();
        if let Some((key, text)) = key {
            let earlier =
                Earlier { asked: text.to_owned(), came_to: (self.version, current.clone()), at: now };
            self.requests.insert(key.to_owned(), earlier);
        }
        End::Done { version: self.version, current, repeated: false }
    }

    fn refusals(&self, asked: &Asked) -> Vec<&'static str> {
        let mut refusals = Vec::new();
        match asked {
            Asked::Create { .. } if self.current.is_some() => refusals.push("already recorded"),
            Asked::Create { .. } => {}
            Asked::Edit { id, expected, .. } | Asked::Delete { id, expected } => {
                if self.current.as_ref().is_none_or(|current| current.id != *id) {
                    refusals.push("not found");
                } else if *expected != self.version {
                    refusals.push("stale");
                }
            }
            Asked::Confirm { expected } => {
                if self.current.is_none() {
                    refusals.push("not found");
                } else if *expected != self.version {
                    refusals.push("stale");
                }
            }
            Asked::Restore { id } => {
                if !self.deleted.iter().any(|(deleted, ..)| deleted == id) {
                    refusals.push("not found");
                } else if self.current.is_some() {
                    refusals.push("already recorded");
                }
            }
        }
        refusals
    }

    fn carry_out(&mut self, asked: &Asked, now: Timestamp) {
        if let Asked::Confirm { .. } = asked {
            let current = self.current.as_mut().expect("checked");
            current.confirmed_at = Some(now);
            let is_vacant = current.post.person().is_none();
            self.answer(Some(if is_vacant { "vacant" } else { "confirmed" }), now);
            return;
        }
        self.version += 1;
        let before = self.current.take();
        let (action, id, next) = match asked {
            Asked::Create { id, post } => {
                let record = Recorded {
                    id: id.clone(),
                    post: post.clone(),
                    created_at: now,
                    updated_at: now,
                    confirmed_at: None,
                };
                ("created", id, Some(record))
            }
            Asked::Edit { id, post, succession, .. } => {
                let before = before.expect("checked");
                self.tenures.extend(left(&before.post, post, *succession, self.version, now));
                (
                    "edited",
                    id,
                    Some(Recorded { post: post.clone(), updated_at: now, confirmed_at: None, ..before }),
                )
            }
            Asked::Delete { id, .. } => {
                self.deleted.push((id.clone(), before.expect("checked"), now));
                ("deleted", id, None)
            }
            Asked::Restore { id } => {
                let place = self.deleted.iter().position(|(deleted, ..)| deleted == id).expect("checked");
                let (_, record, _) = self.deleted.remove(place);
                ("restored", id, Some(Recorded { updated_at: now, confirmed_at: None, ..record }))
            }
            Asked::Confirm { .. } => unreachable!("above"),
        };
        let post = next.as_ref().map(|record| record.post.clone());
        self.answer(
            post.as_ref().map(|post| if post.person().is_none() { "vacant" } else { "updated" }),
            now,
        );
        self.history.push(Line { version: self.version, action, id: id.clone(), post, at: now });
        self.current = next;
    }

    /// What was done is an answer in every round that asks and takes one today; none takes it back.
    fn answer(&mut self, word: Option<&'static str>, now: Timestamp) {
        let today = day_in_bangkok(now);
        for round in ROUNDS.iter().filter(|round| round.asks && round.opens <= today && today <= round.closes)
        {
            let Some(word) = word else {
                self.answers.remove(round.id);
                continue;
            };
            let first = Answered {
                word,
                first_at: now,
                last_at: now,
                late: today > round.deadline,
                version: self.version,
            };
            let answer = self.answers.entry(round.id.to_owned()).or_insert(first);
            // Who has updated the record and finds it right once more has updated it.
            if !(word == "confirmed" && answer.word == "updated") {
                answer.word = word;
            }
            (answer.last_at, answer.version) = (now, self.version);
        }
    }
}

/// Who left with an edit. Told so, or seen: the state is another one, or neither name is the same.
fn left(before: &Post, after: &Post, told: Option<Succession>, version: u64, now: Timestamp) -> Option<Left> {
    let names = |post: &Post| {
        post.person().map(|person| (person.first_name().to_owned(), person.last_name().to_owned()))
    };
    let (first, last) = names(before)?;
    let has_left = match names(after) {
        None => true,
        Some((next_first, next_last)) => {
            before.state() != after.state() || (first != next_first && last != next_last)
        }
    };
    if !has_left && told.is_none() {
        return None;
    }
    let today = day_in_bangkok(now);
    let told_until = told.and_then(|told| told.until);
    let eve = after.since().map(|day| day.yesterday().expect("a day before"));
    Some(Left {
        name: format!("{first} {last}"),
        acting: matches!(before, Post::Acting { .. }),
        until: told_until.or(eve).unwrap_or(today),
        reason: told.map(|told| told.reason).or(after.reason()).unwrap_or(Reason::Other),
        version,
    })
}

/// Bangkok is seven hours ahead of Greenwich all year.
fn day_in_bangkok(now: Timestamp) -> Date {
    (now + jiff::SignedDuration::from_hours(7)).to_zoned(jiff::tz::TimeZone::UTC).date()
}
