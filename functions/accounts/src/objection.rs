//! Objecting to a take-over while signed in, as the mailed link does.

use palad_api::{ApiError, Request, Response};
use palad_domain::mail::Occasion;

use crate::App;
use crate::asking::Nothing;

impl App {
    /// Objects to whatever waits to take the account over; the province decides.
    pub(crate) async fn object(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let owner = self.owner(request, now).await?;
        let Nothing {} = request.json()?;
        let disputed = self.take_overs.object_to_all(&owner.leave, request.request_id(), now).await?;
        for claim in disputed {
            let occasion = Occasion::TakeOverDisputed { to: claim.email, agency: owner.agency.view() };
            self.order(format!("DISPUTED#{}", claim.id.as_str()), occasion).await?;
        }
        Ok(Response::no_content())
    }
}
