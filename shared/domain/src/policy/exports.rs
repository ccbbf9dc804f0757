//! Who may take lists along as a file.

use jiff::Timestamp;

use super::Area;
use crate::session::Session;

/// Leave to take the lists of one area along as a file: an office, for what is in its care.
#[derive(Clone, Debug)]
pub struct CanExport(Area);

impl CanExport {
    /// None where the area is not in the caller's care, or the session has ended.
    #[must_use]
    pub fn ask(session: &Session, area: &Area, now: Timestamp) -> Option<Self> {
        let may = Area::of(&session.actor)?.holds(area) && now < session.expires_at;
        may.then(|| Self(area.clone()))
    }

    /// Which area.
    #[must_use]
    pub fn area(&self) -> &Area {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::province::ProvinceCode;
    use crate::session::{Actor, SessionVersion};

    fn province(code: &str) -> ProvinceCode {
        code.parse().expect("a province")
    }

    /// The whole table, by hand: a row for each role, a cell for each area.
    #[test]
    fn every_cell_is_as_meant() {
        let staff = || "A".repeat(22);
        let district =
            |code: &str, name: &str| Area::District { province: province(code), district: name.into() };
        let areas = [
            Area::Country,
            Area::Province(province("54")),
            Area::Province(province("55")),
            district("54", "เมืองแพร่"),
            district("54", "สอง"),
            district("55", "เมืองแพร่"),
        ];
        let meant = [
            (Actor::Agency { agency: "549900".parse().expect("a code") }, "------"),
            (
                Actor::District {
                    province: province("54"), district: "เมืองแพร่".into(), staff: staff()
                },
                "---+--",
            ),
            (Actor::Province { province: province("54"), staff: staff() }, "-+-++-"),
            (Actor::Central { staff: staff() }, "++++++"),
        ];
        for (actor, row) in meant {
            let session = Session {
                actor,
                version: SessionVersion(1),
                signed_in_at: Timestamp::UNIX_EPOCH,
                expires_at: Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(1),
            };
            let may = |now: Timestamp| -> String {
                let mark = |area| if CanExport::ask(&session, area, now).is_some() { '+' } else { '-' };
                areas.iter().map(mark).collect()
            };
            assert_eq!(may(Timestamp::UNIX_EPOCH), row, "{:?}", session.actor);
            assert_eq!(may(session.expires_at), "------", "{:?} after its end", session.actor);
        }
    }
}
