//! Registrations on their way to an account.

use aws_sdk_dynamodb::Client;
use jiff::Timestamp;
use palad_domain::account::Account;
use palad_domain::agency::AgencyCode;
use palad_domain::claim::{CLAIM_LIFE, Claim, ClaimId, ClaimState};
use palad_environment::{Variables, VariablesError};

use super::code_tries::take_try;
use super::codec::{claim_item, claim_pk, read_claim, state_text};
use super::opening::{find_account, open_account};
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{key, text};
use crate::table::{get, put, put_if, values};
use crate::tables::AccountsTable;

/// The claims, for registration and for those who approve.
#[derive(Clone)]
pub struct Claims {
    client: Client,
    accounts: AccountsTable,
}

impl Claims {
    /// Needs `ACCOUNTS_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), accounts: AccountsTable::from_environment(variables)? })
    }

    /// Begins a claim. Any number may stand for one agency.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn begin(&self, claim: &Claim) -> Result<(), StoreError> {
        put(&self.client, self.accounts.name(), claim_item(claim)?).await
    }

    /// The claim with this key.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn find(&self, id: &ClaimId) -> Result<Option<Claim>, StoreError> {
        let item = get(&self.client, self.accounts.name(), key(claim_pk(id), "CLAIM")).await?;
        item.as_ref().map(read_claim).transpose()
    }

    /// Takes one try at a claim's code; none where there is no try to take.
    ///
    /// # Errors
    /// When the store fails; then the try may be lost.
    pub async fn take_try(&self, id: &ClaimId, now: Timestamp) -> Result<Option<Claim>, StoreError> {
        let item = take_try(&self.client, self.accounts.name(), key(claim_pk(id), "CLAIM"), now).await?;
        item.as_ref().map(read_claim).transpose()
    }

    /// Notes that the address is proved and that the claim waits for approval, unless it went on meanwhile.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn await_approval(&self, claim: Claim, now: Timestamp) -> Result<(), StoreError> {
        let seen = values([(":seen", text(state_text(claim.state)?))]);
        let claim = Claim { state: ClaimState::AwaitingApproval, expires_at: now + CLAIM_LIFE, ..claim };
        put_if(&self.client, self.accounts.name(), claim_item(&claim)?, "claim_state = :seen", seen).await?;
        Ok(())
    }

    /// The account of an agency, to judge a claim by.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn account(&self, code: &AgencyCode) -> Result<Option<Account>, StoreError> {
        find_account(&self.client, &self.accounts, code).await
    }

    /// Makes the claim the agency's account, if the account is still as `seen` and the claim still in
    /// its state. None where another proof came first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn open_account(
        &self,
        claim: &Claim,
        seen: Option<&Account>,
        now: Timestamp,
    ) -> Result<Option<Account>, StoreError> {
        open_account(&self.client, &self.accounts, claim, seen, now).await
    }
}
