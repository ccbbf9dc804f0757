//! Taking in the list of agencies.

use std::fmt;

use palad_domain::agency::Agency;
use palad_environment::{Clock, Variables};
use palad_store::{AgencyImport, Aws, ImportPlan};

/// What an import did, or would do.
#[derive(Debug)]
pub struct Imported {
    plan: ImportPlan,
    dry_run: bool,
}

/// Takes in `agencies`; with `dry_run` only finds out what would change. Agencies that are stored
/// and not in the list stay as they are.
///
/// # Errors
/// When the store cannot be reached; importing again then mends what was left half done.
pub async fn import_agencies(
    variables: &Variables,
    clock: &Clock,
    agencies: Vec<Agency>,
    dry_run: bool,
) -> Result<Imported, String> {
    let aws = Aws::from_environment(variables).map_err(|error| error.to_string())?;
    let import = AgencyImport::from_environment(&aws, variables).map_err(|error| error.to_string())?;
    let now = clock.now();
    let plan = import.plan(agencies, now).await.map_err(|error| error.to_string())?;
    if !dry_run {
        import.carry_out(&plan, now).await.map_err(|error| error.to_string())?;
    }
    Ok(Imported { plan, dry_run })
}

impl fmt::Display for Imported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ImportPlan { added, changed, unchanged, absent, .. } = &self.plan;
        let (added, changed) = (added.len(), changed.len());
        let tense = if self.dry_run { "would be " } else { "" };
        write!(
            f,
            "{added} agencies {tense}added, {changed} {tense}changed, {unchanged} already as in the file."
        )?;
        if !absent.is_empty() {
            write!(f, "\n{} agencies are not in the file; they stay as they are.", absent.len())?;
        }
        if self.dry_run {
            write!(f, "\nThis was a dry run: nothing was changed.")?;
        }
        Ok(())
    }
}
