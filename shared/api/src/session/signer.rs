//! The one who makes sessions: `login`, and nobody else.

use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use palad_domain::session::Session;
use palad_environment::{Variables, VariablesError};

use super::claims::{Claims, issuer};
use super::{crypto, keys};
use crate::cookie::Cookie;
use crate::problem::ApiError;

/// Signs sessions with the current key.
pub struct Signer {
    kid: String,
    key: EncodingKey,
    issuer: String,
}

impl Signer {
    /// Reads `STAGE` and `SESSION_SIGNING_KEY`, and holds the key against `SESSION_VERIFYING_KEYS`:
    /// a key that no function could verify must not start signing.
    ///
    /// # Errors
    /// When a variable is missing or malformed, or the signing key is not among the verifying ones.
    pub fn from_environment(variables: &Variables) -> Result<Self, VariablesError> {
        crypto::install();
        let known = variables.parse("SESSION_VERIFYING_KEYS", keys::several)?;
        let (kid, seed) = variables.parse("SESSION_SIGNING_KEY", |text| {
            let (kid, seed) = keys::one(text)?;
            let public = crypto::public_key(&seed)?;
            known.contains(&(kid.clone(), public)).then_some((kid, seed))
        })?;
        Ok(Self { kid, key: EncodingKey::from_ed_der(&seed), issuer: issuer(&variables.require("STAGE")?) })
    }

    /// The token of a session, as of now.
    ///
    /// # Errors
    /// 500 when it cannot be signed.
    pub fn issue(&self, session: &Session, now: Timestamp) -> Result<String, ApiError> {
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(self.kid.clone());
        let claims = Claims::of(session, &self.issuer, now);
        encode(&header, &claims, &self.key).map_err(|_| ApiError::internal("session token not signed"))
    }

    /// The cookie of a session; it ends when the session does.
    ///
    /// # Errors
    /// 500 when it cannot be signed.
    pub fn cookie(&self, session: &Session, now: Timestamp) -> Result<Cookie, ApiError> {
        Ok(Cookie::session(&self.issue(session, now)?, session.expires_at.duration_since(now)))
    }
}
