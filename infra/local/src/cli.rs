//! The command line: what may be asked for, and who does it.

mod chores;
mod output;
mod serve;

use std::io::stderr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use palad_domain::agency::AgencyCode;
use palad_domain::province::ProvinceCode;
use palad_domain::say::Say;

use self::chores::Place;
use self::output::refuse;
use crate::operations::Invitee;
use crate::runner::Options;

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
        // One name in 64 begins with a hyphen.
        #[arg(allow_hyphen_values = true)]
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
            None => {
                serve::serve(Options { port: arguments.port, data: arguments.data }, !arguments.no_demo).await
            }
            Some(Command::Import { list: List::Agencies { file, dry_run } }) => {
                chores::import(&place, &file, dry_run).await
            }
            Some(Command::Approve { claim }) => chores::approve(&place, &claim).await,
            Some(Command::LetterCodes { province, all: _, out, site }) => {
                chores::letter_codes(&place, province, site, &out, arguments.port).await
            }
            Some(Command::WrapPasswords) => chores::wrap_passwords(&place).await,
            Some(Command::VerifyAudit { agency }) => chores::verify_audit(&place, agency).await,
            Some(Command::InviteStaff { role, province, district, email }) => {
                let (province, district) = (province.as_deref(), district.as_deref());
                chores::invite_staff(&place, &Invitee { role: &role, province, district, email: &email })
                    .await
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

fn agency(text: &str) -> Result<AgencyCode, String> {
    text.parse().map_err(|say: Say| say.en.into_owned())
}

fn province(text: &str) -> Result<ProvinceCode, String> {
    text.parse().map_err(|say: Say| say.en.into_owned())
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
