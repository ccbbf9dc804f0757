//! The second step from a new device: the code that was mailed, typed into the same browser.

use palad_api::{ApiError, Device, Request, Response};
use palad_domain::code;
use palad_domain::fields::FieldErrors;
use palad_domain::say::say;
use serde::Deserialize;

use crate::App;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    challenge: Option<String>,
    code: Option<String>,
}

impl App {
    pub(crate) async fn give_code(&self, request: &Request) -> Result<Response, ApiError> {
        let form: Form = request.json()?;
        let typed = code::parse(form.code.as_deref().unwrap_or(""))
            .map_err(|say| ApiError::invalid(FieldErrors::one("/code", say)))?;
        let id = form.challenge.filter(|id| id.len() == 22).ok_or_else(expired)?;

        let now = self.clock.now();
        let Some(challenge) = self.challenges.take_try(&id, now).await? else {
            // Used already, or tried too often, or over: where it can still be told whose it was, the owner reads of it.
            if let Some(agency) = self.challenges.whose(&id).await? {
                self.guesses.wrong_code(&agency, request.request_id(), now).await?;
            }
            return Err(expired());
        };
        let device = Device::of(request, &self.random);
        if device.hash() != challenge.device_hash || !challenge.was_made_by(now) {
            self.guesses.wrong_code(&challenge.agency, request.request_id(), now).await?;
            return Err(expired());
        }
        if !self.pepper.is_code(&id, &typed, &challenge.code_hash) {
            // Also where behind a wrong number no code is right: the work is the same.
            self.guesses.wrong_code(&challenge.agency, request.request_id(), now).await?;
            return Err(ApiError::invalid(FieldErrors::one("/code", code::wrong(challenge.tries_left))));
        }
        let agency = self.agencies.find(&challenge.agency).await?.ok_or_else(expired)?;
        if !self.challenges.complete(&challenge, device.name(), request.request_id(), now).await? {
            return Err(expired());
        }
        self.give_back(&challenge).await;
        self.begin_session(&agency, challenge.session_version, now)
    }
}

fn expired() -> ApiError {
    ApiError::gone(
        "code-expired",
        say(
            "รหัสยืนยันหมดอายุ ใช้ไปแล้ว หรือเปิดจากเบราว์เซอร์อื่น ให้เข้าสู่ระบบใหม่เพื่อรับรหัสใหม่",
            "The code has expired, was used, or belongs to another browser. Sign in again to get a new one.",
        ),
    )
}
