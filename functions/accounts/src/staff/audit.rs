//! Who invited, accepted, suspended whom, and when, in plain words.

use palad_api::{ApiError, Request, Response, page};
use palad_domain::staff::StaffId;

use crate::App;
use crate::audit::{List, Place, view};

impl App {
    /// Of the staff of the province that the query names; without one, of the caller's own office.
    pub(crate) async fn read_staff_audit(&self, request: &Request) -> Result<Response, ApiError> {
        let leave = self.leave_to_manage(request, self.clock.now())?;
        let place = request.query("cursor").map(|cursor| page::decode::<Place>(&cursor)).transpose()?;
        let read = self.audit.staff_page(&leave, place.map(|place| place.before)).await?;
        let officers = read.lines.iter().flat_map(|line| {
            let about = line.about.as_ref().map(StaffId::as_str);
            line.staff.as_deref().into_iter().chain(about)
        });
        let names = self.audit.names(&officers.collect::<Vec<_>>()).await?;
        let next = read.next.map(|before| page::encode(&Place { before })).transpose()?;
        let items = read.lines.into_iter().map(|line| view(&line, &names)).collect();
        Ok(Response::ok(&List { items, next }))
    }
}
