//! The link of a reminder, with which an agency confirms its record without signing in.
//!
//! It names the agency, the mailbox that the mail went to, the round and the version of the record that the mail
//! showed, and ends with the round. Whoever holds it can say that this record is still right, that the post is vacant,
//! or that the mailbox is nobody's who looks after the record; and only as long as the agency has that mailbox. The
//! seal is passed in: the domain has no cryptography of its own.

use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;

use super::id::RoundId;
use crate::agency::AgencyCode;
use crate::email::Email;
use crate::record::Version;

/// What stands before the payload when it is sealed: a seal of this key for anything else is none for a link.
const PURPOSE: &[u8] = b"palad confirm 1\n";
/// What stands before the address of an account when its tag is made.
const ACCOUNT_PURPOSE: &[u8] = b"palad mailbox of the account 1\n";
/// What stands before an address of the official list when its tag is made.
const OFFICIAL_PURPOSE: &[u8] = b"palad mailbox of the list 1\n";
/// How many bytes of a seal are a tag: enough that no two mailboxes of an agency have the same.
const TAG_LENGTH: usize = 8;
/// The bytes of a seal (HMAC-SHA256).
pub const SEAL_LENGTH: usize = 32;
/// Longer tokens are none of ours.
const TOKEN_MAX: usize = 200;
/// Stands between the parts of the payload.
const GAP: char = '.';
/// How often an agency may answer by its links in an hour. Its readers answer once in a round, and perhaps correct
/// themselves: a few times, also when several share the mailbox. Whoever got hold of a link writes no more than so many
/// lines into the agency's audit, and a reader who meets the limit waits two minutes for the next answer.
pub const LINK_ANSWERS_AN_HOUR: i32 = 30;

/// Which mailbox a link was sent to, and as what, for whoever has the key: a link tells no address. The link to an
/// address that the account has given up is dead, even where the same address stands on the official list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailboxTag(String);

impl MailboxTag {
    /// The tag of a mailbox, made by `seal`.
    #[must_use]
    pub fn of(mailbox: &Mailbox, seal: impl Fn(&[u8]) -> [u8; SEAL_LENGTH]) -> Self {
        let purpose = match mailbox {
            Mailbox::Account(_) => ACCOUNT_PURPOSE,
            Mailbox::Official(_) => OFFICIAL_PURPOSE,
        };
        let seal = seal(&[purpose, mailbox.email().as_str().as_bytes()].concat());
        Self(BASE64URL_NOPAD.encode(seal.get(..TAG_LENGTH).unwrap_or_default()))
    }
}

/// A mailbox of an agency, where its links are sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mailbox {
    /// The address of its account.
    Account(Email),
    /// Its own mailbox on the official list.
    Official(Email),
}

impl Mailbox {
    /// Its address.
    #[must_use]
    pub fn email(&self) -> &Email {
        match self {
            Self::Account(email) | Self::Official(email) => email,
        }
    }
}

/// What a link says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmLink {
    /// Whose record it is.
    pub agency: AgencyCode,
    /// The mailbox that it was sent to.
    pub mailbox: MailboxTag,
    /// In which round.
    pub round: RoundId,
    /// The record's version that was shown.
    pub version: Version,
    /// When it ends: with the round.
    pub expires_at: Timestamp,
}

/// A link whose seal was looked at and which has not ended. Only [`ConfirmLink::open`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvenLink(ConfirmLink);

/// Why a token is no link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkFault {
    /// It is not whole, or not one of ours.
    Forged,
    /// It has ended.
    Expired,
}

impl ConfirmLink {
    /// The token of the link, sealed by `seal`.
    #[must_use]
    pub fn token(&self, seal: impl Fn(&[u8]) -> [u8; SEAL_LENGTH]) -> String {
        let Self { agency, mailbox: MailboxTag(mailbox), round, version, expires_at } = self;
        let expires_at = expires_at.as_second();
        let payload = format!("{agency}{GAP}{round}{GAP}{version}{GAP}{expires_at}{GAP}{mailbox}");
        let mut bytes = payload.clone().into_bytes();
        bytes.extend(seal(&sealed(payload.as_bytes())));
        BASE64URL_NOPAD.encode(&bytes)
    }

    /// Reads a token. `is_sealed` compares without telling by its time how much of a seal is right.
    ///
    /// # Errors
    /// Why it is no link, or no longer.
    pub fn open(
        token: &str,
        is_sealed: impl Fn(&[u8], &[u8]) -> bool,
        now: Timestamp,
    ) -> Result<ProvenLink, LinkFault> {
        if token.len() > TOKEN_MAX {
            return Err(LinkFault::Forged);
        }
        let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).map_err(|_| LinkFault::Forged)?;
        let at = bytes.len().checked_sub(SEAL_LENGTH).ok_or(LinkFault::Forged)?;
        let (payload, seal) = bytes.split_at(at);
        if !is_sealed(&sealed(payload), seal) {
            return Err(LinkFault::Forged);
        }
        let link = std::str::from_utf8(payload).ok().and_then(Self::read).ok_or(LinkFault::Forged)?;
        if now < link.expires_at { Ok(ProvenLink(link)) } else { Err(LinkFault::Expired) }
    }

    fn read(payload: &str) -> Option<Self> {
        let mut parts = payload.split(GAP);
        let link = Self {
            agency: parts.next()?.parse().ok()?,
            round: parts.next()?.parse().ok()?,
            version: parts.next()?.parse().ok()?,
            expires_at: Timestamp::from_second(parts.next()?.parse().ok()?).ok()?,
            mailbox: MailboxTag(parts.next()?.to_owned()),
        };
        parts.next().is_none().then_some(link)
    }
}

impl std::ops::Deref for ProvenLink {
    type Target = ConfirmLink;

    fn deref(&self) -> &ConfirmLink {
        &self.0
    }
}

fn sealed(payload: &[u8]) -> Vec<u8> {
    [PURPOSE, payload].concat()
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use ring::hmac::{HMAC_SHA256, Key, sign, verify};

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn link() -> ConfirmLink {
        ConfirmLink {
            agency: "549900".parse().expect("a code"),
            mailbox: tag(&Key::new(HMAC_SHA256, &[7; 32]), Mailbox::Account, "saraban@phrae.test"),
            round: "2569-1".parse().expect("a round"),
            version: Version(3),
            expires_at: NOW + SignedDuration::from_hours(24),
        }
    }

    fn tag(key: &Key, role: fn(Email) -> Mailbox, email: &str) -> MailboxTag {
        let mailbox = role(email.parse().expect("an address"));
        MailboxTag::of(&mailbox, |bytes| sign(key, bytes).as_ref().try_into().expect("32 bytes"))
    }

    fn token(key: &Key) -> String {
        link().token(|bytes| sign(key, bytes).as_ref().try_into().expect("32 bytes"))
    }

    fn open(key: &Key, token: &str, now: Timestamp) -> Result<ConfirmLink, LinkFault> {
        ConfirmLink::open(token, |bytes, seal| verify(key, bytes, seal).is_ok(), now).map(|proven| proven.0)
    }

    #[test]
    fn a_link_reads_back_until_its_round_is_over() {
        let key = Key::new(HMAC_SHA256, &[7; 32]);
        let token = token(&key);
        assert!(token.len() <= 120, "short enough for a mail: {}", token.len());
        assert_eq!(open(&key, &token, NOW), Ok(link()));
        let last = link().expires_at - SignedDuration::from_nanos(1);
        assert_eq!(open(&key, &token, last), Ok(link()));
        assert_eq!(open(&key, &token, link().expires_at), Err(LinkFault::Expired));
        let other = Key::new(HMAC_SHA256, &[8; 32]);
        assert_eq!(open(&other, &token, NOW), Err(LinkFault::Forged));
    }

    #[test]
    fn a_mailbox_is_known_by_its_tag_with_its_role_and_by_the_key_alone() {
        let [key, other] = [7, 8].map(|byte| Key::new(HMAC_SHA256, &[byte; 32]));
        assert_eq!(tag(&key, Mailbox::Account, "saraban@phrae.test"), link().mailbox);
        assert_ne!(tag(&key, Mailbox::Official, "saraban@phrae.test"), link().mailbox);
        assert_ne!(tag(&key, Mailbox::Account, "before@phrae.test"), link().mailbox);
        assert_ne!(tag(&other, Mailbox::Account, "saraban@phrae.test"), link().mailbox);
    }

    /// Whatever is done to a token, it is no other link: every change of a character, every cut and every addition.
    #[test]
    fn no_mutant_of_a_token_is_a_link() {
        let key = Key::new(HMAC_SHA256, &[7; 32]);
        let token = token(&key);
        let mut tried = 0;
        for at in 0..token.len() {
            for other in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_ =.".chars() {
                let mut mutant: Vec<char> = token.chars().collect();
                if mutant[at] == other {
                    continue;
                }
                mutant[at] = other;
                let mutant: String = mutant.into_iter().collect();
                assert_eq!(open(&key, &mutant, NOW), Err(LinkFault::Forged), "{mutant}");
                tried += 1;
            }
            assert_eq!(open(&key, &token[..at], NOW), Err(LinkFault::Forged));
            assert_eq!(open(&key, &token[at + 1..], NOW), Err(LinkFault::Forged));
        }
        assert!(tried > 4_000, "{tried}");
        for longer in
            [format!("{token}A"), format!("{token}{token}"), format!("A{token}"), "A".repeat(10_000)]
        {
            assert_eq!(open(&key, &longer, NOW), Err(LinkFault::Forged));
        }
        // A seal of the same key without the purpose is none.
        let mut bytes = b"549900.2569-1.3.86400".to_vec();
        let seal = sign(&key, &bytes);
        bytes.extend(seal.as_ref());
        assert_eq!(open(&key, &BASE64URL_NOPAD.encode(&bytes), NOW), Err(LinkFault::Forged));
    }
}
