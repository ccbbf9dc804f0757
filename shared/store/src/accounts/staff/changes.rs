//! What the audit says of a change of staff, and the account that is changed.

use jiff::Timestamp;
use palad_domain::audit::{Chain, Event};
use palad_domain::policy::CanManageStaff;
use palad_domain::staff::{StaffAccount, StaffId};

use super::account_key;
use super::codec::read_staff;
use crate::StoreError;
use crate::accounts::changes::Changes;
use crate::audit::NewLine;
use crate::table::get;

/// The account with this key.
pub(super) async fn account(changes: &Changes, id: &StaffId) -> Result<Option<StaffAccount>, StoreError> {
    let item = get(&changes.client, changes.accounts.name(), account_key(id)).await?;
    item.as_ref().map(read_staff).transpose()
}

/// What a manager did to an officer.
pub(super) fn line_of<'a>(
    leave: &'a CanManageStaff,
    event: Event,
    about: &'a StaffId,
    request_id: &'a str,
    at: Timestamp,
) -> (Chain, NewLine<'a>) {
    let actor = leave.actor();
    let line = NewLine {
        office: Some(actor.office()),
        staff: actor.staff(),
        about: Some(about),
        ..NewLine::by_proof(event, request_id, at)
    };
    (Chain::of_staff(leave.place()), line)
}
