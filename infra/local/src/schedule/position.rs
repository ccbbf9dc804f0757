//! How far a schedule has come: the file that outlives the process.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::durable::UNFINISHED;

/// How far a schedule has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Position {
    /// The last firing that was begun; at first, when the schedule was first seen.
    pub(crate) last: Timestamp,
    /// How often that firing was tried in vain, while it is not done with.
    pub(crate) under_way: Option<u32>,
}

/// The file that a position is kept in.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    folder: PathBuf,
    name: String,
}

impl Place {
    /// The place of the event called `event` of `function`, in `folder`.
    pub(crate) fn new(folder: &Path, function: &str, event: &str) -> Self {
        Self { folder: folder.to_owned(), name: format!("{function}-{}.json", event.to_lowercase()) }
    }

    /// The position, if the schedule was seen before.
    pub(crate) fn read(&self) -> io::Result<Option<Position>> {
        match fs::read(self.folder.join(&self.name)) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Keeps a position. It survives a killed process, which is what matters here; a clock that is moved over years
    /// writes it thousands of times, and cannot wait for the disk each time.
    pub(crate) fn write(&self, position: &Position) -> io::Result<()> {
        let unfinished = self.folder.join(format!("{UNFINISHED}{}", self.name));
        fs::write(&unfinished, serde_json::to_vec(position)?)?;
        fs::rename(&unfinished, self.folder.join(&self.name))
    }
}
