//! Running other programs in the root of the repository.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::output::line;
use crate::step::{House, Outcome};

/// Cargo, the very one that runs this.
pub(crate) fn cargo(house: &House, arguments: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.args(arguments).current_dir(&house.root);
    command
}

/// Lets a program run and show what it shows. It holds if the program says so.
pub(crate) fn holds(mut command: Command) -> Outcome {
    match command.status() {
        Ok(status) if status.success() => Outcome::passed(),
        Ok(status) => Outcome::failed(status.to_string()),
        Err(error) => Outcome::failed(could_not(&command, &error)),
    }
}

/// What a program prints, if it succeeds.
pub(crate) fn printed(mut command: Command) -> Result<String, String> {
    let output = command.output().map_err(|error| could_not(&command, &error))?;
    if output.status.success() {
        String::from_utf8(output.stdout).map_err(|error| error.to_string())
    } else {
        Err(format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim()))
    }
}

/// Lets a program run, shows each line that it prints and hands it to `read`; then whether the program
/// succeeded.
pub(crate) fn followed(mut command: Command, mut read: impl FnMut(&str)) -> Result<bool, String> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| could_not(&command, &error))?;
    if let Some(stdout) = child.stdout.take() {
        for bytes in BufReader::new(stdout).split(b'\n') {
            let bytes = bytes.map_err(|error| error.to_string())?;
            let text = String::from_utf8_lossy(&bytes);
            line(&text);
            read(&text);
        }
    }
    child.wait().map(|status| status.success()).map_err(|error| error.to_string())
}

/// Says that a program could not be started.
pub(crate) fn could_not(command: &Command, error: &std::io::Error) -> String {
    format!("{} could not be run: {error}", command.get_program().to_string_lossy())
}
