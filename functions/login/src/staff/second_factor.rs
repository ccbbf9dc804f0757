//! The second step: a code of the app or a recovery code, in the same browser.

use jiff::Timestamp;
use palad_api::{ApiError, Device, Request, Response};
use palad_domain::fields::FieldErrors;
use palad_domain::mail::{MailOrder, Occasion, StaffNotice};
use palad_domain::say::say;
use palad_domain::second_factor::SecondFactor;
use palad_domain::staff::{StaffAccount, StaffChallenge};
use palad_password::Pepper;
use palad_thai::date::bangkok_day;
use serde::Deserialize;

use super::recovery;
use super::totp::TotpSecret;
use crate::App;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    challenge: Option<String>,
    code: Option<String>,
}

impl App {
    pub(crate) async fn give_second_factor(&self, request: &Request) -> Result<Response, ApiError> {
        let form: Form = request.json()?;
        let factor = SecondFactor::parse(form.code.as_deref().unwrap_or(""))
            .map_err(|say| ApiError::invalid(FieldErrors::one("/code", say)))?;
        let id = form.challenge.filter(|id| id.len() == 22).ok_or_else(expired)?;

        let now = self.clock.now();
        let Some(challenge) = self.staff_challenges.take_try(&id, now).await? else {
            // Completed already, or tried too often, or over: where it can still be told whose it was, they hear of it.
            if let Some(challenge) = self.staff_challenges.first_refusal(&id).await? {
                let view = self.staff.view(&challenge.staff, &challenge.device_hash, now).await?;
                self.tell_of_refusal(&challenge, view.account.as_ref(), now).await?;
            }
            return Err(expired());
        };
        let view = self.staff.view(&challenge.staff, &challenge.device_hash, now).await?;
        let is_own_browser = Device::of(request, &self.random).hash() == challenge.device_hash;
        if !is_own_browser || !challenge.was_made_by(now) {
            self.tell_of_refusal(&challenge, view.account.as_ref(), now).await?;
            return Err(expired());
        }
        let Some(account) =
            view.account.as_ref().filter(|account| account.stands_at(challenge.session_version))
        else {
            self.tell_of_refusal(&challenge, view.account.as_ref(), now).await?;
            return Err(ApiError::wrong_sign_in());
        };
        let is_right = match &factor {
            SecondFactor::Totp(code) => match step_of(&self.pepper, account, code, now)? {
                None => false,
                Some(step) => {
                    let id = request.request_id();
                    let challenges = &self.staff_challenges;
                    challenges.complete_by_totp(&challenge, account, step, view.knows_device, id, now).await?
                }
            },
            SecondFactor::Recovery(code) => {
                self.use_recovery_code(&challenge, account, code, request.request_id(), now).await?
            }
        };
        if !is_right {
            self.tell_of_refusal(&challenge, Some(account), now).await?;
            return Err(ApiError::wrong_sign_in());
        }
        // It was the officer: their office's network has room for the next one.
        self.give_back_staff(&challenge).await;
        self.begin_staff_session(account, now)
    }

    /// One order in every case, whether the address has an account or not: nobody can tell from the work which. What it
    /// leads to, a mail and a line of the audit once a day, is for `mail` to do.
    async fn tell_of_refusal(
        &self,
        challenge: &StaffChallenge,
        account: Option<&StaffAccount>,
        now: Timestamp,
    ) -> Result<(), ApiError> {
        let (key, occasion) = match account {
            Some(account) => {
                let (to, place) = (account.email.clone(), account.place.clone());
                let occasion = Occasion::StaffNotice { to, place, notice: StaffNotice::WrongSignIn };
                (format!("STAFF-WRONG#{}#{}", account.id.as_str(), bangkok_day(now)), occasion)
            }
            None => (format!("STAFF-WRONG#{}", challenge.id), Occasion::Nothing),
        };
        Ok(self.queue.order(&MailOrder { key, occasion }).await?)
    }

    /// The notice is ordered first: nobody gets in whom the mailbox does not hear of, and a queue that takes no order
    /// costs no code. The other way round, the one or the other would be lost. Said again for the same sign-in, it is
    /// sent once.
    async fn use_recovery_code(
        &self,
        challenge: &StaffChallenge,
        account: &StaffAccount,
        code: &str,
        request_id: &str,
        now: Timestamp,
    ) -> Result<bool, ApiError> {
        let Some(left) = recovery::without(&self.pepper, account, code)? else { return Ok(false) };
        let occasion = Occasion::StaffNotice {
            to: account.email.clone(),
            place: account.place.clone(),
            notice: StaffNotice::RecoveryCodeUsed { left: left.len() },
        };
        self.queue.order(&MailOrder { key: format!("RECOVERY#{}", challenge.id), occasion }).await?;
        Ok(self
            .staff_challenges
            .complete_by_recovery_code(challenge, account, &left, request_id, now)
            .await?)
    }
}

/// The time step whose code this is.
fn step_of(
    pepper: &Pepper,
    account: &StaffAccount,
    code: &str,
    now: Timestamp,
) -> Result<Option<u64>, ApiError> {
    TotpSecret::open(pepper, &account.id, &account.totp_sealed)?.step_of(code, now)
}

fn expired() -> ApiError {
    ApiError::gone(
        "code-expired",
        say(
            "การเข้าสู่ระบบนี้หมดเวลา ลองครบจำนวนครั้ง หรือเปิดจากเบราว์เซอร์อื่น ให้เริ่มเข้าสู่ระบบใหม่",
            "This sign-in has expired, was tried too often, or belongs to another browser. Start again.",
        ),
    )
}
