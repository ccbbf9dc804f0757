//! argon2id, one hash at a time in one block of memory that lives as long as the process.
//!
//! The memory is allocated once because a fresh block for each hash made the resident memory of a
//! worker thread grow several times over; it is wiped after each use.

use std::sync::{Arc, Mutex, PoisonError};

use argon2::{Algorithm, Argon2, Block, Params, Version};

use crate::HashError;

/// How dear a hash is: memory in KiB, passes and lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Profile {
    pub(crate) memory_kib: u32,
    pub(crate) passes: u32,
    pub(crate) lanes: u32,
}

impl Profile {
    /// For an agency's number and for the code of a letter: 16 to 18 ms on a core of a server.
    pub const AGENCY: Self = Self { memory_kib: 19_456, passes: 2, lanes: 1 };
    /// For a staff passphrase, of which there are few: 105 to 114 ms.
    pub const STAFF: Self = Self { memory_kib: 65_536, passes: 3, lanes: 1 };
}

/// The length of a salt.
pub(crate) const SALT_BYTES: usize = 16;
/// The length of what comes out.
pub(crate) const OUTPUT_BYTES: usize = 32;

/// The one that runs it.
#[derive(Clone, Default)]
pub(crate) struct Argon {
    memory: Arc<Mutex<Vec<Block>>>,
}

impl Argon {
    /// Runs argon2id away from the threads that answer requests.
    pub(crate) async fn run(
        &self,
        secret: &[u8],
        salt: &[u8],
        profile: Profile,
    ) -> Result<[u8; OUTPUT_BYTES], HashError> {
        let failed = |error: &dyn std::fmt::Display| HashError::Failed(error.to_string());
        let Profile { memory_kib, passes, lanes } = profile;
        let parameters =
            Params::new(memory_kib, passes, lanes, Some(OUTPUT_BYTES)).map_err(|error| failed(&error))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters);
        let (memory, secret, salt) = (Arc::clone(&self.memory), secret.to_vec(), salt.to_vec());
        let hashing = tokio::task::spawn_blocking(move || {
            let mut blocks = memory.lock().unwrap_or_else(PoisonError::into_inner);
            let needed = argon2.params().block_count();
            // Never made smaller: the next dear hash would have to clear what it is given first.
            if blocks.len() < needed {
                blocks.resize(needed, Block::default());
            }
            let mut output = [0; OUTPUT_BYTES];
            let blocks = &mut blocks[..needed];
            let result = argon2.hash_password_into_with_memory(&secret, &salt, &mut output, &mut *blocks);
            blocks.fill(Block::default());
            result.map(|()| output).map_err(|error| HashError::Failed(error.to_string()))
        });
        hashing.await.map_err(|error| failed(&error))?
    }
}
