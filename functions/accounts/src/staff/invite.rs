//! Inviting somebody to become staff, or to set a staff account up anew.

use jiff::Timestamp;
use palad_api::{ApiError, Request, Response, token_hash};
use palad_domain::email::Email;
use palad_domain::fields::FieldErrors;
use palad_domain::mail::{MailOrder, Occasion};
use palad_domain::policy::{CanManageStaff, manages, manages_some};
use palad_domain::say::say;
use palad_domain::session::SessionVersion;
use palad_domain::staff::{INVITATION_LIFE, Invitation, StaffId, StaffPlace};
use palad_environment::Random;
use palad_store::staff_id;
use serde::Deserialize;

use super::{is_known, no_such_district};
use crate::App;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    email: Option<String>,
    role: Option<String>,
    province: Option<String>,
    district: Option<String>,
}

impl App {
    pub(crate) async fn invite_staff(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let session = request.session(&self.verifier, now)?;
        if !manages_some(&session.actor) {
            return Err(ApiError::forbidden());
        }
        let (email, place) = parse(&request.json()?)?;
        let leave = CanManageStaff::ask(&session, &place, now).ok_or_else(ApiError::forbidden)?;
        if !is_known(&self.agency_list, &place).await? {
            return Err(no_such_district().into());
        }
        let account = self.invitations.account(&staff_id(&email)?).await?;
        // Accepting would take the officer away from there, and that office has not been asked.
        if account.as_ref().is_some_and(|account| !manages(&session.actor, &account.place)) {
            return Err(staff_elsewhere());
        }
        let by = session.actor.staff().and_then(StaffId::parse);
        let replaces = account.map(|account| account.session_version);
        let letter = Letter::new(&self.random, email, place, by, replaces, now);
        self.invitations.open(&leave, &letter.invitation, request.request_id(), now).await?;
        self.queue.order(&letter.order()).await?;
        Ok(Response::accepted(&serde_json::json!({})))
    }
}

/// An invitation and the token that only its mail holds.
pub(super) struct Letter {
    pub(super) invitation: Invitation,
    token: String,
}

impl Letter {
    pub(super) fn new(
        random: &Random,
        email: Email,
        place: StaffPlace,
        by: Option<StaffId>,
        replaces: Option<SessionVersion>,
        now: Timestamp,
    ) -> Self {
        let token = random.token();
        let (token_hash, expires_at) = (token_hash(&token), now + INVITATION_LIFE);
        Self { invitation: Invitation { token_hash, email, place, by, replaces, expires_at }, token }
    }

    pub(super) fn order(self) -> MailOrder {
        let Self { invitation, token } = self;
        let occasion = Occasion::StaffInvited { to: invitation.email, place: invitation.place, token };
        MailOrder { key: format!("INVITATION#{}", invitation.token_hash), occasion }
    }
}

fn parse(form: &Form) -> Result<(Email, StaffPlace), ApiError> {
    let mut errors = FieldErrors::default();
    let email = errors.keep("/email", form.email.as_deref().unwrap_or("").parse::<Email>());
    let role = form.role.as_deref().unwrap_or("");
    let place = match StaffPlace::parse(role, form.province.as_deref(), form.district.as_deref()) {
        Ok(place) => Some(place),
        Err(more) => {
            errors.extend_below("", more);
            None
        }
    };
    email.zip(place).ok_or_else(|| ApiError::invalid(errors))
}

fn staff_elsewhere() -> ApiError {
    ApiError::refused(
        "staff-elsewhere",
        say(
            "อีเมลนี้เป็นเจ้าหน้าที่ของสำนักงานอื่นอยู่แล้ว ให้สำนักงาน ก.ถ. เป็นผู้เชิญ",
            "This address belongs to an officer of another office. Ask the central office to invite.",
        ),
    )
}
