//! The first step: address and passphrase.
//!
//! The answer is always the same, whether there is no account, a suspended one, a wrong passphrase or the right
//! one: the same reads, one charge, one hash, one challenge. Only the right passphrase's challenge can be
//! completed, and only by the second factor is anything told.

use palad_api::{ApiError, Device, Request, Response};
use palad_domain::email::Email;
use palad_domain::fields::FieldErrors;
use palad_domain::passphrase::Passphrase;
use palad_domain::session::SessionVersion;
use palad_domain::staff::{SECOND_FACTOR_TRIES, STAFF_CHALLENGE_LIFE, StaffAccount, StaffChallenge};
use palad_password::Verdict;
use palad_store::{TriesScope, staff_id};
use serde::{Deserialize, Serialize};

use crate::App;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    email: Option<String>,
    passphrase: Option<String>,
}

#[derive(Serialize)]
struct Challenged<'a> {
    challenge: &'a str,
}

impl App {
    pub(crate) async fn staff_sign_in(&self, request: &Request) -> Result<Response, ApiError> {
        let (email, passphrase) = parse(&request.json()?)?;
        let now = self.clock.now();
        let staff = staff_id(&email)?;
        let device = Device::of(request, &self.random);
        let device_hash = device.hash();
        let view = self.staff.view(&staff, &device_hash, now).await?;
        // A browser that the account knows has an allowance of its own: strangers cannot use it up.
        let scope = if view.knows_device {
            TriesScope::StaffDevice(&staff, &device_hash)
        } else {
            TriesScope::Staff(&staff)
        };
        self.tries.charge(scope, now).await?.map_err(ApiError::too_many_tries)?;

        let session_version = self.judge_passphrase(view.account.as_ref(), &passphrase).await?;
        let challenge = StaffChallenge {
            id: self.random.id(),
            staff,
            device_hash,
            tries_left: SECOND_FACTOR_TRIES,
            session_version,
            expires_at: now + STAFF_CHALLENGE_LIFE,
        };
        self.staff_challenges.open(&challenge).await?;
        Ok(Response::accepted(&Challenged { challenge: &challenge.id }).cookie(device.cookie()))
    }

    /// The version that a challenge is for; nobody's unless the passphrase is right and the account may sign in.
    async fn judge_passphrase(
        &self,
        account: Option<&StaffAccount>,
        passphrase: &Passphrase,
    ) -> Result<SessionVersion, ApiError> {
        let stored = account.map(|account| account.passphrase_hash.as_str());
        let verdict = self.hasher.check(passphrase, stored).await.map_err(ApiError::internal)?;
        let Some(account) = account.filter(|account| account.suspended_at.is_none()) else {
            return Ok(StaffChallenge::NOBODY);
        };
        match verdict {
            Verdict::Wrong => Ok(StaffChallenge::NOBODY),
            Verdict::Right => Ok(account.session_version),
            Verdict::RightRehash(hash) => {
                self.staff.rehash(account, &hash).await?;
                Ok(account.session_version)
            }
        }
    }
}

fn parse(form: &Form) -> Result<(Email, Passphrase), ApiError> {
    let mut errors = FieldErrors::default();
    let email = errors.keep("/email", form.email.as_deref().unwrap_or("").parse::<Email>());
    let passphrase = errors.keep("/passphrase", Passphrase::parse(form.passphrase.as_deref().unwrap_or("")));
    email.zip(passphrase).ok_or_else(|| ApiError::invalid(errors))
}
