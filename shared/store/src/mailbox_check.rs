//! The check of a link's mailbox inside a write: one that the agency has given up a moment ago changes nothing, and
//! neither does any once the account is suspended.

use palad_domain::agency::AgencyCode;
use palad_domain::round::link::Mailbox;

use crate::accounts::{ACCOUNT, account_pk};
use crate::item::{Attributes, key, text};
use crate::registry::{AGENCY, agency_pk};
use crate::table::values;
use crate::tables::{AccountsTable, RegistryTable};
use crate::transaction::Transaction;

/// That the agency's item says the mailbox of a link on the official list.
pub(crate) const IS_OFFICIAL: &str = "official_email = :email";

/// Adds the condition that the agency still has this mailbox.
pub(crate) fn check_mailbox<L: Copy>(
    transaction: &mut Transaction<L>,
    label: L,
    (accounts, registry): (&AccountsTable, &RegistryTable),
    agency: &AgencyCode,
    mailbox: &Mailbox,
) {
    check_account(transaction, label, accounts, agency, mailbox);
    if let Mailbox::Official(email) = mailbox {
        let key = key(agency_pk(agency), AGENCY);
        let email = values([(":email", text(email.as_str()))]);
        transaction.check(label, registry.name(), key, IS_OFFICIAL, email);
    }
}

/// The same as far as the account goes, for a write that has the agency's own item in it.
pub(crate) fn check_account<L: Copy>(
    transaction: &mut Transaction<L>,
    label: L,
    accounts: &AccountsTable,
    agency: &AgencyCode,
    mailbox: &Mailbox,
) {
    let (condition, values) = match mailbox {
        Mailbox::Account(email) => (
            "email = :email AND attribute_not_exists(suspended_at)",
            values([(":email", text(email.as_str()))]),
        ),
        Mailbox::Official(_) => ("attribute_not_exists(suspended_at)", Attributes::new()),
    };
    transaction.check(label, accounts.name(), key(account_pk(agency), ACCOUNT), condition, values);
}
