//! The sub-commands, each on a data folder, whether a runner is at work in it or not, or on a deployed stack.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use palad_domain::agency::AgencyCode;
use palad_domain::province::ProvinceCode;
use palad_environment::{Clock, Random, Variables};
use palad_registration::Approved;
use palad_site::SiteConfig;

use super::output::{complain, failed, refuse, tell};
use crate::demonstration::Demonstration;
use crate::operations::{Invitee, LettersFor, Verified};
use crate::{Reached, deployed, operations};

/// What a sub-command works on.
pub(super) enum Place {
    Folder(PathBuf),
    Deployed(String),
}

pub(super) async fn import(place: &Place, file: &Path, dry_run: bool) -> ExitCode {
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

pub(super) async fn approve(place: &Place, claim: &str) -> ExitCode {
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

pub(super) async fn wrap_passwords(place: &Place) -> ExitCode {
    at(place, async |variables, _| {
        operations::wrap_passwords(variables, Random::default()).await.map(|done| done.to_string())
    })
    .await
}

pub(super) async fn verify_audit(place: &Place, agency: Option<AgencyCode>) -> ExitCode {
    at(place, async |variables, _| {
        let Verified { chains, lines, faults } = operations::verify_audit(variables, agency).await?;
        for (whose, fault) in &faults {
            tell(format_args!("{whose} {fault}"));
        }
        let looked = format!("{lines} lines in {chains} chains");
        match faults.len() {
            0 => Ok(format!("{looked}: the audit is whole.")),
            count => Err(format!("{looked}: {count} faults in the audit.")),
        }
    })
    .await
}

pub(super) async fn invite_staff(place: &Place, invitee: &Invitee<'_>) -> ExitCode {
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

pub(super) async fn letter_codes(
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
