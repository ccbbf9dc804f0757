//! How agencies can be written to: from the list, their accounts and what is known of addresses, in three calls for a
//! hundred of them. Of accounts only the address is read.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::Client;
use jiff::Timestamp;
use palad_domain::agency::{Agency, AgencyCode};
use palad_domain::email::Email;
use palad_domain::round::reach::Reach;
use palad_environment::{Variables, VariablesError};

use crate::StoreError;
use crate::accounts::{ACCOUNT, account_pk};
use crate::aws::Aws;
use crate::item::{Attributes, Reader, key};
use crate::mail::{ADDRESS, address_pk, read_address};
use crate::many::read_many;
use crate::registry::{AGENCY, Disowned, agency_pk, read_agency, read_disowned};
use crate::tables::{AccountsTable, MailTable, PK, RegistryTable};

/// What is read of an account.
const READ: &str = "pk, email";

/// How agencies can be written to.
#[derive(Clone)]
pub struct Reaches {
    client: Client,
    registry: RegistryTable,
    accounts: AccountsTable,
    mail: MailTable,
}

/// An agency as it is listed today, and how it can be written to.
#[derive(Clone, Debug, Default)]
pub struct Reached {
    /// The agency; none where it is not on the list any more.
    pub agency: Option<Agency>,
    /// How it can be written to.
    pub reach: Reach,
}

impl Reaches {
    /// Needs `REGISTRY_TABLE`, `ACCOUNTS_TABLE` and `MAIL_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self {
            client: aws.dynamodb(),
            registry: RegistryTable::from_environment(variables)?,
            accounts: AccountsTable::from_environment(variables)?,
            mail: MailTable::from_environment(variables)?,
        })
    }

    /// How each of these agencies can be written to.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn of(
        &self,
        codes: &[AgencyCode],
        now: Timestamp,
    ) -> Result<BTreeMap<AgencyCode, Reached>, StoreError> {
        let (mut agencies, accounts) = tokio::try_join!(self.agencies(codes), self.addresses(codes))?;
        let official = agencies.values().filter_map(|(agency, _)| agency.official_email.as_ref());
        let dead = self.dead(accounts.values().chain(official), now).await?;
        let reached = |code: &AgencyCode| {
            let (agency, disowned) = agencies.remove(code).unzip();
            let official = agency.as_ref().and_then(|agency: &Agency| agency.official_email.as_ref());
            let is_disowned =
                |email: &Email| disowned.as_ref().is_some_and(|all: &Disowned| all.holds(email, now));
            let is_dead = |email: &Email| dead.contains(&address_pk(email)) || is_disowned(email);
            let reach = Reach::of(accounts.get(code), official, is_dead);
            (code.clone(), Reached { agency, reach })
        };
        Ok(codes.iter().map(reached).collect())
    }

    /// The agencies, and the mailboxes whose readers disowned them.
    async fn agencies(
        &self,
        codes: &[AgencyCode],
    ) -> Result<BTreeMap<AgencyCode, (Agency, Disowned)>, StoreError> {
        let keys = codes.iter().map(|code| key(agency_pk(code), AGENCY)).collect();
        let items = read_many(&self.client, self.registry.name(), keys, None).await?;
        let read = |item: &Attributes| {
            let agency = read_agency(item)?;
            Ok((agency.code.clone(), (agency, read_disowned(item)?)))
        };
        items.iter().map(read).collect()
    }

    /// The addresses of those that have an account.
    async fn addresses(&self, codes: &[AgencyCode]) -> Result<BTreeMap<AgencyCode, Email>, StoreError> {
        let keys = codes.iter().map(|code| key(account_pk(code), ACCOUNT)).collect();
        let items = read_many(&self.client, self.accounts.name(), keys, Some(READ)).await?;
        let read = |item: &Attributes| {
            let read = Reader(item);
            let code = read.parse(PK, |pk| pk.strip_prefix("ACCOUNT#")?.parse().ok())?;
            Ok((code, read.parse("email", |text| text.parse().ok())?))
        };
        items.iter().map(read).collect()
    }

    /// Those of the addresses that mail does not reach, by their keys.
    async fn dead<'a>(
        &self,
        emails: impl Iterator<Item = &'a Email>,
        now: Timestamp,
    ) -> Result<Vec<String>, StoreError> {
        // Each once: an agency's own mailbox often is its account's address too.
        let mut keys: Vec<String> = emails.map(address_pk).collect();
        keys.sort_unstable();
        keys.dedup();
        let keys = keys.into_iter().map(|pk| key(pk, ADDRESS)).collect();
        let mut dead = Vec::new();
        for item in read_many(&self.client, self.mail.name(), keys, None).await? {
            if read_address(&item, now)?.is_some() {
                dead.push(Reader(&item).text(PK)?);
            }
        }
        Ok(dead)
    }
}
