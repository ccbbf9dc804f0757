//! What a step is: a name, and something that passes or fails.
//!
//! A new kind of test (a browser, an emulator) is one more file in `steps` and one more line in
//! [`crate::steps::all`].

use std::path::PathBuf;

/// One thing to check.
pub(crate) struct Step {
    /// How the summary calls it.
    pub(crate) name: &'static str,
    /// Does it.
    pub(crate) run: fn(&House) -> Outcome,
}

/// Where the project is, and how it is to be tested.
pub(crate) struct House {
    /// The root of the repository.
    pub(crate) root: PathBuf,
    /// Whether long tests get less to do.
    pub(crate) fast: bool,
}

impl House {
    /// The repository that this program was built from.
    pub(crate) fn find(fast: bool) -> Result<Self, String> {
        let here = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
        let root =
            std::fs::canonicalize(here).map_err(|error| format!("cannot find the repository: {error}"))?;
        Ok(Self { root, fast })
    }

    /// The names of the function crates, from the folder that holds them.
    pub(crate) fn functions(&self) -> Result<Vec<String>, String> {
        let entries = std::fs::read_dir(self.root.join("functions")).map_err(|error| error.to_string())?;
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|error| error.to_string())?;
            if entry.path().join("Cargo.toml").is_file() {
                names.push(format!("palad-{}", entry.file_name().to_string_lossy()));
            }
        }
        names.sort();
        if names.is_empty() { Err("there are no functions".to_owned()) } else { Ok(names) }
    }
}

/// How a step ended. Most steps count as one; a step that runs tests counts each of them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// What held.
    pub(crate) passed: usize,
    /// What did not hold, or could not be tried.
    pub(crate) failed: usize,
    /// What to mend, a line each.
    pub(crate) complaints: Vec<String>,
}

impl Outcome {
    /// One check held.
    pub(crate) fn passed() -> Self {
        Self { passed: 1, ..Self::default() }
    }

    /// One check did not hold.
    pub(crate) fn failed(complaint: impl Into<String>) -> Self {
        Self { failed: 1, complaints: vec![complaint.into()], ..Self::default() }
    }

    /// One check that found all of these, and held if there are none.
    pub(crate) fn of(complaints: Vec<String>) -> Self {
        if complaints.is_empty() { Self::passed() } else { Self { failed: 1, complaints, ..Self::default() } }
    }

    /// One check that either could not be made, or found these.
    pub(crate) fn of_result(found: Result<Vec<String>, String>) -> Self {
        found.map_or_else(Self::failed, Self::of)
    }
}
