//! What a token says, and what it takes to be believed. Every claim is required.

use jiff::Timestamp;
use palad_domain::session::{Actor, Session, SessionVersion};
use serde::{Deserialize, Serialize};

use super::lifetime;

/// For whom tokens are.
pub(super) const AUDIENCE: &str = "palad";

/// By how many seconds the clocks of two functions may differ.
const LEEWAY: i64 = 5;

/// Who issues tokens: a token of one stage is none in another.
pub(super) fn issuer(stage: &str) -> String {
    format!("palad/{stage}")
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Claims {
    iss: String,
    aud: String,
    sub: String,
    iat: i64,
    nbf: i64,
    exp: i64,
    /// When the password was given.
    auth_time: i64,
    /// The account's session version.
    sv: u64,
    actor: Actor,
}

impl Claims {
    pub(super) fn of(session: &Session, issuer: &str, now: Timestamp) -> Self {
        Self {
            iss: issuer.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: subject(&session.actor),
            iat: now.as_second(),
            nbf: now.as_second(),
            exp: session.expires_at.as_second(),
            auth_time: session.signed_in_at.as_second(),
            sv: session.version.0,
            actor: session.actor.clone(),
        }
    }

    /// The session, if the claims hold now and agree with each other. A token that lasts longer
    /// than any we issue is none of ours, whoever signed it.
    pub(super) fn session(self, issuer: &str, now: Timestamp) -> Option<Session> {
        let now = now.as_second();
        let idle = lifetime::idle(&self.actor).as_secs();
        let absolute = lifetime::absolute(&self.actor).as_secs();
        let holds = self.iss == issuer
            && self.aud == AUDIENCE
            && self.sub == subject(&self.actor)
            && now < self.exp
            && self.nbf <= now.saturating_add(LEEWAY)
            && self.iat <= now.saturating_add(LEEWAY)
            && self.auth_time <= self.iat
            && self.exp.saturating_sub(self.iat) <= idle
            && self.exp.saturating_sub(self.auth_time) <= absolute;
        let session = Session {
            signed_in_at: Timestamp::from_second(self.auth_time).ok()?,
            expires_at: Timestamp::from_second(self.exp).ok()?,
            version: SessionVersion(self.sv),
            actor: self.actor,
        };
        holds.then_some(session)
    }
}

fn subject(actor: &Actor) -> String {
    match actor {
        Actor::Agency { agency } => format!("agency:{agency}"),
        Actor::District { staff, .. } => format!("district:{staff}"),
        Actor::Province { staff, .. } => format!("province:{staff}"),
        Actor::Central { staff } => format!("central:{staff}"),
    }
}
