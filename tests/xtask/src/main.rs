//! Chores of the project as `cargo xtask`, with no tool to install but Rust.
//!
//! `cargo xtask test` is the one command that says whether the project is whole: what it runs is the
//! list in [`steps::all`], and a step that could not run has failed.

mod bench;
mod lambda;
mod output;
mod process;
mod run;
mod sam;
mod secrets;
mod step;
mod steps;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Chores of the project.")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Check and test everything, and print one summary.
    Test {
        /// Give the long tests less to do. On a developer's machine only.
        #[arg(long)]
        fast: bool,
        /// Only the steps whose names begin so, such as `clippy`; may be given several times. On a developer's
        /// machine only.
        #[arg(long, value_name = "NAME")]
        step: Vec<String>,
    },
    /// Build every function for Lambda, pack it, and look whether it will start there.
    Build {
        /// What to build for; this machine's own unless told otherwise.
        #[arg(long)]
        arch: Option<lambda::Architecture>,
    },
    /// The secrets of an installation in the cloud.
    Secrets {
        #[command(subcommand)]
        chore: secrets::Chore,
    },
    /// Figures beside those of peers.
    Bench {
        #[command(subcommand)]
        chore: bench::Chore,
    },
    /// The system under `sam local`.
    Sam {
        #[command(subcommand)]
        chore: sam::Chore,
    },
}

fn main() -> ExitCode {
    let chore = Arguments::parse().chore;
    let fast = matches!(chore, Chore::Test { fast: true, .. });
    let some = matches!(&chore, Chore::Test { step, .. } if !step.is_empty());
    if (fast || some) && std::env::var_os("CI").is_some() {
        return refused("--fast and --step are for a developer's machine; CI runs everything");
    }
    let house = match step::House::find(fast) {
        Ok(house) => house,
        Err(message) => return refused(&message),
    };
    let done = match chore {
        Chore::Test { step, .. } => return run::all(&steps::named(&step), &house),
        Chore::Build { arch } => lambda::chore(&house, arch),
        Chore::Bench { chore } => bench::chore(&house, &chore),
        Chore::Secrets { chore } => secrets::chore(&chore),
        Chore::Sam { chore } => sam::chore(&house, &chore),
    };
    done.map_or_else(|message| refused(&message), |()| ExitCode::SUCCESS)
}

fn refused(message: &str) -> ExitCode {
    output::line(format_args!("xtask: {message}"));
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }
}
