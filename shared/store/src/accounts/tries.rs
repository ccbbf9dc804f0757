//! Allowances of tries: charged before the try is checked, one winner among parallel tries.

use aws_sdk_dynamodb::Client;
use jiff::{SignedDuration, Timestamp};
use palad_domain::account::{
    LINKS_A_DAY, REGISTRATIONS_A_DAY, REGISTRATIONS_A_DAY_FROM_ALL, RESETS_A_DAY, RESETS_A_DAY_FROM_ALL,
};
use palad_domain::agency::AgencyCode;
use palad_domain::email::Email;
use palad_domain::guessing::{Allowance, DAY, HOUR, UNKNOWN_DEVICE_TRIES};
use palad_domain::letter_code::{LETTER_CODE_TRIES, LETTER_CODE_TRIES_OF_A_NETWORK};
use palad_domain::round::link::LINK_ANSWERS_AN_HOUR;
use palad_domain::staff::{STAFF_TRIES_A_DAY, StaffId};
use palad_environment::{Variables, VariablesError};

use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Attributes, Builder, Reader, key, text};
use crate::table::{get, put_if, values};
use crate::tables::AccountsTable;

/// The counters of tries.
#[derive(Clone)]
pub struct Tries {
    client: Client,
    accounts: AccountsTable,
}

/// What is counted together.
#[derive(Clone, Copy, Debug)]
pub enum TriesScope<'a> {
    /// Sign-ins at one agency from all devices that are not known.
    UnknownDevices(&'a AgencyCode),
    /// Links for a new password at one agency that one address was named for, from one network, by its mark.
    Resets(&'a AgencyCode, &'a Email, &'a str),
    /// Links for a new password at one agency that one address was named for, from wherever.
    ResetsFromAll(&'a AgencyCode, &'a Email),
    /// Links for a new password that offices had sent to one agency.
    OfficeResets(&'a AgencyCode),
    /// Links to other addresses that one agency had mailed: for a change of its address, for a hand-over.
    Links(&'a AgencyCode),
    /// Registrations that name one address, from one network, by its mark.
    Registrations(&'a Email, &'a str),
    /// Registrations that name one address, from wherever.
    RegistrationsFromAll(&'a Email),
    /// Tries at the code of an agency's letter, whether there is one or not, from one network, by its mark.
    LetterCodes(&'a AgencyCode, &'a str),
    /// Tries at the code of an agency's letter from wherever.
    LetterCodesFromAll(&'a AgencyCode),
    /// Answers by the links of reminders to one agency: confirmed, vacant, not theirs.
    LinkAnswers(&'a AgencyCode),
    /// Sign-ins at one staff account, or at an address that has none, from all browsers that it does not know.
    Staff(&'a StaffId),
    /// Sign-ins at one staff account from one browser that it knows, by the hash of its token.
    StaffDevice(&'a StaffId, &'a str),
}

impl TriesScope<'_> {
    fn pk(self) -> String {
        match self {
            Self::UnknownDevices(code) => format!("TRIES#SIGN-IN#{code}"),
            Self::Resets(code, email, network) => format!("TRIES#RESET#{code}#{}#{network}", hash(email)),
            Self::ResetsFromAll(code, email) => format!("TRIES#RESET#{code}#{}", hash(email)),
            Self::OfficeResets(code) => format!("TRIES#OFFICE-RESET#{code}"),
            Self::Links(code) => format!("TRIES#LINKS#{code}"),
            Self::LetterCodes(code, network) => format!("TRIES#LETTER#{code}#{network}"),
            Self::LetterCodesFromAll(code) => format!("TRIES#LETTER#{code}"),
            Self::LinkAnswers(code) => format!("TRIES#LINK-ANSWER#{code}"),
            Self::Registrations(email, network) => format!("TRIES#REGISTER#{}#{network}", hash(email)),
            Self::RegistrationsFromAll(email) => format!("TRIES#REGISTER#{}", hash(email)),
            Self::Staff(id) => format!("TRIES#STAFF#{}", id.as_str()),
            Self::StaffDevice(id, device_hash) => format!("TRIES#STAFF#{}#{device_hash}", id.as_str()),
        }
    }

    /// How many there are, and within which time they refill.
    fn rate(self) -> (i32, SignedDuration) {
        match self {
            Self::UnknownDevices(_) => (UNKNOWN_DEVICE_TRIES, DAY),
            Self::Resets(..) | Self::OfficeResets(_) => (RESETS_A_DAY, DAY),
            Self::Links(_) => (LINKS_A_DAY, DAY),
            Self::ResetsFromAll(..) => (RESETS_A_DAY_FROM_ALL, DAY),
            Self::Registrations(..) => (REGISTRATIONS_A_DAY, DAY),
            Self::RegistrationsFromAll(_) => (REGISTRATIONS_A_DAY_FROM_ALL, DAY),
            Self::LetterCodes(..) => (LETTER_CODE_TRIES_OF_A_NETWORK, DAY),
            Self::LetterCodesFromAll(_) => (LETTER_CODE_TRIES, DAY),
            Self::LinkAnswers(_) => (LINK_ANSWERS_AN_HOUR, HOUR),
            Self::Staff(_) | Self::StaffDevice(..) => (STAFF_TRIES_A_DAY, DAY),
        }
    }
}

/// An address in a key: nobody reads a list of addresses out of the counters.
fn hash(email: &Email) -> String {
    let hash = ring::digest::digest(&ring::digest::SHA256, email.as_str().as_bytes());
    data_encoding::BASE64URL_NOPAD.encode(hash.as_ref())
}

impl Tries {
    /// Needs `ACCOUNTS_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), accounts: AccountsTable::from_environment(variables)? })
    }

    /// Takes one try, or answers how long to wait. Of parallel tries one is let through and the
    /// others are told to wait a second.
    ///
    /// # Errors
    /// When the store fails; then no try was given.
    pub async fn charge(
        &self,
        scope: TriesScope<'_>,
        now: Timestamp,
    ) -> Result<Result<(), SignedDuration>, StoreError> {
        let seen = self.read(scope).await?;
        let allowance = seen.unwrap_or_else(|| Allowance::full(now));
        let (tries, period) = scope.rate();
        let charged = match allowance.charge(now, tries, period) {
            Ok(charged) => charged,
            Err(wait) => return Ok(Err(wait)),
        };
        let is_first = self.write(scope, seen, charged).await?;
        Ok(if is_first { Ok(()) } else { Err(SignedDuration::from_secs(1)) })
    }

    /// Gives one try back. Where another writer is in the way it is not given back.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn refund(&self, scope: TriesScope<'_>) -> Result<(), StoreError> {
        if let Some(seen) = self.read(scope).await? {
            let (tries, period) = scope.rate();
            self.write(scope, Some(seen), seen.refund(tries, period)).await?;
        }
        Ok(())
    }

    async fn read(&self, scope: TriesScope<'_>) -> Result<Option<Allowance>, StoreError> {
        let item = get(&self.client, self.accounts.name(), key(scope.pk(), "TRIES")).await?;
        item.map(|item| Reader(&item).json("allowance")).transpose()
    }

    async fn write(
        &self,
        scope: TriesScope<'_>,
        seen: Option<Allowance>,
        next: Allowance,
    ) -> Result<bool, StoreError> {
        let item =
            Builder::new(scope.pk(), "TRIES").json("allowance", &next)?.expires(next.full_at() + DAY).build();
        let seen =
            seen.map(|seen| Builder::new("", "").json("allowance", &seen)).transpose()?.map(Builder::build);
        let (condition, values) = match seen.as_ref().and_then(|seen| Reader(seen).find_text("allowance")) {
            None => ("attribute_not_exists(pk)", Attributes::new()),
            Some(seen) => ("allowance = :seen", values([(":seen", text(seen))])),
        };
        put_if(&self.client, self.accounts.name(), item, condition, values).await
    }
}
