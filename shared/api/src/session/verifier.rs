//! The one who believes a token or does not; every function that asks who is calling has one.

use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use palad_domain::session::Session;
use palad_environment::{Variables, VariablesError};

use super::claims::{AUDIENCE, Claims, issuer};
use super::{crypto, keys};

/// Longer tokens are none of ours.
const MAX_LENGTH: usize = 2048;

/// Checks session tokens with the public keys.
pub struct Verifier {
    keys: Vec<(String, DecodingKey)>,
    issuer: String,
    validation: Validation,
}

impl Verifier {
    /// Reads `STAGE` and `SESSION_VERIFYING_KEYS`.
    ///
    /// # Errors
    /// When a variable is missing or malformed.
    pub fn from_environment(variables: &Variables) -> Result<Self, VariablesError> {
        crypto::install();
        let keys = variables.parse("SESSION_VERIFYING_KEYS", keys::several)?;
        let issuer = issuer(&variables.require("STAGE")?);
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_audience(&[AUDIENCE]);
        validation.set_issuer(&[&issuer]);
        validation.set_required_spec_claims(&["exp", "nbf", "aud", "iss", "sub"]);
        // The library would ask the machine's clock; `Claims::session` asks the time it is given.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        validation.leeway = 0;
        let keys = keys.into_iter().map(|(kid, key)| (kid, DecodingKey::from_ed_der(&key))).collect();
        Ok(Self { keys, issuer, validation })
    }

    /// The session that `token` proves now, or none. Why not is nobody's business: a caller can
    /// only sign in again, and an attacker learns nothing.
    #[must_use]
    pub fn verify(&self, token: &str, now: Timestamp) -> Option<Session> {
        if token.len() > MAX_LENGTH {
            return None;
        }
        let kid = decode_header(token).ok()?.kid?;
        let (_, key) = self.keys.iter().find(|(known, _)| *known == kid)?;
        let claims = decode::<Claims>(token, key, &self.validation).ok()?.claims;
        claims.session(&self.issuer, now)
    }
}
