//! Whether the disk has room for all that a whole run builds and installs: where it has not, every later step fails in
//! its own words, and none of them says why.

use std::io::ErrorKind;
use std::path::Path;

use crate::step::{House, Outcome};

/// What a whole run from a clean clone leaves in `target`, and what is written beside it meanwhile, rounded up.
const NEEDED: u64 = 18 * GIGABYTE;
const GIGABYTE: u64 = 1 << 30;

/// What is there already, and what is still free, hold a whole run.
pub(crate) fn check(house: &House) -> Outcome {
    Outcome::of_result(free(&house.root).and_then(|free| {
        let built = size(&house.root.join("target"))?;
        Ok(lacking(built, free).into_iter().collect())
    }))
}

fn lacking(built: u64, free: u64) -> Option<String> {
    let room = built.saturating_add(free);
    (room < NEEDED || free < GIGABYTE).then(|| {
        let in_gigabytes = |bytes: u64| bytes.div_ceil(GIGABYTE);
        format!(
            "a whole run takes {} GB of disk in `target`; it has {} GB, and {} GB are free: make room, for example by \
             `cargo clean`",
            in_gigabytes(NEEDED),
            built / GIGABYTE,
            free / GIGABYTE,
        )
    })
}

/// Bytes that somebody without special rights may still write.
fn free(folder: &Path) -> Result<u64, String> {
    let disk = rustix::fs::statvfs(folder).map_err(|error| format!("the disk cannot be asked: {error}"))?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Bytes of all files under a folder; none where there is no such folder.
fn size(folder: &Path) -> Result<u64, String> {
    let could_not = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(could_not(error)),
    };
    let mut bytes = 0;
    for entry in entries {
        let entry = entry.map_err(could_not)?;
        // A link is not followed. What was there a moment ago may be gone: others build here too.
        match entry.metadata() {
            Ok(about) if about.is_dir() => bytes += size(&entry.path())?,
            Ok(about) => bytes += about.len(),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(could_not(error)),
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_counts_as_room_and_a_full_disk_never_does() {
        assert_eq!(lacking(0, NEEDED), None);
        assert_eq!(lacking(NEEDED - GIGABYTE, GIGABYTE), None);
        let complaint = lacking(0, 5 * GIGABYTE).expect("five gigabytes are too few");
        assert!(complaint.contains("18 GB") && complaint.contains("5 GB are free"), "{complaint}");
        assert!(lacking(2 * NEEDED, GIGABYTE - 1).is_some(), "nothing more can be written");
    }

    #[test]
    fn a_folder_is_as_large_as_all_files_below_it() {
        let folder = std::env::temp_dir().join(format!("palad-room-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("below")).expect("a folder");
        std::fs::write(folder.join("a"), [0; 300]).expect("a file");
        std::fs::write(folder.join("below/b"), [0; 7]).expect("a file");
        let measured = (size(&folder), size(&folder.join("nothing")));
        std::fs::remove_dir_all(&folder).expect("it is gone");
        assert_eq!(measured, (Ok(307), Ok(0)));
        assert!(free(&std::env::temp_dir()).is_ok_and(|free| free > 0));
    }
}
