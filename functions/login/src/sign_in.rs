//! Signing in by agency and password.
//!
//! From a known device the number is judged at once: 201 or 401. From an unknown one the answer is
//! always the same, whether there is no account, a claim that waits, a wrong number or the right one:
//! the same reads, one hash, one challenge, one order to the mail queue, 202. Only the right number's
//! order holds a code. Every try is charged before it is judged (`strangers.rs`).

use jiff::Timestamp;
use palad_api::{ApiError, Device, Request, Response};
use palad_domain::account::{Account, CHALLENGE_LIFE, Challenge};
use palad_domain::agency::{Agency, AgencyCode};
use palad_domain::claim::CODE_TRIES;
use palad_domain::fields::FieldErrors;
use palad_domain::guessing::Guard;
use palad_domain::mail::{MailOrder, Occasion};
use palad_domain::password::Password;
use palad_domain::session::SessionVersion;
use palad_password::Verdict;
use palad_store::KnownDevice;
use palad_thai::date::bangkok_day;
use serde::{Deserialize, Serialize};

use crate::App;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    agency: Option<String>,
    password: Option<String>,
}

#[derive(Serialize)]
struct Challenged<'a> {
    challenge: &'a str,
}

/// A device that the account knows, and what it calls itself today.
struct Known<'a> {
    device: &'a KnownDevice,
    name: &'a str,
}

impl App {
    pub(crate) async fn sign_in(&self, request: &Request) -> Result<Response, ApiError> {
        let (code, password) = parse(&request.json()?)?;
        let now = self.clock.now();
        let agency =
            self.agencies.find(&code).await?.ok_or_else(|| ApiError::agency_not_listed("/agency"))?;
        let device = Device::of(request, &self.random);
        let view = self.accounts.view(&code, &device.hash(), now).await?;
        match (view.account, view.device) {
            (Some(account), Some(known)) => {
                let known = Known { device: &known, name: device.name() };
                self.judge_known_device(&agency, &account, &known, &password, request.request_id(), now).await
            }
            (account, _) => {
                let guards = self.charge_stranger(request.client_address(), &code, &password, now).await?;
                self.judge_unknown_device(&agency, account, &device, &password, guards, now).await
            }
        }
    }

    async fn judge_known_device(
        &self,
        agency: &Agency,
        account: &Account,
        known: &Known<'_>,
        password: &Password,
        request_id: &str,
        now: Timestamp,
    ) -> Result<Response, ApiError> {
        let Known { device, name } = *known;
        let charged = device.tries.charge(now).map_err(ApiError::too_many_sign_ins)?;
        if !self.accounts.charge_device(account, device, charged).await? {
            return Err(ApiError::too_many_sign_ins(jiff::SignedDuration::from_secs(1)));
        }
        if !self.is_right(account, password).await? {
            self.guesses.wrong_number_on_known_device(&agency.code, request_id, now).await?;
            return Err(ApiError::wrong_password());
        }
        // Only who knows the number, on a device of the account's, is told.
        if account.suspended.is_some() {
            return Err(ApiError::account_suspended());
        }
        self.accounts.signed_in(account, device, name, now).await?;
        self.begin_session(agency, account.session_version, now)
    }

    async fn judge_unknown_device(
        &self,
        agency: &Agency,
        account: Option<Account>,
        device: &Device,
        password: &Password,
        guards: Vec<Guard>,
        now: Timestamp,
    ) -> Result<Response, ApiError> {
        // An old hash is renewed when its owner comes from a known device: here that would be more work for the
        // right number than for a wrong one.
        let stored = account.as_ref().map(|account| account.password_hash.as_str());
        let is_right = self.hasher.matches(password, stored).await.map_err(ApiError::internal)?;
        // Nobody signs in to a suspended account, and nobody learns here that it is: as if there were none.
        let account = account.filter(|account| account.suspended.is_none());
        let is_right = is_right && account.is_some();
        let id = self.random.id();
        let mailed = self.random.code();
        let account_if_right = account.as_ref().filter(|_| is_right);
        // Behind a wrong number stands a challenge that no code answers, and that no account would take.
        let purpose = if is_right { id.as_str() } else { "nothing" };
        let challenge = Challenge {
            agency: agency.code.clone(),
            code_hash: self.pepper.code_hash(purpose, &mailed),
            device_hash: device.hash(),
            tries_left: CODE_TRIES,
            session_version: account_if_right.map_or(SessionVersion(0), |account| account.session_version),
            guards,
            expires_at: now + CHALLENGE_LIFE,
            id,
        };
        self.challenges.open(&challenge).await?;
        self.queue.order(&order(agency, account, is_right, mailed, &challenge.id, now)).await?;
        Ok(Response::accepted(&Challenged { challenge: &challenge.id }).cookie(device.cookie()))
    }

    async fn is_right(&self, account: &Account, password: &Password) -> Result<bool, ApiError> {
        let verdict = self.hasher.check(password, Some(&account.password_hash)).await;
        match verdict.map_err(ApiError::internal)? {
            Verdict::Wrong => Ok(false),
            Verdict::Right => Ok(true),
            Verdict::RightRehash(hash) => {
                self.accounts.rehash(account, &hash).await?;
                Ok(true)
            }
        }
    }
}

/// One order in every case. The notice of a wrong number has one key for each day, so that the owner
/// gets one a day at most.
fn order(
    agency: &Agency,
    account: Option<Account>,
    is_right: bool,
    code: String,
    challenge: &str,
    now: Timestamp,
) -> MailOrder {
    let view = agency.view();
    match account {
        Some(account) if is_right => MailOrder {
            key: format!("SIGN-IN#{challenge}"),
            occasion: Occasion::SignInCode { to: account.email, agency: view, code },
        },
        Some(account) => MailOrder {
            key: format!("WRONG-NUMBER#{}#{}", agency.code, bangkok_day(now)),
            occasion: Occasion::WrongNumber { to: account.email, agency: view },
        },
        None => MailOrder { key: format!("SIGN-IN#{challenge}"), occasion: Occasion::Nothing },
    }
}

fn parse(form: &Form) -> Result<(AgencyCode, Password), ApiError> {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let mut errors = FieldErrors::default();
    let agency = text(&form.agency).parse::<AgencyCode>();
    let agency = errors.keep("/agency", agency);
    let password = errors.keep("/password", Password::parse(&text(&form.password)));
    agency.zip(password).ok_or_else(|| ApiError::invalid(errors))
}
