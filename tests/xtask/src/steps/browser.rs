//! The website in a real browser: every page, and the journeys of the officers, on the whole system.
//!
//! Node.js with npm has to be there; the packages and Chromium are installed where they are missing.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::output::line;
use crate::process::{followed, printed};
use crate::sam::built_here;
use crate::step::{House, Outcome};

/// Where Debian puts it; `PALAD_CHROMIUM` names another.
const CHROMIUM: &str = "/usr/bin/chromium";

/// How `support/reporter.ts` begins a line about a test that failed.
const COMPLAINT: &str = "failed: ";

/// Checks the types of all modules and tests, then runs the tests and counts them.
pub(crate) fn run(house: &House) -> Outcome {
    let folder = house.root.join("tests/browser");
    let runner = match prepared(house, &folder) {
        Ok(runner) => runner,
        Err(message) => return Outcome::failed(message),
    };
    if let Err(message) = printed(npm(&folder, &["run", "--silent", "check"])) {
        return Outcome::failed(format!("the type checker: {message}"));
    }
    let mut tests = npm(&folder, &["run", "--silent", "test"]);
    tests.env("PALAD_LOCAL", runner);
    let (mut counted, mut complaints) = (None, Vec::new());
    let succeeded = followed(tests, |line| {
        counted = count(line).or(counted);
        complaints.extend(line.strip_prefix(COMPLAINT).map(str::to_owned));
    });
    outcome(counted, complaints, succeeded)
}

/// Installs what is missing and builds the system; gives the program that runs it.
fn prepared(house: &House, folder: &Path) -> Result<PathBuf, String> {
    printed(npm(folder, &["--version"])).map_err(|error| {
        format!("needs Node.js 20 or later with npm (Debian: apt-get install nodejs npm): {error}")
    })?;
    packages(folder)?;
    chromium()?;
    Ok(built_here(house, &["palad-local"])?.join("palad-local"))
}

/// Installs the packages of the lock file, unless they are those that were installed last.
fn packages(folder: &Path) -> Result<(), String> {
    let (lock, stamp) = (folder.join("package-lock.json"), folder.join("node_modules/.installed"));
    let wanted = std::fs::read(&lock).map_err(|error| format!("{}: {error}", lock.display()))?;
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    line("installing the packages of tests/browser");
    printed(npm(folder, &["ci", "--no-audit", "--no-fund"])).map_err(|error| format!("npm ci: {error}"))?;
    std::fs::write(&stamp, wanted).map_err(|error| format!("{}: {error}", stamp.display()))
}

/// Installs Debian's Chromium where there is none and it may be.
fn chromium() -> Result<(), String> {
    let wanted = std::env::var("PALAD_CHROMIUM").unwrap_or_else(|_| CHROMIUM.to_owned());
    if Path::new(&wanted).is_file() {
        return Ok(());
    }
    let is_root = printed(command("id", &["-u"])).is_ok_and(|user| user.trim() == "0");
    if wanted != CHROMIUM || !is_root || printed(command("apt-get", &["--version"])).is_err() {
        return Err(format!(
            "{wanted} is not there: install Chromium (Debian: apt-get install chromium), or name another in PALAD_CHROMIUM"
        ));
    }
    line("installing Chromium");
    printed(command("apt-get", &["update", "-q"]))?;
    let install = ["install", "-q", "-y", "--no-install-recommends", "chromium"];
    printed(command("apt-get", &install)).map(drop)
}

fn npm(folder: &Path, arguments: &[&str]) -> Command {
    let mut npm = command("npm", arguments);
    npm.current_dir(folder);
    npm
}

fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments);
    command
}

/// Reads `57 passed, 0 failed`.
fn count(line: &str) -> Option<(usize, usize)> {
    let (passed, failed) = line.trim().strip_suffix(" failed")?.split_once(" passed, ")?;
    Some((passed.parse().ok()?, failed.parse().ok()?))
}

/// A run that said nothing, or that failed without saying what, has failed.
fn outcome(
    counted: Option<(usize, usize)>,
    mut complaints: Vec<String>,
    succeeded: Result<bool, String>,
) -> Outcome {
    match (counted, succeeded) {
        (_, Err(message)) => Outcome::failed(message),
        (Some((passed, 0)), Ok(true)) if passed > 0 => Outcome { passed, ..Outcome::default() },
        (Some((passed, failed)), Ok(_)) if failed > 0 => {
            complaints.push("see above, and the pictures under tests/browser/artefacts".to_owned());
            Outcome { passed, failed, complaints }
        }
        (counted, Ok(_)) => {
            let passed = counted.map_or(0, |(passed, _)| passed);
            Outcome { passed, ..Outcome::failed("the browser tests broke off: see above") }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_is_read_and_no_other() {
        assert_eq!(count("57 passed, 2 failed"), Some((57, 2)));
        assert_eq!(count("  57 passed (3.2m)"), None);
    }

    #[test]
    fn a_run_that_broke_off_has_failed() {
        assert_eq!(outcome(Some((57, 0)), Vec::new(), Ok(true)).failed, 0);
        let named = outcome(Some((57, 2)), vec!["a journey".to_owned()], Ok(false));
        assert_eq!(named.failed, 2);
        assert_eq!(named.complaints.first().map(String::as_str), Some("a journey"));
        for (counted, succeeded) in [
            (None, Ok(true)),
            (Some((0, 0)), Ok(true)),
            (Some((57, 0)), Ok(false)),
            (None, Err(String::new())),
        ] {
            assert!(outcome(counted, Vec::new(), succeeded).failed > 0);
        }
    }
}
