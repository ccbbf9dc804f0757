//! Changing the address of one's account: begun here, confirmed from the new address, undone from the old one.

use palad_api::{ApiError, Request, Response, token_hash};
use palad_domain::email::Email;
use palad_domain::fields::FieldErrors;
use palad_domain::mail::{AccountNotice, Occasion};
use palad_domain::say::say;
use palad_store::{EmailChangeBegun, TriesScope};
use serde::Deserialize;

use crate::App;
use crate::asking::Link;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    email: Option<String>,
}

impl App {
    /// Begins a change. The new address is asked first, and the present one is told at once.
    pub(crate) async fn begin_email_change(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let owner = self.owner(request, now).await?.just_signed_in(now)?;
        let email = parse(&request.json()?)?;
        let scope = TriesScope::Links(&owner.agency.code);
        self.tries.charge(scope, now).await?.map_err(ApiError::too_many_tries)?;
        let token = self.random.token();
        let hash = token_hash(&token);
        let begun = self.email_changes.begin(&owner.leave, &email, &hash, request.request_id(), now).await?;
        let present = match begun {
            EmailChangeBegun::Begun(present) => present,
            EmailChangeBegun::Same => return Err(already_here()),
            EmailChangeBegun::TooEarly(until) => return Err(ApiError::email_changed_lately(until)),
        };
        let notice = AccountNotice::EmailChangeBegun { by: email.hint() };
        self.notify(&format!("EMAIL-CHANGE-NOTICE#{hash}"), present, &owner.agency, notice).await?;
        let occasion = Occasion::EmailChangeLink { to: email, agency: owner.agency.view(), token };
        self.order(format!("EMAIL-CHANGE#{hash}"), occasion).await?;
        Ok(Response::accepted(&serde_json::json!({})))
    }

    /// The new address says yes; the old one has a week from its mail to say no. Its link is stored and its mail ordered first, for it
    /// is the only way back: nothing that befalls this process may lose it. Of several that confirm at once, each stores
    /// a link that works, and one mail goes out: whichever it is, the old address is never left with a dead one.
    pub(crate) async fn confirm_email_change(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let hash = request.json::<Link>()?.hash()?;
        let change = self.email_changes.find(&hash, now).await?.ok_or_else(ended)?;
        let agency = self.agencies.find(change.agency()).await?.ok_or_else(ended)?;
        let undo = self.random.token();
        self.email_changes.offer_undo(&change, &token_hash(&undo), now).await?;
        let occasion = Occasion::EmailChangedAway {
            to: change.before().clone(),
            agency: agency.view(),
            by: change.after().hint(),
            token: undo,
        };
        self.order(format!("EMAIL-UNDO#{hash}"), occasion).await?;
        if !self.email_changes.confirm(&change, request.request_id(), now).await? {
            return Err(ended());
        }
        let key = format!("EMAIL-CHANGED#{hash}");
        self.notify(&key, change.after().clone(), &agency, AccountNotice::EmailChanged).await?;
        Ok(Response::no_content())
    }

    /// The old address takes the account back. Who has it now may know the password, so a new one is to be set.
    pub(crate) async fn undo_email_change(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let hash = request.json::<Link>()?.hash()?;
        let token = self.random.token();
        let reset_hash = token_hash(&token);
        let restored = self.email_changes.undo(&hash, &reset_hash, request.request_id(), now).await?;
        let restored = restored.ok_or_else(ended)?;
        if let Some(agency) = self.agencies.find(&restored.agency).await? {
            let occasion =
                Occasion::EmailRestored { to: restored.after.clone(), agency: agency.view(), token };
            self.order(format!("EMAIL-RESTORED#{reset_hash}"), occasion).await?;
            if restored.before != restored.after {
                let key = format!("EMAIL-UNDONE#{reset_hash}");
                self.notify(&key, restored.before, &agency, AccountNotice::EmailChangeUndone).await?;
            }
        }
        Ok(Response::no_content())
    }
}

fn parse(form: &Form) -> Result<Email, ApiError> {
    let email = form.email.as_deref().unwrap_or_default().parse::<Email>();
    email.map_err(|say| ApiError::invalid(FieldErrors::one("/email", say)))
}

/// Both the change and the hand-over need another address than the present one.
pub(crate) fn already_here() -> ApiError {
    ApiError::invalid(FieldErrors::one(
        "/email",
        say("อีเมลนี้เป็นอีเมลของบัญชีอยู่แล้ว", "This is the account's address already."),
    ))
}

fn ended() -> ApiError {
    ApiError::gone(
        "email-link-expired",
        say(
            "ลิงก์นี้หมดอายุ ใช้ไปแล้ว หรือบัญชีเปลี่ยนแปลงไปแล้ว ให้เริ่มใหม่จากหน้าบัญชี",
            "The link has expired or was used, or the account has changed since. Begin again on the account page.",
        ),
    )
}
