//! What the templates say, read as they are written: for the tests that hold them against the workspace,
//! and for the table of roles.
//!
//! The local runner reads the templates too, but only what one machine needs; here nothing is left out.

mod roles;
mod templates;

pub use roles::{Statement, statements, table};
pub use templates::{Templates, resources_of};
