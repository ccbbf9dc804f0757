//! ยังถูกต้อง: the record is as it should be. It keeps its version, and the agency has answered.

use palad_api::{ApiError, Request, Response};
use palad_domain::policy::{CanConfirm, CanEdit};
use palad_domain::round::receipt::ReceiptNumber;

use crate::App;
use crate::wire::Nothing;

impl App {
    pub(crate) async fn confirm(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let (session, agency) = self.session_and_agency(request).await?;
        let leave = CanEdit::ask(&session, &agency, now).ok_or_else(ApiError::forbidden)?;
        let seen = request.if_match()?;
        let Nothing {} = request.json()?;
        let number = ReceiptNumber::of_random(self.random.bytes());
        let leave = CanConfirm::Session(leave);
        let confirmed =
            self.confirmations.confirm(&leave, &agency, seen, &number, request.request_id(), now).await?;
        let location = format!("/api/receipts/{}", number.as_str());
        Ok(Response::created(&confirmed.receipt.view(), &location).etag(confirmed.ledger.version))
    }
}
