//! Who did what to an agency's record and account, or to the staff of an office, and when: lines that are only ever
//! added.
//!
//! [`Event`] is what happened, in plain words. [`Line`] is one entry; each is sealed over the one before it,
//! so that [`Verifier`] finds any line that was changed, removed, added or moved afterwards.

mod chain;
mod event;
mod verify;

pub use chain::{Chain, Digest, Head, Line, LineHash, Sealed};
pub use event::{Event, Proof, SuspensionReason};
pub use verify::{Fault, Stored, Verifier};
