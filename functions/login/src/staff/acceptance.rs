//! Accepting an invitation: a look at it first, which changes nothing, then name, passphrase and app at once.

use jiff::Timestamp;
use palad_api::{ApiError, Device, Request, Response, token_hash};
use palad_domain::crockford;
use palad_domain::email::Email;
use palad_domain::fields::FieldErrors;
use palad_domain::mail::{MailOrder, Occasion, StaffNotice};
use palad_domain::passphrase::Passphrase;
use palad_domain::say::say;
use palad_domain::second_factor::SecondFactor;
use palad_domain::session::SessionVersion;
use palad_domain::staff::{PlaceView, StaffAccount, parse_name};
use palad_store::Invited;
use serde::{Deserialize, Serialize};

use super::qr::Qr;
use super::recovery;
use super::totp::TotpSecret;
use crate::App;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Look {
    token: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    token: Option<String>,
    name: Option<String>,
    passphrase: Option<String>,
    code: Option<String>,
}

#[derive(Serialize)]
struct View<'a> {
    email: &'a Email,
    #[serde(flatten)]
    place: PlaceView,
    totp: TotpView,
}

#[derive(Serialize)]
struct TotpView {
    secret: String,
    uri: String,
    qr: Qr,
}

#[derive(Serialize)]
struct Accepted {
    recovery_codes: Vec<String>,
}

/// What was chosen.
struct Choice {
    name: String,
    passphrase: Passphrase,
    secret: TotpSecret,
    step: u64,
}

impl App {
    pub(crate) async fn look_at_invitation(&self, request: &Request) -> Result<Response, ApiError> {
        let form: Look = request.json()?;
        let token = form.token.unwrap_or_default();
        let invited = self.find_invitation(&token, self.clock.now()).await?;
        let (email, place) = (&invited.invitation.email, &invited.invitation.place);
        let secret = TotpSecret::of_invitation(&self.pepper, &token).next();
        let secret = secret.ok_or_else(|| ApiError::internal("no secret follows from the pepper"))?;
        let uri = secret.uri(email);
        let qr = Qr::of(&uri).ok_or_else(|| ApiError::internal("the address is too long for a QR code"))?;
        Ok(Response::ok(&View {
            email,
            place: place.view(),
            totp: TotpView { secret: secret.base32(), uri, qr },
        }))
    }

    pub(crate) async fn accept_invitation(&self, request: &Request) -> Result<Response, ApiError> {
        let form: Form = request.json()?;
        let now = self.clock.now();
        let token = form.token.as_deref().unwrap_or_default();
        let invited = self.find_invitation(token, now).await?;
        let choice = self.choice(&form, token, &invited.invitation.email, now)?;
        let codes = recovery::new_codes(&self.random);
        let account = self.account_of(&invited, choice, &codes, now).await?;
        self.announce(&invited, &account).await?;
        // Known from now on: the first sign-in must not depend on what strangers left of the allowance of unknown
        // browsers, for an invitation is the way back in for whom they keep out.
        let device = Device::of(request, &self.random);
        let (hash, request_id) = (device.hash(), request.request_id());
        if !self.staff_acceptance.accept(&invited, &account, &hash, request_id, now).await? {
            return Err(expired());
        }
        let recovery_codes = codes.iter().map(|code| crockford::grouped(code)).collect();
        Ok(Response::created(&Accepted { recovery_codes }, "/api/staff").cookie(device.cookie()))
    }

    /// Orders the mail that tells the address of the account. It goes out before the account is written: the recovery
    /// codes are in the answer alone, so nothing may fail between their being valid and their being shown. Whoever says
    /// the same again with this invitation is told once.
    async fn announce(&self, invited: &Invited, account: &StaffAccount) -> Result<(), ApiError> {
        let notice = match invited.previous {
            None => StaffNotice::Opened,
            Some(_) => StaffNotice::Renewed,
        };
        let (to, place) = (account.email.clone(), account.place.clone());
        let key = format!("STAFF-ACCEPTED#{}", invited.invitation.token_hash);
        let occasion = Occasion::StaffNotice { to, place, notice };
        Ok(self.queue.order(&MailOrder { key, occasion }).await?)
    }

    async fn find_invitation(&self, token: &str, now: Timestamp) -> Result<Invited, ApiError> {
        self.staff_acceptance.find(&token_hash(token), now).await?.ok_or_else(expired)
    }

    /// What was chosen, if all of it can be: the code shows that the app has the secret.
    fn choice(&self, form: &Form, token: &str, email: &Email, now: Timestamp) -> Result<Choice, ApiError> {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        let mut errors = FieldErrors::default();
        let name = errors.keep("/name", parse_name(&text(&form.name)));
        let passphrase = errors.keep("/passphrase", Passphrase::choose(&text(&form.passphrase), email));
        let code = errors.keep("/code", SecondFactor::parse_totp(&text(&form.code)));
        let mut proved = None;
        for secret in code.iter().flat_map(|_| TotpSecret::of_invitation(&self.pepper, token)) {
            if let Some(step) = secret.step_of(code.as_deref().unwrap_or_default(), now)? {
                proved = proved.or(Some((secret, step)));
            }
        }
        if code.is_some() && proved.is_none() {
            errors.add(
                "/code",
                say(
                    "รหัสไม่ตรง ให้กรอกรหัสที่แอปแสดงอยู่ขณะนี้ และตรวจสอบว่าเวลาในโทรศัพท์ถูกต้อง",
                    "The code is not right. Enter the one that the app shows now, and check the telephone's clock.",
                ),
            );
        }
        match (name, passphrase, proved) {
            (Some(name), Some(passphrase), Some((secret, step))) => {
                Ok(Choice { name, passphrase, secret, step })
            }
            _ => Err(ApiError::invalid(errors)),
        }
    }

    async fn account_of(
        &self,
        invited: &Invited,
        choice: Choice,
        codes: &[String],
        now: Timestamp,
    ) -> Result<StaffAccount, ApiError> {
        let (id, previous) = (invited.id.clone(), invited.previous.as_ref());
        let totp_sealed = choice.secret.seal(&self.pepper, &self.random, &id).map_err(ApiError::internal)?;
        let recovery_sealed =
            recovery::seal(&self.pepper, &self.random, &id, codes).map_err(ApiError::internal)?;
        Ok(StaffAccount {
            id,
            email: invited.invitation.email.clone(),
            name: choice.name,
            place: invited.invitation.place.clone(),
            passphrase_hash: self.hasher.hash(&choice.passphrase).await.map_err(ApiError::internal)?,
            totp_sealed,
            // The code that proved the app is used up by it.
            totp_step: choice.step,
            recovery_sealed,
            session_version: SessionVersion(previous.map_or(1, |account| account.session_version.0 + 1)),
            opened_at: previous.map_or(now, |account| account.opened_at),
            suspended_at: None,
            signed_in_at: previous.and_then(|account| account.signed_in_at),
        })
    }
}

fn expired() -> ApiError {
    ApiError::gone(
        "invitation-expired",
        say(
            "ลิงก์คำเชิญหมดอายุ ใช้ไปแล้ว หรือถูกแทนด้วยคำเชิญใหม่ ให้ขอคำเชิญใหม่จากผู้ที่เชิญท่าน",
            "The invitation has expired, was used, or was replaced by another one. Ask who invited you for a new one.",
        ),
    )
}
