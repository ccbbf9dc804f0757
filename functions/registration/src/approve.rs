//! Approving a claim whose address is not the agency's own mailbox.

use palad_domain::agency::Agency;
use palad_domain::claim::{ClaimId, ClaimState};
use palad_domain::mail::{MailOrder, Occasion};
use palad_environment::{Clock, Variables, VariablesError};
use palad_store::{Agencies, Aws, Claims, MailQueue, StoreError};

/// Approving claims, for an operator: it needs no secret that the function has.
pub struct Approvals {
    agencies: Agencies,
    claims: Claims,
    queue: MailQueue,
    clock: Clock,
}

/// Why a claim was not approved.
#[derive(Debug, thiserror::Error)]
pub enum NotApproved {
    /// There is no such claim.
    #[error("there is no such claim")]
    Unknown,
    /// Its address is not proved yet.
    #[error("the code that was mailed has not come back yet")]
    Unproved,
    /// It is the account already.
    #[error("the claim is already approved")]
    Already,
    /// It waited too long.
    #[error("the claim has expired; the agency has to register again")]
    Expired,
    /// Another proof came first.
    #[error("another claim to the same agency was approved at the same moment; look again")]
    Overtaken,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Approvals {
    /// Needs `REGISTRY_TABLE`, `ACCOUNTS_TABLE` and `MAIL_QUEUE_URL`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(variables: &Variables, clock: Clock) -> Result<Self, VariablesError> {
        let aws = Aws::from_environment(variables)?;
        Ok(Self {
            agencies: Agencies::from_environment(&aws, variables)?,
            claims: Claims::from_environment(&aws, variables)?,
            queue: MailQueue::from_environment(&aws, variables)?,
            clock,
        })
    }

    /// Makes a proved claim the agency's account; an earlier owner's sessions end.
    ///
    /// # Errors
    /// Why not.
    pub async fn approve(&self, id: &ClaimId) -> Result<Agency, NotApproved> {
        let now = self.clock.now();
        let claim = self.claims.find(id).await?.ok_or(NotApproved::Unknown)?;
        match claim.state {
            ClaimState::Unproved => return Err(NotApproved::Unproved),
            ClaimState::Active => return Err(NotApproved::Already),
            ClaimState::AwaitingApproval if claim.expires_at <= now => return Err(NotApproved::Expired),
            ClaimState::AwaitingApproval => {}
        }
        let agency = self.agencies.find(&claim.agency).await?.ok_or(NotApproved::Unknown)?;
        let account = self.claims.account(&claim.agency).await?;
        self.claims.open_account(&claim, account.as_ref(), now).await?.ok_or(NotApproved::Overtaken)?;
        let occasion = Occasion::AccountOpened { to: claim.email, agency: agency.view() };
        self.queue.order(&MailOrder { key: format!("OPENED#{}", claim.id.as_str()), occasion }).await?;
        Ok(agency)
    }
}
