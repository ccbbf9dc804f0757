//! Requests that must not be carried out twice: the outcome of each is kept for a day under the caller's key, and whoever
//! sends the same again is answered with it.

use jiff::{SignedDuration, Timestamp};
use palad_domain::agency::AgencyCode;
use palad_domain::record::Ledger;

use super::Saved;
use crate::StoreError;
use crate::item::{Attributes, Builder, Reader, key};
use crate::registry::codec;

/// How long the outcome of a request is remembered.
const REQUEST_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// A request that must not be carried out twice: the caller's key, and a fingerprint of what it asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestKey {
    key: String,
    fingerprint: String,
}

impl RequestKey {
    /// `request` is everything that makes two requests the same.
    #[must_use]
    pub fn new(key: &str, request: &[u8]) -> Self {
        let hash = |bytes: &[u8]| {
            let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
            data_encoding::BASE64URL_NOPAD.encode(digest.as_ref())
        };
        Self { key: hash(key.as_bytes()), fingerprint: hash(request) }
    }
}

pub(super) fn request_key(code: &AgencyCode, request: &RequestKey) -> Attributes {
    key(format!("REQUEST#{code}#{}", request.key), "REQUEST")
}

pub(super) fn request_item(
    code: &AgencyCode,
    request: &RequestKey,
    ledger: &Ledger,
    now: Timestamp,
) -> Result<Attributes, StoreError> {
    let item = Builder::new(format!("REQUEST#{code}#{}", request.key), "REQUEST")
        .text("fingerprint", &request.fingerprint)
        .expires(now + REQUEST_LIFE);
    Ok(codec::with_ledger(item, ledger)?.build())
}

/// The outcome of the earlier request, unless it is too old to count.
pub(super) fn repeated(
    request: &RequestKey,
    item: &Attributes,
    now: Timestamp,
) -> Result<Option<Saved>, StoreError> {
    let read = Reader(item);
    if item.is_empty() || read.expires() < now {
        return Ok(None);
    }
    if read.text("fingerprint")? != request.fingerprint {
        return Err(StoreError::KeyReused);
    }
    Ok(Some(Saved { ledger: codec::read_ledger(item)?, receipt: None, repeated: true }))
}
