//! Keeping secrets that people type: passwords by argon2id under a pepper, codes by a keyed hash.
//!
//! Six digits cannot be protected by hashing alone: a million guesses are hours of CPU. So the hash is
//! the last wall of three. The first is the charging of tries, the second the pepper, a key that is
//! not in the database.

mod hasher;
mod pepper;

pub use hasher::{HashError, Hasher, Verdict};
pub use pepper::Pepper;
