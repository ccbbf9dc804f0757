//! The data folder: everything that the system on one machine remembers.
//!
//! ```text
//! version          the number of this layout
//! lock             held by the runner that is at work here
//! runner.json      where that runner listens, while it is at work
//! secrets.json     keys made at the first start
//! dynamodb.sqlite  the tables
//! s3/              the buckets, a folder each
//! s3-events/       new objects that queues have yet to hear of
//! queue/           the queues, a folder each
//! stream/          how far each function has come in a table's stream
//! schedule/        how far each schedule has come
//! mail/            what was sent
//! ```

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::StartError;
use crate::durable;

/// The number of the layout above. A change that an older or newer runner would misread raises it.
const VERSION: &str = "1";

/// A data folder that belongs to this process until it is dropped.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    _lock: File,
}

impl DataFolder {
    /// Takes the folder at `path`, which is made where there is none.
    ///
    /// # Errors
    /// When it cannot be written, is of another version, or another runner has it.
    pub fn take(path: &Path) -> Result<Self, StartError> {
        let unwritable = |error| StartError::Folder(path.to_owned(), error);
        fs::create_dir_all(path).map_err(unwritable)?;
        let path = &fs::canonicalize(path).map_err(unwritable)?;
        check_version(path)?;
        let mut options = OpenOptions::new();
        let lock =
            options.create(true).write(true).truncate(false).open(path.join("lock")).map_err(unwritable)?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => StartError::Locked(path.to_owned()),
            TryLockError::Error(error) => StartError::Folder(path.to_owned(), error),
        })?;
        if !path.join("version").exists() {
            durable::write(path, "version", format!("{VERSION}\n").as_bytes()).map_err(unwritable)?;
        }
        let folder = Self { path: path.to_owned(), _lock: lock };
        for part in ["s3", "s3-events", "queue", "stream", "schedule", "mail"] {
            fs::create_dir_all(folder.join(part)).map_err(unwritable)?;
        }
        Ok(folder)
    }

    /// Where the folder is, from the root.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A file or folder in it.
    #[must_use]
    pub fn join(&self, part: &str) -> PathBuf {
        self.path.join(part)
    }

    /// The failure of an operation on this folder.
    pub(crate) fn error(&self, error: io::Error) -> StartError {
        StartError::Folder(self.path.clone(), error)
    }
}

/// Whether the folder is empty, or of this version. What another program keeps is not written into.
fn check_version(path: &Path) -> Result<(), StartError> {
    let wrong = |message: String| Err(StartError::Version(path.to_owned(), message));
    match fs::read_to_string(path.join("version")) {
        Ok(version) if version.trim() == VERSION => Ok(()),
        Ok(version) => {
            let found: String = version.trim().chars().take(20).collect();
            wrong(format!("is of version {found:?}, and this program writes version {VERSION}"))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let unwritable = |error| StartError::Folder(path.to_owned(), error);
            // A first start that was killed leaves the lock and an unfinished version file.
            let foreign = fs::read_dir(path).map_err(unwritable)?.filter_map(Result::ok).any(|entry| {
                let name = entry.file_name();
                name != "lock" && !name.to_string_lossy().starts_with('.')
            });
            if foreign { wrong("holds something else, not Palad's data".to_owned()) } else { Ok(()) }
        }
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            wrong("has a version file that is no text".to_owned())
        }
        Err(error) => Err(StartError::Folder(path.to_owned(), error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_made_taken_once_and_taken_again() {
        let parent = tempfile::tempdir().expect("a folder");
        let path = parent.path().join("a/b");
        let first = DataFolder::take(&path).expect("a new folder");
        assert!(matches!(DataFolder::take(&path), Err(StartError::Locked(_))));
        drop(first);
        DataFolder::take(&path).expect("the same folder again");
    }

    #[test]
    fn a_folder_of_another_version_is_refused_in_one_sentence() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("version"), "7\n").expect("a file");
        let error = DataFolder::take(folder.path()).expect_err("another version");
        assert_eq!(error.exit_code(), 2);
        assert!(
            error.to_string().contains("is of version \"7\", and this program writes version 1"),
            "{error}"
        );
        assert_eq!(error.to_string().lines().count(), 1);
    }

    #[test]
    fn what_another_program_keeps_is_not_written_into() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("thesis.txt"), "mine").expect("a file");
        let error = DataFolder::take(folder.path()).expect_err("somebody's folder");
        assert!(error.to_string().contains("holds something else"), "{error}");
        assert_eq!(fs::read_dir(folder.path()).expect("a list").count(), 1);
    }

    #[test]
    fn a_file_in_place_of_the_folder_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("data");
        fs::write(&path, "").expect("a file");
        let error = DataFolder::take(&path).expect_err("a file");
        assert!(error.to_string().contains("it is a file, not a folder"), "{error}");
        assert_eq!(error.exit_code(), 1);
    }
}
