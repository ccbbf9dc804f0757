//! Sessions: a signed token (JWT, EdDSA) in a cookie that no script can read.
//!
//! Only `login` holds the signing key and makes a [`Signer`]; every other function can check a
//! session and cannot make one. A token alone changes nothing: every write also requires that the
//! account's session version is still the token's, so that revoking works at once.

mod claims;
mod crypto;
mod keys;
mod lifetime;
mod signer;
mod verifier;

pub use lifetime::{begun, ends_at, renewed};
pub use signer::Signer;
pub use verifier::Verifier;
