//! Looking after staff: inviting, listing, suspending.
//!
//! No answer here holds a secret: what an invitation leads to is between the mail, the invited and `login`.

mod audit;
mod invite;
mod list;
mod operator;
mod suspend;

pub use operator::{NotInvited, OperatorDesk};

use palad_domain::fields::FieldErrors;
use palad_domain::say::say;
use palad_domain::staff::StaffPlace;
use palad_store::{AgencyList, StoreError};

/// Whether there is such a place: a district is one whose name agencies of its province bear.
async fn is_known(agencies: &AgencyList, place: &StaffPlace) -> Result<bool, StoreError> {
    match place {
        StaffPlace::Central | StaffPlace::Province { .. } => Ok(true),
        StaffPlace::District { province, district } => {
            let agencies = agencies.of_province(*province).await?;
            Ok(agencies.iter().any(|agency| agency.district == *district))
        }
    }
}

fn no_such_district() -> FieldErrors {
    FieldErrors::one(
        "/district",
        say(
            "ไม่มีอำเภอนี้ในรายชื่อหน่วยงานของจังหวัด ให้กรอกชื่ออำเภอโดยไม่มีคำว่าอำเภอ",
            "No agency of the province is in such a district. Write its name as the agencies bear it.",
        ),
    )
}
