//! Accepting an invitation: the account is there, or there anew, and the invitation is not.

use aws_sdk_dynamodb::Client;
use jiff::Timestamp;
use palad_domain::policy::manages;
use palad_domain::staff::{Invitation, StaffAccount, StaffId};
use palad_environment::{Variables, VariablesError};

use super::codec::{invitation_key, json_text, list_key, read_invitation, read_staff, staff_item};
use super::{account_key, staff_id};
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Attributes, number, text};
use crate::table::{get, values};
use crate::tables::AccountsTable;
use crate::transaction::{Outcome, Transaction};

/// Invitations, for the function that sets passphrases.
#[derive(Clone)]
pub struct StaffAcceptance {
    client: Client,
    accounts: AccountsTable,
}

/// An invitation that can be accepted, and what it was judged upon.
#[derive(Clone, Debug)]
pub struct Invited {
    /// The invitation.
    pub invitation: Invitation,
    /// The key that the account has or will have.
    pub id: StaffId,
    /// The account that is set up anew, if the address has one.
    pub previous: Option<StaffAccount>,
    inviter: Option<StaffAccount>,
}

impl StaffAcceptance {
    /// Needs `ACCOUNTS_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), accounts: AccountsTable::from_environment(variables)? })
    }

    /// The invitation with this hash, if it can still be accepted.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn find(&self, token_hash: &str, now: Timestamp) -> Result<Option<Invited>, StoreError> {
        let item = get(&self.client, self.accounts.name(), invitation_key(token_hash)).await?;
        let Some(invitation) = item.as_ref().map(read_invitation).transpose()? else { return Ok(None) };
        if invitation.expires_at <= now {
            return Ok(None);
        }
        let id = staff_id(&invitation.email)?;
        let previous = self.account(&id).await?;
        if previous.as_ref().map(|account| account.session_version) != invitation.replaces {
            return Ok(None);
        }
        let inviter = match &invitation.by {
            None => None,
            Some(by) => match self.account(by).await? {
                Some(inviter) if may_still_invite(&inviter, &invitation) => Some(inviter),
                _ => return Ok(None),
            },
        };
        Ok(Some(Invited { invitation, id, previous, inviter }))
    }

    /// Writes the account and ends the invitation. Answers whether it did: nothing that the invitation was
    /// judged upon has changed.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn accept(&self, invited: &Invited, account: &StaffAccount) -> Result<bool, StoreError> {
        let accounts = self.accounts.name();
        let mut transaction = Transaction::new();
        transaction.delete(
            (),
            accounts,
            invitation_key(&invited.invitation.token_hash),
            "attribute_exists(pk)",
        );
        let unchanged = match &invited.previous {
            None => ("attribute_not_exists(pk)", Attributes::new()),
            Some(seen) => ("session_version = :seen", values([(":seen", number(seen.session_version.0))])),
        };
        transaction.put((), accounts, staff_item(account)?, Some(unchanged));
        transaction.put((), accounts, list_key(&account.place, &account.id), None);
        let last = invited.previous.as_ref().map(|seen| list_key(&seen.place, &seen.id));
        if let Some(last) = last.filter(|last| *last != list_key(&account.place, &account.id)) {
            transaction.delete((), accounts, last, "attribute_exists(pk)");
        }
        // An officer may set the own account up anew; the account's own condition says the same then.
        if let Some(inviter) = invited.inviter.as_ref().filter(|inviter| inviter.id != account.id) {
            transaction.check(
                (),
                accounts,
                account_key(&inviter.id),
                "place = :place AND attribute_not_exists(suspended_at)",
                values([(":place", text(json_text(&inviter.place)?))]),
            );
        }
        Ok(matches!(transaction.run(&self.client).await?, Outcome::Done))
    }

    async fn account(&self, id: &StaffId) -> Result<Option<StaffAccount>, StoreError> {
        let item = get(&self.client, self.accounts.name(), account_key(id)).await?;
        item.as_ref().map(read_staff).transpose()
    }
}

fn may_still_invite(inviter: &StaffAccount, invitation: &Invitation) -> bool {
    inviter.suspended_at.is_none() && manages(&inviter.place.actor(&inviter.id), &invitation.place)
}
