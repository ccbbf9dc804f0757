//! Looking through the audit for what was tampered with.

use std::collections::VecDeque;

use palad_domain::agency::AgencyCode;
use palad_domain::audit::Fault;
use palad_domain::province::Province;
use palad_environment::Variables;
use palad_store::{AgencyList, AuditVerifier, Aws, StoreError};
use tokio::task::JoinSet;

/// Agencies that are looked through at the same time.
const AT_ONCE: usize = 8;

/// What was looked through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many agencies.
    pub agencies: usize,
    /// How many lines they have.
    pub lines: u64,
    /// What is wrong, and whose.
    pub faults: Vec<(AgencyCode, Fault)>,
}

/// Looks through the audit of one agency, or of every agency on the list.
///
/// # Errors
/// When the store cannot be read, in one sentence.
pub async fn verify_audit(variables: &Variables, agency: Option<AgencyCode>) -> Result<Verified, String> {
    let aws = Aws::from_environment(variables).map_err(|error| error.to_string())?;
    let verifier = AuditVerifier::from_environment(&aws, variables).map_err(|error| error.to_string())?;
    let list = AgencyList::from_environment(&aws, variables).map_err(|error| error.to_string())?;
    let result = match agency {
        Some(agency) => look_through(&verifier, vec![agency]).await,
        None => every_agency(&verifier, &list).await,
    };
    result.map_err(|error| error.to_string())
}

async fn every_agency(verifier: &AuditVerifier, list: &AgencyList) -> Result<Verified, StoreError> {
    let mut all = Verified::default();
    for province in Province::all() {
        let agencies = list.of_province(province.code()).await?;
        let codes = agencies.into_iter().map(|agency| agency.code).collect();
        let found = look_through(verifier, codes).await?;
        all.agencies += found.agencies;
        all.lines += found.lines;
        all.faults.extend(found.faults);
    }
    Ok(all)
}

async fn look_through(verifier: &AuditVerifier, codes: Vec<AgencyCode>) -> Result<Verified, StoreError> {
    let mut found = Verified::default();
    let mut waiting = VecDeque::from(codes);
    let mut running = JoinSet::new();
    loop {
        while running.len() < AT_ONCE {
            let Some(code) = waiting.pop_front() else { break };
            let verifier = verifier.clone();
            running.spawn(async move { (verifier.verify(&code).await, code) });
        }
        let Some(ended) = running.join_next().await else { break };
        let (result, code) =
            ended.map_err(|error| StoreError::Failed(format!("reading the audit: {error}")))?;
        let (lines, faults) = result?;
        found.agencies += 1;
        found.lines += lines;
        found.faults.extend(faults.into_iter().map(|fault| (code.clone(), fault)));
    }
    found.faults.sort_by(|(a, _), (b, _)| a.as_str().cmp(b.as_str()));
    Ok(found)
}
