//! An object with what stands around its bytes.

use data_encoding::HEXLOWER;
use palad_bucket::Object;
use ring::digest::{Context, SHA256};

/// For five minutes as it is, for an hour more while a new one is fetched.
const CACHE: &str = "public, max-age=300, stale-while-revalidate=3600";

/// An object of these bytes.
pub(crate) fn object(
    key: String,
    content_type: &'static str,
    content_encoding: Option<&'static str>,
    body: Vec<u8>,
) -> Object {
    let mut digest = Context::new(&SHA256);
    for part in [content_type, content_encoding.unwrap_or_default(), CACHE] {
        digest.update(part.as_bytes());
        digest.update(b"\n");
    }
    digest.update(&body);
    let digest = HEXLOWER.encode(digest.finish().as_ref());
    Object { key, content_type, content_encoding, cache_control: CACHE, body, digest }
}
