//! How long a session lasts: a while after its last use, and never past a fixed end.

use jiff::{SignedDuration, Timestamp};
use palad_domain::session::{Actor, Session, SessionVersion};

/// An agency's session ends after half an hour without use.
const AGENCY_IDLE: SignedDuration = SignedDuration::from_mins(30);
/// An agency's session ends eight hours after its password was given.
const AGENCY_ABSOLUTE: SignedDuration = SignedDuration::from_hours(8);
/// Staff see more, so theirs are shorter.
const STAFF_IDLE: SignedDuration = SignedDuration::from_mins(15);
/// Staff see more, so theirs are shorter.
const STAFF_ABSOLUTE: SignedDuration = SignedDuration::from_hours(4);

pub(super) fn idle(actor: &Actor) -> SignedDuration {
    match actor {
        Actor::Agency { .. } => AGENCY_IDLE,
        Actor::District { .. } | Actor::Province { .. } | Actor::Central { .. } => STAFF_IDLE,
    }
}

pub(super) fn absolute(actor: &Actor) -> SignedDuration {
    match actor {
        Actor::Agency { .. } => AGENCY_ABSOLUTE,
        Actor::District { .. } | Actor::Province { .. } | Actor::Central { .. } => STAFF_ABSOLUTE,
    }
}

/// A session that begins now, the password just having been given.
#[must_use]
pub fn begun(actor: Actor, version: SessionVersion, now: Timestamp) -> Session {
    let now = whole_seconds(now);
    let mut session = Session { actor, version, signed_in_at: now, expires_at: now };
    session.expires_at = later(now, idle(&session.actor)).min(ends_at(&session));
    session
}

/// The same session, used now: it lasts a while longer, though not past its end. A session that
/// is past its end already comes back as it is, and no verifier takes it.
#[must_use]
pub fn renewed(session: &Session, now: Timestamp) -> Session {
    let mut renewed = session.clone();
    renewed.expires_at = later(whole_seconds(now), idle(&session.actor)).min(ends_at(session));
    renewed
}

/// When the password must be given again, whatever happens.
#[must_use]
pub fn ends_at(session: &Session) -> Timestamp {
    later(session.signed_in_at, absolute(&session.actor))
}

fn later(time: Timestamp, by: SignedDuration) -> Timestamp {
    time.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// Tokens count whole seconds; so that what is shown is what is signed, sessions do too.
fn whole_seconds(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn use_prolongs_a_session_up_to_its_end() {
        let start: Timestamp = "2027-03-01T01:00:00.5Z".parse().expect("a time");
        let actor = Actor::Agency { agency: "540101".parse().expect("a code") };
        let session = begun(actor, SessionVersion(1), start);
        assert_eq!(session.expires_at.to_string(), "2027-03-01T01:30:00Z");
        assert_eq!(ends_at(&session).to_string(), "2027-03-01T09:00:00Z");
        let later = renewed(&session, start + SignedDuration::from_mins(20));
        assert_eq!(later.expires_at.to_string(), "2027-03-01T01:50:00Z");
        let last = renewed(&session, start + SignedDuration::from_mins(7 * 60 + 50));
        assert_eq!(last.expires_at, ends_at(&session));
        assert_eq!(last.signed_in_at, session.signed_in_at);
    }
}
