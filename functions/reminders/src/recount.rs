//! The count at night: every line is held against the ledgers, the accounts and what is known of addresses, and every
//! total against its lines. What has drifted is mended and said. Then the day is noted; and a round that is over is
//! closed, with its report.

use jiff::Timestamp;
use jiff::civil::Date;
use palad_api::{Firing, QueueError, ScheduleFunction, drifted};
use palad_domain::agency::AgencyCode;
use palad_domain::province::ProvinceCode;
use palad_domain::round::answer::Answer;
use palad_domain::round::list::ListLine;
use palad_domain::round::tally::Tally;
use palad_domain::round::{Round, RoundState};
use palad_store::StoreError;
use palad_thai::date::bangkok_day;

use crate::rounds::Outcome;
use crate::{App, PAGE_TIME, out_of_time};

/// How often a line is looked at again that others change at the same time.
const ATTEMPTS: usize = 5;

impl App {
    /// Counts every open round anew, and closes those that are over.
    pub(crate) async fn recount(&self, firing: &Firing) -> Result<(), QueueError> {
        let now = self.clock.now();
        let overview = self.roster.overview().await?;
        let mut outcome = Outcome::default();
        for round in &overview.rounds {
            outcome.of(round.id, self.recount_round(round, now, firing).await);
        }
        outcome.end()
    }

    /// The day that is noted is the one that has ended. Only a round that is counted well is closed: its report is
    /// reckoned from what was counted.
    async fn recount_round(&self, round: &Round, now: Timestamp, firing: &Firing) -> Result<(), QueueError> {
        if round.state != RoundState::Open {
            return Ok(self.report_on(round, now).await?);
        }
        // Nothing happens after its last day; a night on which nothing fired is made up for.
        let today = bangkok_day(now);
        let day = today.yesterday().unwrap_or(today).min(round.terms.dates.closes());
        let provinces = round.terms.scope.provinces();
        self.by_province(provinces, |app, province| {
            let (round, firing) = (round.clone(), firing.clone());
            async move { app.recount_province(&round, province, day, &firing).await }
        })
        .await?;
        let country = self.roster.country(round.id).await?;
        self.counting.note_day(round.id, None, day, country).await?;
        Ok(self.end(round, now).await?)
    }

    async fn recount_province(
        &self,
        round: &Round,
        province: ProvinceCode,
        day: Date,
        firing: &Firing,
    ) -> Result<(), QueueError> {
        let mut counted = Tally::default();
        let mut after = None;
        loop {
            if !firing.has_time_for(PAGE_TIME) {
                return Err(out_of_time());
            }
            let page = self.roster.answered(round.id, province, after.as_ref()).await?;
            counted += self.recount_page(round, page.lines).await?;
            match page.next {
                Some(code) => after = Some(code),
                None => break,
            }
        }
        let mut total = self.counting.total(round.id, province).await?;
        if total != counted {
            total = self.mend(round, province).await?;
        }
        if total.all() > 0 {
            self.counting.note_day(round.id, Some(province), day, total).await?;
        }
        Ok(())
    }

    /// Brings the lines of a page up to what stands now, and adds them up.
    async fn recount_page(
        &self,
        round: &Round,
        lines: Vec<(ListLine, Option<Answer>)>,
    ) -> Result<Tally, StoreError> {
        let silent = lines.iter().filter(|(_, answer)| answer.is_none());
        let codes: Vec<AgencyCode> = silent.map(|(line, _)| line.code.clone()).collect();
        let mut reaches = self.reaches.of(&codes, self.clock.now()).await?;
        let mut counted = Tally::default();
        for (line, answer) in lines {
            let reach = reaches.remove(&line.code).unwrap_or_default().reach;
            let recount = |line: &ListLine| {
                let deadline = round.terms.dates.deadline();
                line.recounted(reach.has_account, reach.is_unreachable, answer.as_ref(), deadline)
            };
            counted += self.settled(round, line, recount).await?.tally();
        }
        Ok(counted)
    }

    /// The line as it stands when it is settled. Of one that another changes at the same time, what that has counted
    /// stands: it has looked later.
    async fn settled(
        &self,
        round: &Round,
        line: ListLine,
        recount: impl Fn(&ListLine) -> ListLine,
    ) -> Result<ListLine, StoreError> {
        let after = recount(&line);
        if after.says_the_same(&line) {
            return Ok(line);
        }
        if self.counting.settle(round.id, &line, &after).await? {
            return Ok(after);
        }
        Ok(self.counting.line(round.id, line.province, &line.code).await?.unwrap_or(line))
    }

    /// Adds the lines up again between two looks at the total. Where it is the same at both, and not what the lines add
    /// up to, it has drifted.
    async fn mend(&self, round: &Round, province: ProvinceCode) -> Result<Tally, QueueError> {
        for _ in 0..ATTEMPTS {
            let before = self.counting.total(round.id, province).await?;
            let mut counted = Tally::default();
            let mut after = None;
            loop {
                let (lines, next) = self.roster.lines(round.id, province, after.as_ref()).await?;
                lines.iter().for_each(|line| counted += line.tally());
                match next {
                    Some(code) => after = Some(code),
                    None => break,
                }
            }
            let total = self.counting.total(round.id, province).await?;
            if total == counted {
                return Ok(total);
            }
            if total == before && self.counting.mend(round.id, province, total, counted).await? {
                drifted(Self::NAME, &round.id.to_string(), province.as_str());
                return Ok(counted);
            }
        }
        Err(QueueError::new("a total is changed by others all the time"))
    }
}
