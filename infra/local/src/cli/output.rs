//! What the command line says, and with which code it ends.

use std::fmt::Display;
use std::io::{Write, stderr, stdout};
use std::process::ExitCode;

use crate::StartError;

pub(super) fn failed(error: &StartError) -> ExitCode {
    refuse(error, error.exit_code())
}

pub(super) fn refuse(message: impl Display, code: u8) -> ExitCode {
    complain(format_args!("palad: {message}"));
    ExitCode::from(code)
}

/// A line for who reads the output; that nobody does is no failure.
pub(super) fn tell(message: impl Display) {
    let _ = writeln!(stdout(), "{message}");
}

pub(super) fn complain(message: impl Display) {
    let _ = writeln!(stderr(), "{message}");
}
