//! A successor accepts an account: the link came by mail, the password is the successor's own.

use palad_api::{ApiError, Device, Request, Response, token_hash};
use palad_domain::agency::Agency;
use palad_domain::fields::FieldErrors;
use palad_domain::mail::{AccountNotice, MailOrder, Occasion};
use palad_domain::password::Password;
use palad_domain::say::say;
use palad_store::{HandOver, NewDevice};
use serde::Deserialize;

use crate::App;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    token: Option<String>,
    password: Option<String>,
}

impl App {
    pub(crate) async fn accept_hand_over(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let form: Form = request.json()?;
        let token = form.token.filter(|token| !token.is_empty()).ok_or_else(ended)?;
        let hash = token_hash(&token);
        let hand_over = self.hand_overs.find(&hash, now).await?.ok_or_else(ended)?;
        let agency = self.agencies.find(&hand_over.account.agency).await?.ok_or_else(ended)?;
        let password = Password::choose(form.password.as_deref().unwrap_or(""), &agency.code)
            .and_then(|password| password.apart_from(&agency))
            .map_err(|say| ApiError::invalid(FieldErrors::one("/password", say)))?;
        let password_hash = self.hasher.hash(&password).await.map_err(ApiError::internal)?;
        let device = Device::of(request, &self.random);
        let known = NewDevice { hash: &device.hash(), name: device.name() };
        self.announce_hand_over(&hand_over, &agency, &hash).await?;
        if !self.hand_overs.accept(&hand_over, &password_hash, known, request.request_id(), now).await? {
            return Err(ended());
        }
        Ok(Response::no_content().cookie(device.cookie()))
    }

    /// Orders the mails to both ends, before the account goes from one to the other: who had it hears of that in any
    /// case, and who accepts does not find the link used up by an attempt that was answered with an error.
    async fn announce_hand_over(
        &self,
        hand_over: &HandOver,
        agency: &Agency,
        hash: &str,
    ) -> Result<(), ApiError> {
        let left = AccountNotice::HandedOver { by: hand_over.successor.hint() };
        let came = AccountNotice::HandOverAccepted;
        for (key, to, notice) in [
            (format!("HANDED-OVER#{hash}"), hand_over.account.email.clone(), left),
            (format!("HANDOVER-ACCEPTED#{hash}"), hand_over.successor.clone(), came),
        ] {
            let occasion = Occasion::AccountNotice { to, agency: agency.view(), notice };
            self.queue.order(&MailOrder { key, occasion }).await?;
        }
        Ok(())
    }
}

fn ended() -> ApiError {
    ApiError::gone(
        "handover-expired",
        say(
            "ลิงก์รับมอบบัญชีหมดอายุ ถูกยกเลิก หรือใช้ไปแล้ว ให้ผู้ดูแลบัญชีส่งลิงก์ใหม่",
            "The link to accept the account has expired, was withdrawn or was used. Ask the officer who has the account for a new one.",
        ),
    )
}
