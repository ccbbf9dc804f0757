//! Tokens of mailed links.

use data_encoding::BASE64URL_NOPAD;
use ring::digest;

/// What stands for a link's token in the store.
#[must_use]
pub fn token_hash(token: &str) -> String {
    BASE64URL_NOPAD.encode(digest::digest(&digest::SHA256, token.as_bytes()).as_ref())
}
