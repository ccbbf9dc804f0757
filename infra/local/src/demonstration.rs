//! Whether a data folder holds demonstration data: a first start puts it in, importing a list replaces it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use palad_environment::Variables;

use crate::operations;
use crate::runner::Surroundings;

/// The mark of demonstration data in a data folder. It holds how to sign in.
pub(crate) struct Demonstration {
    mark: PathBuf,
}

impl Demonstration {
    pub(crate) fn of(data: &Path) -> Self {
        Self { mark: data.join("demonstration") }
    }

    pub(crate) fn is_there(&self) -> bool {
        self.mark.exists()
    }

    /// Fills a folder that has no agencies. Answers how to sign in, if the folder holds demonstration data now.
    pub(crate) async fn fill(&self, surroundings: &Surroundings) -> Result<Option<String>, String> {
        let variables = surroundings
            .functions
            .values()
            .fold(Variables::of_map([].into()), |all, (variables, _)| all.or(variables));
        let failed = |error: io::Error| format!("{}: {error}", self.mark.display());
        // The mark comes first: a first start that is killed leaves demonstration data, and nothing else.
        let was_there = self.is_there();
        if !was_there {
            fs::write(&self.mark, "").map_err(failed)?;
        }
        let filled = operations::fill_with_demo(&variables, &surroundings.clock, &surroundings.random).await;
        match filled.map_err(|error| error.to_string())? {
            Some(account) => fs::write(&self.mark, account.to_string()).map_err(failed)?,
            None if !was_there => self.is_gone()?,
            None => {}
        }
        Ok(fs::read_to_string(&self.mark).ok())
    }

    pub(crate) fn is_gone(&self) -> Result<(), String> {
        fs::remove_file(&self.mark).map_err(|error| format!("{}: {error}", self.mark.display()))
    }
}
