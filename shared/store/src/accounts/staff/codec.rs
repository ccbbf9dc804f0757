//! Staff accounts, their challenges and invitations as items, and back.

use jiff::{SignedDuration, Timestamp};
use palad_domain::account::DEVICE_LIFE;
use palad_domain::session::SessionVersion;
use palad_domain::staff::{Invitation, StaffAccount, StaffChallenge, StaffId, StaffPlace};

use super::staff_pk;
use crate::StoreError;
use crate::accounts::{ACCOUNT, GUARDS};
use crate::item::{Attributes, Builder, Reader, key};
use crate::tables::PK;

/// Items are kept a while after they expire, so that a clock that is set back finds them still.
const GRACE: SignedDuration = SignedDuration::from_hours(1);

pub(super) fn staff_item(account: &StaffAccount) -> Result<Attributes, StoreError> {
    let mut item = Builder::new(staff_pk(account.id.as_str()), ACCOUNT)
        .text("email", account.email.as_str())
        .text("name", &account.name)
        .json("place", &account.place)?
        .text("passphrase_hash", &account.passphrase_hash)
        .text("totp_sealed", &account.totp_sealed)
        .number("totp_step", account.totp_step)
        .json("recovery_codes", &account.recovery_sealed)?
        .number("session_version", account.session_version.0)
        .time("opened_at", account.opened_at);
    if let Some(at) = account.suspended_at {
        item = item.time("suspended_at", at);
    }
    if let Some(at) = account.signed_in_at {
        item = item.time("signed_in_at", at);
    }
    Ok(item.build())
}

pub(super) fn read_staff(item: &Attributes) -> Result<StaffAccount, StoreError> {
    let read = Reader(item);
    let time = |name: &str| read.find_text(name).map(|_| read.time(name)).transpose();
    Ok(StaffAccount {
        id: read.parse(PK, |pk| StaffId::parse(pk.strip_prefix("STAFF#")?))?,
        email: read.parse("email", |text| text.parse().ok())?,
        name: read.text("name")?,
        place: read.json("place")?,
        passphrase_hash: read.text("passphrase_hash")?,
        totp_sealed: read.text("totp_sealed")?,
        totp_step: read.number("totp_step")?,
        recovery_sealed: read.json("recovery_codes")?,
        session_version: read.number("session_version").map(SessionVersion)?,
        opened_at: read.time("opened_at")?,
        suspended_at: time("suspended_at")?,
        signed_in_at: time("signed_in_at")?,
    })
}

/// The stored form of a list of recovery codes or of a place, for conditions.
pub(in crate::accounts) fn json_text(value: &impl serde::Serialize) -> Result<String, StoreError> {
    let item = Builder::new("", "").json("value", value)?.build();
    Reader(&item).text("value")
}

pub(super) fn device_key(id: &StaffId, device_hash: &str) -> Attributes {
    key(staff_pk(id.as_str()), device_sk(device_hash))
}

fn device_sk(hash: &str) -> String {
    format!("DEVICE#{hash}")
}

/// A browser is known for as long as the account's session version stands.
pub(super) fn device_item(id: &StaffId, hash: &str, version: SessionVersion, now: Timestamp) -> Attributes {
    Builder::new(staff_pk(id.as_str()), device_sk(hash))
        .number("session_version", version.0)
        .time("seen_at", now)
        .expires(now + DEVICE_LIFE)
        .build()
}

pub(super) fn challenge_key(id: &str) -> Attributes {
    key(challenge_pk(id), CHALLENGE)
}

const CHALLENGE: &str = "STAFF-CHALLENGE";

fn challenge_pk(id: &str) -> String {
    format!("CHALLENGE#{id}")
}

pub(super) fn challenge_item(challenge: &StaffChallenge) -> Result<Attributes, StoreError> {
    let item = Builder::new(challenge_pk(&challenge.id), CHALLENGE)
        .text("staff", challenge.staff.as_str())
        .text("device_hash", &challenge.device_hash)
        .number("tries_left", challenge.tries_left)
        .number("session_version", challenge.session_version.0)
        .json(GUARDS, &challenge.guards)?
        .time("ends_at", challenge.expires_at)
        .expires(challenge.expires_at + GRACE)
        .build();
    Ok(item)
}

/// None of one that does not say what it was counted by: an older program stored it, before that was kept. The officer
/// begins again, and is counted.
pub(super) fn read_challenge(item: &Attributes) -> Result<Option<StaffChallenge>, StoreError> {
    let read = Reader(item);
    if !read.has(GUARDS) {
        return Ok(None);
    }
    Ok(Some(StaffChallenge {
        id: read.parse(PK, |pk| pk.strip_prefix("CHALLENGE#").map(str::to_owned))?,
        staff: read.parse("staff", StaffId::parse)?,
        device_hash: read.text("device_hash")?,
        tries_left: u32::try_from(read.number("tries_left")?)
            .map_err(|_| StoreError::Failed("attribute tries_left cannot be read".into()))?,
        session_version: read.number("session_version").map(SessionVersion)?,
        guards: read.json(GUARDS)?,
        expires_at: read.time("ends_at")?,
    }))
}

pub(super) fn invitation_key(token_hash: &str) -> Attributes {
    key(invitation_pk(token_hash), INVITATION)
}

const INVITATION: &str = "INVITATION";

fn invitation_pk(token_hash: &str) -> String {
    format!("INVITATION#{token_hash}")
}

pub(super) fn invitation_item(invitation: &Invitation) -> Result<Attributes, StoreError> {
    let mut item = Builder::new(invitation_pk(&invitation.token_hash), INVITATION)
        .text("email", invitation.email.as_str())
        .json("place", &invitation.place)?
        .time("ends_at", invitation.expires_at)
        .expires(invitation.expires_at + GRACE);
    if let Some(by) = &invitation.by {
        item = item.text("invited_by", by.as_str());
    }
    if let Some(version) = invitation.replaces {
        item = item.number("replaces", version.0);
    }
    Ok(item.build())
}

pub(super) fn read_invitation(item: &Attributes) -> Result<Invitation, StoreError> {
    let read = Reader(item);
    let by = read.find_text("invited_by").map(|_| read.parse("invited_by", StaffId::parse)).transpose()?;
    let replaces = item.get("replaces").map(|_| read.number("replaces").map(SessionVersion)).transpose()?;
    Ok(Invitation {
        token_hash: read.parse(PK, |pk| pk.strip_prefix("INVITATION#").map(str::to_owned))?,
        email: read.parse("email", |text| text.parse().ok())?,
        place: read.json("place")?,
        by,
        replaces,
        expires_at: read.time("ends_at")?,
    })
}

/// The partition in which the staff of a place is listed: a province's districts with the province.
pub(in crate::accounts) fn list_pk(place: &StaffPlace) -> String {
    place.province().map_or_else(|| "STAFF-LIST#CENTRAL".to_owned(), |code| format!("STAFF-LIST#{code}"))
}

pub(super) fn list_key(place: &StaffPlace, id: &StaffId) -> Attributes {
    key(list_pk(place), staff_pk(id.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let at: Timestamp = "2027-03-01T01:00:00Z".parse().expect("a time");
        let email: palad_domain::email::Email = "a@palad.test".parse().expect("an address");
        let id = crate::staff_id(&email).expect("a key");
        let place = StaffPlace::parse("district", Some("54"), Some("สอง")).expect("a place");
        for (suspended_at, signed_in_at) in [(None, None), (Some(at), Some(at))] {
            let account = StaffAccount {
                id: id.clone(),
                email: email.clone(),
                name: "นางสาวสมศรี ใจดี".into(),
                place: place.clone(),
                passphrase_hash: "h".into(),
                totp_sealed: "a.s".into(),
                totp_step: 58_000_000,
                recovery_sealed: vec!["a.1".into(), "a.2".into()],
                session_version: SessionVersion(3),
                opened_at: at,
                suspended_at,
                signed_in_at,
            };
            let item = staff_item(&account).expect("an item");
            assert_eq!(read_staff(&item).ok(), Some(account));
        }
        for (by, replaces) in [(None, None), (Some(id), Some(SessionVersion(2)))] {
            let invitation = Invitation {
                token_hash: "hash".into(),
                email: email.clone(),
                place: place.clone(),
                by,
                replaces,
                expires_at: at,
            };
            let item = invitation_item(&invitation).expect("an item");
            assert_eq!(read_invitation(&item).ok(), Some(invitation));
        }
    }

    #[test]
    fn a_challenge_that_says_nothing_of_guards_is_none() {
        let at: Timestamp = "2027-03-01T01:00:00Z".parse().expect("a time");
        let challenge = StaffChallenge {
            id: "A".repeat(22),
            staff: crate::staff_id(&"a@palad.test".parse().expect("an address")).expect("a key"),
            device_hash: "d".into(),
            tries_left: 5,
            session_version: SessionVersion(3),
            guards: Vec::new(),
            expires_at: at,
        };
        let mut item = challenge_item(&challenge).expect("an item");
        assert_eq!(read_challenge(&item).ok(), Some(Some(challenge)), "counted by none is said");
        item.insert(GUARDS.to_owned(), crate::item::text("["));
        assert!(read_challenge(&item).is_err(), "what cannot be read is not nothing");
        item.remove(GUARDS);
        assert_eq!(read_challenge(&item).ok(), Some(None));
    }
}
