//! Approving a registration from an address that is not the agency's own mailbox.

use palad_domain::agency::Agency;
use palad_domain::claim::ClaimId;
use palad_environment::{Clock, Random, Variables};
use palad_registration::App;

/// Approves the claim. The caller has looked at who asks.
///
/// # Errors
/// Why it was not approved, in one sentence.
pub async fn approve(
    variables: &Variables,
    clock: Clock,
    random: Random,
    claim: &str,
) -> Result<Agency, String> {
    let claim =
        ClaimId::parse(claim).ok_or("this is not the key of a claim: it has 22 letters, digits, - and _")?;
    let app = App::from_environment(variables, clock, random).map_err(|error| error.to_string())?;
    app.approve(&claim).await.map_err(|error| error.to_string())
}
