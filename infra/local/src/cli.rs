//! The command line.

use std::fmt::Display;
use std::io::{Write, stderr, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::{Parser, Subcommand};
use palad_environment::{Clock, Random, Variables};
use tokio::signal;

use crate::demonstration::Demonstration;
use crate::runner::{Options, Running, Surroundings, start_with};
use crate::{Reached, StartError, deployed, functions, operations};

/// Palad (ปลัด): the register of chief clerks, as a whole system on this machine.
#[derive(Debug, Parser)]
#[command(name = "palad", version)]
struct Arguments {
    /// The port of the site; the next three are for DynamoDB, S3, and queue and mail. 0: any free ones.
    #[arg(long, default_value_t = 8080, value_parser = clap::value_parser!(u16).range(..=65_532))]
    port: u16,
    /// The folder that everything is kept in.
    #[arg(long, default_value = "data", value_name = "DIR")]
    data: PathBuf,
    /// Work on the deployed stack of this stage, with the environment's AWS credentials, and not on a data folder.
    #[arg(long, value_name = "STAGE")]
    stage: Option<String>,
    /// Start a new folder empty, without demonstration data.
    #[arg(long)]
    no_demo: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Take in a list.
    Import {
        #[command(subcommand)]
        list: List,
    },
    /// Approve a registration from an address that is not the agency's own mailbox.
    Approve {
        /// The claim, as the mail or the page names it.
        claim: String,
    },
}

#[derive(Debug, Subcommand)]
enum List {
    /// The agencies: a CSV file with code,kind,name,district,province,region and, if known, official_email,official_phone.
    Agencies {
        /// The file.
        file: PathBuf,
        /// Say what would change, and change nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

/// What a sub-command works on.
enum Place {
    Folder(PathBuf),
    Deployed(String),
}

/// Does what the command line asks, and gives the process's exit code.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    start_log();
    // A request to the embedded DynamoDB holds a thread while it syncs, so two are not enough.
    let threads = std::thread::available_parallelism().map_or(4, |count| count.get().max(4));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return refuse(format!("the system gives no threads: {error}"), 1),
    };
    runtime.block_on(async {
        let place = match arguments.stage {
            Some(stage) => Place::Deployed(stage),
            None => Place::Folder(arguments.data.clone()),
        };
        match arguments.command {
            None if matches!(place, Place::Deployed(_)) => refuse("--stage needs a sub-command", 1),
            None => serve(Options { port: arguments.port, data: arguments.data }, !arguments.no_demo).await,
            Some(Command::Import { list: List::Agencies { file, dry_run } }) => {
                import(&place, &file, dry_run).await
            }
            Some(Command::Approve { claim }) => approve(&place, &claim).await,
        }
    })
}

/// One line for each request and each failure; `RUST_LOG` says otherwise.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,palad_api=info,dynoxide=error"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr).compact().init();
}

async fn serve(options: Options, with_demo: bool) -> ExitCode {
    let began = Instant::now();
    let mut demo = None;
    let wire = async |surroundings: Surroundings| {
        if with_demo {
            demo = Demonstration::of(&options.data).fill(&surroundings).await?;
        }
        functions::wiring(&surroundings)
    };
    match start_with(&options, wire).await {
        Ok(running) => {
            tell(greeting(&running, began.elapsed(), demo.as_deref()));
            asked_to_stop().await;
            tell("Stopping.");
            running.stop().await;
            ExitCode::SUCCESS
        }
        Err(error) => failed(&error),
    }
}

fn greeting(running: &Running, took: Duration, demo: Option<&str>) -> String {
    let addresses = running.addresses();
    let site = addresses.site_url();
    let demo = demo.map(|account| format!("\n  Sign in as   {account}")).unwrap_or_default();
    format!(
        "Palad is ready ({:.1} s).\n\n  Site         {site}\n  Mailbox      {site}/local/mail\n  DynamoDB     {}\n  S3           {}\n  Queue, mail  {}\n  Data         {}{demo}\n\nCtrl-C stops it.",
        took.as_secs_f64(),
        addresses.dynamodb_url(),
        addresses.s3_url(),
        addresses.services_url(),
        running.data().display(),
    )
}

#[cfg(unix)]
async fn asked_to_stop() {
    match signal::unix::signal(signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        },
        Err(_) => drop(signal::ctrl_c().await),
    }
}

#[cfg(not(unix))]
async fn asked_to_stop() {
    drop(signal::ctrl_c().await);
}

async fn import(place: &Place, file: &Path, dry_run: bool) -> ExitCode {
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => return refuse(format!("cannot read {}: {error}", file.display()), 1),
    };
    let (agencies, written) = match operations::read_agencies(&bytes) {
        Ok(read) => read,
        Err(operations::BadFile(rows)) => {
            for row in &rows {
                complain(row);
            }
            return refuse(
                format!("nothing was imported: {} bad lines in {}", rows.len(), file.display()),
                1,
            );
        }
    };
    let clock = Clock::default();
    at(place, async |variables, folder| {
        if let Some((data, reached)) = folder.filter(|_| !dry_run) {
            let demonstration = Demonstration::of(data);
            if demonstration.is_there() {
                reached.empty_tables().await.map_err(|error| error.to_string())?;
                demonstration.is_gone()?;
            }
        }
        operations::import_agencies(variables, &clock, agencies, dry_run)
            .await
            .map(|done| format!("{} was read as {written}.\n{done}", file.display()))
    })
    .await
}

async fn approve(place: &Place, claim: &str) -> ExitCode {
    at(place, async |variables, _| {
        let agency = operations::approve(variables, Clock::default(), claim).await?;
        Ok(format!("Approved: {} ({}) has its account.", agency.full_name(), agency.code))
    })
    .await
}

/// Does something at a place: in a data folder, whether a runner is at work in it or not, or on a deployed stack.
async fn at(
    place: &Place,
    work: impl AsyncFnOnce(&Variables, Option<(&Path, &Reached)>) -> Result<String, String>,
) -> ExitCode {
    let result = match place {
        Place::Deployed(stage) => match deployed::variables(stage) {
            Ok(variables) => work(&variables, None).await,
            Err(error) => return failed(&error),
        },
        Place::Folder(data) => match Reached::open(data, &Clock::default(), &Random::default()).await {
            Ok(reached) => {
                let result = work(reached.variables(), Some((data, &reached))).await;
                reached.close().await;
                result
            }
            Err(error) => return failed(&error),
        },
    };
    match result {
        Ok(message) => {
            tell(message);
            ExitCode::SUCCESS
        }
        Err(message) => refuse(message, 1),
    }
}

fn failed(error: &StartError) -> ExitCode {
    refuse(error, error.exit_code())
}

fn refuse(message: impl Display, code: u8) -> ExitCode {
    complain(format_args!("palad: {message}"));
    ExitCode::from(code)
}

/// A line for who reads the output; that nobody does is no failure.
fn tell(message: impl Display) {
    let _ = writeln!(stdout(), "{message}");
}

fn complain(message: impl Display) {
    let _ = writeln!(stderr(), "{message}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_as_documented() {
        Arguments::command().debug_assert();
        let parse = |line: &str| Arguments::try_parse_from(line.split(' '));
        let arguments =
            parse("palad --port 0 --data d --no-demo import agencies f.csv --dry-run").expect("a good line");
        assert!(arguments.no_demo && arguments.port == 0);
        assert!(matches!(
            arguments.command,
            Some(Command::Import { list: List::Agencies { dry_run: true, .. } })
        ));
        assert!(matches!(
            parse("palad approve X").expect("a good line").command,
            Some(Command::Approve { .. })
        ));
        assert!(parse("palad --stage trial approve X").is_ok());
        assert!(parse("palad --port 65533").is_err() && parse("palad import clerks f").is_err());
    }
}
