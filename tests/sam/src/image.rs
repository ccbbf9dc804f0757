//! The image that functions run in where no registry can be asked for Amazon's: what this machine has of
//! the C library, a small shell, and the folders that Lambda promises.
//!
//! It has the name of Amazon's own, which is how `sam local` finds it; it is made in a store of its own,
//! and gone when the test ends.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tokio::process::Command;

use crate::podman::printed;

/// How `sam local` calls the image for this machine's architecture.
pub(crate) fn name() -> String {
    let architecture = if cfg!(target_arch = "aarch64") { "arm64" } else { "x86_64" };
    format!("public.ecr.aws/lambda/provided:al2023-{architecture}")
}

/// Certificates, where Debian and Amazon Linux keep them.
const CERTIFICATES: [&str; 2] =
    ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"];
const SHELLS: [&str; 3] = ["/bin/busybox", "/usr/bin/busybox", "/sbin/busybox"];

/// Puts together what the image is built from: a folder with a `Dockerfile`.
pub(crate) async fn lay_out(folder: &Path, programs: &[PathBuf]) -> Result<(), String> {
    let root = folder.join("root");
    for place in ["bin", "tmp", "var/task", "var/runtime", "etc/ssl/certs", "etc/pki/tls/certs"] {
        fs::create_dir_all(root.join(place)).map_err(|error| format!("{place}: {error}"))?;
    }
    let shell = SHELLS.iter().map(Path::new).find(|path| path.exists());
    copy(shell.ok_or("needs busybox (Debian: apt-get install busybox-static)")?, &root.join("bin/sh"))?;
    if let Some(certificates) = CERTIFICATES.iter().map(Path::new).find(|path| path.exists()) {
        copy(certificates, &root.join("etc/ssl/certs/ca-certificates.crt"))?;
    }
    for library in libraries(programs).await? {
        let inside = library.strip_prefix("/").map_err(|_| format!("{} is odd", library.display()))?;
        let place = root.join(inside);
        fs::create_dir_all(place.parent().unwrap_or(&root)).map_err(|error| error.to_string())?;
        copy(&library, &place)?;
    }
    let steps = "FROM scratch\nCOPY root/ /\nENV PATH=/bin LAMBDA_TASK_ROOT=/var/task \
                 LAMBDA_RUNTIME_DIR=/var/runtime\nWORKDIR /var/task\n";
    fs::write(folder.join("Dockerfile"), steps).map_err(|error| error.to_string())
}

/// The libraries that the programs are linked with, and the loader, by their paths on this machine.
async fn libraries(programs: &[PathBuf]) -> Result<BTreeSet<PathBuf>, String> {
    let mut all = BTreeSet::new();
    for program in programs {
        let mut ldd = Command::new("ldd");
        ldd.arg(program);
        let text = printed(&mut ldd).await?;
        // `libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x…)`, or the loader's path alone.
        let words = text.split_whitespace().filter(|word| word.starts_with('/'));
        all.extend(words.map(PathBuf::from));
    }
    if all.is_empty() { Err("ldd names no libraries".to_owned()) } else { Ok(all) }
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    fs::copy(from, to).map(drop).map_err(|error| format!("{}: {error}", from.display()))
}
