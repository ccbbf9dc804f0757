//! What waits for a decision, province by province: an entry comes and goes in the transaction that moves its claim.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use palad_domain::agency::AgencyCode;
use palad_domain::claim::{Claim, ClaimId, ClaimState};
use palad_domain::email::Email;
use palad_domain::policy::CanSeeClaims;
use palad_domain::province::ProvinceCode;

use super::claims::Claims;
use super::codec::GRACE;
use super::{ACCOUNT, account_pk};
use crate::StoreError;
use crate::item::{Attributes, Builder, Reader, key, text};
use crate::table::{get_many, sdk_error, values};
use crate::tables::{PK, SK};

/// Entries in one answer.
const PAGE: i32 = 20;

/// A claim as the office that decides it sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedClaim {
    /// Its key.
    pub id: ClaimId,
    /// The agency that is claimed.
    pub agency: AgencyCode,
    /// The address of who claims it.
    pub email: Email,
    /// How far it has come.
    pub state: ClaimState,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Whether the agency has an account.
    pub has_account: bool,
    /// Who else claims the same agency, as far as one look goes; the oldest first.
    pub others: Vec<OtherClaim>,
}

/// Another claim to the same agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherClaim {
    /// Its key.
    pub id: ClaimId,
    /// The address of who claims it.
    pub email: Email,
    /// How far it has come.
    pub state: ClaimState,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A page of the queue, the oldest claim first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimsPage {
    /// The claims.
    pub items: Vec<QueuedClaim>,
    /// Where it goes on.
    pub next: Option<String>,
}

impl Claims {
    /// What waits in one province, after `after`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn queue(
        &self,
        leave: &CanSeeClaims,
        after: Option<&str>,
        now: Timestamp,
    ) -> Result<ClaimsPage, StoreError> {
        let pk = queue_pk(leave.province());
        let mut start = after.map(|sk| key(&pk, sk));
        let mut items = Vec::new();
        // What has expired and is not yet forgotten is passed over, so that a page may have to be read twice.
        while items.is_empty() {
            let output = self
                .changes
                .client
                .query()
                .table_name(self.changes.accounts.name())
                .key_condition_expression("pk = :pk")
                .set_expression_attribute_values(Some(values([(":pk", text(&pk))])))
                .consistent_read(true)
                .limit(PAGE)
                .set_exclusive_start_key(start)
                .send()
                .await
                .map_err(|error| sdk_error("Query", error))?;
            for item in output.items() {
                items.extend(Some(read_entry(item)?).filter(|claim| claim.expires_at > now));
            }
            start = output.last_evaluated_key;
            if start.is_none() {
                break;
            }
        }
        if !items.is_empty() {
            let (owned, claimed) = tokio::try_join!(self.owned(&items), self.claimed(&pk, now))?;
            for item in &mut items {
                item.has_account = owned.contains(&item.agency);
                let all = claimed.get(&item.agency).into_iter().flatten();
                item.others = all.filter(|other| other.id != item.id).cloned().collect();
            }
        }
        Ok(ClaimsPage { items, next: start.as_ref().map(|start| Reader(start).text(SK)).transpose()? })
    }

    /// Which of these agencies have an account.
    async fn owned(&self, items: &[QueuedClaim]) -> Result<BTreeSet<AgencyCode>, StoreError> {
        let agencies: BTreeSet<&AgencyCode> = items.iter().map(|item| &item.agency).collect();
        let keys = agencies.into_iter().map(|code| key(account_pk(code), ACCOUNT)).collect();
        let accounts = get_many(&self.changes.client, self.changes.accounts.name(), keys).await?;
        accounts
            .iter()
            .map(|item| Reader(item).parse(PK, |pk| pk.strip_prefix("ACCOUNT#")?.parse().ok()))
            .collect()
    }

    /// Who claims each agency of the province, in one look: a megabyte, some thousands of claims.
    async fn claimed(
        &self,
        pk: &str,
        now: Timestamp,
    ) -> Result<BTreeMap<AgencyCode, Vec<OtherClaim>>, StoreError> {
        let output = self
            .changes
            .client
            .query()
            .table_name(self.changes.accounts.name())
            .key_condition_expression("pk = :pk")
            .set_expression_attribute_values(Some(values([(":pk", text(pk))])))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| sdk_error("Query", error))?;
        let mut claimed: BTreeMap<AgencyCode, Vec<OtherClaim>> = BTreeMap::new();
        for item in output.items() {
            let QueuedClaim { id, agency, email, state, created_at, expires_at, .. } = read_entry(item)?;
            if expires_at > now {
                let all = claimed.entry(agency).or_default();
                all.push(OtherClaim { id, email, state, created_at });
            }
        }
        Ok(claimed)
    }
}

fn queue_pk(province: ProvinceCode) -> String {
    format!("CLAIMS#{}", province.as_str())
}

/// Times of one length, so that text order is time order.
fn queue_sk(claim: &Claim) -> String {
    format!("{:.3}#{}", claim.created_at, claim.id.as_str())
}

pub(super) fn queue_key(claim: &Claim) -> Attributes {
    key(queue_pk(claim.province), queue_sk(claim))
}

pub(super) fn queue_item(claim: &Claim) -> Result<Attributes, StoreError> {
    Ok(Builder::new(queue_pk(claim.province), queue_sk(claim))
        .text("claim", claim.id.as_str())
        .text("agency", claim.agency.as_str())
        .text("email", claim.email.as_str())
        .json("claim_state", &claim.state)?
        .time("created_at", claim.created_at)
        .time("ends_at", claim.expires_at)
        .expires(claim.expires_at + GRACE)
        .build())
}

fn read_entry(item: &Attributes) -> Result<QueuedClaim, StoreError> {
    let read = Reader(item);
    Ok(QueuedClaim {
        id: read.parse("claim", ClaimId::parse)?,
        agency: read.parse("agency", |text| text.parse().ok())?,
        email: read.parse("email", |text| text.parse().ok())?,
        state: read.json("claim_state")?,
        created_at: read.time("created_at")?,
        expires_at: read.time("ends_at")?,
        has_account: false,
        others: Vec::new(),
    })
}
