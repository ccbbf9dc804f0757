//! A hash as it is stored: how it was made, and what came out.

use data_encoding::BASE64URL_NOPAD;
use palad_environment::Random;
use serde::{Deserialize, Serialize};

use crate::HashError;
use crate::argon::{Argon, OUTPUT_BYTES, Profile, SALT_BYTES};

/// The parts of a stored hash.
#[derive(Serialize, Deserialize)]
pub(crate) struct Stored {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    /// Which peppers are wrapped around it, the innermost first, separated by spaces; nothing for none.
    pub(crate) pepper: String,
    salt: String,
    tag: String,
}

impl Stored {
    /// Hashes a secret under a new salt. `wrap` makes the tag of what came out; `pepper` says how.
    pub(crate) async fn make(
        argon: &Argon,
        random: &Random,
        (secret, profile): (&[u8], Profile),
        pepper: &str,
        wrap: impl FnOnce(&[u8]) -> Vec<u8>,
    ) -> Result<Self, HashError> {
        let salt = random.bytes::<SALT_BYTES>();
        let output = argon.run(secret, &salt, profile).await?;
        Ok(Self {
            memory_kib: profile.memory_kib,
            passes: profile.passes,
            lanes: profile.lanes,
            pepper: pepper.to_owned(),
            salt: BASE64URL_NOPAD.encode(&salt),
            tag: BASE64URL_NOPAD.encode(&wrap(&output)),
        })
    }

    pub(crate) fn read(text: &str) -> Result<Self, HashError> {
        serde_json::from_str(text).map_err(|_| HashError::Unreadable)
    }

    pub(crate) fn write(&self) -> Result<String, HashError> {
        serde_json::to_string(self).map_err(|error| HashError::Failed(error.to_string()))
    }

    pub(crate) fn profile(&self) -> Profile {
        Profile { memory_kib: self.memory_kib, passes: self.passes, lanes: self.lanes }
    }

    /// What comes out for a secret that was typed now.
    pub(crate) async fn output(&self, argon: &Argon, secret: &[u8]) -> Result<[u8; OUTPUT_BYTES], HashError> {
        argon.run(secret, &decode(&self.salt)?, self.profile()).await
    }

    pub(crate) fn tag(&self) -> Result<Vec<u8>, HashError> {
        decode(&self.tag)
    }

    pub(crate) fn set_tag(&mut self, tag: &[u8]) {
        self.tag = BASE64URL_NOPAD.encode(tag);
    }
}

fn decode(text: &str) -> Result<Vec<u8>, HashError> {
    BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| HashError::Unreadable)
}
