//! Who may take lists along as a file.

use jiff::Timestamp;

use super::Area;
use crate::audit::Chain;
use crate::export::{Export, List};
use crate::session::{Actor, Session, SessionVersion};

/// Leave to take the lists of one area along as a file: an office, for what is in its care.
#[derive(Clone, Debug)]
pub struct CanExport {
    actor: Actor,
    session_version: SessionVersion,
    /// All that is in the office's care.
    widest: Area,
    area: Area,
}

impl CanExport {
    /// None where the area is not in the caller's care, or the session has ended.
    #[must_use]
    pub fn ask(session: &Session, area: &Area, now: Timestamp) -> Option<Self> {
        let widest = Area::of(&session.actor)?;
        (widest.holds(area) && now < session.expires_at).then(|| Self {
            actor: session.actor.clone(),
            session_version: session.version,
            widest,
            area: area.clone(),
        })
    }

    /// Who was given leave.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Checked again before the file is given away: a session that was revoked meanwhile takes nothing along.
    #[must_use]
    pub fn session_version(&self) -> SessionVersion {
        self.session_version
    }

    /// Where the office's own audit tells of it.
    #[must_use]
    pub fn chain(&self) -> Chain {
        self.widest.province().map_or(Chain::StaffOfCentre, Chain::StaffOf)
    }

    /// What the audit tells of a list of so many rows, from so many agencies of the area. A district that is named by hand
    /// and has no agency may be anything that somebody typed, and the audit is kept for good: then it is the province's.
    #[must_use]
    pub fn export(&self, list: List, agencies: u64, rows: u64) -> Export {
        let area = match &self.area {
            Area::District { province, .. } if agencies == 0 && self.area != self.widest => {
                Area::Province(*province)
            }
            area => area.clone(),
        };
        Export { list, area, rows }
    }

    /// Which area.
    #[must_use]
    pub fn area(&self) -> &Area {
        &self.area
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::province::ProvinceCode;

    fn province(code: &str) -> ProvinceCode {
        code.parse().expect("a province")
    }

    #[test]
    fn what_is_told_goes_to_the_office_that_did_it_and_names_no_place_that_is_not_there() {
        let district = |name: &str| Area::District { province: province("54"), district: name.into() };
        let staff = || "A".repeat(22);
        let own = Actor::District { province: province("54"), district: "สอง".into(), staff: staff() };
        let of_province = Actor::Province { province: province("54"), staff: staff() };
        let phrae = || Chain::StaffOf(province("54"));
        for (actor, area, agencies, chain, told) in [
            (own.clone(), district("สอง"), 0, phrae(), district("สอง")),
            (of_province.clone(), district("สอง"), 3, phrae(), district("สอง")),
            (of_province, district("typed"), 0, phrae(), Area::Province(province("54"))),
            (Actor::Central { staff: staff() }, Area::Country, 0, Chain::StaffOfCentre, Area::Country),
        ] {
            let session = Session {
                actor,
                version: SessionVersion(4),
                signed_in_at: Timestamp::UNIX_EPOCH,
                expires_at: Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(1),
            };
            let leave = CanExport::ask(&session, &area, Timestamp::UNIX_EPOCH).expect("leave");
            assert_eq!((leave.chain(), leave.session_version()), (chain, SessionVersion(4)));
            // That all have answered makes a district no less of a place.
            let told = Export { list: List::Directory, area: told, rows: 0 };
            assert_eq!(leave.export(List::Directory, agencies, 0), told);
        }
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
