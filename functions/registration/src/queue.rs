//! What waits for a decision, for the office that decides it: who claims, which number to call back, who else claims.

use jiff::Timestamp;
use palad_api::{ApiError, Request, Response, page};
use palad_domain::agency::{Agency, AgencyView};
use palad_domain::claim::{ClaimId, ClaimState};
use palad_domain::email::Email;
use palad_domain::policy::CanSeeClaims;
use palad_domain::province::ProvinceCode;
use palad_store::{OtherClaim, QueuedClaim};
use serde::{Deserialize, Serialize};

use crate::App;

/// How many of those who claim the same agency are named; how many there are is said besides.
const OTHERS_SHOWN: usize = 10;

/// Where the list goes on: in which province, after which claim.
#[derive(Serialize, Deserialize)]
struct Place {
    province: ProvinceCode,
    after: Option<String>,
}

#[derive(Serialize)]
struct View {
    id: ClaimId,
    agency: AgencyView,
    email: Email,
    state: &'static str,
    created_at: Timestamp,
    expires_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Timestamp>,
    telephone: Option<String>,
    has_account: bool,
    /// How many others claim the same agency.
    others: usize,
    /// The first of them.
    other_claims: Vec<OtherView>,
}

/// Who else claims the agency: whom the office may have to call too.
#[derive(Serialize)]
struct OtherView {
    email: Email,
    state: &'static str,
    created_at: Timestamp,
}

#[derive(Serialize)]
struct List {
    items: Vec<View>,
    next: Option<String>,
}

impl App {
    /// The claims of the caller's province, or for the centre of all provinces one after the other, each from the
    /// oldest on.
    pub(crate) async fn list_claims(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let session = request.session(&self.verifier, now)?;
        let wanted = request.query_as::<ProvinceCode>("province")?;
        let place = request.query("cursor").map(|cursor| page::decode::<Place>(&cursor)).transpose()?;
        let mut leaves = CanSeeClaims::all(&session, now);
        leaves.retain(|leave| wanted.is_none_or(|wanted| wanted == leave.province()));
        if leaves.is_empty() {
            return Err(ApiError::forbidden());
        }
        let begin = place.as_ref().map_or(0, |place| {
            leaves.iter().position(|leave| leave.province() == place.province).unwrap_or(leaves.len())
        });
        let mut after = place.and_then(|place| place.after);
        let mut list = List { items: Vec::new(), next: None };
        let mut leaves = leaves.into_iter().skip(begin).peekable();
        while let Some(leave) = leaves.next() {
            let read = self.desk.claims.queue(&leave, after.take().as_deref(), now).await?;
            let next = match read.next {
                Some(after) => Some(Place { province: leave.province(), after: Some(after) }),
                None => leaves.peek().map(|leave| Place { province: leave.province(), after: None }),
            };
            if !read.items.is_empty() {
                list.items = self.views(read.items).await?;
                list.next = next.as_ref().map(page::encode).transpose()?;
                break;
            }
        }
        Ok(Response::ok(&list))
    }

    async fn views(&self, claims: Vec<QueuedClaim>) -> Result<Vec<View>, ApiError> {
        let mut running = tokio::task::JoinSet::new();
        for (place, claim) in claims.into_iter().enumerate() {
            let agencies = self.desk.agencies.clone();
            running.spawn(async move { (place, agencies.find(&claim.agency).await, claim) });
        }
        let mut found = Vec::new();
        while let Some(read) = running.join_next().await {
            let (place, agency, claim) = read.map_err(ApiError::internal)?;
            // One that is not listed any more cannot be decided either.
            found.extend(agency?.map(|agency| (place, view(claim, &agency))));
        }
        found.sort_by_key(|(place, _)| *place);
        Ok(found.into_iter().map(|(_, view)| view).collect())
    }
}

fn view(claim: QueuedClaim, agency: &Agency) -> View {
    let from = match claim.state {
        ClaimState::Waiting { from, .. } => Some(from),
        _ => None,
    };
    let state = word(&claim.state);
    let others = claim.others.len();
    let shown = claim.others.into_iter().take(OTHERS_SHOWN);
    View {
        id: claim.id,
        agency: agency.view(),
        email: claim.email,
        state,
        created_at: claim.created_at,
        expires_at: claim.expires_at,
        from,
        telephone: agency.official_phone.as_ref().map(ToString::to_string),
        has_account: claim.has_account,
        others,
        other_claims: shown.map(other_view).collect(),
    }
}

fn other_view(other: OtherClaim) -> OtherView {
    let OtherClaim { email, state, created_at, .. } = other;
    OtherView { email, state: word(&state), created_at }
}

fn word(state: &ClaimState) -> &'static str {
    match state {
        ClaimState::Waiting { .. } => "waiting",
        ClaimState::Disputed { .. } => "disputed",
        _ => "awaiting_approval",
    }
}
