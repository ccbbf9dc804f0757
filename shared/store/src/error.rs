//! What can go wrong between a handler and the stores, in the words of the domain.

use palad_domain::record::Version;

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such thing.
    #[error("not found")]
    NotFound,
    /// The record was changed by somebody else since the caller read it.
    #[error("stale version: the record is at {current}")]
    Stale {
        /// The version that stands now.
        current: Version,
    },
    /// The agency already has a current record.
    #[error("the agency already has a current record")]
    AlreadyRecorded,
    /// The session's version is no longer the account's: it was revoked.
    #[error("the session was revoked")]
    SessionRevoked,
    /// The round that a link answers takes no answer any more.
    #[error("the round takes no answer any more")]
    RoundOver,
    /// The idempotency key was used before, for a different request.
    #[error("idempotency key reused for a different request")]
    KeyReused,
    /// The record names a photo that the agency never uploaded.
    #[error("no such photo")]
    UnknownPhoto,
    /// The same request is being carried out right now.
    #[error("the same request is under way")]
    UnderWay,
    /// The store is slow, throttled or away; the same call may succeed later.
    #[error("store unavailable: {0}")]
    Unavailable(String),
    /// The store refused in a way that trying again does not mend, or holds what we cannot read.
    #[error("store failed: {0}")]
    Failed(String),
}
