//! Hashing and checking passwords.

use std::sync::{Arc, Mutex, PoisonError};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use data_encoding::BASE64URL_NOPAD;
use palad_domain::password::Password;
use palad_environment::Random;
use serde::{Deserialize, Serialize};

use crate::pepper::Pepper;

/// Memory in KiB, passes and lanes for an agency's password: 16 to 18 ms on a core of a server.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Hashes passwords, one at a time in one block of memory that lives as long as the process.
///
/// The memory is allocated once because a fresh block for each hash made the resident memory of a
/// worker thread grow several times over; it is wiped after each use.
#[derive(Clone)]
pub struct Hasher {
    pepper: Pepper,
    random: Random,
    memory: Arc<Mutex<Vec<Block>>>,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is another password.
    Wrong,
    /// It is this one.
    Right,
    /// It is this one, and its hash was made with other parameters: store this one instead.
    RightRehash(String),
}

/// Why a password could not be hashed or checked.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// The stored hash is not one of ours, or its pepper is not at hand.
    #[error("a stored password hash cannot be read")]
    Unreadable,
    /// Hashing failed.
    #[error("hashing failed: {0}")]
    Failed(String),
}

/// A password's hash as it is stored.
#[derive(Serialize, Deserialize)]
struct Stored {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    pepper: String,
    salt: String,
    tag: String,
}

impl Hasher {
    /// A hasher with this pepper.
    #[must_use]
    pub fn new(pepper: Pepper, random: Random) -> Self {
        Self { pepper, random, memory: Arc::default() }
    }

    /// The hash to store for a new password.
    ///
    /// # Errors
    /// When hashing fails.
    pub async fn hash(&self, password: &Password) -> Result<String, HashError> {
        let salt = self.random.bytes::<16>();
        let output = self.run(password, salt.to_vec(), (MEMORY_KIB, PASSES, LANES)).await?;
        let stored = Stored {
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            lanes: LANES,
            pepper: self.pepper.id.clone(),
            salt: BASE64URL_NOPAD.encode(&salt),
            tag: BASE64URL_NOPAD.encode(&self.pepper.wrap(&output)),
        };
        serde_json::to_string(&stored).map_err(|error| HashError::Failed(error.to_string()))
    }

    /// Checks a password against a stored hash; without one, against nothing, in the same time.
    ///
    /// # Errors
    /// When the stored hash cannot be read.
    pub async fn check(&self, password: &Password, stored: Option<&str>) -> Result<Verdict, HashError> {
        let Some(stored) = stored else {
            self.run(password, vec![0; 16], (MEMORY_KIB, PASSES, LANES)).await?;
            return Ok(Verdict::Wrong);
        };
        let stored: Stored = serde_json::from_str(stored).map_err(|_| HashError::Unreadable)?;
        let decode = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| HashError::Unreadable);
        let (salt, tag) = (decode(&stored.salt)?, decode(&stored.tag)?);
        if stored.pepper != self.pepper.id {
            return Err(HashError::Unreadable);
        }
        let parameters = (stored.memory_kib, stored.passes, stored.lanes);
        let output = self.run(password, salt, parameters).await?;
        if !self.pepper.is_wrapped(&output, &tag) {
            return Ok(Verdict::Wrong);
        }
        if parameters == (MEMORY_KIB, PASSES, LANES) {
            Ok(Verdict::Right)
        } else {
            self.hash(password).await.map(Verdict::RightRehash)
        }
    }

    /// Runs argon2id away from the threads that answer requests.
    async fn run(
        &self,
        password: &Password,
        salt: Vec<u8>,
        (memory_kib, passes, lanes): (u32, u32, u32),
    ) -> Result<[u8; 32], HashError> {
        let failed = |error: &dyn std::fmt::Display| HashError::Failed(error.to_string());
        let parameters = Params::new(memory_kib, passes, lanes, Some(32)).map_err(|error| failed(&error))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters);
        let (memory, password) = (Arc::clone(&self.memory), password.clone());
        let hashing = tokio::task::spawn_blocking(move || {
            let mut blocks = memory.lock().unwrap_or_else(PoisonError::into_inner);
            blocks.resize(argon2.params().block_count(), Block::default());
            let mut output = [0; 32];
            let result = argon2.hash_password_into_with_memory(
                password.as_bytes(),
                &salt,
                &mut output,
                blocks.as_mut_slice(),
            );
            blocks.fill(Block::default());
            result.map(|()| output).map_err(|error| HashError::Failed(error.to_string()))
        });
        hashing.await.map_err(|error| failed(&error))?
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use palad_environment::Variables;

    use super::*;

    fn hasher(id: &str) -> Hasher {
        let random = Random::default();
        let pepper = format!("{id}:{}", random.token());
        let variables = Variables::of_map(BTreeMap::from([("PASSWORD_PEPPER".to_owned(), pepper)]));
        Hasher::new(Pepper::from_environment(&variables).expect("a pepper"), random)
    }

    fn password(digits: &str) -> Password {
        Password::parse(digits).expect("digits")
    }

    #[tokio::test]
    async fn only_the_right_password_under_the_right_pepper_is_right() {
        let hasher_a = hasher("a");
        let stored = hasher_a.hash(&password("83920471")).await.expect("hashes");
        let check = async |hasher: &Hasher, digits| hasher.check(&password(digits), Some(&stored)).await;
        assert_eq!(check(&hasher_a, "83920471").await.ok(), Some(Verdict::Right));
        assert_eq!(check(&hasher_a, "83920472").await.ok(), Some(Verdict::Wrong));
        assert_eq!(check(&hasher("a"), "83920471").await.ok(), Some(Verdict::Wrong));
        assert!(check(&hasher("b"), "83920471").await.is_err());
        assert_eq!(hasher_a.check(&password("83920471"), None).await.ok(), Some(Verdict::Wrong));
        assert!(!stored.contains("83920471"));
        assert_ne!(stored, hasher_a.hash(&password("83920471")).await.expect("hashes"));
    }

    #[tokio::test]
    async fn an_old_hash_is_renewed() {
        let hasher = hasher("a");
        let output = hasher.run(&password("83920471"), vec![7; 16], (64, 1, 1)).await.expect("hashes");
        let stored = Stored {
            memory_kib: 64,
            passes: 1,
            lanes: 1,
            pepper: "a".into(),
            salt: BASE64URL_NOPAD.encode(&[7; 16]),
            tag: BASE64URL_NOPAD.encode(&hasher.pepper.wrap(&output)),
        };
        let stored = serde_json::to_string(&stored).expect("writes");
        let verdict = hasher.check(&password("83920471"), Some(&stored)).await.expect("readable");
        let Verdict::RightRehash(renewed) = verdict else { panic!("{verdict:?}") };
        assert_eq!(hasher.check(&password("83920471"), Some(&renewed)).await.ok(), Some(Verdict::Right));
    }

    #[test]
    fn a_code_is_bound_to_its_purpose() {
        let pepper = hasher("a").pepper;
        let hash = pepper.code_hash("claim 1", "12345678");
        assert!(pepper.is_code("claim 1", "12345678", &hash));
        assert!(!pepper.is_code("claim 2", "12345678", &hash));
        assert!(!pepper.is_code("claim 1", "12345679", &hash));
    }
}
