//! The accounts in an office's care: how they stand, and helping one. Nobody here sees or sets a password.

use std::collections::BTreeMap;

use jiff::Timestamp;
use palad_api::{ApiError, Request, Response, page, token_hash};
use palad_domain::account::Account;
use palad_domain::agency::{Agency, AgencyCode, AgencyView};
use palad_domain::audit::SuspensionReason;
use palad_domain::fields::FieldErrors;
use palad_domain::mail::{AccountNotice, Occasion};
use palad_domain::policy::{CanHelpAccount, CanReadAccount};
use palad_domain::province::ProvinceCode;
use palad_domain::say::say;
use palad_domain::session::{Actor, Session};
use palad_store::{Helped, TriesScope};
use serde::{Deserialize, Serialize};

use crate::App;
use crate::asking::Nothing;

/// How many agencies stand on one page.
const PAGE: usize = 50;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Suspending {
    reason: SuspensionReason,
}

/// Where the list goes on.
#[derive(Serialize, Deserialize)]
struct Place {
    after: AgencyCode,
}

#[derive(Serialize)]
struct List {
    items: Vec<Item>,
    next: Option<String>,
}

#[derive(Serialize)]
struct Item {
    agency: AgencyView,
    state: &'static str,
    email_hint: Option<String>,
    opened_at: Option<Timestamp>,
    last_sign_in_at: Option<Timestamp>,
    telephone: Option<String>,
}

impl App {
    /// The agencies of a province, or of the caller's district in it, each with how its account stands.
    pub(crate) async fn list_accounts(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let session = request.session(&self.verifier, now)?;
        let province = asked_province(request, &session)?;
        let place = request.query("cursor").map(|cursor| page::decode::<Place>(&cursor)).transpose()?;
        // The table of the policy decides agency by agency, so that of a province a district sees its own.
        let agencies = self.agency_list.of_province(province).await?;
        let is_after =
            |agency: &Agency| place.as_ref().is_none_or(|place| agency.code.as_str() > place.after.as_str());
        let mut allowed = agencies
            .iter()
            .filter(|agency| is_after(agency))
            .filter_map(|agency| Some((agency, CanReadAccount::ask(&session, agency, now)?)));
        let (shown, leaves): (Vec<&Agency>, Vec<CanReadAccount>) = allowed.by_ref().take(PAGE).unzip();
        let goes_on = allowed.next().is_some();
        let accounts = self.care.accounts(&leaves).await?;
        let accounts: BTreeMap<&str, &Account> =
            accounts.iter().map(|account| (account.agency.as_str(), account)).collect();
        let next = shown.last().filter(|_| goes_on).map(|agency| Place { after: agency.code.clone() });
        let items = shown.iter().map(|agency| item(agency, accounts.get(agency.code.as_str()).copied()));
        Ok(Response::ok(&List { items: items.collect(), next: next.as_ref().map(page::encode).transpose()? }))
    }

    /// Suspends an account. Doing so twice is no offence.
    pub(crate) async fn suspend(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let (agency, leave) = self.help(request, now).await?;
        let Suspending { reason } = request.json()?;
        match self.care.suspend(&leave, reason, request.request_id(), now).await? {
            Helped::Done(account) => {
                let key = format!("SUSPENDED#{}#{}", agency.code, account.session_version.0);
                self.notify(&key, account.email, &agency, AccountNotice::Suspended { reason }).await?;
                Ok(Response::no_content())
            }
            other => settled(other),
        }
    }

    /// Lifts a suspension.
    pub(crate) async fn unsuspend(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let (agency, leave) = self.help(request, now).await?;
        match self.care.unsuspend(&leave, request.request_id(), now).await? {
            Helped::Done(account) => {
                let key = format!("UNSUSPENDED#{}#{}", agency.code, account.session_version.0);
                self.notify(&key, account.email, &agency, AccountNotice::Unsuspended).await?;
                Ok(Response::no_content())
            }
            other => settled(other),
        }
    }

    /// Mails the owner the link for a new password; the office never has it.
    pub(crate) async fn send_reset(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let (agency, leave) = self.help(request, now).await?;
        let Nothing {} = request.json()?;
        let scope = TriesScope::OfficeResets(&agency.code);
        self.tries.charge(scope, now).await?.map_err(ApiError::too_many_tries)?;
        let token = self.random.token();
        let hash = token_hash(&token);
        match self.care.send_reset(&leave, &hash, request.request_id(), now).await? {
            Helped::Done(account) => {
                let occasion = Occasion::OfficeReset { to: account.email, agency: agency.view(), token };
                self.order(format!("RESET#{hash}"), occasion).await?;
                Ok(Response::accepted(&serde_json::json!({})))
            }
            other => settled(other),
        }
    }

    async fn help(&self, request: &Request, now: Timestamp) -> Result<(Agency, CanHelpAccount), ApiError> {
        let (session, agency) = self.about(request, now).await?;
        let leave = CanHelpAccount::ask(&session, &agency, now).ok_or_else(ApiError::forbidden)?;
        Ok((agency, leave))
    }
}

/// The province whose list is asked for: named, or an office's own. Another office's is refused before anything
/// is read.
fn asked_province(request: &Request, session: &Session) -> Result<ProvinceCode, ApiError> {
    let named = request.query_as::<ProvinceCode>("province")?;
    match &session.actor {
        Actor::Agency { .. } => Err(ApiError::forbidden()),
        Actor::District { province, .. } | Actor::Province { province, .. } => {
            if named.is_none_or(|named| named == *province) {
                Ok(*province)
            } else {
                Err(ApiError::forbidden())
            }
        }
        Actor::Central { .. } => named.ok_or_else(|| {
            ApiError::invalid(FieldErrors::one("?province", say("กรุณาเลือกจังหวัด", "Choose a province.")))
        }),
    }
}

fn item(agency: &Agency, account: Option<&Account>) -> Item {
    let state = match account {
        None => "none",
        Some(account) if account.suspended.is_some() => "suspended",
        Some(_) => "active",
    };
    Item {
        agency: agency.view(),
        state,
        email_hint: account.map(|account| account.email.hint()),
        opened_at: account.map(|account| account.opened_at),
        last_sign_in_at: account.and_then(|account| account.signed_in_at),
        telephone: agency.official_phone.as_ref().map(ToString::to_string),
    }
}

fn settled(helped: Helped) -> Result<Response, ApiError> {
    match helped {
        Helped::Done(_) | Helped::Already => Ok(Response::no_content()),
        Helped::NoAccount => Err(ApiError::not_found()),
        Helped::Suspended => Err(ApiError::suspended()),
    }
}
