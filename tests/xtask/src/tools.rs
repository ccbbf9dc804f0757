//! Tools that are not Rust's: installed by the command that needs them, below target/, in versions
//! that stand here. Nothing is installed on the machine itself.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::output::line;
use crate::process::printed;
use crate::step::House;

/// What builds for Lambda: cargo-lambda, with the C compiler and linker that it brings (zig).
pub(crate) const BUILD: Python = Python { folder: "lambda", packages: &["cargo-lambda==1.9.2"] };
/// What reads templates and runs functions as Lambda does.
pub(crate) const SAM: Python =
    Python { folder: "sam", packages: &["aws-sam-cli==1.170.0", "cfn-lint==1.58.0"] };

/// Packages of Python in an environment of their own.
pub(crate) struct Python {
    /// Its folder below target/tools.
    pub(crate) folder: &'static str,
    /// What is in it.
    pub(crate) packages: &'static [&'static str],
}

impl Python {
    /// The folder of its programs. Installs them where they are not there yet.
    pub(crate) fn programs(&self, house: &House) -> Result<PathBuf, String> {
        let folder = house.root.join("target/tools").join(self.folder);
        let (programs, stamp) = (folder.join("bin"), folder.join("installed"));
        let wanted = self.packages.join("\n");
        if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) && stands(&programs) {
            return Ok(programs);
        }
        line(format_args!("installing {} into {}", self.packages.join(", "), folder.display()));
        // What an interrupted try has left would be in the way.
        if folder.exists() {
            std::fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        let mut venv = Command::new("python3");
        venv.args(["-m", "venv"]).arg(&folder);
        printed(venv).map_err(|error| {
            format!("needs Python 3 with its module venv (Debian: apt-get install python3-venv): {error}")
        })?;
        let mut pip = Command::new(programs.join("python"));
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(self.packages);
        printed(pip)
            .map_err(|error| format!("pip could not install {}: {error}", self.packages.join(", ")))?;
        std::fs::write(&stamp, wanted).map_err(|error| format!("{}: {error}", stamp.display()))?;
        Ok(programs)
    }
}

/// Whether an environment is where it was made. Its programs name their Python by its full path, and cannot be run
/// in a copy of the folder.
fn stands(programs: &Path) -> bool {
    let pip = std::fs::read_to_string(programs.join("pip")).unwrap_or_default();
    pip.lines().next().is_some_and(|line| line.contains(&programs.display().to_string()))
}

/// The search path for programs, with `first` before all others.
pub(crate) fn path_with(first: &Path) -> OsString {
    let others = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(first.to_owned()).chain(std::env::split_paths(&others));
    // It cannot be joined only if a folder has a colon in its name; then that folder is of no use either.
    std::env::join_paths(all).unwrap_or(others)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_environment_that_was_copied_is_made_anew() {
        let folder = std::env::temp_dir().join(format!("xtask-tools-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        assert!(!stands(&folder), "there is nothing");
        for (home, holds) in [(folder.display().to_string(), true), ("/elsewhere/bin".to_owned(), false)] {
            std::fs::write(folder.join("pip"), format!("#!{home}/python3\n")).expect("a program");
            assert_eq!(stands(&folder), holds, "{home}");
        }
        std::fs::remove_dir_all(&folder).expect("the folder goes");
    }
}
