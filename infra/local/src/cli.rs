//! The command line.

use std::fmt::Display;
use std::io::{Write, stderr, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::{Parser, Subcommand};
use palad_domain::agency::AgencyCode;
use palad_domain::province::ProvinceCode;
use palad_domain::say::Say;
use palad_environment::{Clock, Random, Variables};
use palad_registration::Approved;
use palad_site::SiteConfig;
use tokio::signal;

use crate::demonstration::Demonstration;
use crate::operations::Invitee;
use crate::operations::{LettersFor, Verified};
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
    /// Make new one-time codes for the official letter: a page for each agency, to be printed. Each code replaces the
    /// agency's earlier one.
    #[command(group = clap::ArgGroup::new("to").required(true))]
    LetterCodes {
        /// To the agencies of this province, by its code of two digits.
        #[arg(long, value_name = "CODE", group = "to", value_parser = province)]
        province: Option<ProvinceCode>,
        /// To every agency.
        #[arg(long, group = "to")]
        all: bool,
        /// The file for the printer. Whoever has it has the codes.
        #[arg(long, value_name = "FILE.html", default_value = "letter-codes.html")]
        out: PathBuf,
        /// The site's address on the letters, if not the one of SITE_ORIGIN.
        #[arg(long, value_name = "ADDRESS")]
        site: Option<String>,
    },
    /// After the pepper was changed: wrap what stands under an older one under the current one, without passwords.
    WrapPasswords,
    /// Look through the audit for lines that were changed, removed, added or moved, and hold it against the records.
    VerifyAudit {
        /// Only this agency's, by its code of six digits.
        #[arg(long, value_name = "CODE", value_parser = agency)]
        agency: Option<AgencyCode>,
    },
    /// Invite an officer by mail, or one who has an account to set it up anew.
    InviteStaff {
        /// Where the officer belongs.
        #[arg(long, value_parser = ["central", "province", "district"])]
        role: String,
        /// The code of the province, for the roles province and district.
        #[arg(long, value_name = "CODE")]
        province: Option<String>,
        /// The name of the district, as its agencies bear it.
        #[arg(long, value_name = "NAME")]
        district: Option<String>,
        /// The address that the invitation is mailed to.
        #[arg(long, value_name = "ADDRESS")]
        email: String,
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
            Some(Command::LetterCodes { province, all: _, out, site }) => {
                letter_codes(&place, province, site, &out, arguments.port).await
            }
            Some(Command::WrapPasswords) => wrap_passwords(&place).await,
            Some(Command::VerifyAudit { agency }) => verify_audit(&place, agency).await,
            Some(Command::InviteStaff { role, province, district, email }) => {
                let (province, district) = (province.as_deref(), district.as_deref());
                invite_staff(&place, &Invitee { role: &role, province, district, email: &email }).await
            }
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
        let Approved { agency, waits_until } =
            operations::approve(variables, Clock::default(), claim).await?;
        let name = format!("{} ({})", agency.full_name(), agency.code);
        Ok(match waits_until.map(palad_domain::say::moment) {
            None => format!("Approved: {name} has its account."),
            Some(from) => format!(
                "Approved: {name} belongs to another address, whose owner is told and may object; the take-over can be completed from {}.",
                from.en
            ),
        })
    })
    .await
}

async fn wrap_passwords(place: &Place) -> ExitCode {
    at(place, async |variables, _| {
        operations::wrap_passwords(variables, Random::default()).await.map(|done| done.to_string())
    })
    .await
}

async fn verify_audit(place: &Place, agency: Option<AgencyCode>) -> ExitCode {
    at(place, async |variables, _| {
        let Verified { agencies, lines, faults } = operations::verify_audit(variables, agency).await?;
        for (code, fault) in &faults {
            tell(format_args!("{code} {fault}"));
        }
        let looked = format!("{lines} lines of {agencies} agencies");
        match faults.len() {
            0 => Ok(format!("{looked}: the audit is whole.")),
            count => Err(format!("{looked}: {count} faults in the audit.")),
        }
    })
    .await
}

async fn invite_staff(place: &Place, invitee: &Invitee<'_>) -> ExitCode {
    at(place, async |variables, _| {
        let (clock, random) = (Clock::default(), Random::default());
        let invitation = operations::invite_staff(variables, clock, random, invitee).await?;
        Ok(format!(
            "Invited as an officer of {}: a link was mailed to {}. It can be used until {}.",
            invitation.place.office().en,
            invitation.email.hint(),
            palad_domain::say::moment(invitation.expires_at).en,
        ))
    })
    .await
}

async fn letter_codes(
    place: &Place,
    province: Option<ProvinceCode>,
    site: Option<String>,
    out: &Path,
    port: u16,
) -> ExitCode {
    at(place, async |variables, folder| {
        // Without a runner at work, the folder's own site is nowhere yet: where the next one will be.
        let is_asleep = folder.is_some_and(|(_, reached)| !reached.is_at_work());
        let usual =
            if is_asleep { Some(format!("http://localhost:{port}")) } else { variables.get("SITE_ORIGIN") };
        let site = site.or(usual).ok_or("which site? set SITE_ORIGIN, or say --site ADDRESS")?;
        // There may be several origins; the first is the one that people are given.
        let site = site.split_whitespace().next().unwrap_or_default().trim_end_matches('/').to_owned();
        let telephone = variables.get("HELP_TELEPHONE").unwrap_or(SiteConfig::default().help_telephone);
        let what = LettersFor { province, site, telephone };
        let (clock, random) = (Clock::default(), Random::default());
        let count = operations::print_letters(variables, &clock, &random, &what, out).await?;
        Ok(format!(
            "{count} letters are in {}. Print it, then delete it: whoever has it has the codes.",
            out.display()
        ))
    })
    .await
}

fn agency(text: &str) -> Result<AgencyCode, String> {
    text.parse().map_err(|say: Say| say.en.into_owned())
}

fn province(text: &str) -> Result<ProvinceCode, String> {
    text.parse().map_err(|say: Say| say.en.into_owned())
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
        assert!(matches!(
            parse("palad letter-codes --province 54 --out l.html").expect("a good line").command,
            Some(Command::LetterCodes { province: Some(_), all: false, .. })
        ));
        assert!(parse("palad --stage trial letter-codes --all --site https://palad.test").is_ok());
        for bad in ["", " --province 99", " --province 54 --all"] {
            assert!(parse(&format!("palad letter-codes{bad}")).is_err(), "{bad}");
        }
        assert!(parse("palad invite-staff --role province --province 54 --email a@palad.test").is_ok());
        assert!(parse("palad verify-audit").is_ok());
        assert!(parse("palad --stage trial verify-audit --agency 549900").is_ok());
        assert!(parse("palad verify-audit --agency 54").is_err());
        assert!(parse("palad invite-staff --role boss --email a@palad.test").is_err());
        assert!(parse("palad --port 65533").is_err() && parse("palad import clerks f").is_err());
    }
}
