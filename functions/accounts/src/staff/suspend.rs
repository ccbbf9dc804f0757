//! Suspending an officer, and lifting it.

use palad_api::{ApiError, Request, Response};
use palad_domain::mail::{MailOrder, Occasion, StaffNotice};
use palad_domain::policy::{CanManageStaff, manages_some};
use palad_domain::say::say;
use palad_domain::session::SessionVersion;
use palad_domain::staff::{StaffAccount, StaffId};
use serde::Deserialize;

use crate::App;

/// How often an account is looked at again when something else changes it meanwhile.
const ATTEMPTS: usize = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

impl App {
    pub(crate) async fn suspend_staff(&self, request: &Request) -> Result<Response, ApiError> {
        for _ in 0..ATTEMPTS {
            let (leave, account) = self.manage(request).await?;
            let Nothing {} = request.json()?;
            // The notice may have failed the last time; of the same suspension it is sent once.
            if account.suspended_at.is_some() {
                let suspended = account.session_version;
                self.tell(account, StaffNotice::Suspended, suspended).await?;
                return Ok(Response::no_content());
            }
            if self.staff.suspend(&leave, &account, request.request_id(), self.clock.now()).await? {
                let suspended = SessionVersion(account.session_version.0 + 1);
                self.tell(account, StaffNotice::Suspended, suspended).await?;
                return Ok(Response::no_content());
            }
        }
        Err(ApiError::under_way())
    }

    pub(crate) async fn lift_staff_suspension(&self, request: &Request) -> Result<Response, ApiError> {
        for _ in 0..ATTEMPTS {
            let (leave, account) = self.manage(request).await?;
            if account.suspended_at.is_none() {
                return Ok(Response::no_content());
            }
            if self.staff.lift_suspension(&leave, &account, request.request_id(), self.clock.now()).await? {
                let version = account.session_version;
                self.tell(account, StaffNotice::SuspensionLifted, version).await?;
                return Ok(Response::no_content());
            }
        }
        Err(ApiError::under_way())
    }

    /// The account that the path names, and leave to manage it.
    async fn manage(&self, request: &Request) -> Result<(CanManageStaff, StaffAccount), ApiError> {
        let now = self.clock.now();
        let session = request.session(&self.verifier, now)?;
        if !manages_some(&session.actor) {
            return Err(ApiError::forbidden());
        }
        let id = StaffId::parse(request.param("id")?).ok_or_else(ApiError::not_found)?;
        let account = self.staff.find(&id).await?.ok_or_else(ApiError::not_found)?;
        let leave = CanManageStaff::ask(&session, &account.place, now).ok_or_else(ApiError::forbidden)?;
        if session.actor.staff() == Some(id.as_str()) {
            return Err(own_account());
        }
        Ok((leave, account))
    }

    /// One notice for each suspension, by the version that it raised the account to.
    async fn tell(
        &self,
        account: StaffAccount,
        notice: StaffNotice,
        version: SessionVersion,
    ) -> Result<(), ApiError> {
        let kind = match notice {
            StaffNotice::SuspensionLifted => "LIFTED",
            _ => "SUSPENDED",
        };
        let key = format!("STAFF-{kind}#{}#{}", account.id.as_str(), version.0);
        let occasion = Occasion::StaffNotice { to: account.email, place: account.place, notice };
        Ok(self.queue.order(&MailOrder { key, occasion }).await?)
    }
}

fn own_account() -> ApiError {
    ApiError::refused(
        "own-account",
        say(
            "ระงับบัญชีของตนเองไม่ได้ ให้เพื่อนร่วมงานเป็นผู้ดำเนินการ",
            "Nobody suspends the own account. Ask a colleague.",
        ),
    )
}
