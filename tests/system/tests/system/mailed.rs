//! Links of reminders as they are mailed, for tests that wait for no mail.

use jiff::Timestamp;
use palad_api::LinkKey;
use palad_domain::agency::AgencyCode;
use palad_domain::record::Version;
use palad_domain::round::link::{ConfirmLink, Mailbox};
use palad_environment::Variables;
use palad_system_tests::House;
use serde_json::Value;

/// A key of links.
pub(crate) fn link_key(key: &str) -> LinkKey {
    let variables = Variables::of_map([("LINK_KEY".to_owned(), format!("test:{key}"))].into());
    LinkKey::from_environment(&variables).expect("a key")
}

/// The key of the house, as the function that writes reminders has it.
pub(crate) fn key_of(house: &House) -> LinkKey {
    let text = std::fs::read_to_string(house.data().join("secrets.json")).expect("the secrets");
    let secrets: Value = serde_json::from_str(&text).expect("JSON");
    link_key(secrets["link_key"].as_str().expect("a key"))
}

/// The account's mailbox at this address.
pub(crate) fn account(email: &str) -> Mailbox {
    Mailbox::Account(email.parse().expect("an address"))
}

/// The mailbox of the official list at this address.
pub(crate) fn official(email: &str) -> Mailbox {
    Mailbox::Official(email.parse().expect("an address"))
}

/// The link to a mailbox of this agency, for this version of its record.
pub(crate) fn link(
    key: &LinkKey,
    mailbox: &Mailbox,
    agency: &AgencyCode,
    round: &str,
    version: u64,
    expires_at: Timestamp,
) -> ConfirmLink {
    ConfirmLink {
        agency: agency.clone(),
        mailbox: key.mailbox(mailbox),
        round: round.parse().expect("a round"),
        version: Version(version),
        expires_at,
    }
}
