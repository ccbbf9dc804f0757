//! The staff of a province, or of the centre.

use jiff::Timestamp;
use palad_api::{ApiError, Request, Response};
use palad_domain::policy::{CanManageStaff, manages_some};
use palad_domain::province::ProvinceCode;
use palad_domain::session::Actor;
use palad_domain::staff::{StaffAccount, StaffId, StaffPlace, StaffView};
use serde::Serialize;

use crate::App;

#[derive(Serialize)]
struct List {
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    id: StaffId,
    #[serde(flatten)]
    staff: StaffView,
    state: &'static str,
    last_sign_in_at: Option<Timestamp>,
}

impl App {
    /// Those of the province that the query names; without one, those of the caller's own office.
    pub(crate) async fn list_staff(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let leave = self.leave_to_manage(request, now)?;
        let items = self.staff.list(&leave).await?.iter().map(item).collect();
        Ok(Response::ok(&List { items }))
    }

    /// Leave to manage the staff of the province that the query names; without one, of the caller's own office.
    pub(super) fn leave_to_manage(
        &self,
        request: &Request,
        now: Timestamp,
    ) -> Result<CanManageStaff, ApiError> {
        let session = request.session(&self.verifier, now)?;
        if !manages_some(&session.actor) {
            return Err(ApiError::forbidden());
        }
        let own = match session.actor {
            Actor::Province { province, .. } => Some(province),
            _ => None,
        };
        let place = match request.query_as::<ProvinceCode>("province")?.or(own) {
            Some(province) => StaffPlace::Province { province },
            None => StaffPlace::Central,
        };
        CanManageStaff::ask(&session, &place, now).ok_or_else(ApiError::forbidden)
    }
}

fn item(account: &StaffAccount) -> Item {
    Item {
        id: account.id.clone(),
        staff: account.view(),
        state: if account.suspended_at.is_some() { "suspended" } else { "active" },
        last_sign_in_at: account.signed_in_at,
    }
}
