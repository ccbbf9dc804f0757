//! A day of the round, hour by hour.

use std::collections::BTreeSet;

use jiff::ToSpan;
use lambda_runtime::Context;
use palad_api::{answer_queue, answer_schedule, answer_stream};
use palad_domain::agency::AgencyCode;
use palad_domain::email::Email;
use serde_json::{Value, json};

use super::world::World;

const QUEUE: &str = "https://sqs.ap-southeast-7.amazonaws.com/000000000000/palad-local-";

/// A message that was taken off a queue.
struct Taken {
    id: String,
    handle: String,
    body: String,
}

impl World {
    /// Lives through a day of the round.
    pub(super) async fn live(&mut self, day: usize) {
        self.set(day, 1);
        let before = self.today(day);
        self.register_who_registers(day).await;
        // Some act before the morning's run, some while mail is on its way, some in the afternoon.
        let (mut early, mut later) = (Vec::new(), Vec::new());
        for number in before {
            if self.chance.percent(40) { early.push(number) } else { later.push(number) }
        }
        let mut changed = BTreeSet::new();
        for number in early {
            changed.extend(self.act(number, day).await);
        }
        self.follow(changed).await;

        self.set(day, 2);
        self.plan(day).await;
        let mut changed = self.send(&mut later, day).await;

        self.set(day, 9);
        for number in later {
            changed.extend(self.act(number, day).await);
        }
        self.follow(changed).await;

        self.set(day, 18);
        self.recount(day).await;
        self.check_totals(day).await;
    }

    /// Who does something on this day.
    fn today(&self, day: usize) -> Vec<usize> {
        let acts = |number: &usize| {
            let simulated = &self.agencies[*number];
            simulated.answers == Some(day) || simulated.takes_back == Some(day)
        };
        (0..self.agencies.len()).filter(acts).collect()
    }

    async fn act(&mut self, number: usize, day: usize) -> Option<AgencyCode> {
        if self.agencies[number].answers == Some(day) {
            self.answer(number).await;
        } else {
            self.take_back(number).await;
        }
        Some(self.agencies[number].agency.code.clone())
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
        for batch in changes.chunks(7) {
            let record = |code: &AgencyCode| {
                json!({ "eventSource": "aws:dynamodb", "dynamodb": { "SequenceNumber": "1",
                        "Keys": { "pk": { "S": format!("AGENCY#{code}") }, "sk": { "S": "POST" } } } })
            };
            let event = json!({ "Records": batch.iter().map(record).collect::<Vec<_>>() });
            // A batch is repeated until it succeeds.
            loop {
                let work = answer_stream(&self.progress, event.clone());
                match self.chance.perhaps_killed(&mut self.usual.stream, work).await {
                    Some(answer) if failures(answer.as_ref().expect("a batch")).is_empty() => break,
                    Some(_) => {}
                    None => {}
                }
            }
        }
    }

    /// The morning's run: now and then it does not fire at all, or twice; a killed one is tried again twice.
    async fn plan(&mut self, day: usize) {
        if self.step() != self.window.of {
            self.close_window().await;
            self.window.of = self.step();
        }
        let firings = match self.chance.below(20) {
            0 => 0,
            1..=3 => 2,
            _ => 1,
        };
        for _ in 0..firings {
            let owed = self.owing();
            for _ in 0..3 {
                let work = answer_schedule(&self.reminders, firing("plan"), Context::default());
                match self.chance.perhaps_killed(&mut self.usual.plan, work).await {
                    Some(Ok(_)) => {
                        // The first run that comes to its end on a working day has ordered for all who owe then.
                        if self.window.of.is_some() && self.window.owed.is_empty() && is_working_day(day) {
                            self.window.owed = owed;
                        }
                        break;
                    }
                    Some(Err(error)) => panic!("{error}"),
                    None => {}
                }
            }
        }
    }

    /// Empties the queue of messages. Those who answer meanwhile do so between two batches, or at the same time.
    async fn send(&mut self, later: &mut Vec<usize>, day: usize) -> BTreeSet<AgencyCode> {
        let (mut changed, mut held_back) = (BTreeSet::new(), Vec::new());
        // Whoever owed when a worker began with its message.
        let mut allowed: BTreeSet<AgencyCode> = BTreeSet::new();
        loop {
            let mut batch = self.take("round-mail").await;
            if batch.is_empty() {
                batch = std::mem::take(&mut held_back);
                if batch.is_empty() {
                    break;
                }
            } else {
                // Some messages come later than those behind them, some of them again.
                let (now, late): (Vec<_>, Vec<_>) = batch.into_iter().partition(|_| !self.chance.percent(5));
                for taken in &late {
                    self.done("round-mail", taken).await;
                }
                held_back.extend(late);
                batch = now;
            }
            for taken in &batch {
                let code = agency_of(&taken.body);
                if self.owes(&code) {
                    allowed.insert(code);
                }
            }
            let event = queue_event("round-mail", &batch);
            let twice = self.chance.percent(10);
            self.counts.repeated += usize::from(twice) * batch.len();
            let work = async {
                let first = answer_queue(&self.mail, event.clone());
                if twice {
                    let (first, _) = tokio::join!(first, answer_queue(&self.mail, event.clone()));
                    return first;
                }
                first.await
            };
            let failed = match self.chance.perhaps_killed(&mut self.usual.batch, work).await {
                Some(answer) => failures(&answer.expect("a batch")),
                None => batch.iter().map(|taken| taken.id.clone()).collect(),
            };
            for taken in batch {
                if failed.contains(&taken.id) {
                    held_back.push(taken);
                } else if !taken.handle.is_empty() {
                    self.done("round-mail", &taken).await;
                }
            }
            for taken in held_back.iter_mut().filter(|taken| !taken.handle.is_empty()) {
                // Kept by the simulation from now on: the queue would bring it back at once.
                let handle = std::mem::take(&mut taken.handle);
                self.remove("round-mail", &handle).await;
            }
            // The lease of whoever was killed ends.
            self.clock.set(self.clock.now() + 15.seconds());
            if let Some(number) = later.pop().filter(|_| self.chance.percent(50)) {
                changed.extend(self.act(number, day).await);
            }
        }
        for number in self.new_mails() {
            let code = self.agencies[number].agency.code.clone();
            assert!(allowed.contains(&code), "{code} was written to on day {day}, after it had answered");
            *self.window.mails.entry(code).or_default() += 1;
        }
        self.hear_of_returned_mail().await;
        changed
    }

    fn owes(&self, code: &AgencyCode) -> bool {
        self.agencies.iter().any(|one| one.agency.code == *code && !one.has_answered)
    }

    /// What the mail service says of mail that has come back: some of it twice, some of it never heard.
    async fn hear_of_returned_mail(&mut self) {
        loop {
            let batch = self.take("returned").await;
            if batch.is_empty() {
                return;
            }
            let (mut heard, mut addresses) = (Vec::new(), Vec::new());
            for taken in batch {
                self.done("returned", &taken).await;
                if self.chance.percent(20) {
                    self.counts.lost += 1;
                } else {
                    let event: Value = serde_json::from_str(&taken.body).expect("an event");
                    let address = &event["bounce"]["bouncedRecipients"][0]["emailAddress"];
                    addresses
                        .push(address.as_str().expect("an address").parse::<Email>().expect("an address"));
                    heard.push(taken);
                }
            }
            let event = queue_event("returned", &heard);
            loop {
                let work = answer_queue(&self.mail, event.clone());
                if let Some(answer) = self.chance.perhaps_killed(&mut self.usual.returned, work).await {
                    assert!(failures(&answer.expect("a batch")).is_empty());
                    break;
                }
            }
            self.counts.bounced += addresses.len();
            self.dead.extend(addresses);
        }
    }

    /// The night's count. It is tried until it comes to its end.
    async fn recount(&mut self, day: usize) {
        loop {
            let work = answer_schedule(&self.reminders, firing("recount"), Context::default());
            match self.chance.perhaps_killed(&mut self.usual.recount, work).await {
                Some(Ok(_)) => return,
                Some(Err(error)) => panic!("day {day}: {error}"),
                None => {}
            }
        }
    }

    async fn take(&self, queue: &str) -> Vec<Taken> {
        let receive = self.aws.sqs().receive_message().queue_url(format!("{QUEUE}{queue}"));
        let received =
            receive.max_number_of_messages(10).visibility_timeout(600).send().await.expect("messages");
        let taken = |message: &aws_sdk_sqs::types::Message| Taken {
            id: message.message_id().unwrap_or_default().to_owned(),
            handle: message.receipt_handle().unwrap_or_default().to_owned(),
            body: message.body().unwrap_or_default().to_owned(),
        };
        received.messages().iter().map(taken).collect()
    }

    async fn done(&self, queue: &str, taken: &Taken) {
        self.remove(queue, &taken.handle).await;
    }

    async fn remove(&self, queue: &str, handle: &str) {
        let delete = self.aws.sqs().delete_message().queue_url(format!("{QUEUE}{queue}"));
        delete.receipt_handle(handle).send().await.expect("deleted");
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

fn queue_event(queue: &str, batch: &[Taken]) -> Value {
    let record = |taken: &Taken| {
        json!({ "messageId": taken.id, "body": taken.body, "eventSource": "aws:sqs",
                "eventSourceARN": format!("arn:aws:sqs:ap-southeast-7:000000000000:palad-local-{queue}") })
    };
    json!({ "Records": batch.iter().map(record).collect::<Vec<_>>() })
}

fn failures(answer: &Value) -> BTreeSet<String> {
    let failed = answer["batchItemFailures"].as_array().into_iter().flatten();
    failed.map(|item| item["itemIdentifier"].as_str().unwrap_or_default().to_owned()).collect()
}

fn agency_of(body: &str) -> AgencyCode {
    let order: Value = serde_json::from_str(body).expect("an order");
    order["occasion"]["agency"]["code"].as_str().expect("a reminder").parse().expect("a code")
}
