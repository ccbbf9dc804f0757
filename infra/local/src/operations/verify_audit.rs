//! Looking through the audit for what was tampered with.

use std::collections::VecDeque;

use palad_domain::agency::AgencyCode;
use palad_domain::audit::{Chain, Fault};
use palad_domain::province::Province;
use palad_environment::Variables;
use palad_store::{AgencyList, AuditVerifier, Aws, StoreError};
use tokio::task::JoinSet;

/// Agencies that are looked through at the same time.
const AT_ONCE: usize = 8;

/// What was looked through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many chains: of agencies, and of the staff of offices.
    pub chains: usize,
    /// How many lines they have.
    pub lines: u64,
    /// What is wrong, and in whose chain.
    pub faults: Vec<(String, Fault)>,
}

/// Looks through the audit of one agency, or of every agency on the list and the staff of every office.
///
/// # Errors
/// When the store cannot be read, in one sentence.
pub async fn verify_audit(variables: &Variables, agency: Option<AgencyCode>) -> Result<Verified, String> {
    let aws = Aws::from_environment(variables).map_err(|error| error.to_string())?;
    let verifier = AuditVerifier::from_environment(&aws, variables).map_err(|error| error.to_string())?;
    let list = AgencyList::from_environment(&aws, variables).map_err(|error| error.to_string())?;
    let result = match agency {
        Some(agency) => look_through(&verifier, vec![Chain::Agency(agency)]).await,
        None => everything(&verifier, &list).await,
    };
    result.map_err(|error| error.to_string())
}

async fn everything(verifier: &AuditVerifier, list: &AgencyList) -> Result<Verified, StoreError> {
    let mut all = look_through(verifier, vec![Chain::StaffOfCentre]).await?;
    for province in Province::all() {
        let agencies = list.of_province(province.code()).await?;
        let agencies = agencies.into_iter().map(|agency| Chain::Agency(agency.code));
        let chains = [Chain::StaffOf(province.code())].into_iter().chain(agencies).collect();
        let found = look_through(verifier, chains).await?;
        all.chains += found.chains;
        all.lines += found.lines;
        all.faults.extend(found.faults);
    }
    Ok(all)
}

async fn look_through(verifier: &AuditVerifier, chains: Vec<Chain>) -> Result<Verified, StoreError> {
    let mut found = Verified::default();
    let mut waiting = VecDeque::from(chains);
    let mut running = JoinSet::new();
    loop {
        while running.len() < AT_ONCE {
            let Some(chain) = waiting.pop_front() else { break };
            let verifier = verifier.clone();
            running.spawn(async move { (verifier.verify(&chain).await, chain) });
        }
        let Some(ended) = running.join_next().await else { break };
        let (result, chain) =
            ended.map_err(|error| StoreError::Failed(format!("reading the audit: {error}")))?;
        let (lines, faults) = result?;
        found.chains += 1;
        found.lines += lines;
        found.faults.extend(faults.into_iter().map(|fault| (name(&chain), fault)));
    }
    found.faults.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(found)
}

/// How an operator is told of a chain.
fn name(chain: &Chain) -> String {
    match chain {
        Chain::Agency(code) => code.as_str().to_owned(),
        Chain::StaffOf(province) => format!("staff of province {province}"),
        Chain::StaffOfCentre => "staff of the centre".to_owned(),
    }
}
