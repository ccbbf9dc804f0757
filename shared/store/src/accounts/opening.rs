//! Opening an account: a new owner ends every session of the last one, and nothing of it remains.

use aws_sdk_dynamodb::Client;
use jiff::Timestamp;
use palad_domain::account::Account;
use palad_domain::agency::AgencyCode;
use palad_domain::claim::Claim;
use palad_domain::email::Email;
use palad_domain::session::SessionVersion;

use super::changes::Write;
use super::codec::{account_item, device_item, read_account};
use super::devices::NewDevice;
use super::{ACCOUNT, account_pk};
use crate::StoreError;
use crate::item::{Attributes, key, number, text};
use crate::table::{get, values};
use crate::tables::AccountsTable;
use crate::transaction::Transaction;

/// An account that is about to be opened.
pub(super) struct Opening<'a> {
    /// The account as it will be.
    pub(super) account: Account,
    /// Whose it was before, where that is another address.
    pub(super) replaced: Option<Email>,
    seen: Option<&'a Account>,
}

impl<'a> Opening<'a> {
    /// The account that a claim opens in the place of the one that was seen.
    pub(super) fn of(claim: &Claim, seen: Option<&'a Account>, now: Timestamp) -> Self {
        // Opened anew for the same address, it is the same account: what was changed lately can still be undone.
        let same = seen.filter(|seen| seen.email == claim.email);
        let account = Account {
            agency: claim.agency.clone(),
            email: claim.email.clone(),
            password_hash: claim.password_hash.clone(),
            session_version: SessionVersion(seen.map_or(1, |seen| seen.session_version.0 + 1)),
            opened_at: same.map_or(now, |same| same.opened_at),
            email_changed_at: same.and_then(|same| same.email_changed_at),
            // A proof shows whose the agency is; only an office lifts what an office has suspended.
            suspended: seen.and_then(|seen| seen.suspended),
            signed_in_at: None,
        };
        let replaced = seen.map(|seen| &seen.email).filter(|owner| **owner != claim.email).cloned();
        Self { account, replaced, seen }
    }
}

/// Writes the account, if the one that is there is still the one that was seen, and the claiming browser as its
/// first device. The session version is raised, so that other devices are forgotten.
pub(super) fn open_account(
    transaction: &mut Transaction<Write>,
    accounts: &str,
    opening: &Opening<'_>,
    claim: &Claim,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Opening { account, seen, .. } = opening;
    let unchanged = match seen {
        None => ("attribute_not_exists(pk)", Attributes::new()),
        Some(seen) => (
            "session_version = :seen AND email = :owner",
            values([(":seen", number(seen.session_version.0)), (":owner", text(seen.email.as_str()))]),
        ),
    };
    transaction.put(Write::Account, accounts, account_item(account), Some(unchanged));
    let device = NewDevice { hash: &claim.device_hash, name: &claim.device_name };
    let device = device.known(account.session_version, now);
    transaction.put(Write::Account, accounts, device_item(&claim.agency, &device)?, None);
    Ok(())
}

pub(super) async fn find_account(
    client: &Client,
    accounts: &AccountsTable,
    code: &AgencyCode,
) -> Result<Option<Account>, StoreError> {
    let item = get(client, accounts.name(), key(account_pk(code), ACCOUNT)).await?;
    item.as_ref().map(read_account).transpose()
}
