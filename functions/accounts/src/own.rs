//! One's own account: its page, and signing out everywhere.

use jiff::Timestamp;
use palad_api::{ApiError, Cookie, Device, Request, Response};
use palad_domain::agency::{Agency, AgencyView};
use palad_domain::email::Email;
use palad_domain::policy::CanReadAccount;
use palad_domain::session::{Actor, Session};
use palad_domain::staff::{StaffId, StaffView};
use palad_store::{KnownDevice, Pending, WaitingTakeOver};
use serde::Serialize;

use crate::App;

/// How many characters of a device's hash name it.
const DEVICE_ID_LENGTH: usize = 22;
/// How many devices are listed: those used last.
const DEVICES_MAX: usize = 50;

/// An agency's account or an officer's; what the other one has is null.
#[derive(Default, Serialize)]
struct View {
    agency: Option<AgencyView>,
    email: Option<Email>,
    opened_at: Option<Timestamp>,
    devices: Vec<DeviceView>,
    handover: Option<PendingView>,
    email_change: Option<PendingView>,
    take_over: Option<TakeOverView>,
    staff: Option<StaffView>,
}

#[derive(Serialize)]
struct DeviceView {
    id: String,
    name: String,
    seen_at: Timestamp,
    this: bool,
}

#[derive(Serialize)]
struct PendingView {
    email: Email,
    expires_at: Timestamp,
}

#[derive(Serialize)]
struct TakeOverView {
    from: Timestamp,
    email_hint: String,
}

impl App {
    pub(crate) async fn view_own(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let session = request.session(&self.verifier, now)?;
        let view = match &session.actor {
            Actor::Agency { agency } => {
                let agency = self.agencies.find(agency).await?.ok_or_else(ApiError::not_signed_in)?;
                self.agency_view(request, &session, &agency, now).await?
            }
            Actor::District { staff, .. } | Actor::Province { staff, .. } | Actor::Central { staff } => {
                let id = StaffId::parse(staff).ok_or_else(ApiError::not_signed_in)?;
                let account = self.staff.find(&id).await?.ok_or_else(ApiError::not_signed_in)?;
                if !account.stands_at(session.version) {
                    return Err(ApiError::not_signed_in());
                }
                View { staff: Some(account.view()), ..View::default() }
            }
        };
        Ok(Response::ok(&view))
    }

    async fn agency_view(
        &self,
        request: &Request,
        session: &Session,
        agency: &Agency,
        now: Timestamp,
    ) -> Result<View, ApiError> {
        let leave = CanReadAccount::ask(session, agency, now).ok_or_else(ApiError::forbidden)?;
        let (own, waiting) =
            tokio::try_join!(self.own.view(&leave, now), self.take_overs.waiting(&agency.code, now))?;
        let this = Device::of(request, &self.random).hash();
        let devices = own.devices.iter().take(DEVICES_MAX);
        Ok(View {
            agency: Some(agency.view()),
            email: Some(own.account.email),
            opened_at: Some(own.account.opened_at),
            devices: devices.map(|device| device_view(device, &this)).collect(),
            handover: own.hand_over.map(pending_view),
            email_change: own.email_change.map(pending_view),
            take_over: waiting.first().map(take_over_view),
            staff: None,
        })
    }

    /// Ends every session of whoever is signed in, this one too, and forgets every device.
    pub(crate) async fn sign_out_everywhere(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let session = request.session(&self.verifier, now)?;
        match &session.actor {
            Actor::Agency { .. } => {
                let owner = self.owner(request, now).await?;
                self.own.sign_out_everywhere(&owner.leave, request.request_id(), now).await?;
            }
            Actor::District { .. } | Actor::Province { .. } | Actor::Central { .. } => {
                self.staff_sessions.end_all(&session, request.request_id(), now).await?;
            }
        }
        Ok(Response::no_content().cookie(Cookie::no_session()))
    }
}

fn device_view(device: &KnownDevice, this: &str) -> DeviceView {
    DeviceView {
        id: device.hash().chars().take(DEVICE_ID_LENGTH).collect(),
        name: device.name().to_owned(),
        seen_at: device.seen_at(),
        this: device.hash() == this,
    }
}

fn pending_view(pending: Pending) -> PendingView {
    PendingView { email: pending.email, expires_at: pending.ends_at }
}

fn take_over_view(waiting: &WaitingTakeOver) -> TakeOverView {
    TakeOverView { from: waiting.from, email_hint: waiting.email.hint() }
}
