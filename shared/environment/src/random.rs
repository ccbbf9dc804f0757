//! Random bytes, from the operating system through ring.

use data_encoding::BASE64URL_NOPAD;
use ring::rand::{SecureRandom, SystemRandom};

/// A source of unpredictable tokens and codes.
#[derive(Clone, Debug)]
pub struct Random(SystemRandom);

impl Default for Random {
    fn default() -> Self {
        Self(SystemRandom::new())
    }
}

impl Random {
    /// `N` random bytes.
    ///
    /// # Panics
    /// When the operating system has no random bytes to give; then nothing safe can be done.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes).expect("the operating system gives random bytes");
        bytes
    }

    /// A token of 256 bits: 43 characters of base64url.
    #[must_use]
    pub fn token(&self) -> String {
        BASE64URL_NOPAD.encode(&self.bytes::<32>())
    }

    /// An identifier of 128 bits: 22 characters of base64url.
    #[must_use]
    pub fn id(&self) -> String {
        BASE64URL_NOPAD.encode(&self.bytes::<16>())
    }

    /// A code of eight decimal digits, every value equally likely.
    #[must_use]
    pub fn code(&self) -> String {
        const CODES: u32 = 100_000_000;
        const FAIR: u32 = u32::MAX - u32::MAX % CODES;
        loop {
            let number = u32::from_be_bytes(self.bytes::<4>());
            if number < FAIR {
                return format!("{:08}", number % CODES);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_eight_digits_and_tokens_are_not_repeated() {
        let random = Random::default();
        assert!((0..1000).all(|_| {
            let code = random.code();
            code.len() == 8 && code.bytes().all(|b| b.is_ascii_digit())
        }));
        assert_ne!(random.token(), random.token());
        assert_eq!((random.token().len(), random.id().len()), (43, 22));
    }
}
