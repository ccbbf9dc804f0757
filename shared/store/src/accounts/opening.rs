//! Opening an account: the first proof wins, and a new owner ends every session of the last one.

use aws_sdk_dynamodb::Client;
use jiff::Timestamp;
use palad_domain::account::Account;
use palad_domain::claim::{Claim, ClaimState};
use palad_domain::guessing::DeviceTries;
use palad_domain::session::SessionVersion;

use super::codec::{account_item, claim_pk, device_item, read_account, state_text};
use super::{ACCOUNT, account_pk};
use crate::StoreError;
use crate::item::{Attributes, key, number, text};
use crate::table::{get, values};
use crate::tables::AccountsTable;
use crate::transaction::{Outcome, Transaction};

/// Makes the claim the agency's account, with the claiming browser as its first device.
///
/// `seen` is the account that the decision was made upon; if another proof came first, nothing
/// happens and the answer is none.
pub(super) async fn open_account(
    client: &Client,
    accounts: &AccountsTable,
    claim: &Claim,
    seen: Option<&Account>,
    now: Timestamp,
) -> Result<Option<Account>, StoreError> {
    let account = Account {
        agency: claim.agency.clone(),
        email: claim.email.clone(),
        password_hash: claim.password_hash.clone(),
        session_version: SessionVersion(seen.map_or(1, |seen| seen.session_version.0 + 1)),
        opened_at: now,
    };
    let mut transaction = Transaction::new();
    transaction.update(
        (),
        accounts.name(),
        key(claim_pk(&claim.id), "CLAIM"),
        "SET claim_state = :active",
        "claim_state = :seen",
        values([
            (":active", text(state_text(ClaimState::Active)?)),
            (":seen", text(state_text(claim.state)?)),
        ]),
    );
    let unchanged = match seen {
        None => ("attribute_not_exists(pk)", Attributes::new()),
        Some(seen) => ("session_version = :seen", values([(":seen", number(seen.session_version.0))])),
    };
    transaction.put((), accounts.name(), account_item(&account), Some(unchanged));
    let tries = DeviceTries::default();
    let device = device_item(&claim.agency, &claim.device_hash, account.session_version, tries, now)?;
    transaction.put((), accounts.name(), device, None);
    Ok(match transaction.run(client).await? {
        Outcome::Done => Some(account),
        Outcome::Refused(..) => None,
    })
}

pub(super) async fn find_account(
    client: &Client,
    accounts: &AccountsTable,
    code: &palad_domain::agency::AgencyCode,
) -> Result<Option<Account>, StoreError> {
    let item = get(client, accounts.name(), key(account_pk(code), ACCOUNT)).await?;
    item.as_ref().map(read_account).transpose()
}
