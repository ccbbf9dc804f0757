//! `cargo xtask bench`: figures for BENCHMARKS.md, beside peers that are installed for it.

use std::process::Command;

use crate::lambda::{self, Architecture};
use crate::output::line;
use crate::process::{could_not, printed};
use crate::sam::built_here;
use crate::step::House;
use crate::tools::Python;

/// What is measured.
#[derive(clap::Subcommand)]
pub(crate) enum Chore {
    /// From the start of a process to its first answer, and what a request costs.
    Start {
        /// How many starts are measured at each share of a processor.
        #[arg(long, default_value_t = 21)]
        rounds: usize,
        /// Measure what `cargo xtask build` has built before, and build nothing.
        #[arg(long)]
        built: bool,
        /// Measure only this function, and no peers; may be given more than once.
        #[arg(long)]
        only: Vec<String>,
    },
    /// What a round costs on the embedded stores: ordering a step, counting at night, looking at how far it is.
    Rounds {
        /// How many agencies are asked.
        #[arg(long, default_value_t = 7_850)]
        agencies: usize,
    },
    /// Whether the time of an answer tells what its bytes hide.
    Timing {
        /// How many times each case is measured.
        #[arg(long, default_value_t = 200)]
        rounds: usize,
    },
}

/// The peer's packages; they stand in tests/bench/python/requirements.txt too, for people.
const PYTHON: Python =
    Python { folder: "bench-python", packages: &["boto3==1.44.5", "cryptography==50.0.2"] };

/// Does it.
pub(crate) fn chore(house: &House, chore: &Chore) -> Result<(), String> {
    match chore {
        Chore::Start { rounds, built, only } => start(house, *rounds, *built, only),
        Chore::Rounds { agencies } => {
            let mut bench = bench(house)?;
            bench.arg("rounds").arg("--agencies").arg(agencies.to_string());
            measure(bench)
        }
        Chore::Timing { rounds } => {
            let mut bench = bench(house)?;
            bench.arg("timing").arg("--rounds").arg(rounds.to_string());
            measure(bench)
        }
    }
}

fn start(house: &House, rounds: usize, built: bool, only: &[String]) -> Result<(), String> {
    let architecture = Architecture::of_this_machine();
    if !built {
        lambda::chore(house, Some(architecture))?;
    }
    let python = PYTHON.programs(house)?.join("python");
    let node = node(house)?;
    let mut bench = bench(house)?;
    bench.arg("start").arg("--functions").arg(lambda::folder(house, architecture));
    bench.arg("--python").arg(python).arg("--node").arg(node).arg("--rounds").arg(rounds.to_string());
    bench.args(only.iter().flat_map(|name| ["--only", name]));
    measure(bench)
}

fn bench(house: &House) -> Result<Command, String> {
    let mut bench = Command::new(built_here(house, &["palad-bench"])?.join("palad-bench"));
    bench.current_dir(&house.root);
    Ok(bench)
}

fn measure(mut bench: Command) -> Result<(), String> {
    line("measuring; this machine should have nothing else to do");
    let status = bench.status().map_err(|error| could_not(&bench, &error))?;
    if status.success() { Ok(()) } else { Err(status.to_string()) }
}

/// The peer for Node with its packages, packed into one file as one would deploy it.
fn node(house: &House) -> Result<std::path::PathBuf, String> {
    let (from, folder) = (house.root.join("tests/bench/node"), house.root.join("target/tools/bench-node"));
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for name in ["package.json", "function.mjs"] {
        let to = folder.join(if name == "package.json" { name } else { "source.mjs" });
        std::fs::copy(from.join(name), to).map_err(|error| format!("{name}: {error}"))?;
    }
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--silent"]).current_dir(&folder);
    printed(npm).map_err(|error| format!("the peer for Node needs npm: {error}"))?;
    let mut esbuild = Command::new(folder.join("node_modules/.bin/esbuild"));
    esbuild.args([
        "source.mjs",
        "--bundle",
        "--platform=node",
        "--format=esm",
        "--minify",
        "--outfile=function.mjs",
    ]);
    // The SDK has parts that still call `require`.
    let require = "import { createRequire } from 'module'; const require = createRequire(import.meta.url);";
    esbuild.arg(format!("--banner:js={require}")).current_dir(&folder);
    printed(esbuild).map(|_| folder)
}
