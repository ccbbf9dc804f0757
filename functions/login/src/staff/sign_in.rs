//! The first step: address and passphrase.
//!
//! The answer is always the same, whether there is no account, a suspended one, a wrong passphrase or the right
//! one: the same reads, the same charges, one hash, one challenge. Only the right passphrase's challenge can be
//! completed, and only by the second factor is anything told.

use std::net::IpAddr;

use jiff::Timestamp;
use palad_api::{ApiError, Device, Request, Response};
use palad_domain::email::Email;
use palad_domain::fields::FieldErrors;
use palad_domain::guessing::{Guard, GuardKind};
use palad_domain::passphrase::Passphrase;
use palad_domain::session::SessionVersion;
use palad_domain::staff::{SECOND_FACTOR_TRIES, STAFF_CHALLENGE_LIFE, StaffAccount, StaffChallenge, StaffId};
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
        let account = view.account.as_ref();
        // A browser that the account knows has an allowance of its own: strangers cannot use it up.
        let (guards, session_version) = if view.knows_device {
            let scope = TriesScope::StaffDevice(&staff, &device_hash);
            self.tries.charge(scope, now).await?.map_err(ApiError::too_many_tries)?;
            (Vec::new(), self.judge_from_known_device(account, &passphrase).await?)
        } else {
            let guards = self.charge_staff_stranger(request.client_address(), &staff, now).await?;
            (guards, self.judge_from_unknown_device(account, &passphrase).await?)
        };
        let challenge = StaffChallenge {
            id: self.random.id(),
            staff,
            device_hash,
            tries_left: SECOND_FACTOR_TRIES,
            session_version,
            guards,
            expires_at: now + STAFF_CHALLENGE_LIFE,
        };
        self.staff_challenges.open(&challenge).await?;
        Ok(Response::accepted(&Challenged { challenge: &challenge.id }).cookie(device.cookie()))
    }

    /// Charges one try, first to the network, so that one that has tried enough accounts cannot go on to use up the
    /// allowances of the others. Answers which guards counted it.
    async fn charge_staff_stranger(
        &self,
        address: Option<IpAddr>,
        staff: &StaffId,
        now: Timestamp,
    ) -> Result<Vec<Guard>, ApiError> {
        let network = self.network_guard(GuardKind::StaffNetwork, address, now);
        if let Some(network) = &network {
            self.guards.charge(network, staff.as_str(), now).await?.map_err(ApiError::too_many_tries)?;
        }
        self.tries.charge(TriesScope::Staff(staff), now).await?.map_err(ApiError::too_many_tries)?;
        Ok(network.into_iter().collect())
    }

    /// The version that a challenge is for; nobody's unless the passphrase is right and the account may sign in.
    /// An old hash is not renewed here: that would be more work for the right passphrase than for a wrong one.
    async fn judge_from_unknown_device(
        &self,
        account: Option<&StaffAccount>,
        passphrase: &Passphrase,
    ) -> Result<SessionVersion, ApiError> {
        let stored = account.map(|account| account.passphrase_hash.as_str());
        let is_right = self.hasher.matches(passphrase, stored).await.map_err(ApiError::internal)?;
        Ok(version(account.filter(|_| is_right)))
    }

    /// The same, for a browser in which the account has signed in before.
    async fn judge_from_known_device(
        &self,
        account: Option<&StaffAccount>,
        passphrase: &Passphrase,
    ) -> Result<SessionVersion, ApiError> {
        let stored = account.map(|account| account.passphrase_hash.as_str());
        let verdict = self.hasher.check(passphrase, stored).await.map_err(ApiError::internal)?;
        if let (Verdict::RightRehash(hash), Some(account)) = (&verdict, account) {
            self.staff.rehash(account, hash).await?;
        }
        Ok(version(account.filter(|_| verdict != Verdict::Wrong)))
    }
}

/// Nobody signs in to a suspended account, and nobody learns here that it is: as if there were none.
fn version(account: Option<&StaffAccount>) -> SessionVersion {
    account
        .filter(|account| account.suspended_at.is_none())
        .map_or(StaffChallenge::NOBODY, |account| account.session_version)
}

fn parse(form: &Form) -> Result<(Email, Passphrase), ApiError> {
    let mut errors = FieldErrors::default();
    let email = errors.keep("/email", form.email.as_deref().unwrap_or("").parse::<Email>());
    let passphrase = errors.keep("/passphrase", Passphrase::parse(form.passphrase.as_deref().unwrap_or("")));
    email.zip(passphrase).ok_or_else(|| ApiError::invalid(errors))
}
