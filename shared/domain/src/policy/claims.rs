//! Who sees what waits for a decision: whoever may decide it.

use jiff::Timestamp;

use super::{Deed, Relation, Role, allows};
use crate::province::{Province, ProvinceCode};
use crate::session::{Actor, Session};

/// Leave to see the claims to the agencies of one province.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CanSeeClaims {
    province: ProvinceCode,
}

impl CanSeeClaims {
    /// Asks the table for every province. None where it refuses or the session has ended.
    #[must_use]
    pub fn all(session: &Session, now: Timestamp) -> Vec<Self> {
        let provinces = Province::all().map(Province::code);
        let allowed =
            provinces.filter(|province| now < session.expires_at && decides(&session.actor, *province));
        allowed.map(|province| Self { province }).collect()
    }

    /// The province.
    #[must_use]
    pub fn province(&self) -> ProvinceCode {
        self.province
    }
}

/// Whether the caller decides claims to all agencies of a province.
fn decides(actor: &Actor, province: ProvinceCode) -> bool {
    let (role, relation) = match actor {
        Actor::Agency { .. } => (Role::Agency, Relation::Other),
        Actor::District { .. } => (Role::District, Relation::Other),
        Actor::Province { province: own, .. } if *own == province => (Role::Province, Relation::Own),
        Actor::Province { .. } => (Role::Province, Relation::Other),
        Actor::Central { .. } => (Role::Central, Relation::Own),
    };
    allows(role, Deed::DecideClaim, relation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::SessionVersion;

    #[test]
    fn a_province_sees_its_own_claims_and_the_centre_all() {
        let staff = || "A".repeat(22);
        let phrae = || "54".parse().expect("a province");
        let seen = |actor: Actor, now: Timestamp| {
            let session = Session {
                actor,
                version: SessionVersion(1),
                signed_in_at: Timestamp::UNIX_EPOCH,
                expires_at: Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(1),
            };
            CanSeeClaims::all(&session, now)
        };
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(seen(Actor::Agency { agency: "549900".parse().expect("a code") }, now), []);
        let district = Actor::District {
            province: phrae(), district: "เมืองแพร่".into(), staff: staff()
        };
        assert_eq!(seen(district, now), []);
        let province = Actor::Province { province: phrae(), staff: staff() };
        assert_eq!(seen(province, now), [CanSeeClaims { province: phrae() }]);
        assert_eq!(seen(Actor::Central { staff: staff() }, now).len(), Province::all().count());
        let late = now + jiff::SignedDuration::from_hours(1);
        assert_eq!(seen(Actor::Central { staff: staff() }, late), []);
    }
}
