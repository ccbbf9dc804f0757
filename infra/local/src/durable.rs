//! Files that are wholly there or not at all, whenever the process or the machine stops.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// The beginning of a name under which a file is not there yet.
pub(crate) const UNFINISHED: &str = ".new-";

/// Writes `bytes` to `name` in `folder`, so that after it returns they survive a power cut, and before that
/// the file is as it was. Only this user may read it.
pub(crate) fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let unfinished = folder.join(format!("{UNFINISHED}{name}"));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&unfinished, folder.join(name))?;
    sync(folder)
}

/// Moves `name` from one folder to another, for good.
pub(crate) fn relocate(name: &str, from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from.join(name), to.join(name))?;
    sync(to)?;
    sync(from)
}

/// Makes a folder's list of names survive a power cut.
fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
