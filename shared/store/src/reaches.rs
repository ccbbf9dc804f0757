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
use crate::registry::{AGENCY, agency_pk, read_agency};
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
        let official = agencies.values().filter_map(|agency| agency.official_email.as_ref());
        let dead = self.dead(accounts.values().chain(official), now).await?;
        let reached = |code: &AgencyCode| {
            let agency = agencies.remove(code);
            let official = agency.as_ref().and_then(|agency| agency.official_email.as_ref());
            let reach = Reach::of(accounts.get(code), official, |email| dead.contains(&address_pk(email)));
            (code.clone(), Reached { agency, reach })
        };
        Ok(codes.iter().map(reached).collect())
    }

    async fn agencies(&self, codes: &[AgencyCode]) -> Result<BTreeMap<AgencyCode, Agency>, StoreError> {
        let keys = codes.iter().map(|code| key(agency_pk(code), AGENCY)).collect();
        let items = read_many(&self.client, self.registry.name(), keys, None).await?;
        let agencies = items.iter().map(|item| read_agency(item).map(|agency| (agency.code.clone(), agency)));
        agencies.collect()
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
