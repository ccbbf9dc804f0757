//! Handing the account over to a successor: offering it, and withdrawing the offer. Accepting sets a password, and
//! so is for `login`.

use palad_api::{ApiError, Request, Response, token_hash};
use palad_domain::email::Email;
use palad_domain::fields::FieldErrors;
use palad_domain::mail::{AccountNotice, Occasion};
use palad_store::TriesScope;
use serde::Deserialize;

use crate::App;
use crate::email::already_here;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    email: Option<String>,
}

impl App {
    /// Offers the account; it stays where it is until the successor accepts.
    pub(crate) async fn begin_hand_over(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let owner = self.owner(request, now).await?.just_signed_in(now)?;
        let form: Form = request.json()?;
        let successor = form.email.as_deref().unwrap_or_default().parse::<Email>();
        let successor = successor.map_err(|say| ApiError::invalid(FieldErrors::one("/email", say)))?;
        let scope = TriesScope::Links(&owner.agency.code);
        self.tries.charge(scope, now).await?.map_err(ApiError::too_many_tries)?;
        let token = self.random.token();
        let hash = token_hash(&token);
        let begun = self.hand_overs.begin(&owner.leave, &successor, &hash, request.request_id(), now).await?;
        let present = begun.ok_or_else(already_here)?;
        let notice = AccountNotice::HandOverBegun { by: successor.hint() };
        self.notify(&format!("HANDOVER-NOTICE#{hash}"), present, &owner.agency, notice).await?;
        let occasion = Occasion::HandOverOffer { to: successor, agency: owner.agency.view(), token };
        self.order(format!("HANDOVER#{hash}"), occasion).await?;
        Ok(Response::accepted(&serde_json::json!({})))
    }

    /// Withdraws the offer. Where there is none any more, there is nothing to do.
    pub(crate) async fn end_hand_over(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let owner = self.owner(request, now).await?;
        self.hand_overs.end(&owner.leave, request.request_id(), now).await?;
        Ok(Response::no_content())
    }
}
