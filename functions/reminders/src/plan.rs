//! The morning's run: the messages of the step that stands today, one for each agency that owes.

use jiff::Timestamp;
use palad_api::{Firing, QueueError};
use palad_domain::agency::AgencyCode;
use palad_domain::directory::PublicPost;
use palad_domain::mail::{MailOrder, Occasion};
use palad_domain::province::ProvinceCode;
use palad_domain::record::Ledger;
use palad_domain::round::link::{ConfirmLink, Mailbox};
use palad_domain::round::reminder::{Reminder, StepOf, Way};
use palad_domain::round::{Round, RoundState};
use palad_store::{PlanProgress, Reached, RosterLine, StoreError};
use palad_thai::date::bangkok_day;

use crate::rounds::Outcome;
use crate::{App, PAGE_TIME, out_of_time};

impl App {
    /// Orders what is due by now, of every round whose messages go out. On a day on which offices are closed nothing is
    /// ordered: the next working day makes up for it.
    pub(crate) async fn plan(&self, firing: &Firing) -> Result<(), QueueError> {
        let now = self.clock.now();
        let overview = self.roster.overview().await?;
        if overview.is_stopped || !overview.calendar.is_working_day(bangkok_day(now)) {
            return Ok(());
        }
        let mut outcome = Outcome::default();
        for round in &overview.rounds {
            if round.state != RoundState::Open || round.stopped_at.is_some() {
                continue;
            }
            if let Some(of) = round.step_at(&overview.calendar, now) {
                outcome.of(round.id, self.order_step(round, of, firing).await);
            }
        }
        outcome.end()
    }

    /// Orders the messages of one step, from where the run before came to.
    async fn order_step(&self, round: &Round, of: StepOf, firing: &Firing) -> Result<(), QueueError> {
        let progress = self.plans.progress(&pass(round, of)).await?;
        let provinces = round.terms.scope.provinces().into_iter();
        let open = provinces.filter(|province| progress.get(province) != Some(&PlanProgress::Done));
        self.by_province(open, |app, province| {
            let (round, firing, begun) = (round.clone(), firing.clone(), progress.get(&province).cloned());
            async move { app.order_province(&round, of, province, begun, &firing).await }
        })
        .await
    }

    async fn order_province(
        &self,
        round: &Round,
        of: StepOf,
        province: ProvinceCode,
        begun: Option<PlanProgress>,
        firing: &Firing,
    ) -> Result<(), QueueError> {
        let pass = pass(round, of);
        let mut after = match &begun {
            Some(PlanProgress::Upto(code)) => Some(code.clone()),
            _ => None,
        };
        let mut is_done = begun == Some(PlanProgress::Agencies);
        while !is_done {
            if !firing.has_time_for(PAGE_TIME) {
                return Err(out_of_time());
            }
            let page = self.roster.page(round.id, province, after.as_ref()).await?;
            let orders = self.orders(round, of, page.lines).await?;
            self.queue.order_all(&orders).await?;
            is_done = page.next.is_none();
            let reached = page.next.clone().map_or(PlanProgress::Agencies, PlanProgress::Upto);
            self.plans.reached(&pass, province, &reached, self.clock.now()).await?;
            after = page.next;
        }
        if !firing.has_time_for(PAGE_TIME) {
            return Err(out_of_time());
        }
        if of.step.tells_provinces() {
            self.order_digests(round, of, province).await?;
        }
        Ok(self.plans.reached(&pass, province, &PlanProgress::Done, self.clock.now()).await?)
    }

    /// The orders for those of a page who owe and can be written to. Their lines are brought up to what is found here.
    async fn orders(
        &self,
        round: &Round,
        of: StepOf,
        lines: Vec<RosterLine>,
    ) -> Result<Vec<MailOrder>, StoreError> {
        let now = self.clock.now();
        let owes =
            |line: &RosterLine| line.line.excused.is_none() && !line.ledger.answers.contains_key(&round.id);
        let owing: Vec<RosterLine> = lines.into_iter().filter(owes).collect();
        let codes: Vec<AgencyCode> = owing.iter().map(|line| line.line.code.clone()).collect();
        let mut reaches = self.reaches.of(&codes, now).await?;
        let mut orders = Vec::with_capacity(owing.len());
        for RosterLine { line, ledger } in owing {
            let reached = reaches.remove(&line.code).unwrap_or_default();
            let after = line.recounted(
                reached.reach.has_account,
                reached.reach.is_unreachable,
                None,
                round.terms.dates.deadline(),
            );
            if !after.says_the_same(&line) {
                // Where another was first, it has counted what stands now as well.
                self.counting.settle(round.id, &line, &after).await?;
            }
            let Some(mailbox) = reached.reach.to.clone() else { continue };
            let agency = reached.agency.as_ref().map_or_else(|| line.view(), |agency| agency.view());
            let reminder = Reminder {
                of,
                record: ledger.current.is_some().then(|| PublicPost::of(&line.code, &ledger)),
                way: self.way(round, &line.code, &ledger, &reached, &mailbox, now),
                agency,
                to: mailbox.email().clone(),
            };
            orders.push(MailOrder { key: reminder.key(), occasion: Occasion::Reminder(Box::new(reminder)) });
        }
        Ok(orders)
    }

    fn way(
        &self,
        round: &Round,
        code: &AgencyCode,
        ledger: &Ledger,
        reached: &Reached,
        mailbox: &Mailbox,
        now: Timestamp,
    ) -> Way {
        let expires_at = round.terms.dates.ends_at();
        match (&ledger.current, reached.reach.has_account) {
            (Some(_), true) if now < expires_at => {
                let link = ConfirmLink {
                    agency: code.clone(),
                    mailbox: self.links.mailbox(mailbox),
                    round: round.id,
                    version: ledger.version,
                    expires_at,
                };
                Way::Confirm { token: self.links.token(&link) }
            }
            (_, true) => Way::SignIn,
            (_, false) => Way::Register,
        }
    }
}

/// Under which name it is noted how far a step was ordered. While a move of the deadline waits, orders that come up are let
/// go; where it is taken back, the step stands again, and is gone through once more: who has had its message has it.
fn pass(round: &Round, of: StepOf) -> String {
    format!("{}+{}", of.mark(), round.moves.len())
}
