//! The mail table, beside the markers of single mails (`mail_ledger.rs`).
//!
//! | pk | sk | what |
//! |---|---|---|
//! | `ORDER#<key>` | `ORDER` | one mail: claimed, being sent, or sent |
//! | `ADDRESS#<hash of the address>` | `ADDRESS` | an address whose mail comes back, or that wants none |
//! | `PLAN#<round>#<step>` | `<province>` | how far a step of a round was ordered in a province |

mod addresses;
mod plans;

pub(crate) use addresses::{ADDRESS, address_pk, read_address};
pub use addresses::{AddressState, Addresses};
pub use plans::{PlanProgress, Plans};
