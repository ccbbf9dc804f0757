//! How far a function has come in a stream.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::durable;

/// The place, and what is known of the batch that follows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Position {
    /// The last record that is done with.
    pub(crate) after: Option<String>,
    /// How often the batch that follows was tried in vain. A try that was cut off by the end of the whole system is
    /// not counted: that is not the batch's fault.
    pub(crate) tries: u32,
    /// How many records that batch may have, after it was halved.
    pub(crate) limit: Option<usize>,
}

/// The file that a place is kept in.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    folder: PathBuf,
    name: String,
}

impl Place {
    /// The place of `event` of `function`, in `folder`.
    pub(crate) fn new(folder: &Path, function: &str, event: &str) -> Self {
        Self { folder: folder.to_owned(), name: format!("{function}-{}.json", event.to_lowercase()) }
    }

    /// The position, if the function has begun.
    pub(crate) fn read(&self) -> io::Result<Option<Position>> {
        match fs::read(self.folder.join(&self.name)) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Keeps the position. After this returns it survives whatever happens.
    pub(crate) fn write(&self, position: &Position) -> io::Result<()> {
        durable::write(&self.folder, &self.name, &serde_json::to_vec(position)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Place::new(folder.path(), "publish", "Registry");
        assert_eq!(place.read().expect("nothing"), None);
        let position = Position { after: Some("1".repeat(21)), tries: 2, limit: Some(5) };
        place.write(&position).expect("written");
        assert_eq!(place.read().expect("read"), Some(position));
    }
}
