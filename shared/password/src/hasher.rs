//! Hashing and checking what people type to prove who they are.

use palad_domain::passphrase::Passphrase;
use palad_domain::password::Password;
use palad_environment::Random;

use crate::argon::{Argon, Profile, SALT_BYTES};
use crate::pepper::{Key, Pepper};
use crate::stored::Stored;

/// Hashes passwords and passphrases under the pepper.
#[derive(Clone)]
pub struct Hasher {
    pepper: Pepper,
    random: Random,
    argon: Argon,
}

/// What people type, and how dear its hash is: a passphrase cannot be hashed as cheaply as a number by
/// mistake.
pub trait Secret {
    /// How dear its hash is.
    const PROFILE: Profile;

    /// What is hashed.
    fn bytes(&self) -> &[u8];
}

impl Secret for Password {
    const PROFILE: Profile = Profile::AGENCY;

    fn bytes(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl Secret for Passphrase {
    const PROFILE: Profile = Profile::STAFF;

    fn bytes(&self) -> &[u8] {
        self.as_bytes()
    }
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is another password.
    Wrong,
    /// It is this one.
    Right,
    /// It is this one, and its hash was made with other parameters or under another pepper: store this one
    /// instead.
    RightRehash(String),
}

/// What wrapping a stored hash under the current pepper came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrapped {
    /// It stands under the current pepper already.
    Already,
    /// Store this one instead.
    Anew(String),
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

impl Hasher {
    /// A hasher with this pepper.
    #[must_use]
    pub fn new(pepper: Pepper, random: Random) -> Self {
        Self { pepper, random, argon: Argon::default() }
    }

    /// The hash to store for a new password.
    ///
    /// # Errors
    /// When hashing fails.
    pub async fn hash<S: Secret>(&self, secret: &S) -> Result<String, HashError> {
        let key = self.pepper.current();
        let secret = (secret.bytes(), S::PROFILE);
        let wrap = |output: &[u8]| key.sign(output);
        Stored::make(&self.argon, &self.random, secret, &key.id, wrap).await?.write()
    }

    /// Checks a password against a stored hash; without one, against nothing, in the same time.
    ///
    /// # Errors
    /// When the stored hash cannot be read.
    pub async fn check<S: Secret>(&self, secret: &S, stored: Option<&str>) -> Result<Verdict, HashError> {
        let Some(stored) = self.right(secret, stored).await? else { return Ok(Verdict::Wrong) };
        if stored.profile() == S::PROFILE && stored.pepper == self.pepper.current().id {
            Ok(Verdict::Right)
        } else {
            self.hash(secret).await.map(Verdict::RightRehash)
        }
    }

    /// Whether it is the password of a stored hash. Never renews the hash: where nobody may learn whether it was
    /// right, that would be more work for the right one.
    ///
    /// # Errors
    /// When the stored hash cannot be read.
    pub async fn matches<S: Secret>(&self, secret: &S, stored: Option<&str>) -> Result<bool, HashError> {
        Ok(self.right(secret, stored).await?.is_some())
    }

    /// What is stored, if it is this password's; without anything stored, none, in the same time.
    async fn right<S: Secret>(&self, secret: &S, stored: Option<&str>) -> Result<Option<Stored>, HashError> {
        let Some(stored) = stored else {
            self.argon.run(secret.bytes(), &[0; SALT_BYTES], S::PROFILE).await?;
            return Ok(None);
        };
        let stored = Stored::read(stored)?;
        let (inner, outermost) = self.chain(&stored)?;
        let tag = stored.tag()?;
        let output = stored.output(&self.argon, secret.bytes()).await?.to_vec();
        let output = inner.iter().fold(output, |output, key| key.sign(&output));
        Ok(outermost.is_signed(&output, &tag).then_some(stored))
    }

    /// Wraps the current pepper around a hash that stands under older ones. Who has the table and the older
    /// peppers can do nothing with it from then on; no password is needed, and the older peppers stay needed
    /// until the password is typed again.
    ///
    /// # Errors
    /// When the stored hash cannot be read.
    pub fn wrap(&self, stored: &str) -> Result<Wrapped, HashError> {
        let mut stored = Stored::read(stored)?;
        self.chain(&stored)?;
        let current = self.pepper.current();
        if stored.pepper.split(' ').any(|id| id == current.id) {
            return Ok(Wrapped::Already);
        }
        stored.set_tag(&current.sign(&stored.tag()?));
        stored.pepper = format!("{} {}", stored.pepper, current.id);
        stored.write().map(Wrapped::Anew)
    }

    /// Whether a stored hash can be checked under the current pepper alone, so that it does not keep older
    /// ones alive.
    #[must_use]
    pub fn is_current(&self, stored: &str) -> bool {
        Stored::read(stored).is_ok_and(|stored| stored.pepper == self.pepper.current().id)
    }

    /// The peppers that are wrapped around a hash: the inner ones, and the outermost.
    fn chain(&self, stored: &Stored) -> Result<(Vec<&Key>, &Key), HashError> {
        let known = stored.pepper.split(' ').map(|id| self.pepper.find(id));
        let mut keys = known.collect::<Option<Vec<&Key>>>().ok_or(HashError::Unreadable)?;
        let outermost = keys.pop().ok_or(HashError::Unreadable)?;
        Ok((keys, outermost))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pepper::tests::{key, pepper};

    fn hasher(peppers: &str) -> Hasher {
        Hasher::new(pepper(peppers).expect("a pepper"), Random::default())
    }

    fn password(digits: &str) -> Password {
        Password::parse(digits).expect("digits")
    }

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::parse(text).expect("text")
    }

    #[tokio::test]
    async fn only_the_right_password_under_the_right_pepper_is_right() {
        let a = hasher(&key("a"));
        let stored = a.hash(&password("83920471")).await.expect("hashes");
        let check = async |hasher: &Hasher, digits| hasher.check(&password(digits), Some(&stored)).await;
        assert_eq!(check(&a, "83920471").await.ok(), Some(Verdict::Right));
        assert_eq!(check(&a, "83920472").await.ok(), Some(Verdict::Wrong));
        assert_eq!(check(&hasher(&key("a")), "83920471").await.ok(), Some(Verdict::Wrong));
        assert!(check(&hasher(&key("b")), "83920471").await.is_err());
        assert_eq!(a.check(&password("83920471"), None).await.ok(), Some(Verdict::Wrong));
        for (digits, meant) in [("83920471", true), ("83920472", false)] {
            assert_eq!(a.matches(&password(digits), Some(&stored)).await.ok(), Some(meant));
            assert_eq!(a.matches(&password(digits), None).await.ok(), Some(false));
        }
        assert!(!stored.contains("83920471"));
        assert_ne!(stored, a.hash(&password("83920471")).await.expect("hashes"));
    }

    #[tokio::test]
    async fn a_passphrase_is_hashed_more_dearly_than_a_number() {
        let hasher = hasher(&key("a"));
        let stored = hasher.hash(&passphrase("แมวสามตัวกินปลา")).await.expect("hashes");
        assert_eq!(Stored::read(&stored).map(|stored| stored.profile()).ok(), Some(Profile::STAFF));
        let check = async |text| hasher.check(&passphrase(text), Some(&stored)).await.ok();
        assert_eq!(check("แมวสามตัวกินปลา").await, Some(Verdict::Right));
        assert_eq!(check("แมวสามตัวกินปลา ").await, Some(Verdict::Wrong));
        // One that was hashed as a number is, would be renewed at once.
        let cheap = hasher.hash(&password("839204719283746")).await.expect("hashes");
        let verdict = hasher.check(&passphrase("839204719283746"), Some(&cheap)).await.expect("readable");
        let Verdict::RightRehash(renewed) = verdict else { panic!("{verdict:?}") };
        assert_eq!(Stored::read(&renewed).map(|stored| stored.profile()).ok(), Some(Profile::STAFF));
    }

    #[tokio::test]
    async fn an_old_hash_is_renewed() {
        let hasher = hasher(&key("a"));
        let cheap = Profile { memory_kib: 64, passes: 1, lanes: 1 };
        let secret = (b"83920471".as_slice(), cheap);
        let current = hasher.pepper.current();
        let stored =
            Stored::make(&hasher.argon, &hasher.random, secret, &current.id, |output| current.sign(output));
        let stored = stored.await.and_then(|stored| stored.write()).expect("hashes");
        let verdict = hasher.check(&password("83920471"), Some(&stored)).await.expect("readable");
        let Verdict::RightRehash(renewed) = verdict else { panic!("{verdict:?}") };
        assert_eq!(hasher.check(&password("83920471"), Some(&renewed)).await.ok(), Some(Verdict::Right));
    }

    #[tokio::test]
    async fn a_pepper_is_changed_by_wrapping_without_the_password() {
        let (a, b) = (key("a"), key("b"));
        let old = hasher(&a);
        let both = hasher(&format!("{b} {a}"));
        let right = password("83920471");
        let stored = old.hash(&right).await.expect("hashes");
        assert!(old.is_current(&stored) && !both.is_current(&stored));

        let Wrapped::Anew(wrapped) = both.wrap(&stored).expect("readable") else { panic!("not wrapped") };
        assert_eq!(both.wrap(&wrapped).ok(), Some(Wrapped::Already));
        assert!(both.wrap("{}").is_err() && hasher(&b).wrap(&stored).is_err());
        // Neither pepper alone is enough for it.
        assert!(old.check(&right, Some(&wrapped)).await.is_err());
        assert!(hasher(&b).check(&right, Some(&wrapped)).await.is_err());
        assert_eq!(both.check(&password("83920472"), Some(&wrapped)).await.ok(), Some(Verdict::Wrong));
        // Typed once, it stands under the new one alone; so does one that was not wrapped in time.
        for stored in [&wrapped, &stored] {
            let verdict = both.check(&right, Some(stored)).await.expect("readable");
            let Verdict::RightRehash(renewed) = verdict else { panic!("{verdict:?}") };
            assert!(both.is_current(&renewed));
            assert_eq!(hasher(&b).check(&right, Some(&renewed)).await.ok(), Some(Verdict::Right));
        }
    }
}
