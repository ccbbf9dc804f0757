//! Sealing what must be read again: ChaCha20-Poly1305 under keys that are derived from the pepper.

use data_encoding::BASE64URL_NOPAD;
use palad_domain::staff::StaffId;
use palad_environment::Random;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::pepper::{Key, Pepper};

/// What the key is derived for: the pepper itself never encrypts.
const LABEL: &[u8] = b"seal\0chacha20-poly1305";

/// Why something sealed could not be sealed or opened.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SealError {
    /// It was changed, it is sealed for another purpose, or its pepper is not at hand.
    #[error("what was sealed cannot be opened")]
    Unreadable,
    /// The cipher refused.
    #[error("sealing failed")]
    Failed,
}

impl Pepper {
    /// Encrypts `bytes` so that they can be opened for the same purpose alone, and not changed: as
    /// `<key id>.<nonce and ciphertext>`.
    ///
    /// The nonce is random: with few seals under one key (some thousand officers) none comes twice.
    ///
    /// # Errors
    /// When the cipher refuses.
    pub fn seal(&self, random: &Random, purpose: &str, bytes: &[u8]) -> Result<String, SealError> {
        let key = self.current();
        let nonce = random.bytes::<NONCE_LEN>();
        let mut text = bytes.to_vec();
        cipher(key)?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(purpose), &mut text)
            .map_err(|_| SealError::Failed)?;
        let mut sealed = nonce.to_vec();
        sealed.append(&mut text);
        Ok(format!("{}.{}", key.id, BASE64URL_NOPAD.encode(&sealed)))
    }

    /// Opens what was sealed for this purpose, under any pepper that is known.
    ///
    /// # Errors
    /// When it is something else.
    pub fn open(&self, purpose: &str, sealed: &str) -> Result<Vec<u8>, SealError> {
        let unreadable = || SealError::Unreadable;
        let (id, text) = sealed.split_once('.').ok_or_else(unreadable)?;
        let key = self.find(id).ok_or_else(unreadable)?;
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| unreadable())?;
        let (nonce, text) = bytes.split_at_checked(NONCE_LEN).ok_or_else(unreadable)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| unreadable())?;
        let mut text = text.to_vec();
        let opened = cipher(key)?.open_in_place(nonce, Aad::from(purpose), &mut text);
        opened.map(|bytes| bytes.to_vec()).map_err(|_| unreadable())
    }

    /// Seals anew under the current pepper what stands under an older one; none where nothing is to be done.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn reseal(&self, random: &Random, purpose: &str, sealed: &str) -> Result<Option<String>, SealError> {
        if sealed.split_once('.').is_some_and(|(id, _)| id == self.current().id) {
            return Ok(None);
        }
        let opened = self.open(purpose, sealed)?;
        self.seal(random, purpose, &opened).map(Some)
    }

    /// A secret that follows from the pepper and a text, for one purpose: 32 bytes for each pepper that is
    /// known, the current one's first.
    pub fn derive(&self, purpose: &str, text: &str) -> impl Iterator<Item = [u8; DERIVED_BYTES]> {
        let message = format!("derive\0{purpose}\0{text}").into_bytes();
        self.all().filter_map(move |key| key.sign(&message).try_into().ok())
    }
}

/// For what the secret of an officer's one-time codes is sealed: it opens for its own account alone.
#[must_use]
pub fn totp_purpose(id: &StaffId) -> String {
    format!("totp {}", id.as_str())
}

/// For what an officer's recovery codes are sealed.
#[must_use]
pub fn recovery_purpose(id: &StaffId) -> String {
    format!("recovery {}", id.as_str())
}

/// The length of a derived secret.
const DERIVED_BYTES: usize = 32;

fn cipher(key: &Key) -> Result<LessSafeKey, SealError> {
    let key = UnboundKey::new(&CHACHA20_POLY1305, &key.sign(LABEL)).map_err(|_| SealError::Failed)?;
    Ok(LessSafeKey::new(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pepper::tests::{key, pepper};

    #[test]
    fn only_the_same_pepper_opens_it_for_the_same_purpose() {
        let random = Random::default();
        let own = pepper(&key("a")).expect("a pepper");
        let sealed = own.seal(&random, "totp A", b"secret").expect("sealed");
        assert_eq!(own.open("totp A", &sealed).as_deref(), Ok(b"secret".as_slice()));
        assert_eq!(own.open("totp B", &sealed), Err(SealError::Unreadable));
        for stranger in [key("a"), key("b")] {
            assert!(pepper(&stranger).expect("a pepper").open("totp A", &sealed).is_err());
        }
        assert_ne!(sealed, own.seal(&random, "totp A", b"secret").expect("sealed"), "a nonce of its own");
        assert!(!sealed.contains(&BASE64URL_NOPAD.encode(b"secret")));
    }

    #[test]
    fn a_changed_text_is_not_opened() {
        let own = pepper(&key("a")).expect("a pepper");
        let sealed = own.seal(&Random::default(), "totp A", b"secret").expect("sealed");
        for at in 0..sealed.len() {
            let mut mutant = sealed.clone().into_bytes();
            mutant[at] = if mutant[at] == b'A' { b'B' } else { b'A' };
            let mutant = String::from_utf8(mutant).expect("text");
            assert!(own.open("totp A", &mutant).is_err(), "{mutant}");
            assert!(own.open("totp A", &sealed[..at]).is_err(), "cut off at {at}");
        }
        assert!(own.open("totp A", "").is_err() && own.open("totp A", "a.").is_err());
    }

    #[test]
    fn a_seal_is_renewed_when_the_pepper_changes() {
        let random = Random::default();
        let (a, b) = (key("a"), key("b"));
        let sealed = pepper(&a).expect("a pepper").seal(&random, "p", b"secret").expect("sealed");
        let both = pepper(&format!("{b} {a}")).expect("peppers");
        let renewed = both.reseal(&random, "p", &sealed).expect("opened").expect("sealed anew");
        assert_eq!(both.reseal(&random, "p", &renewed), Ok(None));
        assert_eq!(pepper(&b).expect("a pepper").open("p", &renewed).as_deref(), Ok(b"secret".as_slice()));
        assert_eq!(both.reseal(&random, "other", &sealed), Err(SealError::Unreadable));
    }

    #[test]
    fn derived_secrets_differ_by_purpose_text_and_pepper() {
        let (a, b) = (key("a"), key("b"));
        let both = pepper(&format!("{b} {a}")).expect("peppers");
        let derived = |pepper: &Pepper, purpose, text| pepper.derive(purpose, text).collect::<Vec<_>>();
        let own = derived(&both, "totp", "T");
        assert_eq!(own.len(), 2);
        assert_eq!(derived(&pepper(&a).expect("a pepper"), "totp", "T"), own[1..]);
        let mut all = [own, derived(&both, "totp", "U"), derived(&both, "other", "T")].concat();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 6);
    }
}
