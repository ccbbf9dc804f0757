//! Addresses that mail does not reach, by the hash of the address: the table knows no addresses.

use aws_sdk_dynamodb::Client;
use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use palad_domain::email::Email;
use palad_environment::{Variables, VariablesError};
use ring::digest;

use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Attributes, Builder, Reader, key, number, text};
use crate::table::{get, put_if, values};
use crate::tables::MailTable;

/// How long an address counts as unreachable: then it is tried again, for mailboxes are mended and emptied.
const ADDRESS_LIFE: SignedDuration = SignedDuration::from_hours(24 * 180);

/// The sort key of an address.
pub(crate) const ADDRESS: &str = "ADDRESS";

/// Why mail does not go to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressState {
    /// Mail to it comes back for good.
    Bounced,
    /// Its reader called our mail unwanted.
    Complained,
}

impl AddressState {
    fn word(self) -> &'static str {
        match self {
            Self::Bounced => "bounced",
            Self::Complained => "complained",
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        [Self::Bounced, Self::Complained].into_iter().find(|state| state.word() == word)
    }
}

/// Addresses, for the function that hears what became of mail.
#[derive(Clone)]
pub struct Addresses {
    client: Client,
    mail: MailTable,
}

impl Addresses {
    /// Needs `MAIL_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), mail: MailTable::from_environment(variables)? })
    }

    /// Why mail does not go to this address, if it does not.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn state(&self, email: &Email, now: Timestamp) -> Result<Option<AddressState>, StoreError> {
        let item = get(&self.client, self.mail.name(), key(address_pk(email), ADDRESS)).await?;
        item.map_or(Ok(None), |item| read_address(&item, now))
    }

    /// Notes what became of mail to this address at `at`. What is older than what is known changes nothing, and so
    /// does a repetition.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn mark(&self, email: &Email, state: AddressState, at: Timestamp) -> Result<(), StoreError> {
        let item = Builder::new(address_pk(email), ADDRESS)
            .text("address_state", state.word())
            .number("noted_at", at.as_millisecond())
            .expires(at + ADDRESS_LIFE)
            .build();
        // Who has complained is not written to again, whatever bounces before or after it.
        let condition = match state {
            AddressState::Bounced => {
                "attribute_not_exists(pk) OR expires_at < :seconds OR (noted_at < :at AND address_state <> :complained)"
            }
            AddressState::Complained => {
                "attribute_not_exists(pk) OR noted_at < :at OR address_state <> :complained"
            }
        };
        let mut values = values([
            (":at", number(at.as_millisecond())),
            (":complained", text(AddressState::Complained.word())),
        ]);
        if state == AddressState::Bounced {
            values.insert(":seconds".into(), number(at.as_second()));
        }
        put_if(&self.client, self.mail.name(), item, condition, values).await.map(drop)
    }
}

pub(crate) fn read_address(item: &Attributes, now: Timestamp) -> Result<Option<AddressState>, StoreError> {
    let read = Reader(item);
    let state = read.parse("address_state", AddressState::of_word)?;
    Ok((read.expires() > now).then_some(state))
}

pub(crate) fn address_pk(email: &Email) -> String {
    let hash = digest::digest(&digest::SHA256, email.as_str().as_bytes());
    format!("ADDRESS#{}", BASE64URL_NOPAD.encode(hash.as_ref()))
}
