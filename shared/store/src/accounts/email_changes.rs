//! Changing an account's address: begun by its owner, confirmed from the new address, and undone from the old one.

use jiff::{SignedDuration, Timestamp};
use palad_domain::account::{Account, EMAIL_UNDO_LIFE};
use palad_domain::agency::AgencyCode;
use palad_domain::audit::Event;
use palad_domain::email::Email;
use palad_domain::life::stands;
use palad_domain::policy::CanManageAccount;
use palad_domain::session::SessionVersion;
use palad_environment::{Variables, VariablesError};

use super::changes::{Changes, Write};
use super::opening::find_account;
use super::pending::{self, Kind, Pending};
use super::resets::{Reset, reset_item};
use super::{ACCOUNT, account_pk};
use crate::StoreError;
use crate::audit::NewLine;
use crate::aws::Aws;
use crate::item::{Attributes, Builder, Reader, key, number, text};
use crate::session_check::check_session;
use crate::table::{get, put, values};

/// How often a change is looked at again when the account changes meanwhile.
const ATTEMPTS: usize = 3;
/// Items are kept a while after they end, so that a clock that is set back finds them still.
const GRACE: SignedDuration = SignedDuration::from_hours(1);
/// The sort key of an undo.
const UNDO: &str = "EMAIL-UNDO";

/// The changes of addresses.
#[derive(Clone)]
pub struct EmailChanges {
    changes: Changes,
}

/// How beginning a change went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmailChangeBegun {
    /// The new address can be asked; the present one is this.
    Begun(Email),
    /// It is the account's address already.
    Same,
    /// The last change can be undone until then, and so there is no other one before.
    TooEarly(Timestamp),
}

/// A change that can be confirmed.
#[derive(Clone, Debug)]
pub struct EmailChange {
    account: Account,
    pending: Pending,
}

impl EmailChange {
    /// Whose address it is.
    #[must_use]
    pub fn agency(&self) -> &AgencyCode {
        &self.account.agency
    }

    /// What it is now.
    #[must_use]
    pub fn before(&self) -> &Email {
        &self.pending.before
    }

    /// What it is to be.
    #[must_use]
    pub fn after(&self) -> &Email {
        &self.pending.email
    }
}

/// An address that was changed back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailRestored {
    /// Whose.
    pub agency: AgencyCode,
    /// What it was.
    pub before: Email,
    /// What it is.
    pub after: Email,
}

impl EmailChanges {
    /// Needs `ACCOUNTS_TABLE` and `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { changes: Changes::from_environment(aws, variables)? })
    }

    /// Begins a change to `email`, which the link with this token's hash will confirm. An earlier one is over.
    ///
    /// # Errors
    /// `SessionRevoked`, and the store's own.
    pub async fn begin(
        &self,
        leave: &CanManageAccount,
        email: &Email,
        token_hash: &str,
        request_id: &str,
        now: Timestamp,
    ) -> Result<EmailChangeBegun, StoreError> {
        let Changes { client, accounts, .. } = &self.changes;
        let code = leave.agency();
        let account = find_account(client, accounts, code).await?.ok_or(StoreError::SessionRevoked)?;
        if account.email == *email {
            return Ok(EmailChangeBegun::Same);
        }
        if let Some(until) = account.email_fixed_until().filter(|until| *until > now) {
            return Ok(EmailChangeBegun::TooEarly(until));
        }
        let pending = Pending {
            email: email.clone(),
            ends_at: now + Kind::EmailChange.life(),
            token_hash: token_hash.to_owned(),
            session_version: leave.session_version(),
            before: account.email.clone(),
        };
        let line = NewLine::by(leave, Event::EmailChangeBegun, request_id, now);
        self.changes
            .write(code, line, |transaction, table| {
                pending.begin(Kind::EmailChange, code, transaction, table);
                check_session(transaction, Write::Session, accounts, leave);
                Ok(())
            })
            .await?;
        Ok(EmailChangeBegun::Begun(account.email))
    }

    /// The change that a link confirms; none where the link can no longer be used.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn find(&self, token_hash: &str, now: Timestamp) -> Result<Option<EmailChange>, StoreError> {
        let Changes { client, accounts, .. } = &self.changes;
        let found = pending::find(client, accounts, Kind::EmailChange, token_hash, now).await?;
        Ok(found.map(|(account, pending)| EmailChange { account, pending }))
    }

    /// Stores the link with `undo_hash`, which brings the old address back: of a change that is not confirmed yet, too.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn offer_undo(
        &self,
        change: &EmailChange,
        undo_hash: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let EmailChange { account, pending } = change;
        let undo = Undo {
            agency: account.agency.clone(),
            email: pending.before.clone(),
            opened_at: account.opened_at,
            ends_at: now + EMAIL_UNDO_LIFE,
        };
        put(&self.changes.client, self.changes.accounts.name(), undo.item(undo_hash)).await
    }

    /// Confirms a change: the address is the new one. Answers whether the account was still as it was seen.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn confirm(
        &self,
        change: &EmailChange,
        request_id: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let EmailChange { account, pending } = change;
        let code = &account.agency;
        let line = NewLine::by_proof(Event::EmailChanged, request_id, now);
        self.changes
            .write(code, line, |transaction, table| {
                pending.end(Kind::EmailChange, code, transaction, table);
                transaction.update(
                    Write::Account,
                    table,
                    key(account_pk(code), ACCOUNT),
                    "SET email = :after, email_changed_at = :now",
                    "email = :before AND session_version = :seen AND attribute_not_exists(suspended_at)",
                    values([
                        (":after", text(pending.email.as_str())),
                        (":now", text(now.to_string())),
                        (":before", text(pending.before.as_str())),
                        (":seen", number(pending.session_version.0)),
                    ]),
                );
                Ok(())
            })
            .await
    }

    /// Undoes a change: the old address is the account's again, every session has ended, and the link with
    /// `reset_hash` sets a new password. None where the link can no longer be used.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn undo(
        &self,
        token_hash: &str,
        reset_hash: &str,
        request_id: &str,
        now: Timestamp,
    ) -> Result<Option<EmailRestored>, StoreError> {
        let Changes { client, accounts, .. } = &self.changes;
        // A password that is set meanwhile is no reason to lose the way back: then we look again.
        for _ in 0..ATTEMPTS {
            let Some(item) = get(client, accounts.name(), undo_key(token_hash)).await? else {
                return Ok(None);
            };
            let undo = Undo::read(&item)?;
            let account = find_account(client, accounts, &undo.agency).await?;
            let Some(account) = account.filter(|account| undo.is_open(account, now)) else { return Ok(None) };
            let restored = EmailRestored {
                agency: undo.agency.clone(),
                before: account.email.clone(),
                after: undo.email.clone(),
            };
            if self.write_undo(&account, &undo, token_hash, reset_hash, request_id, now).await? {
                return Ok(Some(restored));
            }
        }
        Err(StoreError::Unavailable("the account changes while a change of its address is undone".into()))
    }

    async fn write_undo(
        &self,
        account: &Account,
        undo: &Undo,
        token_hash: &str,
        reset_hash: &str,
        request_id: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let code = &account.agency;
        let next = SessionVersion(account.session_version.0 + 1);
        let reset = Reset { token_hash: reset_hash.to_owned(), agency: code.clone(), session_version: next };
        let line = NewLine::by_proof(Event::EmailChangeUndone, request_id, now);
        self.changes
            .write(code, line, |transaction, table| {
                transaction.delete(Write::Account, table, undo_key(token_hash), "attribute_exists(pk)");
                transaction.update(
                    Write::Account,
                    table,
                    key(account_pk(code), ACCOUNT),
                    "SET email = :old, session_version = :next REMOVE email_changed_at",
                    "session_version = :seen AND opened_at = :opened",
                    values([
                        (":old", text(undo.email.as_str())),
                        (":next", number(next.0)),
                        (":seen", number(account.session_version.0)),
                        (":opened", text(account.opened_at.to_string())),
                    ]),
                );
                transaction.put(Write::Account, table, reset_item(&reset, now), None);
                Ok(())
            })
            .await
    }
}

/// Which address a mailed link brings back.
struct Undo {
    agency: AgencyCode,
    email: Email,
    /// When the account was opened: to whom it went since then by a proof of the agency, it belongs.
    opened_at: Timestamp,
    ends_at: Timestamp,
}

impl Undo {
    fn item(&self, token_hash: &str) -> Attributes {
        Builder::new(format!("{UNDO}#{token_hash}"), UNDO)
            .text("agency", self.agency.as_str())
            .text("email", self.email.as_str())
            .time("opened_at", self.opened_at)
            .time("ends_at", self.ends_at)
            .expires(self.ends_at + GRACE)
            .build()
    }

    fn read(item: &Attributes) -> Result<Self, StoreError> {
        let read = Reader(item);
        Ok(Self {
            agency: read.parse("agency", |text| text.parse().ok())?,
            email: read.parse("email", |text| text.parse().ok())?,
            opened_at: read.time("opened_at")?,
            ends_at: read.time("ends_at")?,
        })
    }

    fn is_open(&self, account: &Account, now: Timestamp) -> bool {
        stands(self.ends_at, EMAIL_UNDO_LIFE, now) && self.opened_at == account.opened_at
    }
}

fn undo_key(token_hash: &str) -> Attributes {
    key(format!("{UNDO}#{token_hash}"), UNDO)
}
