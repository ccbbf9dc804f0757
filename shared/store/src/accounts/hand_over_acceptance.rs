//! A successor accepts an account that was handed over.

use jiff::Timestamp;
use palad_domain::account::Account;
use palad_domain::audit::Event;
use palad_domain::email::Email;
use palad_domain::session::SessionVersion;
use palad_environment::{Variables, VariablesError};

use super::changes::{Changes, Write};
use super::codec::device_item;
use super::devices::NewDevice;
use super::pending::{self, Kind, Pending};
use super::{ACCOUNT, account_pk};
use crate::StoreError;
use crate::audit::NewLine;
use crate::aws::Aws;
use crate::item::{key, number, text};
use crate::table::values;

/// The hand-overs, for the successor who accepts.
#[derive(Clone)]
pub struct HandOverAcceptance {
    changes: Changes,
}

/// A hand-over that can be accepted.
#[derive(Clone, Debug)]
pub struct HandOver {
    /// The account as it stands.
    pub account: Account,
    /// To whom it goes.
    pub successor: Email,
    pending: Pending,
}

impl HandOverAcceptance {
    /// Needs `ACCOUNTS_TABLE` and `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { changes: Changes::from_environment(aws, variables)? })
    }

    /// The hand-over under a link's token; none where the link can no longer be used.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn find(&self, token_hash: &str, now: Timestamp) -> Result<Option<HandOver>, StoreError> {
        let Changes { client, accounts, .. } = &self.changes;
        let found = pending::find(client, accounts, Kind::HandOver, token_hash, now).await?;
        Ok(found.map(|(account, pending)| HandOver { account, successor: pending.email.clone(), pending }))
    }

    /// Makes the account the successor's: address and password are theirs, every session has ended and every device
    /// is forgotten but this one. Answers whether the offer still stood.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn accept(
        &self,
        hand_over: &HandOver,
        password_hash: &str,
        device: NewDevice<'_>,
        request_id: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let HandOver { account, successor, pending } = hand_over;
        let code = &account.agency;
        let next = SessionVersion(pending.session_version.0 + 1);
        let line = NewLine::by_proof(Event::HandedOver, request_id, now);
        self.changes
            .write(code, line, |transaction, table| {
                pending.end(Kind::HandOver, code, transaction, table);
                transaction.update(
                    Write::Account,
                    table,
                    key(account_pk(code), ACCOUNT),
                    "SET email = :after, password_hash = :hash, session_version = :next",
                    "email = :before AND session_version = :seen AND attribute_not_exists(suspended_at)",
                    values([
                        (":after", text(successor.as_str())),
                        (":hash", text(password_hash)),
                        (":next", number(next.0)),
                        (":before", text(pending.before.as_str())),
                        (":seen", number(pending.session_version.0)),
                    ]),
                );
                let device = device_item(code, &device.known(next, now))?;
                transaction.put(Write::Account, table, device, None);
                Ok(())
            })
            .await
    }
}
