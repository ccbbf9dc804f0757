//! Registrations on their way to an account.

use jiff::Timestamp;
use palad_domain::account::Account;
use palad_domain::agency::AgencyCode;
use palad_domain::claim::{Claim, ClaimId};
use palad_environment::{Variables, VariablesError};

use super::changes::Changes;
use super::code_tries::{take_try, whose};
use super::codec::{claim_item, claim_pk, read_claim};
use super::opening::find_account;
use crate::StoreError;
use crate::aws::Aws;
use crate::item::key;
use crate::table::{get, put};

/// The claims, for registration and for those who decide. How they are moved on stands in `claim_moves.rs`.
#[derive(Clone)]
pub struct Claims {
    pub(super) changes: Changes,
}

impl Claims {
    /// Needs `ACCOUNTS_TABLE` and `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { changes: Changes::from_environment(aws, variables)? })
    }

    /// Begins a claim. Any number may stand for one agency.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn begin(&self, claim: &Claim) -> Result<(), StoreError> {
        put(&self.changes.client, self.changes.accounts.name(), claim_item(claim)?).await
    }

    /// The claim with this key.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn find(&self, id: &ClaimId) -> Result<Option<Claim>, StoreError> {
        let item =
            get(&self.changes.client, self.changes.accounts.name(), key(claim_pk(id), "CLAIM")).await?;
        item.as_ref().map(read_claim).transpose()
    }

    /// Takes one try at proving a claim; none where there is no try to take.
    ///
    /// # Errors
    /// When the store fails; then the try may be lost.
    pub async fn take_try(&self, id: &ClaimId, now: Timestamp) -> Result<Option<Claim>, StoreError> {
        let item =
            take_try(&self.changes.client, self.changes.accounts.name(), key(claim_pk(id), "CLAIM"), now)
                .await?;
        item.as_ref().map(read_claim).transpose()
    }

    /// Whose claim it is that no try can be taken at.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn whose(&self, id: &ClaimId) -> Result<Option<AgencyCode>, StoreError> {
        whose(&self.changes.client, self.changes.accounts.name(), key(claim_pk(id), "CLAIM")).await
    }

    /// The account of an agency, to judge a claim by.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn account(&self, code: &AgencyCode) -> Result<Option<Account>, StoreError> {
        find_account(&self.changes.client, &self.changes.accounts, code).await
    }
}
