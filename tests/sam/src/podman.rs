//! podman as a Docker engine, in the namespaces that `cargo xtask sam` has made: mounts, processes and
//! network are this test's alone, and gone with it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::{Child, Command};

use crate::image;

/// Limits that a machine may have set lower than podman's own; and no control groups, which are the
/// host's.
const CONTAINERS: &str = r#"[containers]
default_ulimits = ["nofile=8192:8192", "nproc=8192:8192"]
cgroups = "disabled"
cgroupns = "host"
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
runtime = "crun"
"#;

/// A service at work. It ends when this is dropped, and so do its containers.
pub(crate) struct Podman {
    folder: PathBuf,
    service: Child,
}

impl Podman {
    /// Starts the service, with a store in `folder`, and makes the image for `programs`.
    pub(crate) async fn start(folder: &Path, programs: &[PathBuf]) -> Result<Self, String> {
        network_and_mounts().await?;
        for (name, text) in [("containers.conf", CONTAINERS.to_owned()), ("storage.conf", storage(folder))] {
            fs::write(folder.join(name), text).map_err(|error| format!("{name}: {error}"))?;
        }
        let log = fs::File::create(folder.join("podman.log")).map_err(|error| error.to_string())?;
        let mut service = podman(folder);
        service
            .args(["system", "service", "--time", "0"])
            .arg(format!("unix://{}", socket(folder).display()));
        service.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).kill_on_drop(true);
        let service = service.spawn().map_err(|error| {
            format!("needs podman (Debian: apt-get install podman crun iptables busybox-static): {error}")
        })?;
        let started = Self { folder: folder.to_owned(), service };
        started.listens().await?;
        let context = folder.join("image");
        image::lay_out(&context, programs).await?;
        let mut build = podman(folder);
        build.args(["build", "--quiet", "--tag", &image::name()]).arg(&context);
        printed(&mut build).await.map_err(|error| format!("the image could not be made: {error}"))?;
        Ok(started)
    }

    /// How Docker's clients reach it.
    pub(crate) fn address(&self) -> String {
        format!("unix://{}", socket(&self.folder).display())
    }

    /// Removes all containers and ends the service.
    pub(crate) async fn stop(mut self) {
        // Whatever is left ends with the namespaces.
        let _ = printed(podman(&self.folder).args(["rm", "--all", "--force", "--time", "0"])).await;
        let _ = self.service.kill().await;
    }

    async fn listens(&self) -> Result<(), String> {
        for _ in 0..100 {
            if tokio::net::UnixStream::connect(socket(&self.folder)).await.is_ok() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let log = fs::read_to_string(self.folder.join("podman.log")).unwrap_or_default();
        Err(format!("podman's service does not come up: {}", log.trim()))
    }
}

/// This machine's own control groups are put out of the way where there are two kinds of them, which
/// crun does not expect; and the network, which is new, gets its loopback.
async fn network_and_mounts() -> Result<(), String> {
    let mounts = fs::read_to_string("/proc/self/mounts").map_err(|error| error.to_string())?;
    let of_kind = |kind: &str| {
        let fields = |line: &'_ str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        mounts.lines().map(fields).find(|fields| fields.get(2).is_some_and(|found| found == kind))
    };
    if let (Some(_), Some(second)) = (of_kind("cgroup"), of_kind("cgroup2")) {
        printed(Command::new("umount").arg(&second[1])).await?;
    }
    printed(Command::new("busybox").args(["ip", "link", "set", "lo", "up"])).await.map(drop)
}

fn storage(folder: &Path) -> String {
    let folder = folder.display();
    format!("[storage]\ndriver = \"overlay\"\ngraphroot = \"{folder}/graph\"\nrunroot = \"{folder}/run\"\n")
}

fn socket(folder: &Path) -> PathBuf {
    folder.join("podman.sock")
}

fn podman(folder: &Path) -> Command {
    let mut podman = Command::new("podman");
    podman.env("CONTAINERS_CONF", folder.join("containers.conf"));
    podman.env("CONTAINERS_STORAGE_CONF", folder.join("storage.conf"));
    podman.env("XDG_RUNTIME_DIR", folder).env("TMPDIR", folder);
    podman
}

/// What a program prints, if it succeeds.
pub(crate) async fn printed(command: &mut Command) -> Result<String, String> {
    let name = command.as_std().get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).kill_on_drop(true).output().await;
    let output = output.map_err(|error| format!("{name} could not be run: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(format!("{name}: {}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim()))
}
