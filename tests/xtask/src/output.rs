//! Lines for whoever watches. That nobody does is no failure.

use std::fmt::Display;
use std::io::{Write, stdout};

/// One line.
pub(crate) fn line(text: impl Display) {
    let mut out = stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}
