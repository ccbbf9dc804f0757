//! Looking after staff: who there is, suspending and lifting it.

use jiff::Timestamp;
use palad_domain::audit::{Chain, Event};
use palad_domain::policy::CanManageStaff;
use palad_domain::staff::{StaffAccount, StaffId};
use palad_environment::{Variables, VariablesError};

use super::account_key;
use super::changes::{account, line_of};
use super::codec::list_pk;
use super::list::accounts_at;
use crate::StoreError;
use crate::accounts::changes::{Changes, Write};
use crate::audit::NewLine;
use crate::aws::Aws;
use crate::item::{Attributes, number, text};
use crate::session_check::check_staff_session;
use crate::table::values;
use crate::transaction::Transaction;

/// Staff accounts, for staff who may manage them.
#[derive(Clone)]
pub struct StaffDesk {
    changes: Changes,
}

impl StaffDesk {
    /// Needs `ACCOUNTS_TABLE` and `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { changes: Changes::from_environment(aws, variables)? })
    }

    /// The account with this key.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn find(&self, id: &StaffId) -> Result<Option<StaffAccount>, StoreError> {
        account(&self.changes, id).await
    }

    /// The staff of the place that the leave is for, a province's districts with it, by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn list(&self, leave: &CanManageStaff) -> Result<Vec<StaffAccount>, StoreError> {
        let mut staff =
            accounts_at(&self.changes.client, &self.changes.accounts, &list_pk(leave.place())).await?;
        staff.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.email.cmp(&b.email)));
        Ok(staff)
    }

    /// Suspends an account: its sessions end and it cannot sign in. Answers whether it did; not where the
    /// account has changed since it was read.
    ///
    /// Whoever suspends has a session that stands when this is written, and suspending ends one's own. So of
    /// two officers who suspend each other at once one remains, and there is always an officer of the centre
    /// left, for only the centre suspends its own.
    ///
    /// # Errors
    /// `SessionRevoked` when the caller's session was; otherwise when the store fails.
    pub async fn suspend(
        &self,
        leave: &CanManageStaff,
        account: &StaffAccount,
        request_id: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let line = line_of(leave, Event::StaffSuspended, &account.id, request_id, now);
        let changed = values([
            (":now", text(now.to_string())),
            (":next", number(account.session_version.0 + 1)),
            (":seen", number(account.session_version.0)),
        ]);
        let change = ("SET suspended_at = :now, session_version = :next", "session_version = :seen");
        self.change(leave, account, line, change, changed).await
    }

    /// Lets an account sign in again. Answers whether it did.
    ///
    /// # Errors
    /// `SessionRevoked` when the caller's session was; otherwise when the store fails.
    pub async fn lift_suspension(
        &self,
        leave: &CanManageStaff,
        account: &StaffAccount,
        request_id: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let line = line_of(leave, Event::StaffUnsuspended, &account.id, request_id, now);
        let seen = values([(":seen", number(account.session_version.0))]);
        self.change(leave, account, line, ("REMOVE suspended_at", "session_version = :seen"), seen).await
    }

    async fn change(
        &self,
        leave: &CanManageStaff,
        account: &StaffAccount,
        line: (Chain, NewLine<'_>),
        (change, condition): (&str, &str),
        values: Attributes,
    ) -> Result<bool, StoreError> {
        if *leave.place() != account.place {
            return Err(StoreError::Failed("leave for another place than the account's".into()));
        }
        let build = |transaction: &mut Transaction<Write>, accounts: &str| {
            check_staff_session(transaction, Write::Session, &self.changes.accounts, leave);
            let key = account_key(&account.id);
            transaction.update(Write::Account, accounts, key, change, condition, values.clone());
            Ok(())
        };
        self.changes.write_lines(&[line], build).await
    }
}
