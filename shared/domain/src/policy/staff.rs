//! Who looks after whose staff: who may invite them, list them and suspend them.

use jiff::Timestamp;

use crate::session::{Actor, Session, SessionVersion};
use crate::staff::StaffPlace;

/// The table: the centre looks after all staff, a province office after that of its own province and its
/// districts. What it does not name is refused.
#[must_use]
pub fn manages(actor: &Actor, place: &StaffPlace) -> bool {
    match (actor, place) {
        (Actor::Central { .. }, _) => true,
        (
            Actor::Province { province: own, .. },
            StaffPlace::Province { province } | StaffPlace::District { province, .. },
        ) => own == province,
        _ => false,
    }
}

/// Whether the caller manages the staff of any place at all.
#[must_use]
pub fn manages_some(actor: &Actor) -> bool {
    matches!(actor, Actor::Central { .. } | Actor::Province { .. })
}

/// Leave to invite, list and suspend the staff of one place.
#[derive(Clone, Debug)]
pub struct CanManageStaff {
    actor: Actor,
    place: StaffPlace,
    session_version: SessionVersion,
}

impl CanManageStaff {
    /// Asks the table. None where it refuses or the session has ended.
    #[must_use]
    pub fn ask(session: &Session, place: &StaffPlace, now: Timestamp) -> Option<Self> {
        (now < session.expires_at && manages(&session.actor, place)).then(|| Self {
            actor: session.actor.clone(),
            place: place.clone(),
            session_version: session.version,
        })
    }

    /// Who was given leave.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Whose staff it is.
    #[must_use]
    pub fn place(&self) -> &StaffPlace {
        &self.place
    }

    /// Checked again inside the write: a session that was revoked meanwhile changes nothing.
    #[must_use]
    pub fn session_version(&self) -> SessionVersion {
        self.session_version
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_is_as_meant() {
        let phrae = || "54".parse().expect("a province");
        let nan = || "55".parse().expect("a province");
        let staff = || "A".repeat(22);
        let actors = [
            Actor::Agency { agency: "549900".parse().expect("a code") },
            Actor::District {
                province: phrae(), district: "เมืองแพร่".into(), staff: staff()
            },
            Actor::Province { province: phrae(), staff: staff() },
            Actor::Central { staff: staff() },
        ];
        let places = [
            StaffPlace::Central,
            StaffPlace::Province { province: phrae() },
            StaffPlace::Province { province: nan() },
            StaffPlace::District { province: phrae(), district: "สอง".into() },
            StaffPlace::District { province: nan(), district: "ปัว".into() },
        ];
        let meant = ["-----", "-----", "-+-+-", "+++++"];
        for (actor, row) in actors.iter().zip(meant) {
            let got: String =
                places.iter().map(|place| if manages(actor, place) { '+' } else { '-' }).collect();
            assert_eq!(got, row, "{actor:?}");
            assert_eq!(manages_some(actor), got.contains('+'), "{actor:?}");
        }
    }
}
