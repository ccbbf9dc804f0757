//! The pepper: a key outside the database, without which a stolen table tells nothing.

use data_encoding::BASE64URL_NOPAD;
use palad_environment::{Variables, VariablesError};
use ring::hmac;

/// The pepper with its key id.
#[derive(Clone)]
pub struct Pepper {
    pub(crate) id: String,
    key: hmac::Key,
}

impl Pepper {
    /// Reads `PASSWORD_PEPPER`: `<key id>:<32 bytes in base64url>`.
    ///
    /// # Errors
    /// When it is missing or malformed.
    pub fn from_environment(variables: &Variables) -> Result<Self, VariablesError> {
        variables.parse("PASSWORD_PEPPER", |text| {
            let (id, key) = text.split_once(':')?;
            let key = BASE64URL_NOPAD.decode(key.as_bytes()).ok().filter(|key| key.len() == 32)?;
            Some(Self { id: id.to_owned(), key: hmac::Key::new(hmac::HMAC_SHA256, &key) })
        })
    }

    /// The keyed hash of a mailed code, bound to what it is for. Codes live for minutes and allow five
    /// tries, so that a fast hash does.
    #[must_use]
    pub fn code_hash(&self, purpose: &str, code: &str) -> String {
        let tag = hmac::sign(&self.key, format!("code\0{purpose}\0{code}").as_bytes());
        BASE64URL_NOPAD.encode(tag.as_ref())
    }

    /// Whether `code` is the one with this hash. Takes the same time either way.
    #[must_use]
    pub fn is_code(&self, purpose: &str, code: &str, hash: &str) -> bool {
        let Ok(tag) = BASE64URL_NOPAD.decode(hash.as_bytes()) else { return false };
        hmac::verify(&self.key, format!("code\0{purpose}\0{code}").as_bytes(), &tag).is_ok()
    }

    pub(crate) fn wrap(&self, output: &[u8]) -> Vec<u8> {
        hmac::sign(&self.key, output).as_ref().to_vec()
    }

    pub(crate) fn is_wrapped(&self, output: &[u8], tag: &[u8]) -> bool {
        hmac::verify(&self.key, output, tag).is_ok()
    }
}
