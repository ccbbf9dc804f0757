//! A day of the round, hour by hour.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::ToSpan;
use lambda_runtime::Context;
use palad_api::{answer_queue, answer_schedule, answer_stream};
use palad_domain::agency::AgencyCode;
use palad_domain::email::Email;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::chance::Met;
use super::office::{EDITED, MOVED};
use super::queue::{Taken, event, failures, take_all};
use super::world::World;

/// Workers at the same time, and messages and changes of one.
const WORKERS: usize = 8;
const MESSAGES: usize = 10;
const CHANGES: usize = 7;
/// How many agencies may act while a wave of workers is at it.
const MEANWHILE: usize = 6;
/// How long a call of somebody who was killed may still be on its way.
const ON_ITS_WAY: Duration = Duration::from_millis(2);

impl World {
    /// Lives through a day of the round.
    pub(super) async fn live(&mut self, day: usize) {
        self.set(day, 1);
        self.register_who_registers(day).await;
        // Some act before the morning's run, some while mail is on its way, some in the afternoon.
        let (mut early, mut later) = (Vec::new(), Vec::new());
        for number in self.today(day) {
            if self.chance.percent(40) { early.push(number) } else { later.push(number) }
        }
        let changed = self.act(early, day).await;
        self.follow(changed).await;

        self.set(day, 2);
        self.plan(day).await;
        let mut changed = self.send(&mut later, day).await;

        self.set(day, 9);
        changed.extend(self.act(later, day).await);
        self.follow(changed).await;
        if day == MOVED {
            self.move_deadline().await;
        }

        // One in the morning of the next day, in Bangkok.
        self.set(day, 18);
        self.recount(day).await;
        self.check_totals(day).await;
    }

    /// Who does something on this day.
    fn today(&self, day: usize) -> Vec<usize> {
        let acts = |number: &usize| {
            let one = &self.agencies[*number];
            one.answers == Some(day) || (one.takes_back == Some(day) && one.record.is_some())
        };
        (0..self.agencies.len()).filter(acts).collect()
    }

    /// Agencies save their records, or delete them again, at the same time.
    async fn act(&mut self, numbers: Vec<usize>, day: usize) -> BTreeSet<AgencyCode> {
        let mut acting = JoinSet::new();
        for number in &numbers {
            let is_answer = self.agencies[*number].answers == Some(day);
            let act = if is_answer { self.answer(*number) } else { self.take_back(*number) };
            acting.spawn(act);
        }
        for (number, version) in acting.join_all().await {
            self.agencies[number].version = version;
        }
        numbers.iter().map(|number| self.agencies[*number].agency.code.clone()).collect()
    }

    /// The table's stream: in another order, some of it twice, some of it lost.
    async fn follow(&mut self, changed: BTreeSet<AgencyCode>) {
        let mut changes: Vec<AgencyCode> = changed.into_iter().collect();
        let repeated: Vec<AgencyCode> = changes.iter().filter(|_| self.chance.percent(20)).cloned().collect();
        self.counts.repeated += repeated.len();
        changes.extend(repeated);
        self.chance.shuffle(&mut changes);
        let count = changes.len();
        changes.retain(|_| !self.chance.percent(10));
        self.counts.lost += count - changes.len();
        let record = |code: &AgencyCode| {
            json!({ "eventSource": "aws:dynamodb", "dynamodb": { "SequenceNumber": "1",
                    "Keys": { "pk": { "S": format!("AGENCY#{code}") }, "sk": { "S": "POST" } } } })
        };
        let batch = |codes: &[AgencyCode]| json!({ "Records": codes.iter().map(record).collect::<Vec<_>>() });
        let mut waiting: Vec<Value> = changes.chunks(CHANGES).map(batch).collect();
        // A batch is repeated until it succeeds.
        while !waiting.is_empty() {
            let mut workers = JoinSet::new();
            for event in waiting.drain(..waiting.len().min(WORKERS)) {
                let (functions, fate) = (Arc::clone(&self.functions), self.chance.fate(&self.usual.stream));
                workers.spawn(async move {
                    let met = fate.meet(answer_stream(&functions.progress, event.clone())).await;
                    (event, met)
                });
            }
            for (event, met) in workers.join_all().await {
                match self.chance.note(&mut self.usual.stream, met) {
                    Some(answer) if failures(answer.as_ref().expect("a batch")).is_empty() => {}
                    _ => waiting.push(event),
                }
            }
        }
    }

    /// The morning's run: now and then it does not fire at all, or twice; a killed one is tried again twice.
    async fn plan(&mut self, day: usize) {
        self.read_mails();
        if self.step() != self.window.of {
            self.close_window().await;
            self.window.of = self.step();
        }
        let firings = match self.chance.below(20) {
            0 => 0,
            1..=3 => 2,
            _ => 1,
        };
        self.counts.not_fired += usize::from(firings == 0);
        for _ in 0..firings {
            let (owed, told) = (self.owing(), self.provinces_that_owe());
            for _ in 0..3 {
                let fate = self.chance.fate(&self.usual.plan);
                let work = answer_schedule(&self.functions.reminders, firing("plan"), Context::default());
                let met = fate.meet(work).await;
                match self.chance.note(&mut self.usual.plan, met) {
                    Some(Ok(_)) => {
                        // The first run that comes to its end on a working day has ordered for all who owe then.
                        if self.window.of.is_some() && !self.window.is_ordered && is_working_day(day) {
                            self.window.is_ordered = true;
                            (self.window.owed, self.window.told) = (owed, told);
                        }
                        break;
                    }
                    Some(Err(error)) => panic!("{error}"),
                    None => {}
                }
            }
        }
    }

    /// Empties the queue of messages, wave by wave. Agencies answer meanwhile.
    async fn send(&mut self, later: &mut Vec<usize>, day: usize) -> BTreeSet<AgencyCode> {
        let mut changed = BTreeSet::new();
        let mut waiting = std::mem::take(&mut self.late);
        waiting.extend(take_all(self.data(), "round-mail"));
        let mut wave = 0;
        while !waiting.is_empty() {
            let (mut workers, mut again) = (JoinSet::new(), Vec::new());
            for _ in 0..WORKERS {
                // Some messages come later than those behind them.
                let batch = waiting.drain(..waiting.len().min(MESSAGES));
                let (late, batch): (Vec<Taken>, Vec<Taken>) = batch.partition(|_| self.chance.percent(5));
                again.extend(late);
                if !batch.is_empty() {
                    self.deliver(batch, &mut workers);
                }
            }
            if wave == 1 && day == EDITED {
                self.edit_round().await;
            }
            let mut meanwhile = Vec::new();
            if self.chance.percent(50) {
                meanwhile = later.split_off(later.len().saturating_sub(MEANWHILE));
                changed.extend(self.act(meanwhile.clone(), day).await);
            }
            let killed = self.chance.killed;
            for (batch, met) in workers.join_all().await {
                let failed = match self.chance.note(&mut self.usual.batch, met) {
                    Some(answer) => failures(&answer),
                    None => batch.iter().map(|taken| taken.id.clone()).collect(),
                };
                again.extend(batch.into_iter().filter(|taken| failed.contains(&taken.id)));
            }
            if self.chance.killed > killed {
                tokio::time::sleep(ON_ITS_WAY).await;
            }
            // Who answered in this wave had a race with its mail; in the next one there is none to be won any more. And
            // the lease of whoever was killed ends.
            self.settle(&meanwhile, self.clock.now() + 5.seconds());
            self.clock.set(self.clock.now() + 15.seconds());
            waiting.extend(again);
            wave += 1;
        }
        self.read_mails();
        self.hear_of_returned_mail().await;
        changed
    }

    /// Gives a batch to a worker; now and then to two at the same time.
    fn deliver(&mut self, batch: Vec<Taken>, workers: &mut JoinSet<(Vec<Taken>, Met<Value>)>) {
        let (functions, fate) = (Arc::clone(&self.functions), self.chance.fate(&self.usual.batch));
        let twice = self.chance.percent(10);
        self.counts.repeated += usize::from(twice) * batch.len();
        workers.spawn(async move {
            let event = event("round-mail", &batch);
            let work = async {
                let first = answer_queue(&functions.mail, event.clone());
                let answer = if twice {
                    tokio::join!(first, answer_queue(&functions.mail, event.clone())).0
                } else {
                    first.await
                };
                answer.expect("a batch")
            };
            let met = fate.meet(work).await;
            (batch, met)
        });
    }

    /// What the mail service says of mail that has come back: some of it twice, some of it never heard.
    async fn hear_of_returned_mail(&mut self) {
        let mut heard = take_all(self.data(), "returned");
        let count = heard.len();
        heard.retain(|_| !self.chance.percent(20));
        self.counts.lost += count - heard.len();
        for batch in heard.chunks(MESSAGES) {
            let event = event("returned", batch);
            loop {
                let fate = self.chance.fate(&self.usual.returned);
                let met = fate.meet(answer_queue(&self.functions.mail, event.clone())).await;
                if let Some(answer) = self.chance.note(&mut self.usual.returned, met) {
                    assert!(failures(&answer.expect("a batch")).is_empty());
                    break;
                }
            }
            let address = |taken: &Taken| -> Email {
                let event: Value = serde_json::from_str(&taken.body).expect("an event");
                let address = &event["bounce"]["bouncedRecipients"][0]["emailAddress"];
                address.as_str().expect("an address").parse().expect("an address")
            };
            self.counts.bounced += batch.len();
            self.dead.extend(batch.iter().map(address));
        }
    }

    /// The night's count. It is tried until it comes to its end.
    async fn recount(&mut self, day: usize) {
        loop {
            let fate = self.chance.fate(&self.usual.recount);
            let work = answer_schedule(&self.functions.reminders, firing("recount"), Context::default());
            let met = fate.meet(work).await;
            match self.chance.note(&mut self.usual.recount, met) {
                Some(Ok(_)) => return,
                Some(Err(error)) => panic!("day {day}: {error}"),
                None => {}
            }
        }
    }
}

/// Weekends; the calendar of the simulation has no holidays but the fixed ones, and none of them is in its weeks.
fn is_working_day(day: usize) -> bool {
    day % 7 < 5
}

fn firing(job: &str) -> Value {
    json!({
        "detail-type": "Scheduled Event", "source": "aws.scheduler", "time": "2027-02-01T02:00:00Z", "detail": "{}",
        "resources": [format!("arn:aws:scheduler:ap-southeast-7:000000000000:schedule/default/palad-local-reminders-{job}")],
    })
}
