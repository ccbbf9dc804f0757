//! The check of the session inside a write: what was revoked a moment ago changes nothing.

use palad_domain::policy::{CanManageStaff, Leave};
use palad_domain::session::{Actor, SessionVersion};

use crate::accounts::{ACCOUNT, account_pk, staff_pk};
use crate::item::{key, number};
use crate::table::values;
use crate::tables::AccountsTable;
use crate::transaction::Transaction;

/// Adds the condition that the account's session version is still the session's.
pub(crate) fn check_session<L: Copy>(
    transaction: &mut Transaction<L>,
    label: L,
    accounts: &AccountsTable,
    leave: &Leave,
) {
    check_version(transaction, label, accounts, leave.actor(), leave.session_version());
}

/// The same for leave to manage staff.
pub(crate) fn check_staff_session<L: Copy>(
    transaction: &mut Transaction<L>,
    label: L,
    accounts: &AccountsTable,
    leave: &CanManageStaff,
) {
    check_version(transaction, label, accounts, leave.actor(), leave.session_version());
}

/// The same for whoever was given leave.
pub(crate) fn check_version<L: Copy>(
    transaction: &mut Transaction<L>,
    label: L,
    accounts: &AccountsTable,
    actor: &Actor,
    version: SessionVersion,
) {
    let pk = match actor {
        Actor::Agency { agency } => account_pk(agency),
        Actor::District { staff, .. } | Actor::Province { staff, .. } | Actor::Central { staff } => {
            staff_pk(staff)
        }
    };
    let version = values([(":version", number(version.0))]);
    transaction.check(label, accounts.name(), key(pk, ACCOUNT), "session_version = :version", version);
}
