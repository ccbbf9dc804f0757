//! The pepper: a key outside the database, without which a stolen table tells nothing.
//!
//! Several may be known at once: the current one, under which everything new stands, and older ones, as long
//! as something stored still names them.

use std::net::IpAddr;

use data_encoding::BASE64URL_NOPAD;
use palad_domain::guessing::Network;
use palad_environment::{Variables, VariablesError};
use ring::hmac;

/// The length of a key.
const KEY_BYTES: usize = 32;
/// How many may be known at once.
const KEYS_MAX: usize = 4;

/// The current pepper and the older ones, each with its key id.
#[derive(Clone)]
pub struct Pepper {
    current: Key,
    older: Vec<Key>,
}

#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) id: String,
    hmac: hmac::Key,
}

impl Key {
    fn parse(text: &str) -> Option<Self> {
        let (id, key) = text.split_once(':')?;
        let key = BASE64URL_NOPAD.decode(key.as_bytes()).ok().filter(|key| key.len() == KEY_BYTES)?;
        // An id stands in stored texts, between dots and spaces.
        let is_name = |id: &str| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        (!id.is_empty() && is_name(id))
            .then(|| Self { id: id.to_owned(), hmac: hmac::Key::new(hmac::HMAC_SHA256, &key) })
    }

    pub(crate) fn sign(&self, bytes: &[u8]) -> Vec<u8> {
        hmac::sign(&self.hmac, bytes).as_ref().to_vec()
    }

    pub(crate) fn is_signed(&self, bytes: &[u8], tag: &[u8]) -> bool {
        hmac::verify(&self.hmac, bytes, tag).is_ok()
    }
}

impl Pepper {
    /// Reads `PASSWORD_PEPPER`: `<key id>:<32 bytes in base64url>`, the current one first, older ones after
    /// it, separated by spaces.
    ///
    /// # Errors
    /// When it is missing or malformed.
    pub fn from_environment(variables: &Variables) -> Result<Self, VariablesError> {
        variables.parse("PASSWORD_PEPPER", |text| {
            let mut keys = text.split_whitespace().map(Key::parse).collect::<Option<Vec<Key>>>()?;
            let mut ids: Vec<&str> = keys.iter().map(|key| key.id.as_str()).collect();
            ids.sort_unstable();
            ids.dedup();
            if ids.len() != keys.len() || !(1..=KEYS_MAX).contains(&keys.len()) {
                return None;
            }
            let current = keys.remove(0);
            Some(Self { current, older: keys })
        })
    }

    pub(crate) fn current(&self) -> &Key {
        &self.current
    }

    /// The key with this id, if it is known.
    pub(crate) fn find(&self, id: &str) -> Option<&Key> {
        self.all().find(|key| key.id == id)
    }

    /// Every key, the current one first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.current).chain(&self.older)
    }

    /// The keyed hash of a mailed code, bound to what it is for. Codes live for minutes and allow five
    /// tries, so that a fast hash does.
    #[must_use]
    pub fn code_hash(&self, purpose: &str, code: &str) -> String {
        BASE64URL_NOPAD.encode(&self.current.sign(&code_message(purpose, code)))
    }

    /// Whether `code` is the one with this hash, under the current pepper or, while peppers change, an older
    /// one. Takes the same time either way.
    #[must_use]
    pub fn is_code(&self, purpose: &str, code: &str, hash: &str) -> bool {
        let Ok(tag) = BASE64URL_NOPAD.decode(hash.as_bytes()) else { return false };
        let message = code_message(purpose, code);
        // All of them are tried, whichever it is.
        self.all().filter(|key| key.is_signed(&message, &tag)).count() > 0
    }

    /// The keyed hash that stands for something in a guard's key: an address or a number that must not be
    /// found in the database, nor by trying all there are. Always under the current pepper, for guards
    /// last for hours.
    #[must_use]
    pub fn guard_mark(&self, purpose: &str, secret: &[u8]) -> String {
        let message = [b"guard\0", purpose.as_bytes(), b"\0", secret].concat();
        BASE64URL_NOPAD.encode(&self.current.sign(&message))
    }

    /// The same of the network that a caller's address is in; all whose address is not known count as one network.
    #[must_use]
    pub fn network_mark(&self, purpose: &str, address: Option<IpAddr>) -> String {
        let network = address.map(|address| Network::of(address).to_text()).unwrap_or_default();
        self.guard_mark(purpose, network.as_bytes())
    }
}

fn code_message(purpose: &str, code: &str) -> Vec<u8> {
    format!("code\0{purpose}\0{code}").into_bytes()
}

#[cfg(test)]
pub(crate) mod tests {
    use std::collections::BTreeMap;

    use palad_environment::Random;

    use super::*;

    /// The pepper that a function would read from this text.
    pub(crate) fn pepper(text: &str) -> Result<Pepper, VariablesError> {
        let variables = BTreeMap::from([("PASSWORD_PEPPER".to_owned(), text.to_owned())]);
        Pepper::from_environment(&Variables::of_map(variables))
    }

    pub(crate) fn key(id: &str) -> String {
        format!("{id}:{}", Random::default().token())
    }

    #[test]
    fn a_code_is_bound_to_its_purpose_and_outlives_a_change_of_pepper() {
        let (a, b) = (key("a"), key("b"));
        let old = pepper(&a).expect("a pepper");
        let hash = old.code_hash("claim 1", "12345678");
        for pepper in [&old, &pepper(&format!("{b} {a}")).expect("peppers")] {
            assert!(pepper.is_code("claim 1", "12345678", &hash));
            assert!(!pepper.is_code("claim 2", "12345678", &hash));
            assert!(!pepper.is_code("claim 1", "12345679", &hash));
        }
        assert!(!pepper(&b).expect("a pepper").is_code("claim 1", "12345678", &hash));
    }

    #[test]
    fn a_guards_mark_is_bound_to_its_purpose_and_to_the_pepper() {
        let a = pepper(&key("a")).expect("a pepper");
        let mark = a.guard_mark("NUMBER 1", b"83920471");
        assert_eq!(mark, a.guard_mark("NUMBER 1", b"83920471"));
        for other in [
            a.guard_mark("NUMBER 2", b"83920471"),
            a.guard_mark("NUMBER 1", b"83920472"),
            a.code_hash("NUMBER 1", "83920471"),
            pepper(&key("a")).expect("a pepper").guard_mark("NUMBER 1", b"83920471"),
        ] {
            assert_ne!(mark, other);
        }
    }

    #[test]
    fn peppers_are_named_whole_and_each_once() {
        let a = key("a");
        assert!(pepper(&format!("{a} {}", key("b"))).is_ok());
        let same_name = format!("{a} {}", key("a"));
        let many = (0..=KEYS_MAX).map(|number| key(&format!("k{number}"))).collect::<Vec<_>>().join(" ");
        for bad in ["", "a", &a[..20], &a[1..], &format!("a.b{}", &a[1..]), &same_name, &many] {
            assert!(pepper(bad).is_err(), "{bad}");
        }
    }
}
