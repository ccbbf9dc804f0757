//! Confirming that a record is still right: one transaction, and the record's version stays.
//!
//! Together or not at all go the ledger with its answers, the receipt, the change for search, the audit's line, and
//! the check of the session or of the link's mailbox. A save of the same record, and another confirmation, have the
//! opposite conditions: so neither can miss the other.

use aws_sdk_dynamodb::Client;
use jiff::Timestamp;
use palad_domain::agency::{Agency, AgencyCode};
use palad_domain::audit::{Event, Head};
use palad_domain::directory::PublicPost;
use palad_domain::policy::CanConfirm;
use palad_domain::record::{Ledger, Version};
use palad_domain::round::OpenRound;
use palad_domain::round::answer::{Answers, Happened, answers_after, with_receipt};
use palad_domain::round::receipt::{Receipt, ReceiptNumber};
use palad_environment::{Variables, VariablesError};

use super::directory::change_item;
use super::receipts::receipt_item;
use super::rounds::{codec as rounds, open_key};
use super::{AGENCY, ANSWERS, CONFIRMED_AT, POST, agency_pk, codec};
use crate::StoreError;
use crate::audit::{self, AuditLog, NewLine};
use crate::aws::Aws;
use crate::item::{Attributes, Reader, key, number, text};
use crate::mailbox_check::check_mailbox;
use crate::session_check::check_session;
use crate::table::{get_many, get_many_of, values};
use crate::tables::{AccountsTable, RegistryTable, SK};
use crate::transaction::{Outcome, Transaction};

/// The records, for those who confirm them.
#[derive(Clone)]
pub struct Confirmations {
    client: Client,
    registry: RegistryTable,
    accounts: AccountsTable,
    audit: AuditLog,
}

/// What stands before a confirmation.
#[derive(Clone, Debug)]
pub struct Confirmable {
    /// The agency.
    pub agency: Agency,
    /// Its record.
    pub ledger: Ledger,
    /// The rounds that are open.
    pub open: Vec<OpenRound>,
}

/// What a confirmation came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmed {
    /// The record, confirmed.
    pub ledger: Ledger,
    /// The receipt.
    pub receipt: Receipt,
}

/// The writes of a confirmation, by name.
#[derive(Clone, Copy)]
enum Write {
    Ledger,
    Receipt,
    Change,
    Session,
    Mailbox,
    Audit,
}

impl Confirmations {
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

    /// The agency, its record and the open rounds, in one call; none where there is no such agency.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn look(&self, code: &AgencyCode) -> Result<Option<Confirmable>, StoreError> {
        let keys = vec![key(agency_pk(code), AGENCY), key(agency_pk(code), POST), open_key()];
        let (mut agency, mut ledger, mut open) = (None, Ledger::default(), Vec::new());
        for item in get_many(&self.client, self.registry.name(), keys).await? {
            match Reader(&item).text(SK)?.as_str() {
                AGENCY => agency = Some(codec::read_agency(&item)?),
                POST => ledger = codec::read_ledger(&item)?,
                _ => open = rounds::read_open(&item)?,
            }
        }
        Ok(agency.map(|agency| Confirmable { agency, ledger, open }))
    }

    /// Confirms the record at the version that was seen.
    ///
    /// # Errors
    /// `RoundOver` where it is by a link whose round takes no answer any more; `NotFound` where there is no record; `Stale`
    /// where it is at another version; `SessionRevoked`, also where the agency has the mailbox of the link no more; and
    /// the store's own.
    pub async fn confirm(
        &self,
        leave: &CanConfirm,
        agency: &Agency,
        seen: Version,
        receipt: &ReceiptNumber,
        request_id: &str,
        now: Timestamp,
    ) -> Result<Confirmed, StoreError> {
        if *leave.agency() != agency.code {
            return Err(StoreError::Failed("leave for one agency, confirmation of another".into()));
        }
        // The record may be saved, confirmed or have a line of its audit written between our look and our write;
        // then we look again.
        for _ in 0..audit::ATTEMPTS {
            let (ledger, open, head) = self.read_before(&agency.code).await?;
            let confirmed = confirmed(leave, agency, &ledger, &open, seen, receipt, now)?;
            let transaction = self.transaction(leave, &ledger, &confirmed, &head, request_id, now)?;
            match transaction.run(&self.client).await? {
                Outcome::Done => return Ok(confirmed),
                Outcome::Refused(Write::Session | Write::Mailbox, _) => {
                    return Err(StoreError::SessionRevoked);
                }
                Outcome::Refused(Write::Receipt, _) => {
                    return Err(StoreError::Failed("the number of a receipt was used before".into()));
                }
                Outcome::Refused(Write::Ledger | Write::Change | Write::Audit, _) => {}
            }
        }
        Err(audit::overrun())
    }

    /// In one call, as before a save.
    async fn read_before(&self, code: &AgencyCode) -> Result<(Ledger, Vec<OpenRound>, Head), StoreError> {
        let keys = vec![key(agency_pk(code), POST), open_key()];
        let (mut ledger, mut open) = (Ledger::default(), Vec::new());
        let wanted = [(self.registry.name(), keys), self.audit.wanted(code)];
        let [items, ends] = get_many_of(&self.client, wanted).await?;
        for item in items {
            if Reader(&item).text(SK)? == POST {
                ledger = codec::read_ledger(&item)?;
            } else {
                open = rounds::read_open(&item)?;
            }
        }
        Ok((ledger, open, audit::found_head(&ends)?))
    }

    fn transaction(
        &self,
        leave: &CanConfirm,
        before: &Ledger,
        confirmed: &Confirmed,
        head: &Head,
        request_id: &str,
        now: Timestamp,
    ) -> Result<Transaction<Write>, StoreError> {
        let registry = self.registry.name();
        let code = leave.agency();
        let mut transaction = Transaction::new();
        let mut used = values([(":version", number(before.version)), (":now", text(now.to_string()))]);
        let mut set = format!("SET {CONFIRMED_AT} = :now");
        if !confirmed.ledger.answers.is_empty() {
            set.push_str(&format!(", {ANSWERS} = :answers"));
            used.insert(":answers".into(), text(codec::answers_text(&confirmed.ledger.answers)?));
        }
        let unchanged = if before.answers.is_empty() {
            format!("version = :version AND attribute_not_exists({ANSWERS})")
        } else {
            used.insert(":seen".into(), text(codec::answers_text(&before.answers)?));
            format!("version = :version AND {ANSWERS} = :seen")
        };
        transaction.update(Write::Ledger, registry, key(agency_pk(code), POST), &set, &unchanged, used);
        let absent = Some(("attribute_not_exists(pk)", Attributes::new()));
        transaction.put(Write::Receipt, registry, receipt_item(&confirmed.receipt)?, absent);
        let change = change_item(&PublicPost::of(code, &confirmed.ledger))?;
        transaction.put(Write::Change, registry, change, None);
        if let Some(session) = leave.session() {
            check_session(&mut transaction, Write::Session, &self.accounts, session);
        }
        if let Some(mailbox) = leave.mailbox() {
            let tables = (&self.accounts, &self.registry);
            check_mailbox(&mut transaction, Write::Mailbox, tables, code, mailbox);
        }
        let event = Event::RecordConfirmed { version: confirmed.ledger.version };
        let line = match leave.session() {
            Some(session) => NewLine::by(session, event, request_id, now),
            None => NewLine::by_proof(event, request_id, now),
        };
        self.audit.append(&mut transaction, Write::Audit, head, code, line)?;
        Ok(transaction)
    }
}

/// What the confirmation comes to, if the record is as it was seen.
fn confirmed(
    leave: &CanConfirm,
    agency: &Agency,
    ledger: &Ledger,
    open: &[OpenRound],
    seen: Version,
    number: &ReceiptNumber,
    now: Timestamp,
) -> Result<Confirmed, StoreError> {
    if !leave.is_in_time(agency, open, now) {
        return Err(StoreError::RoundOver);
    }
    let current = ledger.current.as_ref().ok_or(StoreError::NotFound)?;
    if ledger.version != seen {
        return Err(StoreError::Stale { current: ledger.version });
    }
    let happened = Happened::Confirmed(&current.post);
    let answers: Answers =
        answers_after(&ledger.answers, open, agency, happened, leave.office(), ledger.version, now);
    let answers = with_receipt(answers, number, now);
    let receipt = Receipt::of(number.clone(), agency, ledger.version, open, &answers, now);
    let mut ledger = ledger.clone();
    ledger.answers = answers;
    if let Some(current) = &mut ledger.current {
        current.confirmed_at = Some(now);
    }
    Ok(Confirmed { ledger, receipt })
}
