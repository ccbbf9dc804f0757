//! How a round ended: reckoned from its list and the ledgers when it is closed, and written once.

use std::collections::BTreeMap;

use jiff::Timestamp;
use palad_domain::agency::AgencyCode;
use palad_domain::province::ProvinceCode;
use palad_domain::round::answer::Answer;
use palad_domain::round::list::{ListLine, Report};
use palad_domain::round::tally::{Standing, Tally};
use palad_domain::round::{Round, RoundId};

use super::Rounds;
use super::codec::{REPORT, read_report, report_item, round_pk};
use crate::StoreError;
use crate::item::{Attributes, Reader, key};
use crate::registry::{POST, agency_pk, codec};
use crate::table::{get, get_many, put_if};

/// Ledgers that are read in one call: as many as the table takes.
const AT_ONCE: usize = 100;

impl Rounds {
    /// How a round ended, once that is reckoned.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn report(&self, id: RoundId) -> Result<Option<Report>, StoreError> {
        let item = get(&self.client, self.registry.name(), key(round_pk(id), REPORT)).await?;
        item.as_ref().map(read_report).transpose()
    }

    /// Reckons how a closed round ended, from what the agencies have answered, unless that was done. The lines of
    /// the list say how the others stand.
    ///
    /// # Errors
    /// When the store fails; then it can be called again.
    pub async fn write_report(&self, round: &Round, now: Timestamp) -> Result<Report, StoreError> {
        if let Some(report) = self.report(round.id).await? {
            return Ok(report);
        }
        let deadline = round.terms.dates.deadline();
        let id = round.id;
        let reckoned = self.by_province(round.terms.scope.provinces(), move |rounds, province| async move {
            let mut tally = Tally::default();
            for (line, answer) in rounds.answered(id, province).await? {
                let standing = match &answer {
                    None if line.standing.owes() || line.standing == Standing::Exempt => line.standing,
                    // The line has not followed a deletion yet.
                    None => Standing::of(line.excused.is_some(), true, false, None),
                    Some(_) => Standing::of(line.excused.is_some(), true, false, answer.as_ref()),
                };
                tally += Tally::one(standing, answer.is_some_and(|answer| answer.is_after(deadline)));
            }
            Ok((province, tally))
        });
        let provinces: BTreeMap<ProvinceCode, Tally> =
            reckoned.await?.into_iter().filter(|(_, tally)| tally.all() > 0).collect();
        let report = Report { at: now, provinces };
        let item = report_item(round.id, &report)?;
        let absent = "attribute_not_exists(pk)";
        if put_if(&self.client, self.registry.name(), item, absent, Attributes::new()).await? {
            return Ok(report);
        }
        self.report(round.id).await?.ok_or(StoreError::NotFound)
    }

    /// The lines of a province, each with what the agency's ledger says in the round.
    async fn answered(
        &self,
        id: RoundId,
        province: ProvinceCode,
    ) -> Result<Vec<(ListLine, Option<Answer>)>, StoreError> {
        let lines = self.lines(id, province).await?;
        let mut answers: BTreeMap<AgencyCode, Answer> = BTreeMap::new();
        for lines in lines.chunks(AT_ONCE) {
            let keys = lines.iter().map(|line| key(agency_pk(&line.code), POST)).collect();
            for item in get_many(&self.client, self.registry.name(), keys).await? {
                let code = codec::read_code(&Reader(&item))?;
                if let Some(answer) = codec::read_ledger(&item)?.answers.remove(&id) {
                    answers.insert(code, answer);
                }
            }
        }
        let with_answer = |line: ListLine| {
            let answer = answers.remove(&line.code);
            (line, answer)
        };
        Ok(lines.into_iter().map(with_answer).collect())
    }
}
