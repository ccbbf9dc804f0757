//! The system under `sam local`: the very commands that an engineer types, on the stores of `cargo run`.
//!
//! `cargo xtask sam` builds everything, makes the namespaces where there is no Docker, and starts this.

mod engine;
mod forward;
mod image;
mod init;
mod invoke;
mod journey;
mod podman;
mod sam;
mod stores;
mod test;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::engine::Kind;

#[derive(Parser)]
#[command(name = "palad-sam", about = "Started by `cargo xtask sam`.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes the stores of a runner reachable from containers, and writes the variables of the functions.
    Stores {
        /// The runner's data folder.
        #[arg(long, default_value = "data")]
        data: PathBuf,
    },
    /// Prints the table of what each function may do.
    Roles,
    /// Starts each function without one of its variables, and looks what it says.
    Init {
        /// The folder that `cargo xtask build` has filled.
        functions: PathBuf,
    },
    /// Registers, signs in, saves and searches through `sam local start-api`, and invokes every function.
    Test {
        /// What runs containers.
        #[arg(long)]
        engine: Kind,
        /// The local runner.
        #[arg(long)]
        runner: PathBuf,
        /// The folder with sam.
        #[arg(long)]
        tools: PathBuf,
    },
}

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = match (runtime, Arguments::parse().command) {
        (Err(error), _) => Err(format!("the system gives no threads: {error}")),
        (Ok(runtime), Command::Stores { data }) => runtime.block_on(stores::serve(&data)),
        (Ok(_), Command::Roles) => palad_sam_tests::Templates::read().map(|templates| {
            say(palad_sam_tests::table(&templates).trim_end());
        }),
        (Ok(_), Command::Init { functions }) => init::check(&functions),
        (Ok(runtime), Command::Test { engine, runner, tools }) => {
            runtime.block_on(test::run(engine, &runner, &tools))
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            say(&format!("FAILED {message}"));
            ExitCode::FAILURE
        }
    }
}

/// One line for whoever watches; a line that begins with `ok` or `FAILED` is a check.
fn say(line: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
