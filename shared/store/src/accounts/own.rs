//! An agency's own account, as its page shows it.

use jiff::Timestamp;
use palad_domain::account::Account;
use palad_domain::audit::Event;
use palad_domain::policy::{CanManageAccount, CanReadAccount};
use palad_domain::session::SessionVersion;
use palad_environment::{Variables, VariablesError};

use super::changes::{Changes, Write};
use super::codec::{DEVICE, read_account, read_device};
use super::devices::KnownDevice;
use super::pending::{Kind, Pending};
use super::{ACCOUNT, account_pk};
use crate::StoreError;
use crate::audit::NewLine;
use crate::aws::Aws;
use crate::item::{Reader, key, number, text};
use crate::table::{query_all, values};
use crate::tables::SK;

/// The accounts, each for its owner.
#[derive(Clone)]
pub struct OwnAccount {
    changes: Changes,
}

/// An account and what hangs on it.
#[derive(Clone, Debug)]
pub struct OwnAccountView {
    /// The account.
    pub account: Account,
    /// The devices that it knows, those used last first.
    pub devices: Vec<KnownDevice>,
    /// The change of its address that was begun.
    pub email_change: Option<Pending>,
    /// The hand-over that was begun.
    pub hand_over: Option<Pending>,
}

impl OwnAccount {
    /// Needs `ACCOUNTS_TABLE` and `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { changes: Changes::from_environment(aws, variables)? })
    }

    /// The account with its devices and what was begun.
    ///
    /// # Errors
    /// `SessionRevoked`, and the store's own.
    pub async fn view(&self, leave: &CanReadAccount, now: Timestamp) -> Result<OwnAccountView, StoreError> {
        let Changes { client, accounts, .. } = &self.changes;
        let query = client
            .query()
            .table_name(accounts.name())
            .key_condition_expression("pk = :pk")
            .set_expression_attribute_values(Some(values([(":pk", text(account_pk(leave.agency())))])))
            .consistent_read(true);
        let (mut account, mut devices) = (None, Vec::new());
        let (mut email_change, mut hand_over) = (None, None);
        for item in query_all(query).await? {
            let sk = Reader(&item).text(SK)?;
            if sk == ACCOUNT {
                account = Some(read_account(&item)?);
            } else if sk.starts_with(DEVICE) {
                devices.push(read_device(&item)?);
            } else if sk == Kind::EmailChange.sk() {
                email_change = Some(Pending::read(&item)?);
            } else if sk == Kind::HandOver.sk() {
                hand_over = Some(Pending::read(&item)?);
            }
        }
        let account = account.filter(|account: &Account| account.session_version == leave.session_version());
        let account = account.ok_or(StoreError::SessionRevoked)?;
        devices.retain(|device| device.is_known(&account, now));
        devices.sort_by_key(|device| std::cmp::Reverse(device.seen_at));
        Ok(OwnAccountView {
            devices,
            email_change: email_change.filter(|pending| pending.is_open(Kind::EmailChange, &account, now)),
            hand_over: hand_over.filter(|pending| pending.is_open(Kind::HandOver, &account, now)),
            account,
        })
    }

    /// Ends every session, this one too, and forgets every device.
    ///
    /// # Errors
    /// `SessionRevoked`, and the store's own.
    pub async fn sign_out_everywhere(
        &self,
        leave: &CanManageAccount,
        request_id: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let code = leave.agency();
        let seen = leave.session_version();
        let line = NewLine::by(leave, Event::SignedOutEverywhere, request_id, now);
        self.changes
            .write(code, line, |transaction, table| {
                transaction.update(
                    Write::Session,
                    table,
                    key(account_pk(code), ACCOUNT),
                    "SET session_version = :next",
                    "session_version = :seen",
                    values([(":next", number(SessionVersion(seen.0 + 1).0)), (":seen", number(seen.0))]),
                );
                Ok(())
            })
            .await?;
        Ok(())
    }
}
