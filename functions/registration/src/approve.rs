//! Approving a claim from the command line.

use jiff::Timestamp;
use palad_domain::agency::Agency;
use palad_domain::claim::{CLAIM_LIFE, ClaimId, ClaimState};
use palad_domain::life;
use palad_environment::{Clock, Random, Variables, VariablesError};
use palad_store::{Aws, Grounds, StoreError};

use crate::desk::Desk;

/// What the audit names as the request of something done from the command line.
const COMMAND: &str = "command-line";

/// Approving claims, for an operator: it needs no secret that the function has.
pub struct Approvals {
    desk: Desk,
    clock: Clock,
}

/// What came of an approval.
#[derive(Debug)]
pub struct Approved {
    /// The agency.
    pub agency: Agency,
    /// From when on its account can be taken over, where it belongs to another address.
    pub waits_until: Option<Timestamp>,
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
    /// An office refused it.
    #[error("the claim was refused; the agency has to register again")]
    Refused,
    /// It waited too long.
    #[error("the claim has expired; the agency has to register again")]
    Expired,
    /// By this machine's clock it was not proved yet.
    #[error("by the clock of this machine the claim is proved in the future: set the clock right first")]
    ClockWentBack,
    /// Another proof came first.
    #[error("another claim to the same agency was decided at the same moment; look again")]
    Overtaken,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Approvals {
    /// Needs `REGISTRY_TABLE`, `ACCOUNTS_TABLE`, `AUDIT_TABLE` and `MAIL_QUEUE_URL`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(variables: &Variables, clock: Clock) -> Result<Self, VariablesError> {
        let aws = Aws::from_environment(variables)?;
        Ok(Self { desk: Desk::on(aws, variables, Random::default())?, clock })
    }

    /// Approves a proved claim: it becomes the account, or waits where another address has the account.
    ///
    /// # Errors
    /// Why not.
    pub async fn approve(&self, id: &ClaimId) -> Result<Approved, NotApproved> {
        let now = self.clock.now();
        let claim = self.desk.claims.find(id).await?.ok_or(NotApproved::Unknown)?;
        match claim.state {
            ClaimState::Unproved => return Err(NotApproved::Unproved),
            ClaimState::Active { .. } => return Err(NotApproved::Already),
            ClaimState::Refused => return Err(NotApproved::Refused),
            _ if claim.expires_at <= now => return Err(NotApproved::Expired),
            // The waiting time of a take-over would end early.
            _ if !life::was_made_by(claim.expires_at, CLAIM_LIFE, now) => {
                return Err(NotApproved::ClockWentBack);
            }
            ClaimState::AwaitingApproval | ClaimState::Waiting { .. } | ClaimState::Disputed { .. } => {}
        }
        let agency = self.desk.agencies.find(&claim.agency).await?.ok_or(NotApproved::Unknown)?;
        let settled = self.desk.settle(claim, &agency, Grounds::Operator, COMMAND, now).await?;
        match settled.map(|claim| claim.state) {
            Some(ClaimState::Active { .. }) => Ok(Approved { agency, waits_until: None }),
            Some(ClaimState::Waiting { from, .. }) => Ok(Approved { agency, waits_until: Some(from) }),
            _ => Err(NotApproved::Overtaken),
        }
    }
}
