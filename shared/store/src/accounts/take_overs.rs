//! Accounts that are about to be taken over: the two links that are mailed, what stands beside the account, and the
//! owner's objection.

use jiff::Timestamp;
use palad_domain::agency::AgencyCode;
use palad_domain::audit::Event;
use palad_domain::claim::{CLAIM_LIFE, Claim, ClaimId, ClaimState};
use palad_domain::email::Email;
use palad_domain::policy::CanManageAccount;
use palad_environment::{Variables, VariablesError};

use super::account_pk;
use super::changes::{Changes, Write};
use super::claim_moves::move_claim;
use super::codec::{GRACE, claim_pk, read_claim};
use crate::StoreError;
use crate::audit::NewLine;
use crate::aws::Aws;
use crate::item::{Attributes, Builder, Reader, key, text};
use crate::session_check::check_session;
use crate::table::{get, put, query_all, values};
use crate::transaction::Transaction;

/// What stands beside an account begins with this.
const NOTE: &str = "TAKEOVER#";

/// The take-overs that wait, for registration and for the owner's account page.
#[derive(Clone)]
pub struct TakeOvers {
    changes: Changes,
}

/// A take-over that waits, as the owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingTakeOver {
    /// The claim.
    pub claim: ClaimId,
    /// The address of who claims the agency.
    pub email: Email,
    /// From when on it can be completed.
    pub from: Timestamp,
}

/// Which of the two links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakeOverLink {
    /// The new owner's, to complete it.
    Completion,
    /// The present owner's, to object.
    Objection,
}

impl TakeOvers {
    /// Needs `ACCOUNTS_TABLE` and `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { changes: Changes::from_environment(aws, variables)? })
    }

    /// Stores a link of a claim under the hash of its token. A claim may have several: each works as long as the
    /// claim waits.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn put_link(
        &self,
        link: TakeOverLink,
        token_hash: &str,
        claim: &Claim,
    ) -> Result<(), StoreError> {
        let (pk, sk) = link_key(link, token_hash);
        let item =
            Builder::new(pk, sk).text("claim", claim.id.as_str()).expires(claim.expires_at + GRACE).build();
        put(&self.changes.client, self.changes.accounts.name(), item).await
    }

    /// The claim that a link is for. In which state it is, and whether it has expired, is for the caller to see.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn find(&self, link: TakeOverLink, token_hash: &str) -> Result<Option<Claim>, StoreError> {
        let (pk, sk) = link_key(link, token_hash);
        let Some(item) = get(&self.changes.client, self.changes.accounts.name(), key(pk, sk)).await? else {
            return Ok(None);
        };
        self.claim(&Reader(&item).parse("claim", ClaimId::parse)?).await
    }

    /// The take-overs of an account that wait, the earliest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn waiting(
        &self,
        code: &AgencyCode,
        now: Timestamp,
    ) -> Result<Vec<WaitingTakeOver>, StoreError> {
        let query = self
            .changes
            .client
            .query()
            .table_name(self.changes.accounts.name())
            .key_condition_expression("pk = :pk AND begins_with(sk, :note)")
            .set_expression_attribute_values(Some(values([
                (":pk", text(account_pk(code))),
                (":note", text(NOTE)),
            ])))
            .consistent_read(true);
        let mut waiting = Vec::new();
        for item in query_all(query).await? {
            let read = Reader(&item);
            if read.time("ends_at")? > now {
                waiting.push(WaitingTakeOver {
                    claim: read.parse("claim", ClaimId::parse)?,
                    email: read.parse("email", |text| text.parse().ok())?,
                    from: read.time("from")?,
                });
            }
        }
        waiting.sort_by_key(|waiting| waiting.from);
        Ok(waiting)
    }

    /// The owner objects by the mailed link: the claim goes to the province. Answers whether it did: not where the
    /// claim does not wait any more.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn object(&self, claim: &Claim, request_id: &str, now: Timestamp) -> Result<bool, StoreError> {
        self.dispute(claim, None, request_id, now).await
    }

    /// The owner objects while signed in, to everything that waits. Answers the claims that this was about.
    ///
    /// # Errors
    /// `SessionRevoked`; and when the store fails.
    pub async fn object_to_all(
        &self,
        leave: &CanManageAccount,
        request_id: &str,
        now: Timestamp,
    ) -> Result<Vec<Claim>, StoreError> {
        let mut disputed = Vec::new();
        for waiting in self.waiting(leave.agency(), now).await? {
            if let Some(claim) = self.claim(&waiting.claim).await?
                && self.dispute(&claim, Some(leave), request_id, now).await?
            {
                disputed.push(claim);
            }
        }
        Ok(disputed)
    }

    async fn claim(&self, id: &ClaimId) -> Result<Option<Claim>, StoreError> {
        let item =
            get(&self.changes.client, self.changes.accounts.name(), key(claim_pk(id), "CLAIM")).await?;
        item.as_ref().map(read_claim).transpose()
    }

    async fn dispute(
        &self,
        claim: &Claim,
        leave: Option<&CanManageAccount>,
        request_id: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let ClaimState::Waiting { against, .. } = claim.state else { return Ok(false) };
        let state = ClaimState::Disputed { against };
        let after = Claim { state, expires_at: now + CLAIM_LIFE, ..claim.clone() };
        let event = Event::TakeOverObjected;
        let line = match leave {
            Some(leave) => NewLine::by(leave, event, request_id, now),
            None => NewLine::by_proof(event, request_id, now),
        };
        let build = |transaction: &mut Transaction<Write>, accounts: &str| {
            move_claim(transaction, accounts, claim, &after)?;
            if let Some(leave) = leave {
                check_session(transaction, Write::Session, &self.changes.accounts, leave);
            }
            Ok(())
        };
        self.changes.write(&claim.agency, line, build).await
    }
}

fn link_key(link: TakeOverLink, token_hash: &str) -> (String, &'static str) {
    match link {
        TakeOverLink::Completion => (format!("TAKEOVER#{token_hash}"), "TAKEOVER"),
        TakeOverLink::Objection => (format!("OBJECTION#{token_hash}"), "OBJECTION"),
    }
}

pub(super) fn note_key(claim: &Claim) -> Attributes {
    key(account_pk(&claim.agency), format!("{NOTE}{}", claim.id.as_str()))
}

/// What stands beside the account while the claim waits to take it over.
pub(super) fn note_item(claim: &Claim) -> Option<Attributes> {
    let ClaimState::Waiting { from, .. } = claim.state else { return None };
    let item = Builder::new(account_pk(&claim.agency), format!("{NOTE}{}", claim.id.as_str()))
        .text("claim", claim.id.as_str())
        .text("email", claim.email.as_str())
        .time("from", from)
        .time("ends_at", claim.expires_at)
        .expires(claim.expires_at + GRACE);
    Some(item.build())
}
