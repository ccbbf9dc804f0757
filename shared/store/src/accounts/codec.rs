//! Accounts, claims, devices and challenges as items, and back.

use jiff::SignedDuration;
use palad_domain::account::{Account, Challenge, Suspension};
use palad_domain::agency::AgencyCode;
use palad_domain::claim::{Claim, ClaimId, ClaimState};
use palad_domain::session::SessionVersion;

use super::devices::KnownDevice;
use super::{ACCOUNT, GUARDS, account_pk};
use crate::StoreError;
use crate::item::{Attributes, Builder, Reader};
use crate::tables::{PK, SK};

/// Items are kept a while after they expire, so that a clock that is set back finds them still.
pub(super) const GRACE: SignedDuration = SignedDuration::from_hours(1);

pub(super) fn account_item(account: &Account) -> Attributes {
    let mut item = Builder::new(account_pk(&account.agency), ACCOUNT)
        .text("email", account.email.as_str())
        .text("password_hash", &account.password_hash)
        .number("session_version", account.session_version.0)
        .time("opened_at", account.opened_at);
    if let Some(at) = account.email_changed_at {
        item = item.time("email_changed_at", at);
    }
    if let Some(suspended) = account.suspended {
        item = item.time("suspended_at", suspended.since).number("suspended_devices", suspended.devices.0);
    }
    if let Some(at) = account.signed_in_at {
        item = item.time("last_sign_in_at", at);
    }
    item.build()
}

pub(super) fn read_account(item: &Attributes) -> Result<Account, StoreError> {
    let read = Reader(item);
    Ok(Account {
        agency: read.parse(PK, |pk| pk.strip_prefix("ACCOUNT#")?.parse().ok())?,
        email: read.parse("email", |text| text.parse().ok())?,
        password_hash: read.text("password_hash")?,
        session_version: read.number("session_version").map(SessionVersion)?,
        opened_at: read.time("opened_at")?,
        email_changed_at: read.find_time("email_changed_at")?,
        suspended: match read.find_time("suspended_at")? {
            Some(since) => {
                Some(Suspension { since, devices: read.number("suspended_devices").map(SessionVersion)? })
            }
            None => None,
        },
        signed_in_at: read.find_time("last_sign_in_at")?,
    })
}

/// The beginning of the sort key of every device.
pub(super) const DEVICE: &str = "DEVICE#";

pub(super) fn device_sk(hash: &str) -> String {
    format!("{DEVICE}{hash}")
}

/// A device is known for as long as the account's session version stands: whatever ends every
/// session forgets every device too.
pub(super) fn device_item(code: &AgencyCode, device: &KnownDevice) -> Result<Attributes, StoreError> {
    Ok(Builder::new(account_pk(code), device_sk(&device.hash))
        .number("session_version", device.version.0)
        .json("tries", &device.tries)?
        .text("name", &device.name)
        .time("seen_at", device.seen_at)
        .expires(device.ends_at())
        .build())
}

/// A device, whether it is still known or not.
pub(super) fn read_device(item: &Attributes) -> Result<KnownDevice, StoreError> {
    let read = Reader(item);
    Ok(KnownDevice {
        hash: read.parse(SK, |sk| sk.strip_prefix(DEVICE).map(str::to_owned))?,
        version: read.number("session_version").map(SessionVersion)?,
        tries: read.json("tries")?,
        // Devices of long ago have no name.
        name: read.find_text("name").unwrap_or_default(),
        seen_at: read.time("seen_at")?,
    })
}

pub(super) fn claim_pk(id: &ClaimId) -> String {
    format!("CLAIM#{}", id.as_str())
}

pub(super) fn claim_item(claim: &Claim) -> Result<Attributes, StoreError> {
    Ok(Builder::new(claim_pk(&claim.id), "CLAIM")
        .text("agency", claim.agency.as_str())
        .text("province", claim.province.as_str())
        .text("email", claim.email.as_str())
        .text("password_hash", &claim.password_hash)
        .text("code_hash", &claim.code_hash)
        .text("device_hash", &claim.device_hash)
        .text("device_name", &claim.device_name)
        .json("claim_state", &claim.state)?
        .number("tries_left", claim.tries_left)
        .time("created_at", claim.created_at)
        .time("ends_at", claim.expires_at)
        .expires(claim.expires_at + GRACE)
        .build())
}

/// The stored form of a claim's state, for conditions.
pub(super) fn state_text(state: &ClaimState) -> Result<String, StoreError> {
    let item = Builder::new("", "").json("claim_state", state)?.build();
    Reader(&item).text("claim_state")
}

pub(super) fn read_claim(item: &Attributes) -> Result<Claim, StoreError> {
    let read = Reader(item);
    Ok(Claim {
        id: read.parse(PK, |pk| ClaimId::parse(pk.strip_prefix("CLAIM#")?))?,
        agency: read.parse("agency", |text| text.parse().ok())?,
        province: read.parse("province", |text| text.parse().ok())?,
        email: read.parse("email", |text| text.parse().ok())?,
        password_hash: read.text("password_hash")?,
        code_hash: read.text("code_hash")?,
        device_hash: read.text("device_hash")?,
        device_name: read.text("device_name")?,
        state: read.json("claim_state")?,
        tries_left: read_tries_left(&read)?,
        created_at: read.time("created_at")?,
        expires_at: read.time("ends_at")?,
    })
}

pub(super) fn challenge_pk(id: &str) -> String {
    format!("CHALLENGE#{id}")
}

pub(super) fn challenge_item(challenge: &Challenge) -> Result<Attributes, StoreError> {
    Ok(Builder::new(challenge_pk(&challenge.id), "CHALLENGE")
        .text("agency", challenge.agency.as_str())
        .text("code_hash", &challenge.code_hash)
        .text("device_hash", &challenge.device_hash)
        .number("tries_left", challenge.tries_left)
        .number("session_version", challenge.session_version.0)
        .json(GUARDS, &challenge.guards)?
        .time("ends_at", challenge.expires_at)
        .expires(challenge.expires_at + GRACE)
        .build())
}

/// None of one that does not say what it was counted by: an older program stored it, before that was kept. Whoever
/// signs in begins again, and is counted.
pub(super) fn read_challenge(item: &Attributes) -> Result<Option<Challenge>, StoreError> {
    let read = Reader(item);
    if !read.has(GUARDS) {
        return Ok(None);
    }
    Ok(Some(Challenge {
        id: read.parse(PK, |pk| pk.strip_prefix("CHALLENGE#").map(str::to_owned))?,
        agency: read.parse("agency", |text| text.parse().ok())?,
        code_hash: read.text("code_hash")?,
        device_hash: read.text("device_hash")?,
        tries_left: read_tries_left(&read)?,
        session_version: read.number("session_version").map(SessionVersion)?,
        guards: read.json(GUARDS)?,
        expires_at: read.time("ends_at")?,
    }))
}

fn read_tries_left(read: &Reader<'_>) -> Result<u32, StoreError> {
    let number = read.number("tries_left")?;
    u32::try_from(number).map_err(|_| StoreError::Failed("attribute tries_left cannot be read".into()))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn a_challenge_that_says_nothing_of_guards_is_none() {
        let expires_at: Timestamp = "2027-03-01T01:00:00Z".parse().expect("a time");
        let challenge = Challenge {
            id: "A".repeat(22),
            agency: "549900".parse().expect("a code"),
            code_hash: "c".into(),
            device_hash: "d".into(),
            tries_left: 5,
            session_version: SessionVersion(3),
            guards: Vec::new(),
            expires_at,
        };
        let mut item = challenge_item(&challenge).expect("an item");
        assert_eq!(read_challenge(&item).ok(), Some(Some(challenge)), "counted by none is said");
        item.insert(GUARDS.to_owned(), crate::item::text("["));
        assert!(read_challenge(&item).is_err(), "what cannot be read is not nothing");
        item.remove(GUARDS);
        assert_eq!(read_challenge(&item).ok(), Some(None));
    }
}
