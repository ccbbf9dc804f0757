//! Keeping secrets that people type: passwords by argon2id under a pepper, codes by a keyed hash.
//!
//! Six digits cannot be protected by hashing alone: a million guesses are hours of CPU. So the hash is
//! the last wall of three. The first is the charging of tries, the second the pepper, a key that is
//! not in the database. What must be read again, as the secret of one-time codes, is sealed under it.

mod argon;
mod hasher;
mod letter_code;
mod pepper;
mod seal;
mod stored;

pub use argon::Profile;
pub use hasher::{HashError, Hasher, Secret, Verdict, Wrapped};
pub use letter_code::LetterCodeHasher;
pub use pepper::Pepper;
pub use seal::{SealError, recovery_purpose, totp_purpose};
