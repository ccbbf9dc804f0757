//! A small value that outlives the process, in a file of its own: how far a function has come in a stream, or a
//! schedule in its firings.

use std::fs;
use std::io;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::durable::{self, UNFINISHED};

/// The file that a value is kept in.
#[derive(Debug, Clone)]
pub(crate) struct Bookmark<T> {
    folder: PathBuf,
    name: String,
    value: PhantomData<T>,
}

impl<T: Serialize + DeserializeOwned> Bookmark<T> {
    /// The value of `event` of `function`, in `folder`.
    pub(crate) fn new(folder: &Path, function: &str, event: &str) -> Self {
        let name = format!("{function}-{}.json", event.to_lowercase());
        Self { folder: folder.to_owned(), name, value: PhantomData }
    }

    /// The value, if one was ever kept.
    pub(crate) fn read(&self) -> io::Result<Option<T>> {
        match fs::read(self.folder.join(&self.name)) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Keeps a value. After this returns it survives whatever happens.
    pub(crate) fn write(&self, value: &T) -> io::Result<()> {
        durable::write(&self.folder, &self.name, &serde_json::to_vec(value)?)
    }

    /// Keeps a value without waiting for the disk: it survives a killed process, but not a machine that loses its
    /// power. For what is written thousands of times while a clock is moved over years.
    pub(crate) fn write_soon(&self, value: &T) -> io::Result<()> {
        let unfinished = self.folder.join(format!("{UNFINISHED}{}", self.name));
        fs::write(&unfinished, serde_json::to_vec(value)?)?;
        fs::rename(&unfinished, self.folder.join(&self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let bookmark: Bookmark<Vec<u32>> = Bookmark::new(folder.path(), "publish", "Registry");
        assert_eq!(bookmark.read().expect("nothing"), None);
        bookmark.write(&vec![1, 2]).expect("written");
        assert_eq!(bookmark.read().expect("read"), Some(vec![1, 2]));
        bookmark.write_soon(&vec![3]).expect("written");
        assert_eq!(bookmark.read().expect("read"), Some(vec![3]));
        assert_eq!(
            std::fs::read_dir(folder.path()).expect("a folder").count(),
            1,
            "nothing unfinished is left"
        );
    }
}
