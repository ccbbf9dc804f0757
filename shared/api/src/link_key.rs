//! The key that seals the links of reminders. It opens no session and signs nothing else.

use data_encoding::BASE64URL_NOPAD;
use palad_domain::round::link::{ConfirmLink, LinkFault, Mailbox, MailboxTag, ProvenLink, SEAL_LENGTH};
use palad_environment::{Variables, VariablesError};
use ring::hmac;

/// How long a key is.
const KEY_BYTES: usize = 32;
/// How many may be known at once, while they are changed.
const KEYS_MAX: usize = 3;

/// The keys of links: the first one seals, and what any of them has sealed is taken.
#[derive(Clone)]
pub struct LinkKey {
    first: hmac::Key,
    others: Vec<hmac::Key>,
}

impl LinkKey {
    /// Reads `LINK_KEY`: `<key id>:<32 bytes in base64url>`, several separated by spaces.
    ///
    /// # Errors
    /// When it is missing or malformed.
    pub fn from_environment(variables: &Variables) -> Result<Self, VariablesError> {
        variables.parse("LINK_KEY", |text| {
            let mut keys = text.split_whitespace().map(key).collect::<Option<Vec<_>>>()?;
            if !(1..=KEYS_MAX).contains(&keys.len()) {
                return None;
            }
            let first = keys.remove(0);
            Some(Self { first, others: keys })
        })
    }

    /// The token of a link.
    #[must_use]
    pub fn token(&self, link: &ConfirmLink) -> String {
        link.token(|bytes| seal(&self.first, bytes))
    }

    /// The tag of the mailbox that a link is sent to.
    #[must_use]
    pub fn mailbox(&self, mailbox: &Mailbox) -> MailboxTag {
        MailboxTag::of(mailbox, |bytes| seal(&self.first, bytes))
    }

    /// Whether a link was sent to this mailbox, as what it is.
    #[must_use]
    pub fn was_sent_to(&self, link: &ConfirmLink, mailbox: &Mailbox) -> bool {
        self.all().any(|key| MailboxTag::of(mailbox, |bytes| seal(key, bytes)) == link.mailbox)
    }

    fn all(&self) -> impl Iterator<Item = &hmac::Key> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// The link of a token.
    ///
    /// # Errors
    /// Why it is none, or no longer.
    pub fn open(&self, token: &str, now: jiff::Timestamp) -> Result<ProvenLink, LinkFault> {
        let is_sealed =
            |bytes: &[u8], seal: &[u8]| self.all().any(|key| hmac::verify(key, bytes, seal).is_ok());
        ConfirmLink::open(token, is_sealed, now)
    }
}

fn seal(key: &hmac::Key, bytes: &[u8]) -> [u8; SEAL_LENGTH] {
    let mut seal = [0; SEAL_LENGTH];
    let tag = hmac::sign(key, bytes);
    seal.iter_mut().zip(tag.as_ref()).for_each(|(to, from)| *to = *from);
    seal
}

fn key(text: &str) -> Option<hmac::Key> {
    let (id, key) = text.split_once(':').filter(|(id, _)| !id.is_empty())?;
    let is_name = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let key = BASE64URL_NOPAD.decode(key.as_bytes()).ok().filter(|key| is_name && key.len() == KEY_BYTES)?;
    Some(hmac::Key::new(hmac::HMAC_SHA256, &key))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::{SignedDuration, Timestamp};
    use palad_domain::record::Version;

    use super::*;

    fn keys(value: &str) -> Result<LinkKey, VariablesError> {
        LinkKey::from_environment(&Variables::of_map(BTreeMap::from([("LINK_KEY".into(), value.into())])))
    }

    #[test]
    fn a_link_outlives_a_change_of_keys() {
        let text = |id: &str, byte: u8| format!("{id}:{}", BASE64URL_NOPAD.encode(&[byte; 32]));
        let (old, new) = (text("k1", 1), text("k2", 2));
        let now = Timestamp::UNIX_EPOCH;
        let [own, other] = ["own@phrae.test", "other@phrae.test"]
            .map(|email| Mailbox::Account(email.parse().expect("an address")));
        let as_listed = Mailbox::Official(own.email().clone());
        let link = ConfirmLink {
            agency: "549900".parse().expect("a code"),
            mailbox: keys(&old).expect("a key").mailbox(&own),
            round: "2569-1".parse().expect("a round"),
            version: Version(3),
            expires_at: now + SignedDuration::from_hours(1),
        };
        let token = keys(&old).expect("a key").token(&link);
        let both = keys(&format!("{new} {old}")).expect("keys");
        assert_eq!(*both.open(&token, now).expect("a link"), link);
        assert!(both.was_sent_to(&link, &own));
        assert!(!both.was_sent_to(&link, &other) && !both.was_sent_to(&link, &as_listed));
        assert_eq!(keys(&new).expect("a key").open(&token, now), Err(LinkFault::Forged));
        for bad in ["", "k1", "k1:AAAA", ":AAAA", &text("k 1", 1)] {
            assert!(keys(bad).is_err(), "{bad}");
        }
    }
}
