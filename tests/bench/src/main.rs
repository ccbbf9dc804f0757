//! Figures for BENCHMARKS.md. `cargo xtask bench` builds what is needed, installs the peers, and starts this.

mod counting;
mod events;
mod http;
mod job;
mod measure;
mod report;
mod rounds;
mod runtime_api;
mod scenario;
mod share;
mod start;
mod store;
mod timing;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "palad-bench", about = "Started by `cargo xtask bench`.")]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

/// What is measured.
#[derive(Subcommand)]
enum What {
    /// From the start of a process to its first answer, and what a request costs.
    Start(start::Arguments),
    /// What a round costs on the embedded stores.
    Rounds {
        /// How many agencies are asked.
        #[arg(long, default_value_t = 7_850)]
        agencies: usize,
    },
    /// One firing of a schedule: the child process of the above.
    #[command(hide = true)]
    Job {
        /// `plan` or `recount`.
        job: String,
        /// When.
        now: String,
    },
    /// Whether the time of an answer tells what it hides.
    Timing(timing::Arguments),
}

fn main() -> ExitCode {
    let measured = match Arguments::parse().what {
        What::Start(arguments) => start::run(&arguments),
        What::Rounds { agencies } => rounds::run(agencies),
        What::Job { job, now } => job::run(&job, &now),
        What::Timing(arguments) => timing::run(&arguments),
    };
    match measured {
        Ok(text) => {
            say(&text);
            ExitCode::SUCCESS
        }
        Err(message) => {
            say(&format!("FAILED {message}"));
            ExitCode::FAILURE
        }
    }
}

/// Lines for whoever watches. That nobody does is no failure.
fn say(text: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}
