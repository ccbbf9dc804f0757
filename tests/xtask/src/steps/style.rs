//! rustfmt and clippy.

use crate::process::{cargo, holds};
use crate::step::{House, Outcome};

/// Everything is formatted.
pub(crate) fn format(house: &House) -> Outcome {
    holds(cargo(house, &["fmt", "--all", "--check"]))
}

/// Clippy and the compiler have nothing to say.
pub(crate) fn clippy(house: &House) -> Outcome {
    holds(cargo(house, &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]))
}
