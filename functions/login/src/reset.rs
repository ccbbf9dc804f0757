//! A new password by mail. Whether there is an account under the address is never told.

use jiff::Timestamp;
use palad_api::{ApiError, Device, Request, Response};
use palad_domain::agency::AgencyCode;
use palad_domain::email::Email;
use palad_domain::fields::FieldErrors;
use palad_domain::mail::{MailOrder, Occasion};
use palad_domain::password::Password;
use palad_domain::say::say;
use palad_domain::session::SessionVersion;
use palad_store::{NewDevice, Reset, TriesScope};
use serde::Deserialize;

use crate::{App, token_hash};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    agency: Option<String>,
    email: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPassword {
    password: Option<String>,
}

impl App {
    pub(crate) async fn ask_for_reset(&self, request: &Request) -> Result<Response, ApiError> {
        let (code, email) = parse(&request.json()?)?;
        let now = self.clock.now();
        let agency =
            self.agencies.find(&code).await?.ok_or_else(|| ApiError::agency_not_listed("/agency"))?;
        let is_within_limit = self.charge_reset(request, &code, &email, now).await?;
        let account = self.accounts.account(&code).await?;
        let owner = account
            .filter(|account| account.email == email && is_within_limit && account.suspended.is_none());

        // A link is stored and an order given in every case; without an owner both lead nowhere.
        let token = self.random.token();
        let version = owner.as_ref().map_or(SessionVersion(0), |account| account.session_version);
        let reset = Reset { token_hash: token_hash(&token), agency: code, session_version: version };
        self.resets.open(&reset, now).await?;
        let key = format!("RESET#{}", reset.token_hash);
        let occasion = match owner {
            Some(account) => Occasion::PasswordReset { to: account.email, agency: agency.view(), token },
            None => Occasion::Nothing,
        };
        self.queue.order(&MailOrder { key, occasion }).await?;
        Ok(Response::accepted(&serde_json::json!({})))
    }

    /// Charges one reset and answers whether it is within the limits: of the caller's network first, so that a stranger
    /// who knows the address leaves the owner's own.
    async fn charge_reset(
        &self,
        request: &Request,
        code: &AgencyCode,
        email: &Email,
        now: Timestamp,
    ) -> Result<bool, ApiError> {
        let mark = self.pepper.network_mark("RESET", request.client_address());
        for scope in [TriesScope::Resets(code, email, &mark), TriesScope::ResetsFromAll(code, email)] {
            if self.tries.charge(scope, now).await?.is_err() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The mail that tells of it is ordered first: where that fails, nothing has changed, and the link works still.
    pub(crate) async fn use_reset(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let form: NewPassword = request.json()?;
        let token = request.param("token")?;
        let (reset, account) = self.resets.find(&token_hash(token), now).await?.ok_or_else(expired)?;
        let agency = self.agencies.find(&reset.agency).await?.ok_or_else(expired)?;
        let password = Password::choose(form.password.as_deref().unwrap_or(""), &agency.code)
            .and_then(|password| password.apart_from(&agency))
            .map_err(|say| ApiError::invalid(FieldErrors::one("/password", say)))?;
        let hash = self.hasher.hash(&password).await.map_err(ApiError::internal)?;
        let device = Device::of(request, &self.random);
        let known = NewDevice { hash: &device.hash(), name: device.name() };
        let occasion = Occasion::PasswordChanged { to: account.email, agency: agency.view() };
        self.queue.order(&MailOrder { key: format!("CHANGED#{}", reset.token_hash), occasion }).await?;
        if !self.resets.use_up(&reset, &hash, known, request.request_id(), now).await? {
            return Err(expired());
        }
        Ok(Response::no_content().cookie(device.cookie()))
    }
}

fn parse(form: &Question) -> Result<(AgencyCode, Email), ApiError> {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let mut errors = FieldErrors::default();
    let agency = text(&form.agency).parse::<AgencyCode>();
    let agency = errors.keep("/agency", agency);
    let email = errors.keep("/email", text(&form.email).parse::<Email>());
    agency.zip(email).ok_or_else(|| ApiError::invalid(errors))
}

fn expired() -> ApiError {
    ApiError::gone(
        "reset-expired",
        say(
            "ลิงก์ตั้งรหัสผ่านใหม่หมดอายุหรือใช้ไปแล้ว ให้ขอลิงก์ใหม่",
            "The link has expired or was used. Ask for a new one.",
        ),
    )
}
