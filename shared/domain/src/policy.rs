//! Who may do what: one table, from which the code, the documentation and the tests come.

use jiff::Timestamp;

use crate::agency::{Agency, AgencyCode};
use crate::record::Office;
use crate::session::{Actor, Session, SessionVersion};

/// What somebody wants to do to an agency's record.
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
}

/// The kinds of caller, as the table sees them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Nobody in particular.
    Public,
    /// An agency.
    Agency,
    /// A province office.
    Province,
    /// The central office.
    Central,
}

/// How the caller stands to the agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// It is the caller's own, or in the caller's province, or the caller is the centre.
    Own,
    /// It is somebody else's.
    Other,
}

impl Deed {
    /// Every deed.
    pub const ALL: [Self; 4] = [Self::ReadPublic, Self::ReadInternal, Self::Edit, Self::Restore];
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::Public, Self::Agency, Self::Province, Self::Central];
}

/// The table. What it does not name is refused.
#[must_use]
pub fn allows(role: Role, deed: Deed, relation: Relation) -> bool {
    use Deed::{Edit, ReadInternal, ReadPublic, Restore};
    use Relation::Own;
    matches!(
        (role, deed, relation),
        (_, ReadPublic, _)
            | (Role::Agency | Role::Province | Role::Central, ReadInternal | Restore, Own)
            | (Role::Agency, Edit, Own)
    )
}

/// Leave to do one deed to one agency's record, at one moment. Only this module can make one, so a
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
        match self.actor {
            Actor::Agency { .. } => Office::Agency,
            Actor::Province { .. } => Office::Province,
            Actor::Central { .. } => Office::Central,
        }
    }
}

/// Leave to change an agency's record.
#[derive(Clone, Debug)]
pub struct CanEdit(Leave);

/// Leave to undo a deletion.
#[derive(Clone, Debug)]
pub struct CanRestore(Leave);

/// Leave to read what is internal.
#[derive(Clone, Debug)]
pub struct CanRead(Leave);

macro_rules! leave {
    ($name:ident, $deed:expr) => {
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

leave!(CanEdit, Deed::Edit);
leave!(CanRestore, Deed::Restore);
leave!(CanRead, Deed::ReadInternal);

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
        Actor::Province { province, .. } => (Role::Province, relation(*province == agency.province.code())),
        Actor::Central { .. } => (Role::Central, Relation::Own),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole table as it is meant, written out by hand: rows are roles, columns are deeds; each
    /// cell says own, then other.
    const MEANT: [(Role, [&str; 4]); 4] = [
        (Role::Public, ["yes yes", "no no", "no no", "no no"]),
        (Role::Agency, ["yes yes", "yes no", "yes no", "yes no"]),
        (Role::Province, ["yes yes", "yes no", "no no", "yes no"]),
        (Role::Central, ["yes yes", "yes no", "no no", "yes no"]),
    ];

    #[test]
    fn every_cell_is_as_meant() {
        for (role, cells) in MEANT {
            for (deed, cell) in Deed::ALL.into_iter().zip(cells) {
                let word = |relation| if allows(role, deed, relation) { "yes" } else { "no" };
                let got = format!("{} {}", word(Relation::Own), word(Relation::Other));
                assert_eq!(got, cell, "{role:?} {deed:?}");
            }
        }
    }
}
