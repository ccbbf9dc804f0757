//! `cargo xtask build`: every function for Lambda, by one command.
//!
//! Each is built from its own folder: in one call for all of them, cargo would give every function the
//! features that any of them asks for. They share the workspace's target folder, so that the tree is compiled
//! once, and `sam build` after this finds it compiled. It is cargo-lambda that builds, as in `sam build`: its linker writes for an older C library than this
//! machine may have, and for the other architecture.

use std::path::PathBuf;

use crate::output::line;
use crate::process::cargo;
use crate::step::House;
use crate::tools::{self, path_with};

use super::{glibc, zip};

/// What a function is built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Architecture {
    /// Intel's and AMD's.
    #[value(name = "x86_64")]
    X86,
    /// Graviton's.
    #[value(name = "arm64")]
    Arm,
}

impl Architecture {
    /// The one of this machine.
    pub(crate) fn of_this_machine() -> Self {
        if cfg!(target_arch = "aarch64") { Self::Arm } else { Self::X86 }
    }

    fn flag(self) -> &'static str {
        match self {
            Self::X86 => "--x86-64",
            Self::Arm => "--arm64",
        }
    }

    /// As the template's parameter calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::X86 => "x86_64",
            Self::Arm => "arm64",
        }
    }
}

/// A function that was built.
pub(crate) struct Built {
    name: String,
    size: usize,
    zip: usize,
    glibc: Option<glibc::Version>,
    complaints: Vec<String>,
}

/// The largest zip that a function may be: what has to be fetched at a cold start.
const LARGEST_ZIP: usize = 4_000_000;
/// What the text of a second crypto library gives away, even when its symbols are stripped.
const TRACES: [&str; 3] = ["aws-lc", "AWS-LC", "OpenSSL 3."];

/// Where the functions for one architecture are: a folder for each, with `bootstrap` and its zip.
pub(crate) fn folder(house: &House, architecture: Architecture) -> PathBuf {
    house.root.join("target/lambda").join(architecture.name())
}

/// Builds the functions, each from its own folder.
pub(crate) fn build(house: &House, architecture: Architecture) -> Result<Vec<Built>, String> {
    let programs = tools::BUILD.programs(house)?;
    let folder = folder(house, architecture);
    let mut all = Vec::new();
    for package in house.functions()? {
        let name = package.trim_start_matches("palad-");
        line(format_args!("building {name} for {}", architecture.name()));
        let mut command = cargo(house, &["lambda", "build", "--release", "--locked", "--quiet"]);
        command.args([architecture.flag(), "--lambda-dir"]).arg(&folder);
        command.current_dir(house.root.join("functions").join(name));
        command.env("PATH", path_with(&programs));
        let status = command.status().map_err(|error| format!("cargo lambda could not be run: {error}"))?;
        if !status.success() {
            return Err(format!(
                "{name} was not built for {0}: {status}. Rust's own library for it is needed \
                 (rustup target add {1}-unknown-linux-gnu); the C compiler and linker come with cargo-lambda",
                architecture.name(),
                if architecture == Architecture::Arm { "aarch64" } else { "x86_64" },
            ));
        }
        all.push(looked_at(&package, &folder.join(name))?);
    }
    Ok(all)
}

/// Packs the function in `folder` and looks whether it will start.
fn looked_at(package: &str, folder: &std::path::Path) -> Result<Built, String> {
    let program = folder.join("bootstrap");
    let content = std::fs::read(&program).map_err(|error| format!("{}: {error}", program.display()))?;
    let zip = zip::of_program("bootstrap", &content)?;
    let packed = folder.join("bootstrap.zip");
    std::fs::write(&packed, &zip).map_err(|error| format!("{}: {error}", packed.display()))?;
    let glibc = glibc::newest(&content);
    let mut complaints = Vec::new();
    if glibc > Some(glibc::OF_LAMBDA) {
        complaints.push(format!("{package} needs glibc {glibc:?}; Lambda has {:?}", glibc::OF_LAMBDA));
    }
    if zip.len() > LARGEST_ZIP {
        complaints.push(format!("{package} is {} bytes zipped; {LARGEST_ZIP} are allowed", zip.len()));
    }
    let has = |trace: &&&str| content.windows(trace.len()).any(|window| window == trace.as_bytes());
    complaints.extend(TRACES.iter().filter(has).map(|trace| format!("{package} has a trace of {trace}")));
    let name = package.trim_start_matches("palad-").to_owned();
    Ok(Built { name, size: content.len(), zip: zip.len(), glibc, complaints })
}

/// Prints what was built, and gives back what is wrong with it.
pub(crate) fn report(all: Vec<Built>) -> Vec<String> {
    let megabytes = |bytes: usize| f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1e6;
    line(format_args!("{:14} {:>9} {:>9}  glibc", "function", "MB", "zip MB"));
    for Built { name, size, zip, glibc, .. } in &all {
        let glibc = glibc.map_or_else(|| "none".to_owned(), |(major, minor)| format!("{major}.{minor}"));
        line(format_args!("{name:14} {:>9.2} {:>9.2}  {glibc}", megabytes(*size), megabytes(*zip)));
    }
    all.into_iter().flat_map(|built| built.complaints).collect()
}
