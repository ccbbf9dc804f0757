//! The mailboxes of an agency, for those who come by the link of a mail: whether the agency still has the one that it was
//! sent to, and what its reader says of it.

use aws_sdk_dynamodb::Client;
use jiff::Timestamp;
use palad_domain::agency::Agency;
use palad_domain::audit::Event;
use palad_domain::policy::LinkLeave;
use palad_domain::round::link::Mailbox;
use palad_environment::{Variables, VariablesError};

use super::disowned::{DISOWNED, Disowned, read_disowned};
use super::{AGENCY, agency_pk, read_agency};
use crate::StoreError;
use crate::accounts::{ACCOUNT, account_pk};
use crate::audit::{self, AuditLog, NewLine};
use crate::aws::Aws;
use crate::item::{Reader, key, text};
use crate::mailbox_check::{IS_OFFICIAL, check_account};
use crate::many::read_many;
use crate::table::{get, values};
use crate::tables::{AccountsTable, RegistryTable};
use crate::transaction::{Outcome, Transaction};

/// What is read of an account: its address, and whether it is suspended.
const READ: &str = "email, suspended_at";

/// The mailboxes of agencies.
#[derive(Clone)]
pub struct Mailboxes {
    client: Client,
    registry: RegistryTable,
    accounts: AccountsTable,
    audit: AuditLog,
}

/// The writes of a disowning, by name.
#[derive(Clone, Copy)]
enum Write {
    Agency,
    Mailbox,
    Audit,
}

impl Mailboxes {
    /// Needs `REGISTRY_TABLE`, `ACCOUNTS_TABLE` and `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self {
            client: aws.dynamodb(),
            registry: RegistryTable::from_environment(variables)?,
            accounts: AccountsTable::from_environment(variables)?,
            audit: AuditLog::from_environment(variables)?,
        })
    }

    /// The mailboxes whose links act for the agency: its account's address, and its own on the official list; none while
    /// the account is suspended.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn of(&self, agency: &Agency) -> Result<Vec<Mailbox>, StoreError> {
        let keys = vec![key(account_pk(&agency.code), ACCOUNT)];
        let items = read_many(&self.client, self.accounts.name(), keys, Some(READ)).await?;
        let mut mailboxes = Vec::new();
        for item in &items {
            let read = Reader(item);
            if read.find_text("suspended_at").is_some() {
                return Ok(Vec::new());
            }
            mailboxes.push(Mailbox::Account(read.parse("email", |text| text.parse().ok())?));
        }
        mailboxes.extend(agency.official_email.iter().cloned().map(Mailbox::Official));
        Ok(mailboxes)
    }

    /// Notes that the reader of a link's mailbox does not look after the record any more. The record stays as it is. Said
    /// again while it is still believed, it changes nothing.
    ///
    /// # Errors
    /// `SessionRevoked` where the agency has the mailbox no more; and the store's own.
    pub async fn disown(
        &self,
        leave: &LinkLeave,
        request_id: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (code, registry) = (leave.agency(), self.registry.name());
        for _ in 0..audit::ATTEMPTS {
            let agency = key(agency_pk(code), AGENCY);
            let (item, head) = tokio::try_join!(
                get(&self.client, registry, agency.clone()),
                self.audit.head(&self.client, code)
            )?;
            let item = item.ok_or(StoreError::NotFound)?;
            // The listing may have changed since the leave was given; looking again would not bring it back.
            if let Mailbox::Official(email) = leave.mailbox()
                && read_agency(&item)?.official_email.as_ref() != Some(email)
            {
                return Err(StoreError::SessionRevoked);
            }
            let before = read_disowned(&item)?;
            if before.holds(leave.mailbox().email(), now) {
                return Ok(());
            }
            let after = before.with(leave.mailbox().email(), now);
            let mut used = values([(":after", text(after.text()?))]);
            let mut unchanged = format!("attribute_not_exists({DISOWNED})");
            if before != Disowned::default() {
                unchanged = format!("{DISOWNED} = :before");
                used.insert(":before".into(), text(before.text()?));
            }
            let mut transaction = Transaction::new();
            if let Mailbox::Official(email) = leave.mailbox() {
                unchanged.push_str(&format!(" AND {IS_OFFICIAL}"));
                used.insert(":email".into(), text(email.as_str()));
            }
            check_account(&mut transaction, Write::Mailbox, &self.accounts, code, leave.mailbox());
            let set = format!("SET {DISOWNED} = :after");
            transaction.update(Write::Agency, registry, agency, &set, &unchanged, used);
            let line = NewLine::by_proof(Event::MailboxDisowned, request_id, now);
            self.audit.append(&mut transaction, Write::Audit, &head, code, line)?;
            match transaction.run(&self.client).await? {
                Outcome::Done => return Ok(()),
                Outcome::Refused(Write::Mailbox, _) => return Err(StoreError::SessionRevoked),
                Outcome::Refused(..) => {}
            }
        }
        Err(audit::overrun())
    }
}
