//! The one-time codes of the letters: argon2id without the pepper.
//!
//! Whoever prints the letters has no secret of the system. A code of 50 random bits needs none: its hash is
//! dear enough, and only a number that people think of themselves could be guessed from a stolen table.

use palad_environment::Random;
use subtle::ConstantTimeEq;

use crate::HashError;
use crate::argon::{Argon, Profile};
use crate::stored::Stored;

/// Hashes codes of letters and checks them.
#[derive(Clone)]
pub struct LetterCodeHasher {
    argon: Argon,
    random: Random,
}

impl LetterCodeHasher {
    /// A hasher; it needs no secret.
    #[must_use]
    pub fn new(random: Random) -> Self {
        Self { argon: Argon::default(), random }
    }

    /// The hash to store for a code, in the form in which it will be compared.
    ///
    /// # Errors
    /// When hashing fails.
    pub async fn hash(&self, code: &str) -> Result<String, HashError> {
        let secret = (code.as_bytes(), Profile::AGENCY);
        Stored::make(&self.argon, &self.random, secret, "", <[u8]>::to_vec).await?.write()
    }

    /// Whether it is the code of this hash.
    ///
    /// # Errors
    /// When the stored hash cannot be read.
    pub async fn check(&self, code: &str, stored: &str) -> Result<bool, HashError> {
        let stored = Stored::read(stored)?;
        if !stored.pepper.is_empty() {
            return Err(HashError::Unreadable);
        }
        let output = stored.output(&self.argon, code.as_bytes()).await?;
        Ok(bool::from(output.as_slice().ct_eq(&stored.tag()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_code_is_right_under_its_own_hash_alone() {
        let hasher = LetterCodeHasher::new(Random::default());
        let stored = hasher.hash("7K3MQ9XHTB").await.expect("hashes");
        assert_eq!(hasher.check("7K3MQ9XHTB", &stored).await.ok(), Some(true));
        assert_eq!(hasher.check("7K3MQ9XHTC", &stored).await.ok(), Some(false));
        assert!(!stored.contains("7K3MQ9XHTB"));
        assert_ne!(stored, hasher.hash("7K3MQ9XHTB").await.expect("hashes"));
        let shorter = stored.replacen("\"tag\":\"", "\"tag\":\"A", 1);
        assert!(!matches!(hasher.check("7K3MQ9XHTB", &shorter).await, Ok(true)));
        let peppered = stored.replace("\"pepper\":\"\"", "\"pepper\":\"a\"");
        assert!(hasher.check("7K3MQ9XHTB", &peppered).await.is_err());
    }
}
