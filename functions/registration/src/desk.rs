//! Where claims are judged: by what is proved and what stands there, again whenever something came between.

use jiff::Timestamp;
use palad_api::token_hash;
use palad_domain::agency::Agency;
use palad_domain::audit::Proof;
use palad_domain::claim::{Claim, ClaimState, Standing, Worth, is_official, worth};
use palad_domain::mail::{AccountNotice, MailOrder, Occasion};
use palad_environment::{Random, Variables, VariablesError};
use palad_store::{Agencies, Aws, Claims, Grounds, MailQueue, StoreError, TakeOverLink, TakeOvers};

/// How often a claim is looked at again when something comes between.
pub(crate) const ATTEMPTS: usize = 3;

/// What claims are judged by. It needs no secret, so that an operator has it too.
pub(crate) struct Desk {
    pub(crate) agencies: Agencies,
    pub(crate) claims: Claims,
    pub(crate) take_overs: TakeOvers,
    pub(crate) queue: MailQueue,
    random: Random,
}

impl Desk {
    /// Needs what its stores and the mail queue need.
    pub(crate) fn on(aws: Aws, variables: &Variables, random: Random) -> Result<Self, VariablesError> {
        Ok(Self {
            agencies: Agencies::from_environment(&aws, variables)?,
            claims: Claims::from_environment(&aws, variables)?,
            take_overs: TakeOvers::from_environment(&aws, variables)?,
            queue: MailQueue::from_environment(&aws, variables)?,
            random,
        })
    }

    /// Makes what it may of a claim, tells who is to be told, and answers the claim as it then is. Where another
    /// proof comes between, looks again: the same one sent twice is no offence, and another one's account changes
    /// what this one is worth. None where things come between again and again.
    pub(crate) async fn settle(
        &self,
        mut claim: Claim,
        agency: &Agency,
        grounds: Grounds<'_>,
        request_id: &str,
        now: Timestamp,
    ) -> Result<Option<Claim>, StoreError> {
        for _ in 0..ATTEMPTS {
            if is_settled(&claim.state, grounds.proof()) {
                self.tell(&claim, agency).await?;
                return Ok(Some(claim));
            }
            self.judge(&claim, agency, grounds, request_id, now).await?;
            match self.claims.find(&claim.id).await? {
                Some(found) => claim = found,
                None => return Ok(None),
            }
        }
        Ok(None)
    }

    async fn judge(
        &self,
        claim: &Claim,
        agency: &Agency,
        grounds: Grounds<'_>,
        request_id: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let account = self.claims.account(&claim.agency).await?;
        let standing = Standing::of(claim, account.as_ref());
        match (worth(grounds.proof(), is_official(agency, &claim.email), standing), &account) {
            (Worth::NeedsApproval, _) => {
                self.claims.await_approval(claim, now).await?;
            }
            (Worth::OpensAfter(wait), Some(account)) => {
                self.claims.wait(claim, account, grounds, now + wait, request_id, now).await?;
            }
            (Worth::Opens | Worth::OpensAfter(_), _) => {
                self.claims.open(claim, account.as_ref(), grounds, request_id, now).await?;
            }
        }
        Ok(())
    }

    /// Orders the mail that a claim's state calls for. Each is sent once however often it is ordered: so an order
    /// that was lost, because the process was, is given again when the proof is.
    pub(crate) async fn tell(&self, claim: &Claim, agency: &Agency) -> Result<(), StoreError> {
        match &claim.state {
            ClaimState::Active { replaced } => {
                if let Some(owner) = replaced {
                    let occasion = Occasion::AccountTakenOver { to: owner.clone(), agency: agency.view() };
                    self.order("TAKEN-OVER", claim, occasion).await?;
                }
                self.tell_opened(claim, agency).await
            }
            ClaimState::Waiting { from, .. } => self.announce(claim, agency, *from).await,
            ClaimState::Disputed { .. } => {
                let occasion = Occasion::TakeOverDisputed { to: claim.email.clone(), agency: agency.view() };
                self.order("DISPUTED", claim, occasion).await
            }
            ClaimState::Unproved | ClaimState::AwaitingApproval | ClaimState::Refused => Ok(()),
        }
    }

    /// Tells whose the account is now. Where an office has suspended it, it cannot be used before the office says so:
    /// then that is what is told, and whom to call.
    async fn tell_opened(&self, claim: &Claim, agency: &Agency) -> Result<(), StoreError> {
        let (to, agency) = (claim.email.clone(), agency.view());
        let account =
            self.claims.account(&claim.agency).await?.filter(|account| account.email == claim.email);
        match account.and_then(|account| account.suspended) {
            Some(_) => {
                let notice = AccountNotice::OpenedSuspended;
                self.order("OPENED-SUSPENDED", claim, Occasion::AccountNotice { to, agency, notice }).await
            }
            None => self.order("OPENED", claim, Occasion::AccountOpened { to, agency }).await,
        }
    }

    /// Tells both sides of a take-over, the present owner first: nobody is given the link that completes it
    /// before the order is out that tells the owner.
    async fn announce(&self, claim: &Claim, agency: &Agency, from: Timestamp) -> Result<(), StoreError> {
        if let Some(account) = self.claims.account(&claim.agency).await? {
            let token = self.link(TakeOverLink::Objection, claim).await?;
            let (to, by) = (account.email, claim.email.hint());
            let occasion = Occasion::TakeOverNotice { to, agency: agency.view(), by, token, from };
            self.order(&format!("TAKE-OVER-NOTICE#{from}"), claim, occasion).await?;
        }
        let token = self.link(TakeOverLink::Completion, claim).await?;
        let (to, agency) = (claim.email.clone(), agency.view());
        let occasion = Occasion::TakeOverBegun { to, agency, token, from };
        self.order(&format!("TAKE-OVER#{from}"), claim, occasion).await
    }

    async fn link(&self, link: TakeOverLink, claim: &Claim) -> Result<String, StoreError> {
        let token = self.random.token();
        self.take_overs.put_link(link, &token_hash(&token), claim).await?;
        Ok(token)
    }

    /// Orders a mail about a claim, sent at most once for each `what`.
    pub(crate) async fn order(
        &self,
        what: &str,
        claim: &Claim,
        occasion: Occasion,
    ) -> Result<(), StoreError> {
        self.queue.order(&MailOrder { key: format!("{what}#{}", claim.id.as_str()), occasion }).await
    }
}

/// Whether a proof has nothing more to bring to a claim in this state.
fn is_settled(state: &ClaimState, proof: Proof) -> bool {
    match (state, proof) {
        (ClaimState::Unproved, _) => false,
        (ClaimState::Active { .. } | ClaimState::Refused, _) => true,
        // The letter opens at once whatever the claim waits for.
        (_, Proof::LetterCode) => false,
        (ClaimState::AwaitingApproval | ClaimState::Disputed { .. }, Proof::Approval) => false,
        (
            ClaimState::AwaitingApproval | ClaimState::Waiting { .. } | ClaimState::Disputed { .. },
            Proof::Mailbox,
        )
        | (ClaimState::Waiting { .. }, Proof::Approval) => true,
    }
}
