//! Who makes rounds, who sees how far they are, and who notes calls.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CanEdit, Leave};
use crate::agency::{Agency, AgencyCode};
use crate::province::ProvinceCode;
use crate::record::{Office, Version};
use crate::round::link::{Mailbox, ProvenLink};
use crate::round::{OpenRound, Round, RoundId, RoundState};
use crate::session::{Actor, Session, SessionVersion};

/// What a page or a list about many agencies covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// All provinces.
    Country,
    /// One province.
    Province(ProvinceCode),
    /// One district.
    District {
        /// Its province.
        province: ProvinceCode,
        /// Its name, as agencies bear it.
        district: String,
    },
}

/// Whether the caller is shown a round: what is prepared is the centre's alone.
#[must_use]
pub fn is_shown(round: &Round, actor: &Actor) -> bool {
    matches!(round.state, RoundState::Open | RoundState::Closed) || matches!(actor, Actor::Central { .. })
}

impl Area {
    /// The widest area that the caller may look at; none for those who are no staff.
    #[must_use]
    pub fn of(actor: &Actor) -> Option<Self> {
        match actor {
            Actor::Agency { .. } => None,
            Actor::District { province, district, .. } => {
                Some(Self::District { province: *province, district: district.clone() })
            }
            Actor::Province { province, .. } => Some(Self::Province(*province)),
            Actor::Central { .. } => Some(Self::Country),
        }
    }

    /// The area that a caller names, within the `widest`: without a province the caller's own, without anything all of
    /// it. None where a district is named and no province, which only the centre has to name.
    #[must_use]
    pub fn chosen(widest: Self, province: Option<ProvinceCode>, district: Option<String>) -> Option<Self> {
        match (province.or(widest.province()), district) {
            (None, None) => Some(widest),
            (None, Some(_)) => None,
            (Some(province), Some(district)) => Some(Self::District { province, district }),
            (Some(province), None) if widest.province() == Some(province) => Some(widest),
            (Some(province), None) => Some(Self::Province(province)),
        }
    }

    /// The province, where it is about one.
    #[must_use]
    pub fn province(&self) -> Option<ProvinceCode> {
        match self {
            Self::Country => None,
            Self::Province(province) | Self::District { province, .. } => Some(*province),
        }
    }

    /// The district, where it is about one.
    #[must_use]
    pub fn district(&self) -> Option<&str> {
        match self {
            Self::District { district, .. } => Some(district),
            Self::Country | Self::Province(_) => None,
        }
    }

    pub(super) fn holds(&self, other: &Self) -> bool {
        match self {
            Self::Country => true,
            Self::Province(province) => other.province() == Some(*province),
            Self::District { .. } => self == other,
        }
    }
}

/// Leave to make rounds, and to change everything about them: the central office alone.
#[derive(Clone, Debug)]
pub struct CanManageRounds {
    actor: Actor,
    session_version: SessionVersion,
}

impl CanManageRounds {
    /// None where the caller is not of the central office, or the session has ended.
    #[must_use]
    pub fn ask(session: &Session, now: Timestamp) -> Option<Self> {
        let is_central = matches!(session.actor, Actor::Central { .. });
        (is_central && now < session.expires_at)
            .then(|| Self { actor: session.actor.clone(), session_version: session.version })
    }

    /// Who was given leave.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Checked again inside the write: a session that was revoked meanwhile changes nothing.
    #[must_use]
    pub fn session_version(&self) -> SessionVersion {
        self.session_version
    }
}

/// Leave to see how far a round is in one area, and who owes: an office, for what is in its care.
#[derive(Clone, Debug)]
pub struct CanReadProgress(Area);

impl CanReadProgress {
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

/// Leave to note a call to one agency: the offices that telephone, which are the province and the centre.
#[derive(Clone, Debug)]
pub struct CanNoteCall {
    agency: AgencyCode,
    province: ProvinceCode,
    actor: Actor,
    office: Office,
    session_version: SessionVersion,
}

impl CanNoteCall {
    /// None where the agency is not in the caller's care, or the session has ended.
    #[must_use]
    pub fn ask(session: &Session, agency: &Agency, now: Timestamp) -> Option<Self> {
        let office = match &session.actor {
            Actor::Central { .. } => Office::Central,
            Actor::Province { province, .. } if *province == agency.province.code() => Office::Province,
            _ => return None,
        };
        (now < session.expires_at).then(|| Self {
            agency: agency.code.clone(),
            province: agency.province.code(),
            actor: session.actor.clone(),
            office,
            session_version: session.version,
        })
    }

    /// The agency that was called.
    #[must_use]
    pub fn agency(&self) -> &AgencyCode {
        &self.agency
    }

    /// Its province.
    #[must_use]
    pub fn province(&self) -> ProvinceCode {
        self.province
    }

    /// Who was given leave.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The office of the actor.
    #[must_use]
    pub fn office(&self) -> Office {
        self.office
    }

    /// Checked again inside the write: a session that was revoked meanwhile changes nothing.
    #[must_use]
    pub fn session_version(&self) -> SessionVersion {
        self.session_version
    }
}

/// Leave to confirm that an agency's record is still right: whoever may edit it, or who holds the link of a mail
/// to the agency, for the version that the link names.
#[derive(Clone, Debug)]
pub enum CanConfirm {
    /// By a session of the agency.
    Session(CanEdit),
    /// By a link.
    Link(LinkLeave),
}

/// Leave that the link of a mail gives, as long as its round takes the agency's answer and the agency has the mailbox
/// that it was sent to: to confirm the version that it names, to record of this version that the post is vacant, and to
/// say that nobody there looks after the record. It reads nothing internal, and edits nothing else.
#[derive(Clone, Debug)]
pub struct LinkLeave {
    link: ProvenLink,
    mailbox: Mailbox,
}

impl LinkLeave {
    /// None where the link is for another agency, or its round takes no answer now. `mailbox` is the one of the link, as
    /// the agency has it now; `open` are the rounds that are open.
    #[must_use]
    pub fn ask(
        link: &ProvenLink,
        agency: &Agency,
        mailbox: Mailbox,
        open: &[OpenRound],
        now: Timestamp,
    ) -> Option<Self> {
        let leave = Self { link: link.clone(), mailbox };
        (link.agency == agency.code && leave.is_taken(agency, open, now)).then_some(leave)
    }

    /// Whether the round of the link is among those that are open, and takes the agency's answer now: looked at again
    /// before the write.
    #[must_use]
    pub fn is_taken(&self, agency: &Agency, open: &[OpenRound], now: Timestamp) -> bool {
        open.iter().any(|open| open.id == self.round() && open.takes_now(agency, now))
    }

    /// The round that the link answers.
    #[must_use]
    pub fn round(&self) -> RoundId {
        self.link.round
    }

    /// The agency that the leave is for.
    #[must_use]
    pub fn agency(&self) -> &AgencyCode {
        &self.link.agency
    }

    /// The version of the record that the link names.
    #[must_use]
    pub fn version(&self) -> Version {
        self.link.version
    }

    /// The mailbox, checked again inside the write: one that the agency has given up meanwhile changes nothing.
    #[must_use]
    pub fn mailbox(&self) -> &Mailbox {
        &self.mailbox
    }
}

impl CanConfirm {
    /// The agency that the leave is for.
    #[must_use]
    pub fn agency(&self) -> &AgencyCode {
        match self {
            Self::Session(leave) => leave.agency(),
            Self::Link(leave) => leave.agency(),
        }
    }

    /// The office that confirms.
    #[must_use]
    pub fn office(&self) -> Office {
        match self {
            Self::Session(leave) => leave.office(),
            Self::Link(_) => Office::Agency,
        }
    }

    /// Whether it may be done as far as rounds go: who is signed in may confirm at any time, a link is there to answer its
    /// round. Looked at again before the write.
    #[must_use]
    pub fn is_in_time(&self, agency: &Agency, open: &[OpenRound], now: Timestamp) -> bool {
        match self {
            Self::Session(_) => true,
            Self::Link(leave) => leave.is_taken(agency, open, now),
        }
    }

    /// The session, where there is one to be checked again inside the write.
    #[must_use]
    pub fn session(&self) -> Option<&Leave> {
        match self {
            Self::Session(leave) => Some(leave),
            Self::Link(_) => None,
        }
    }

    /// The mailbox of the link, where there is one to be checked again inside the write.
    #[must_use]
    pub fn mailbox(&self) -> Option<&Mailbox> {
        match self {
            Self::Session(_) => None,
            Self::Link(leave) => Some(leave.mailbox()),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use jiff::civil::date;

    use super::*;
    use crate::agency::AgencyKind;
    use crate::province::Province;
    use crate::round::dates::DatesInput;
    use crate::round::link::{ConfirmLink, MailboxTag, SEAL_LENGTH};
    use crate::round::{Dates, Scope};

    fn province(code: &str) -> ProvinceCode {
        code.parse().expect("a province")
    }

    fn sessions() -> [Session; 4] {
        let staff = || "A".repeat(22);
        [
            Actor::Agency { agency: "549900".parse().expect("a code") },
            Actor::District {
                province: province("54"), district: "เมืองแพร่".into(), staff: staff()
            },
            Actor::Province { province: province("54"), staff: staff() },
            Actor::Central { staff: staff() },
        ]
        .map(|actor| Session {
            actor,
            version: SessionVersion(1),
            signed_in_at: Timestamp::UNIX_EPOCH,
            expires_at: Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(1),
        })
    }

    fn agency(code: &str, province: &str) -> Agency {
        Agency {
            code: code.parse().expect("a code"),
            kind: AgencyKind::Subdistrict,
            name: "แม่ยม".into(),
            district: "เมืองแพร่".into(),
            province: Province::by_name(province).expect("a province"),
            official_email: None,
            official_phone: None,
        }
    }

    /// A link of the agency 549900 in the round 2569-1, which has not ended for a day.
    fn proven(now: Timestamp) -> ProvenLink {
        let mailbox = Mailbox::Account("saraban@phrae.test".parse().expect("an address"));
        let seal = |_: &[u8]| [7; SEAL_LENGTH];
        let link = ConfirmLink {
            agency: "549900".parse().expect("a code"),
            mailbox: MailboxTag::of(&mailbox, seal),
            round: "2569-1".parse().expect("a round"),
            version: Version(1),
            expires_at: now + SignedDuration::from_hours(24),
        };
        ConfirmLink::open(&link.token(seal), |_, _| true, now).expect("a link")
    }

    #[test]
    fn a_link_gives_leave_for_its_agency_while_its_round_takes_answers() {
        let open = |id: &str, kind| OpenRound {
            id: id.parse().expect("a round"),
            title: "สำรวจ".to_owned(),
            dates: Dates::parse(DatesInput {
                opens: date(2026, 11, 1),
                deadline: date(2026, 11, 30),
                closes: date(2026, 12, 15),
            })
            .expect("in order"),
            scope: Scope::new([kind], [], []),
        };
        let rounds = [open("2569-1", AgencyKind::Subdistrict), open("2569-2", AgencyKind::Subdistrict)];
        let may = |code: &str, open: &[OpenRound], at: &str| {
            let now = at.parse().expect("a time");
            let mailbox = Mailbox::Account("saraban@phrae.test".parse().expect("an address"));
            LinkLeave::ask(&proven(now), &agency(code, "แพร่"), mailbox, open, now).is_some()
        };
        let inside = "2026-11-20T03:00:00Z";
        assert!(may("549900", &rounds, inside) && may("549900", &rounds, "2026-12-15T16:59:59Z"));
        assert!(!may("540101", &rounds, inside), "of another agency");
        assert!(!may("549900", &rounds[1..], inside), "of a round that is not open, while another one is");
        assert!(
            !may("549900", &[open("2569-1", AgencyKind::City)], inside),
            "of a round that does not ask it"
        );
        assert!(!may("549900", &rounds, "2026-10-31T16:59:59Z"), "before its first day");
        assert!(!may("549900", &rounds, "2026-12-15T17:00:00Z"), "after its last day, not closed yet");
    }

    /// The whole table, by hand: a row for each role in the order of `sessions`.
    #[test]
    fn every_cell_is_as_meant() {
        let now = Timestamp::UNIX_EPOCH;
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
        let agencies = [agency("549900", "แพร่"), agency("550101", "น่าน")];
        // Manage rounds; read progress of each area; note a call to each agency.
        let meant = ["- ------ --", "- ---+-- --", "- -+-++- +-", "+ ++++++ ++"];
        for (session, meant) in sessions().iter().zip(meant) {
            let row = |now: Timestamp| {
                let mark = |may: bool| if may { '+' } else { '-' };
                let read: String = areas
                    .iter()
                    .map(|area| mark(CanReadProgress::ask(session, area, now).is_some()))
                    .collect();
                let call: String = agencies
                    .iter()
                    .map(|agency| mark(CanNoteCall::ask(session, agency, now).is_some()))
                    .collect();
                format!("{} {read} {call}", mark(CanManageRounds::ask(session, now).is_some()))
            };
            assert_eq!(row(now), meant, "{:?}", session.actor);
            assert_eq!(row(session.expires_at), "- ------ --", "{:?} after its end", session.actor);
        }
    }
}
