//! `cargo xtask sam`: the system under `sam local`, tried for real.
//!
//! Where a Docker engine answers, it is used as it is. Where there is none, podman runs in namespaces of its
//! own for mounts, processes and network: nothing of the host is changed, and when the test ends, by itself or
//! by force, everything that it started is gone.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::lambda;
use crate::output::line;
use crate::process::{cargo, could_not, followed, printed};
use crate::step::{House, Outcome};
use crate::tools::{self, path_with};

/// What has to be on the machine where there is no Docker.
const PROGRAMS: [(&str, &str); 4] =
    [("podman", "podman"), ("crun", "crun"), ("iptables", "iptables"), ("busybox", "busybox-static")];

/// What is asked of `cargo xtask sam`.
#[derive(clap::Subcommand)]
pub(crate) enum Chore {
    /// Register, sign in, save and search through `sam local start-api`; invoke every function once.
    Test,
    /// Make the stores of a runner reachable for `sam local`, until Ctrl-C.
    Stores {
        /// The runner's data folder.
        #[arg(long, default_value = "data")]
        data: PathBuf,
    },
}

/// Does it.
pub(crate) fn chore(house: &House, chore: &Chore) -> Result<(), String> {
    match chore {
        Chore::Test => {
            let outcome = test(house);
            if outcome.failed == 0 { Ok(()) } else { Err(outcome.complaints.join("\n")) }
        }
        Chore::Stores { data } => {
            let mut stores =
                cargo(house, &["run", "--quiet", "--locked", "--package", "palad-sam-tests", "--", "stores"]);
            stores.arg("--data").arg(data);
            let status = stores.status().map_err(|error| could_not(&stores, &error))?;
            if status.success() { Ok(()) } else { Err(status.to_string()) }
        }
    }
}

/// A step of `cargo xtask test`: the journey and the invocations.
pub(crate) fn test(house: &House) -> Outcome {
    let mut command = match prepared(house) {
        Ok(command) => command,
        Err(message) => return Outcome::failed(message),
    };
    // Removed here, and not by the tester alone: while its namespaces stand, something is mounted there.
    let folder = std::env::temp_dir().join(format!("palad-sam-{}", std::process::id()));
    if let Err(error) = std::fs::create_dir_all(&folder) {
        return Outcome::failed(format!("{}: {error}", folder.display()));
    }
    command.env("TMPDIR", &folder);
    let outcome = counted(command);
    let _ = std::fs::remove_dir_all(&folder);
    outcome
}

/// A step of `cargo xtask test`: each function without each of its variables.
pub(crate) fn init(house: &House) -> Outcome {
    let functions = lambda::folder(house, lambda::Architecture::of_this_machine());
    match built_here(house, &["palad-sam-tests"]) {
        Ok(programs) => {
            let mut command = Command::new(programs.join("palad-sam"));
            command.arg("init").arg(functions).current_dir(&house.root);
            counted(command)
        }
        Err(message) => Outcome::failed(message),
    }
}

/// Counts the checks that a program says.
fn counted(command: Command) -> Outcome {
    let mut outcome = Outcome::default();
    let succeeded = followed(command, |text| {
        if text.starts_with("ok ") {
            outcome.passed += 1;
        } else if let Some(complaint) = text.strip_prefix("FAILED ") {
            outcome.failed += 1;
            outcome.complaints.push(complaint.to_owned());
        }
    });
    match succeeded {
        Ok(true) => {}
        Ok(false) if outcome.failed > 0 => {}
        Ok(false) => {
            outcome.failed += 1;
            outcome.complaints.push("it broke off: see above".to_owned());
        }
        Err(message) => {
            outcome.failed += 1;
            outcome.complaints.push(message);
        }
    }
    outcome
}

/// Builds what is needed, and gives the command that tries it.
fn prepared(house: &House) -> Result<Command, String> {
    let has_docker = has_docker();
    if !has_docker {
        install(&missing())?;
    }
    let sam = tools::SAM.programs(house)?;
    let programs = built_here(house, &["palad-sam-tests", "palad-local"])?;
    sam_build(house, &sam)?;
    let tester = programs.join("palad-sam");
    let mut command = if has_docker {
        line("sam local on the Docker engine that is here");
        Command::new(&tester)
    } else {
        line("no Docker engine answers: sam local on podman, in namespaces of its own");
        let mut unshare = Command::new("unshare");
        // A first process of its own: when it ends, the kernel ends all others in its namespace.
        unshare.args(["--mount", "--net", "--propagation", "private", "--pid", "--fork", "--kill-child"]);
        unshare.arg("--mount-proc").arg(&tester);
        unshare
    };
    command.args(["test", "--engine", if has_docker { "docker" } else { "podman" }, "--runner"]);
    command.arg(programs.join("palad-local")).arg("--tools").arg(&sam);
    command.current_dir(&house.root);
    Ok(command)
}

/// `sam build`, with the cargo-lambda that `cargo xtask build` uses.
fn sam_build(house: &House, sam: &Path) -> Result<(), String> {
    line("sam build");
    let lambda = tools::BUILD.programs(house)?;
    let architecture = lambda::Architecture::of_this_machine().name();
    let mut build = Command::new(sam.join("sam"));
    build.args(["build", "--parameter-overrides"]).arg(format!("Architecture={architecture}"));
    build.env("PATH", path_with(&lambda)).env("SAM_CLI_TELEMETRY", "0").current_dir(&house.root);
    printed(build).map(drop)
}

/// The programs of the workspace that take part. Gives their folder.
pub(crate) fn built_here(house: &House, packages: &[&str]) -> Result<PathBuf, String> {
    let mut build = cargo(house, &["build", "--quiet", "--locked"]);
    for package in packages {
        build.args(["--package", package]);
    }
    printed(build)?;
    // Beside this program itself, which cargo has built too.
    let here =
        std::env::current_exe().map_err(|error| format!("this program cannot find itself: {error}"))?;
    here.parent().map(Path::to_owned).ok_or_else(|| "this program is in no folder".to_owned())
}

/// Whether an engine answers; the client alone does not help.
fn has_docker() -> bool {
    Command::new("docker").arg("info").output().is_ok_and(|output| output.status.success())
}

/// The packages whose programs are not there.
fn missing() -> Vec<&'static str> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> =
        std::env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]).collect();
    let is_there = |program: &str| folders.iter().any(|folder| folder.join(program).is_file());
    PROGRAMS.iter().filter(|(program, _)| !is_there(program)).map(|(_, package)| *package).collect()
}

/// Installs packages, where that may be done; else says what to install.
fn install(packages: &[&str]) -> Result<(), String> {
    let is_root = printed({
        let mut id = Command::new("id");
        id.arg("-u");
        id
    })?;
    let by_hand = format!("apt-get install --no-install-recommends {}", packages.join(" "));
    if is_root.trim() != "0" {
        return Err(format!(
            "there is no Docker engine, and podman in namespaces of its own needs root: start Docker, or as root \
             `{by_hand}` and run this again"
        ));
    }
    if packages.is_empty() {
        return Ok(());
    }
    line(format_args!("installing {}", packages.join(", ")));
    let apt = |arguments: &[&str]| {
        let mut apt = Command::new("apt-get");
        apt.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        printed(apt)
    };
    apt(&["update", "-q"])
        .and_then(|_| apt(&[&["install", "-y", "-q", "--no-install-recommends"], packages].concat()))
        .map(drop)
        .map_err(|error| format!("there is no Docker engine; needs `{by_hand}`: {error}"))
}
