//! Mailboxes whose readers said that the record is no longer theirs to look after: kept on the agency's own item, so
//! that whoever writes reminders reads them with the agency. A sign-in code or a notice of the account still goes there.
//!
//! A change of the agency's listing forgets them: then its mailbox may be another.

use jiff::{SignedDuration, Timestamp};
use palad_domain::email::Email;
use serde::{Deserialize, Serialize};

use crate::StoreError;
use crate::item::{Attributes, Reader};
use crate::mail::address_pk;

/// On the agency's item: such mailboxes, as JSON in one form only, so that a condition can compare it.
pub(crate) const DISOWNED: &str = "disowned";
/// How long that is believed: offices get new officers, and a slip of the thumb is not for ever.
const LIFE: SignedDuration = SignedDuration::from_hours(24 * 180);

/// The mailboxes of one agency whose readers said so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Disowned(Vec<Entry>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    /// The key of the address, which is its hash.
    mailbox: String,
    at: Timestamp,
}

impl Disowned {
    /// Whether a reader of this mailbox said so lately.
    #[must_use]
    pub fn holds(&self, email: &Email, now: Timestamp) -> bool {
        let mailbox = address_pk(email);
        self.0.iter().any(|entry| entry.mailbox == mailbox && now < entry.at + LIFE)
    }

    /// As it stands on the item.
    pub(crate) fn text(&self) -> Result<String, StoreError> {
        serde_json::to_string(self)
            .map_err(|error| StoreError::Failed(format!("mailboxes cannot be written: {error}")))
    }

    /// With this mailbox too; what is too old to be believed goes.
    pub(crate) fn with(&self, email: &Email, now: Timestamp) -> Self {
        let mailbox = address_pk(email);
        let keeps = |entry: &&Entry| entry.mailbox != mailbox && now < entry.at + LIFE;
        let mut entries: Vec<Entry> = self.0.iter().filter(keeps).cloned().collect();
        entries.push(Entry { mailbox, at: now });
        Self(entries)
    }
}

/// What an agency's item says.
pub(crate) fn read_disowned(item: &Attributes) -> Result<Disowned, StoreError> {
    let read = Reader(item);
    if read.find_text(DISOWNED).is_none() { Ok(Disowned::default()) } else { read.json(DISOWNED) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_is_believed_for_half_a_year_and_stands_once() {
        let [own, other]: [Email; 2] =
            ["own@phrae.test", "other@phrae.test"].map(|email| email.parse().expect("an address"));
        let start = Timestamp::UNIX_EPOCH;
        let once = Disowned::default().with(&own, start);
        assert!(once.holds(&own, start) && !once.holds(&other, start));
        assert!(
            once.holds(&own, start + LIFE - SignedDuration::from_secs(1)) && !once.holds(&own, start + LIFE)
        );
        let later = start + SignedDuration::from_hours(24);
        let both = once.with(&own, later).with(&other, later);
        assert_eq!(both.0.len(), 2, "one entry for each");
        assert!(both.holds(&own, start + LIFE) && both.holds(&other, later));
        assert_eq!(both.with(&other, later + LIFE).0.len(), 1, "what is too old goes");
        assert!(!both.text().expect("JSON").contains("phrae"), "no address in it");
    }
}
