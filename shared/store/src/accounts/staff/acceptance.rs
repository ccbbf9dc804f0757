//! Accepting an invitation: the account is there, or there anew, and the invitation is not.

use jiff::Timestamp;
use palad_domain::audit::{Chain, Event};
use palad_domain::life::stands;
use palad_domain::policy::manages;
use palad_domain::staff::{INVITATION_LIFE, Invitation, StaffAccount, StaffId};
use palad_environment::{Variables, VariablesError};

use super::changes::account;
use super::codec::{device_item, invitation_key, json_text, list_key, read_invitation, staff_item};
use super::{account_key, staff_id};
use crate::StoreError;
use crate::accounts::changes::{Changes, Write};
use crate::audit::NewLine;
use crate::aws::Aws;
use crate::item::{Attributes, number, text};
use crate::table::{get, values};
use crate::transaction::Transaction;

/// Invitations, for the function that sets passphrases.
#[derive(Clone)]
pub struct StaffAcceptance {
    changes: Changes,
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
    /// Needs `ACCOUNTS_TABLE` and `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { changes: Changes::from_environment(aws, variables)? })
    }

    /// The invitation with this hash, if it can still be accepted.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn find(&self, token_hash: &str, now: Timestamp) -> Result<Option<Invited>, StoreError> {
        let item =
            get(&self.changes.client, self.changes.accounts.name(), invitation_key(token_hash)).await?;
        let Some(invitation) = item.as_ref().map(read_invitation).transpose()? else { return Ok(None) };
        if !stands(invitation.expires_at, INVITATION_LIFE, now) {
            return Ok(None);
        }
        let id = staff_id(&invitation.email)?;
        let previous = account(&self.changes, &id).await?;
        if previous.as_ref().map(|account| account.session_version) != invitation.replaces {
            return Ok(None);
        }
        let inviter = match &invitation.by {
            None => None,
            Some(by) => match account(&self.changes, by).await? {
                Some(inviter) if may_still_invite(&inviter, &invitation) => Some(inviter),
                _ => return Ok(None),
            },
        };
        Ok(Some(Invited { invitation, id, previous, inviter }))
    }

    /// Writes the account, to which this browser is known from now on, and ends the invitation. Answers whether it did:
    /// nothing that the invitation was judged upon has changed.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn accept(
        &self,
        invited: &Invited,
        account: &StaffAccount,
        device_hash: &str,
        request_id: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let told =
            |event: Event| NewLine { about: Some(&account.id), ..NewLine::by_proof(event, request_id, now) };
        let chain = Chain::of_staff(&account.place);
        let left = invited.previous.as_ref().map(|seen| Chain::of_staff(&seen.place));
        let moved = left.filter(|left| *left != chain).map(|left| (left, told(Event::StaffMoved)));
        let lines: Vec<_> = [(chain, told(Event::StaffAccepted))].into_iter().chain(moved).collect();
        self.changes
            .write_lines(&lines, |transaction, accounts| {
                let device = device_item(&account.id, device_hash, account.session_version, now);
                transaction.put(Write::Account, accounts, device, None);
                replace(transaction, accounts, invited, account)
            })
            .await
    }
}

/// The account takes the place of the invitation, and of the account that it sets up anew.
fn replace(
    transaction: &mut Transaction<Write>,
    accounts: &str,
    invited: &Invited,
    account: &StaffAccount,
) -> Result<(), StoreError> {
    let label = Write::Account;
    transaction.delete(
        label,
        accounts,
        invitation_key(&invited.invitation.token_hash),
        "attribute_exists(pk)",
    );
    let unchanged = match &invited.previous {
        None => ("attribute_not_exists(pk)", Attributes::new()),
        Some(seen) => ("session_version = :seen", values([(":seen", number(seen.session_version.0))])),
    };
    transaction.put(label, accounts, staff_item(account)?, Some(unchanged));
    transaction.put(label, accounts, list_key(&account.place, &account.id), None);
    let last = invited.previous.as_ref().map(|seen| list_key(&seen.place, &seen.id));
    if let Some(last) = last.filter(|last| *last != list_key(&account.place, &account.id)) {
        transaction.delete(label, accounts, last, "attribute_exists(pk)");
    }
    // An officer may set the own account up anew; the account's own condition says the same then.
    if let Some(inviter) = invited.inviter.as_ref().filter(|inviter| inviter.id != account.id) {
        transaction.check(
            label,
            accounts,
            account_key(&inviter.id),
            "place = :place AND attribute_not_exists(suspended_at)",
            values([(":place", text(json_text(&inviter.place)?))]),
        );
    }
    Ok(())
}

fn may_still_invite(inviter: &StaffAccount, invitation: &Invitation) -> bool {
    inviter.suspended_at.is_none() && manages(&inviter.place.actor(&inviter.id), &invitation.place)
}
