//! The system as a process of its own, which can be killed and whose output can be read.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use palad_local::Addresses;
use tokio::process::{Child, Command};

use crate::{Browser, Mailbox, eventually};

/// A running process.
pub struct Spawned {
    child: Child,
    site: String,
    log: PathBuf,
}

impl Spawned {
    /// Starts `program` on a data folder. What it prints goes to `log`, after what is there.
    ///
    /// # Panics
    /// When it does not come up.
    pub async fn start(program: &str, data: &Path, log: &Path) -> Self {
        let file = std::fs::OpenOptions::new().create(true).append(true).open(log).expect("a log file");
        let mut child = Command::new(program)
            .args([OsStr::new("--port"), OsStr::new("0"), OsStr::new("--no-demo"), OsStr::new("--data")])
            .arg(data)
            .stdin(Stdio::null())
            .stdout(file.try_clone().expect("a log file"))
            .stderr(file)
            .kill_on_drop(true)
            .spawn()
            .expect("a process");
        let process = child.id().expect("a running process");
        let announced = eventually("a running system", async || {
            if let Ok(Some(status)) = child.try_wait() {
                let printed = std::fs::read_to_string(log).unwrap_or_default();
                panic!("it ended with {status}: {printed}");
            }
            Addresses::of_running(data).filter(|addresses| addresses.process == process)
        });
        let site = format!("http://127.0.0.1:{}", announced.await.site);
        Self { child, site, log: log.to_owned() }
    }

    /// Where its site is.
    #[must_use]
    pub fn site(&self) -> &str {
        &self.site
    }

    /// A browser that knows nothing yet.
    #[must_use]
    pub fn browser(&self) -> Browser {
        Browser::at(&self.site)
    }

    /// Its mailbox.
    #[must_use]
    pub fn mailbox(&self) -> Mailbox {
        Mailbox::at(&self.site)
    }

    /// What it has printed.
    ///
    /// # Panics
    /// When that cannot be read.
    #[must_use]
    pub fn printed(&self) -> String {
        std::fs::read_to_string(&self.log).expect("a log file")
    }

    /// Kills it, so that it has no time for anything.
    ///
    /// # Panics
    /// When it cannot be killed.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("killed");
    }
}

/// Runs a program to its end, without input.
///
/// # Panics
/// When it cannot be run.
pub async fn run_to_end(program: &str, arguments: &[&OsStr], folder: &Path) -> Output {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).kill_on_drop(true);
    let running = tokio::time::timeout(std::time::Duration::from_secs(60), command.output());
    running.await.expect("it ends").expect("it runs")
}
