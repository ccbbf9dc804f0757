//! The files of the repository, as git knows them: those that are in it, and those that would be.

use std::process::Command;

use crate::process::printed;
use crate::step::House;

/// A text file.
pub(crate) struct File {
    /// Its path from the root.
    pub(crate) path: String,
    /// What it says.
    pub(crate) text: String,
}

/// Every text file; pictures and fonts are left out.
pub(crate) fn texts(house: &House) -> Result<Vec<File>, String> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(&house.root);
    let paths = printed(git)?;
    let mut files = Vec::new();
    for path in paths.split('\0').filter(|path| !path.is_empty()) {
        match std::fs::read(house.root.join(path)) {
            Ok(bytes) => {
                files.extend(String::from_utf8(bytes).ok().map(|text| File { path: path.to_owned(), text }));
            }
            // Deleted, and not yet told to git.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(format!("{path}: {error}")),
        }
    }
    if files.is_empty() { Err("git names no files".to_owned()) } else { Ok(files) }
}
