//! A share of a processor, as Lambda gives it: one whole one at 1,769 MB, and less in proportion.
//!
//! Held by the kernel's bandwidth control (cgroup version 1 or 2), in periods of 20 ms, which is what is
//! measured on Lambda. Before its first event a function has a whole processor, there as here.

use std::path::{Path, PathBuf};

/// Megabytes at which a function has one processor.
pub(crate) const WHOLE: u64 = 1769;
/// Microseconds.
const PERIOD: u64 = 20_000;

/// Groups that hold processes to shares.
pub(crate) struct Shares {
    root: PathBuf,
    is_second: bool,
}

impl Shares {
    /// Finds out how this machine does it, and makes a group for what is not held.
    pub(crate) fn of_this_machine() -> Result<Self, String> {
        let first = Path::new("/sys/fs/cgroup/cpu");
        let (parent, is_second) =
            match first.join("cpu.cfs_quota_us").exists() || first.join("tasks").exists() {
                true => (first, false),
                false => (Path::new("/sys/fs/cgroup"), true),
            };
        let shares = Self { root: parent.join("palad-bench"), is_second };
        shares.group(&shares.root).map_err(|error| {
            format!(
                "processes cannot be held to shares of a processor (needs root and control groups): {error}"
            )
        })?;
        Ok(shares)
    }

    /// How it is done.
    pub(crate) fn how(&self) -> &'static str {
        if self.is_second {
            "cgroup v2 (cpu.max), periods of 20 ms"
        } else {
            "cgroup v1 (cpu.cfs_quota_us), periods of 20 ms"
        }
    }

    /// Holds a process, with all its threads, to the share of so many megabytes.
    pub(crate) fn hold(&self, process: u32, megabytes: u64) -> Result<(), String> {
        let group = self.root.join(megabytes.to_string());
        let hold = || {
            self.group(&group)?;
            let quota = (PERIOD * megabytes / WHOLE).max(1_000);
            if self.is_second {
                std::fs::write(group.join("cpu.max"), format!("{quota} {PERIOD}"))?;
            } else {
                std::fs::write(group.join("cpu.cfs_period_us"), PERIOD.to_string())?;
                std::fs::write(group.join("cpu.cfs_quota_us"), quota.to_string())?;
            }
            std::fs::write(group.join("cgroup.procs"), process.to_string())
        };
        hold().map_err(|error: std::io::Error| format!("{}: {error}", group.display()))
    }

    /// A group with more weight than the machine's other work, which is not what is measured.
    fn group(&self, path: &Path) -> std::io::Result<()> {
        std::fs::create_dir_all(path)?;
        if self.is_second {
            let parent = path.parent().unwrap_or(path);
            std::fs::write(parent.join("cgroup.subtree_control"), "+cpu")?;
            std::fs::write(path.join("cpu.weight"), "10000")
        } else {
            std::fs::write(path.join("cpu.shares"), "262144")
        }
    }
}

impl Drop for Shares {
    fn drop(&mut self) {
        // Groups are folders, and can be removed when nobody is in them any more.
        for entry in std::fs::read_dir(&self.root).into_iter().flatten().filter_map(Result::ok) {
            if entry.path().is_dir() {
                let _ = std::fs::remove_dir(entry.path());
            }
        }
        let _ = std::fs::remove_dir(&self.root);
    }
}
