//! The queue of messages and the queue of mail that came back, badly delivered: out of order, late, some of it twice, to
//! workers of which some are killed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use palad_api::answer_queue;
use palad_domain::agency::AgencyCode;
use palad_domain::email::Email;
use tokio::task::JoinHandle;

use super::kills::Work;
use super::office::EDITED;
use super::queue::{Taken, event, failures, take_all};
use super::world::World;

/// Batches at the same time, and messages of one.
const BATCHES: usize = 8;
const MESSAGES: usize = 10;
/// How many agencies may act while a wave of workers is at it.
const MEANWHILE: usize = 6;

/// A batch on its way, with those who have it.
struct Delivery {
    batch: Vec<Taken>,
    workers: Vec<JoinHandle<BTreeSet<String>>>,
}

impl Delivery {
    /// What comes again: what nobody has done.
    async fn undone(self) -> Vec<Taken> {
        let mut undone: BTreeSet<String> = self.batch.iter().map(|taken| taken.id.clone()).collect();
        for worker in self.workers {
            let failed = worker.await.expect("a worker");
            undone.retain(|id| failed.contains(id));
        }
        self.batch.into_iter().filter(|taken| undone.contains(&taken.id)).collect()
    }
}

/// By what it is about, so that each waits once, and in an order that does not depend on who was done first.
fn named(taken: Taken) -> (String, Taken) {
    (taken.about.clone(), taken)
}

impl World {
    /// Empties the queue of messages, wave by wave. Agencies answer meanwhile.
    pub(super) async fn send(&mut self, later: &mut Vec<usize>, day: usize) -> BTreeSet<AgencyCode> {
        let mut changed = BTreeSet::new();
        let mut waiting = take_all(self.data(), "round-mail");
        // What a run that was killed has ordered twice, the machine decides; here others come twice, by chance.
        self.mix(&mut waiting);
        let mut wave = 0;
        while !waiting.is_empty() {
            let (mut deliveries, mut again) = (Vec::new(), BTreeMap::new());
            for _ in 0..BATCHES {
                // Some messages come later than those behind them.
                let batch = waiting.drain(..waiting.len().min(MESSAGES));
                let (late, batch): (Vec<Taken>, Vec<Taken>) = batch.partition(|_| self.chance.percent(5));
                again.extend(late.into_iter().map(named));
                // And some come again, whatever became of them.
                let repeated: Vec<Taken> = batch.iter().filter(|_| self.chance.percent(5)).cloned().collect();
                self.counts.repeated += repeated.len();
                again.extend(repeated.into_iter().map(named));
                if !batch.is_empty() {
                    deliveries.push(self.deliver(batch).await);
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
            for delivery in deliveries {
                again.extend(delivery.undone().await.into_iter().map(named));
            }
            // Nothing is on its way now: who lived has had all answers, and of who was killed the last call was waited
            // for. Who answered in this wave had a race with its mail; in the next one there is none to be won any more.
            // And the lease of whoever was killed ends.
            self.settle(&meanwhile, self.clock.now() + 5.seconds());
            self.clock.set(self.clock.now() + 15.seconds());
            waiting.extend(again.into_values());
            wave += 1;
        }
        self.read_mails();
        self.hear_of_returned_mail().await;
        changed
    }

    /// Each once, and in an order that chance alone decides: in which one they were put on a queue, the machine does.
    fn mix(&mut self, messages: &mut Vec<Taken>) {
        messages.sort_by(|one, other| one.about.cmp(&other.about));
        messages.dedup_by(|one, other| one.about == other.about);
        self.chance.shuffle(messages);
    }

    /// Gives a batch to a worker; now and then to two at the same time.
    async fn deliver(&mut self, batch: Vec<Taken>) -> Delivery {
        let is_repeated = self.chance.percent(10);
        self.counts.repeated += usize::from(is_repeated) * batch.len();
        let mut workers = Vec::new();
        for _ in 0..=usize::from(is_repeated) {
            let functions = self.worker(Work::Mail, batch.len()).await;
            let event = event("round-mail", &batch);
            let all: BTreeSet<String> = batch.iter().map(|taken| taken.id.clone()).collect();
            workers.push(tokio::spawn(async move {
                let answer = functions.work(answer_queue(&functions.mail, event)).await;
                answer.map_or(all, |answer| failures(&answer.expect("a batch")))
            }));
        }
        Delivery { batch, workers }
    }

    /// What the mail service says of mail that has come back: some of it never heard.
    async fn hear_of_returned_mail(&mut self) {
        let mut heard = take_all(self.data(), "returned");
        self.mix(&mut heard);
        let count = heard.len();
        heard.retain(|_| !self.chance.percent(20));
        self.counts.lost += count - heard.len();
        for batch in heard.chunks(MESSAGES) {
            let event = event("returned", batch);
            loop {
                let functions = self.worker(Work::Returned, batch.len()).await;
                let work = answer_queue(&functions.mail, event.clone());
                if let Some(answer) = functions.work(work).await {
                    assert!(failures(&answer.expect("a batch")).is_empty());
                    break;
                }
            }
            self.counts.bounced += batch.len();
            self.dead.extend(batch.iter().map(|taken| taken.about.parse::<Email>().expect("an address")));
        }
    }
}
