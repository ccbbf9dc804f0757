//! What agencies do: they answer, and some take it back.

use std::collections::BTreeSet;
use std::pin::Pin;
use std::sync::Arc;

use palad_domain::agency::AgencyCode;
use palad_domain::change::Change;
use palad_domain::policy::CanEdit;
use palad_domain::record::{ClerkId, Version};
use palad_domain::session::Actor;
use palad_environment::Random;
use serde_json::json;

use super::office::session;
use super::world::World;

/// A save under way: it gives the record's version after it.
type Saving = Pin<Box<dyn Future<Output = u64> + Send>>;

impl World {
    /// Who does something on this day.
    pub(super) fn today(&self, day: usize) -> Vec<usize> {
        let acts = |number: &usize| {
            let one = &self.agencies[*number];
            one.answers == Some(day) || (one.takes_back == Some(day) && one.record.is_some())
        };
        (0..self.agencies.len()).filter(acts).collect()
    }

    /// Agencies save their records, or delete them again, at the same time.
    pub(super) async fn act(&mut self, numbers: Vec<usize>, day: usize) -> BTreeSet<AgencyCode> {
        let mut acting = Vec::new();
        for number in numbers {
            let is_answer = self.agencies[number].answers == Some(day);
            let act = if is_answer { self.answer(number) } else { self.take_back(number) };
            acting.push((number, tokio::spawn(act)));
        }
        let mut changed = BTreeSet::new();
        for (number, act) in acting {
            self.agencies[number].version = act.await.expect("an act");
            changed.insert(self.agencies[number].agency.code.clone());
        }
        changed
    }

    /// The agency saves its record.
    fn answer(&mut self, number: usize) -> Saving {
        let simulated = &mut self.agencies[number];
        let person = json!({
            "prefix": "นาย", "first_name": "สมชาย", "last_name": "ใจดี", "position": "ปลัด อบต.", "level": "กลาง",
            "affiliation": "สำนักปลัด", "phone": "0-5453-4119",
        });
        let post = match simulated.is_vacant {
            true => json!({ "state": "vacant" }),
            false => json!({ "state": "held", "person": person }),
        };
        let id = Random::default().id();
        simulated.record = Some(id.clone());
        simulated.answered_at = Some(self.clock.now());
        self.counts.answered += 1;
        self.window.answered.insert(simulated.agency.code.clone());
        let post = serde_json::from_value(post).expect("a post");
        self.save(number, Change::Create { id: ClerkId::of_random(id), post })
    }

    /// The agency deletes it again.
    fn take_back(&mut self, number: usize) -> Saving {
        let simulated = &mut self.agencies[number];
        let id = simulated.record.take().expect("a record");
        simulated.answered_at = None;
        self.counts.taken_back += 1;
        let expected = Version(simulated.version);
        self.save(number, Change::Delete { id: ClerkId::of_random(id), expected })
    }

    fn save(&self, number: usize, change: Change) -> Saving {
        let (now, agency) = (self.clock.now(), self.agencies[number].agency.clone());
        let records = Arc::clone(&self.records);
        Box::pin(async move {
            let actor = Actor::Agency { agency: agency.code.clone() };
            let leave = CanEdit::ask(&session(actor, now), &agency, now).expect("its own");
            let saved = records.change(&leave, &agency, change, None, "simulated", now).await;
            saved.expect("saved").ledger.version.0
        })
    }
}
