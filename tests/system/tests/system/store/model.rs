//! What a record is, said a second time and more simply: lists and a number, no table and no
//! transaction. It shares no code with the rules that it is held against.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use palad_domain::post::{Post, Reason, Succession};

/// One agency's record with everything around it.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    pub(super) version: u64,
    pub(super) current: Option<Recorded>,
    pub(super) history: Vec<Line>,
    pub(super) deleted: Vec<(String, Recorded, Timestamp)>,
    pub(super) tenures: Vec<Left>,
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
        self.version += 1;
        let before = self.current.take();
        let (action, id, next) = match asked {
            Asked::Create { id, post } => {
                let record =
                    Recorded { id: id.clone(), post: post.clone(), created_at: now, updated_at: now };
                ("created", id, Some(record))
            }
            Asked::Edit { id, post, succession, .. } => {
                let before = before.expect("checked");
                self.tenures.extend(left(&before.post, post, *succession, self.version, now));
                ("edited", id, Some(Recorded { post: post.clone(), updated_at: now, ..before }))
            }
            Asked::Delete { id, .. } => {
                self.deleted.push((id.clone(), before.expect("checked"), now));
                ("deleted", id, None)
            }
            Asked::Restore { id } => {
                let place = self.deleted.iter().position(|(deleted, ..)| deleted == id).expect("checked");
                let (_, record, _) = self.deleted.remove(place);
                ("restored", id, Some(Recorded { updated_at: now, ..record }))
            }
        };
        let post = next.as_ref().map(|record| record.post.clone());
        self.history.push(Line { version: self.version, action, id: id.clone(), post, at: now });
        self.current = next;
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
    // Bangkok is seven hours ahead of Greenwich all year.
    let today = (now + jiff::SignedDuration::from_hours(7)).to_zoned(jiff::tz::TimeZone::UTC).date();
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
