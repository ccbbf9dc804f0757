//! Everything that `cargo xtask test` checks, in order: what is quick to say comes first.

mod browser;
mod cargo_tests;
mod features;
mod links;
mod room;
mod style;
mod templates;
mod tracked;
mod whole;

pub(crate) use features::check as one_crypto_library;

use crate::step::Step;
use crate::{lambda, sam};

/// The steps whose names begin with one of `names`; all of them where none is named.
pub(crate) fn named(names: &[String]) -> Vec<Step> {
    let is_meant = |step: &Step| names.is_empty() || names.iter().any(|name| step.name.starts_with(name));
    all().into_iter().filter(is_meant).collect()
}

fn all() -> Vec<Step> {
    vec![
        Step { name: "room on the disk", run: room::check },
        Step { name: "format", run: style::format },
        Step { name: "nothing half done", run: whole::check },
        Step { name: "links of the documents", run: links::check },
        Step { name: "one crypto library", run: features::check },
        Step { name: "templates", run: templates::lint },
        Step { name: "clippy", run: style::clippy },
        Step { name: "tests", run: cargo_tests::run },
        Step { name: "browser", run: browser::run },
        Step { name: "build for Lambda", run: lambda::step },
        Step { name: "variables at the start", run: sam::init },
        Step { name: "sam local", run: sam::test },
    ]
}
