//! The check of the session inside a write: what was revoked a moment ago changes nothing.

use palad_domain::policy::Leave;
use palad_domain::session::Actor;

use crate::accounts::{ACCOUNT, account_pk};
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
    let pk = match leave.actor() {
        Actor::Agency { agency } => account_pk(agency),
        Actor::District { staff, .. } | Actor::Province { staff, .. } | Actor::Central { staff } => {
            format!("STAFF#{staff}")
        }
    };
    let version = values([(":version", number(leave.session_version().0))]);
    transaction.check(label, accounts.name(), key(pk, ACCOUNT), "session_version = :version", version);
}
