//! Approving a registration from an address that is not the agency's own mailbox.

use palad_domain::claim::ClaimId;
use palad_environment::{Clock, Variables};
use palad_registration::{Approvals, Approved};

/// Approves the claim. The caller has looked at who asks.
///
/// # Errors
/// Why it was not approved, in one sentence.
pub async fn approve(variables: &Variables, clock: Clock, claim: &str) -> Result<Approved, String> {
    let claim =
        ClaimId::parse(claim).ok_or("this is not the key of a claim: it has 22 letters, digits, - and _")?;
    let approvals = Approvals::from_environment(variables, clock).map_err(|error| error.to_string())?;
    approvals.approve(&claim).await.map_err(|error| error.to_string())
}
