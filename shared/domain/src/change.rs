//! What a change does to an agency's record: the rules, apart from where it is stored.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::post::{Post, Reason, Succession};
use crate::record::{Action, ClerkId, Current, Deleted, HistoryEntry, Ledger, Office, Tenure, Version};
use crate::round::answer::Happened;

/// A change that somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The first record, or the first after a deletion.
    Create {
        /// The new record's key.
        id: ClerkId,
        /// What it says.
        post: Post,
    },
    /// The current record says something else from now on.
    Edit {
        /// Which record.
        id: ClerkId,
        /// The version that the form was filled from.
        expected: Version,
        /// What it says now.
        post: Post,
        /// How the last holder left, when the post passes to somebody else.
        succession: Option<Succession>,
    },
    /// The current record goes; what is left is "no answer", never "vacant".
    Delete {
        /// Which record.
        id: ClerkId,
        /// The version that was looked at.
        expected: Version,
    },
    /// A deleted record comes back.
    Restore {
        /// What was deleted.
        deleted: Deleted,
    },
}

/// Why a change does not fit the record as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// There is a current record already.
    AlreadyRecorded,
    /// The current record is another one, or there is none.
    NotFound,
    /// The record is at another version than expected.
    Stale,
}

/// The outcome of a change: all that is to be stored, together or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The record from now on.
    pub ledger: Ledger,
    /// The new line of the history.
    pub entry: HistoryEntry,
    /// A past holder, when somebody left the post.
    pub tenure: Option<Tenure>,
    /// What can be restored from now on.
    pub deleted: Option<Deleted>,
    /// What is no longer among the deleted.
    pub restored: Option<Deleted>,
}

impl Change {
    /// Applies the change to the record as it stands. `today` is the day in Bangkok at `now`. Whether the photo is
    /// ready, and which rounds take it as an answer, is for the store to look up; here it is not yet.
    ///
    /// # Errors
    /// When the record is not what the change expects.
    pub fn apply(self, ledger: &Ledger, by: Office, now: Timestamp, today: Date) -> Result<Applied, Misfit> {
        let version = ledger.version.next();
        let answers = ledger.answers.clone();
        let entry = |action, id: &ClerkId, post: Option<&Post>| HistoryEntry {
            version,
            at: now,
            action,
            by,
            id: id.clone(),
            post: post.cloned(),
        };
        match self {
            Self::Create { id, post } => {
                no_current(ledger)?;
                Ok(Applied {
                    entry: entry(Action::Created, &id, Some(&post)),
                    ledger: Ledger {
                        version,
                        current: Some(Current {
                            id,
                            post,
                            photo_ready: false,
                            created_at: now,
                            updated_at: now,
                            confirmed_at: None,
                        }),
                        answers,
                    },
                    tenure: None,
                    deleted: None,
                    restored: None,
                })
            }
            Self::Edit { id, expected, post, succession } => {
                let current = the_current(ledger, &id, expected)?;
                Ok(Applied {
                    entry: entry(Action::Edited, &id, Some(&post)),
                    tenure: ended_tenure(&current.post, &post, succession, today),
                    ledger: Ledger {
                        version,
                        current: Some(Current {
                            post,
                            photo_ready: false,
                            updated_at: now,
                            confirmed_at: None,
                            ..current.clone()
                        }),
                        answers,
                    },
                    deleted: None,
                    restored: None,
                })
            }
            Self::Delete { id, expected } => {
                let current = the_current(ledger, &id, expected)?;
                Ok(Applied {
                    entry: entry(Action::Deleted, &id, None),
                    ledger: Ledger { version, current: None, answers },
                    tenure: None,
                    deleted: Some(Deleted {
                        id,
                        version,
                        post: current.post.clone(),
                        created_at: current.created_at,
                        deleted_at: now,
                    }),
                    restored: None,
                })
            }
            Self::Restore { deleted } => {
                no_current(ledger)?;
                let Deleted { id, post, created_at, .. } = deleted.clone();
                Ok(Applied {
                    entry: entry(Action::Restored, &id, Some(&post)),
                    restored: Some(deleted),
                    ledger: Ledger {
                        version,
                        current: Some(Current {
                            id,
                            post,
                            photo_ready: false,
                            created_at,
                            updated_at: now,
                            confirmed_at: None,
                        }),
                        answers,
                    },
                    tenure: None,
                    deleted: None,
                })
            }
        }
    }
}

fn no_current(ledger: &Ledger) -> Result<(), Misfit> {
    if ledger.current.is_some() { Err(Misfit::AlreadyRecorded) } else { Ok(()) }
}

fn the_current<'a>(ledger: &'a Ledger, id: &ClerkId, expected: Version) -> Result<&'a Current, Misfit> {
    let current = ledger.current.as_ref().filter(|current| current.id == *id).ok_or(Misfit::NotFound)?;
    if ledger.version == expected { Ok(current) } else { Err(Misfit::Stale) }
}

impl Applied {
    /// What the change says in the rounds that are open.
    #[must_use]
    pub fn happened(&self) -> Happened<'_> {
        self.ledger.current.as_ref().map_or(Happened::Deleted, |current| Happened::Saved(&current.post))
    }
}

/// Whether a person's time in the post ended with this edit. It did when the editor says so, when
/// the state changed, and when neither of the names is the same; a mended spelling ends nothing.
fn ended_tenure(before: &Post, after: &Post, succession: Option<Succession>, today: Date) -> Option<Tenure> {
    let person = before.person()?;
    let replaced = match after.person() {
        None => true,
        Some(next) => before.state() != after.state() || person.is_somebody_else(next),
    };
    if !replaced && succession.is_none() {
        return None;
    }
    let reason = succession.map(|known| known.reason).or(after.reason()).unwrap_or(Reason::Other);
    // The last day is the day before the next state began, where that is known.
    let until = succession
        .and_then(|known| known.until)
        .or_else(|| after.since().and_then(|day| day.yesterday().ok()))
        .unwrap_or(today);
    Some(Tenure {
        person: person.clone(),
        acting: matches!(before, Post::Acting { .. }),
        since: before.since(),
        until,
        reason,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::tests::somchai;
    use crate::person::{Person, PersonInput};

    const TODAY: Date = jiff::civil::date(2026, 11, 23);
    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn id(letter: &str) -> ClerkId {
        ClerkId::parse(&letter.repeat(22)).expect("a key")
    }

    fn held(first: &str, last: &str) -> Post {
        let input = PersonInput { first_name: Some(first.into()), last_name: Some(last.into()), ..somchai() };
        Post::Held { person: Person::parse(&input).expect("right"), since: None }
    }

    const VACANT: Post = Post::Vacant { since: None, reason: Some(Reason::Retired) };

    fn apply(ledger: &Ledger, change: Change) -> Result<Applied, Misfit> {
        change.apply(ledger, Office::Agency, NOW, TODAY)
    }

    fn created() -> Ledger {
        let change = Change::Create { id: id("a"), post: held("สมชาย", "ใจดี") };
        apply(&Ledger::default(), change).expect("the first record").ledger
    }

    fn edit(post: Post, succession: Option<Succession>) -> Applied {
        let ledger = created();
        let change = Change::Edit { id: id("a"), expected: ledger.version, post, succession };
        apply(&ledger, change).expect("an edit")
    }

    #[test]
    fn a_second_record_is_refused_and_a_stale_one_too() {
        let ledger = created();
        assert_eq!(
            apply(&ledger, Change::Create { id: id("b"), post: VACANT }),
            Err(Misfit::AlreadyRecorded)
        );
        let stale = Change::Delete { id: id("a"), expected: Version(0) };
        assert_eq!(apply(&ledger, stale), Err(Misfit::Stale));
        let other = Change::Delete { id: id("b"), expected: ledger.version };
        assert_eq!(apply(&ledger, other), Err(Misfit::NotFound));
    }

    #[test]
    fn a_deleted_record_leaves_no_answer_and_comes_back_the_same() {
        let ledger = created();
        let deleted =
            apply(&ledger, Change::Delete { id: id("a"), expected: ledger.version }).expect("deleted");
        assert_eq!(deleted.ledger.current, None);
        let restore = Change::Restore { deleted: deleted.deleted.clone().expect("something to restore") };
        let restored = apply(&deleted.ledger, restore.clone()).expect("restored");
        assert_eq!(restored.ledger.version, Version(3));
        let post = |ledger: &Ledger| ledger.current.as_ref().map(|current| current.post.clone());
        assert_eq!(post(&restored.ledger), post(&ledger));
        assert_eq!(apply(&restored.ledger, restore), Err(Misfit::AlreadyRecorded));
    }

    #[test]
    fn only_a_person_who_left_becomes_a_tenure() {
        assert_eq!(edit(held("สมชัย", "ใจดี"), None).tenure, None);
        let vacated = edit(VACANT, None).tenure.expect("the clerk left");
        assert_eq!((vacated.reason, vacated.until, vacated.acting), (Reason::Retired, TODAY, false));
        let unlike = edit(held("มาลี", "รักไทย"), None).tenure.expect("somebody else");
        assert_eq!(unlike.reason, Reason::Other);
        let told = Succession { reason: Reason::Transferred, until: Some(jiff::civil::date(2026, 10, 1)) };
        let told = edit(held("มาลี", "ใจดี"), Some(told)).tenure.expect("the editor says so");
        assert_eq!((told.reason, told.until), (Reason::Transferred, jiff::civil::date(2026, 10, 1)));
    }
}
