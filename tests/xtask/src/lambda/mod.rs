//! Functions as they are uploaded: built for Lambda, looked at, packed.

mod build;
mod glibc;
mod zip;

pub(crate) use build::{Architecture, build, folder, report};

use crate::step::{House, Outcome};
use crate::steps;

/// `cargo xtask build`.
pub(crate) fn chore(house: &House, architecture: Option<Architecture>) -> Result<(), String> {
    let outcome = checked(house, architecture.unwrap_or(Architecture::of_this_machine()));
    if outcome.failed == 0 { Ok(()) } else { Err(outcome.complaints.join("\n")) }
}

/// The same as a step of `cargo xtask test`, for this machine's architecture.
pub(crate) fn step(house: &House) -> Outcome {
    checked(house, Architecture::of_this_machine())
}

/// Builds everything and looks at what came out; says what is wrong with it.
fn checked(house: &House, architecture: Architecture) -> Outcome {
    // What the tree of dependencies says is known before anything is built.
    let tree = steps::one_crypto_library(house);
    if tree.failed > 0 {
        return tree;
    }
    Outcome::of_result(build(house, architecture).map(report))
}
