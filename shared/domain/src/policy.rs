//! Who may do what: one table, from which the code, the documentation and the tests come.
//!
//! What concerns one agency stands in [`allows`]; who may invite and suspend whom among staff in [`manages`].

mod claims;
mod exports;
mod rounds;
mod staff;

pub use claims::CanSeeClaims;
pub use exports::CanExport;
pub use rounds::{Area, CanConfirm, CanManageRounds, CanNoteCall, CanReadProgress, LinkLeave, is_shown};
pub use staff::{CanManageStaff, manages, manages_some};

use jiff::Timestamp;

use crate::agency::{Agency, AgencyCode};
use crate::record::Office;
use crate::session::{Actor, Session, SessionVersion};

/// What somebody wants to do to an agency, its record or its account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Read the public directory.
    ReadPublic,
    /// Read the personnel screen, with mobile numbers and history.
    ReadInternal,
    /// Add, edit or delete the record.
    Edit,
    /// Undo a deletion.
    Restore,
    /// Read who changed what, and when.
    ReadAudit,
    /// See whether there is an account, and how it stands.
    ReadAccount,
    /// Change the account: its address, its devices, to whom it is handed over.
    ManageAccount,
    /// Help an account: suspend it, lift that, send the way to a new password.
    HelpAccount,
    /// Approve or refuse a claim to the agency.
    DecideClaim,
}

/// The kinds of caller, as the table sees them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Nobody in particular.
    Public,
    /// An agency.
    Agency,
    /// A district office.
    District,
    /// A province office.
    Province,
    /// The central office.
    Central,
}

/// How the caller stands to the agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// It is the caller's own, or in the caller's district or province, or the caller is the centre.
    Own,
    /// It is somebody else's.
    Other,
}

impl Deed {
    /// Every deed.
    pub const ALL: [Self; 9] = [
        Self::ReadPublic,
        Self::ReadInternal,
        Self::Edit,
        Self::Restore,
        Self::ReadAudit,
        Self::ReadAccount,
        Self::ManageAccount,
        Self::HelpAccount,
        Self::DecideClaim,
    ];
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [Self::Public, Self::Agency, Self::District, Self::Province, Self::Central];
}

/// The table. What it does not name is refused.
#[must_use]
pub fn allows(role: Role, deed: Deed, relation: Relation) -> bool {
    use Deed::{
        DecideClaim, Edit, HelpAccount, ManageAccount, ReadAccount, ReadAudit, ReadInternal, ReadPublic,
        Restore,
    };
    use Relation::Own;
    match role {
        Role::Public => matches!(deed, ReadPublic),
        Role::Agency => {
            let of_its_own =
                matches!(deed, ReadInternal | Edit | Restore | ReadAudit | ReadAccount | ManageAccount);
            deed == ReadPublic || (relation == Own && of_its_own)
        }
        Role::District => {
            deed == ReadPublic || (relation == Own && matches!(deed, ReadInternal | ReadAudit | ReadAccount))
        }
        Role::Province | Role::Central => {
            let in_its_care =
                matches!(deed, ReadInternal | Restore | ReadAudit | ReadAccount | HelpAccount | DecideClaim);
            deed == ReadPublic || (relation == Own && in_its_care)
        }
    }
}

/// Leave to do one deed to one agency, at one moment. Only this module can make one, so a
/// store method that asks for it cannot be called without the table's consent.
#[derive(Clone, Debug)]
pub struct Leave {
    agency: AgencyCode,
    actor: Actor,
    session_version: SessionVersion,
}

impl Leave {
    /// The agency that the leave is for.
    #[must_use]
    pub fn agency(&self) -> &AgencyCode {
        &self.agency
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

    /// The office of the actor.
    #[must_use]
    pub fn office(&self) -> Office {
        self.actor.office()
    }
}

macro_rules! leave {
    ($(#[$doc:meta])* $name:ident, $deed:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(Leave);

        impl $name {
            /// Asks the table. None where it refuses or the session has ended.
            #[must_use]
            pub fn ask(session: &Session, agency: &Agency, now: Timestamp) -> Option<Self> {
                permit(session, agency, $deed, now).map(Self)
            }
        }

        impl std::ops::Deref for $name {
            type Target = Leave;

            fn deref(&self) -> &Leave {
                &self.0
            }
        }
    };
}

leave!(
    /// Leave to change an agency's record.
    CanEdit, Deed::Edit
);
leave!(
    /// Leave to undo a deletion.
    CanRestore, Deed::Restore
);
leave!(
    /// Leave to read what is internal.
    CanRead, Deed::ReadInternal
);
leave!(
    /// Leave to read who changed what.
    CanReadAudit, Deed::ReadAudit
);
leave!(
    /// Leave to see how an account stands.
    CanReadAccount, Deed::ReadAccount
);
leave!(
    /// Leave to change one's own account.
    CanManageAccount, Deed::ManageAccount
);
leave!(
    /// Leave to help an account in one's care.
    CanHelpAccount, Deed::HelpAccount
);
leave!(
    /// Leave to approve or refuse a claim.
    CanDecideClaim, Deed::DecideClaim
);

fn permit(session: &Session, agency: &Agency, deed: Deed, now: Timestamp) -> Option<Leave> {
    let (role, relation) = stand(&session.actor, agency);
    (now < session.expires_at && allows(role, deed, relation)).then(|| Leave {
        agency: agency.code.clone(),
        actor: session.actor.clone(),
        session_version: session.version,
    })
}

fn stand(actor: &Actor, agency: &Agency) -> (Role, Relation) {
    let relation = |own| if own { Relation::Own } else { Relation::Other };
    match actor {
        Actor::Agency { agency: code } => (Role::Agency, relation(*code == agency.code)),
        Actor::District { province, district, .. } => {
            let is_in_district = *province == agency.province.code() && *district == agency.district;
            (Role::District, relation(is_in_district))
        }
        Actor::Province { province, .. } => (Role::Province, relation(*province == agency.province.code())),
        Actor::Central { .. } => (Role::Central, Relation::Own),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole table as it is meant, written out by hand: a row for each role, a cell for each deed in
    /// the order of `Deed::ALL`: allowed for anybody's agency (+), for its own alone (o), or not at all (-).
    const MEANT: [(Role, &str); 5] = [
        (Role::Public, "+--------"),
        (Role::Agency, "+oooooo--"),
        (Role::District, "+o--oo---"),
        (Role::Province, "+o-ooo-oo"),
        (Role::Central, "+o-ooo-oo"),
    ];

    #[test]
    fn every_cell_is_as_meant() {
        for (role, cells) in MEANT {
            assert_eq!(cells.len(), Deed::ALL.len());
            for (deed, cell) in Deed::ALL.into_iter().zip(cells.chars()) {
                let got = match [Relation::Own, Relation::Other].map(|relation| allows(role, deed, relation))
                {
                    [true, true] => '+',
                    [true, false] => 'o',
                    [false, false] => '-',
                    [false, true] => '!',
                };
                assert_eq!(got, cell, "{role:?} {deed:?}");
            }
        }
    }

    #[test]
    fn a_district_is_one_of_its_province() {
        let agency = |district: &str| Agency {
            code: "540101".parse().expect("a code"),
            kind: crate::agency::AgencyKind::Subdistrict,
            name: "แม่ยม".into(),
            district: district.into(),
            province: crate::province::Province::by_name("แพร่").expect("a province"),
            official_email: None,
            official_phone: None,
        };
        let session = |province: &str| Session {
            actor: Actor::District {
                province: province.parse().expect("a province"),
                district: "เมืองแพร่".into(),
                staff: "A".repeat(22),
            },
            version: SessionVersion(1),
            signed_in_at: Timestamp::UNIX_EPOCH,
            expires_at: Timestamp::MAX,
        };
        let may = |session: &Session, agency: &Agency| {
            CanRead::ask(session, agency, Timestamp::UNIX_EPOCH).is_some()
        };
        assert!(may(&session("54"), &agency("เมืองแพร่")));
        assert!(!may(&session("54"), &agency("สูงเม่น")));
        assert!(!may(&session("55"), &agency("เมืองแพร่")), "another province's district of the same name");
        assert!(CanEdit::ask(&session("54"), &agency("เมืองแพร่"), Timestamp::UNIX_EPOCH).is_none());
    }
}
