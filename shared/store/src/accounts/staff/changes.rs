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
        at,
        office: Some(actor.office()),
        staff: actor.staff(),
        event,
        about: Some(about),
        request_id,
    };
    (Chain::of_staff(leave.place()), line)
}
