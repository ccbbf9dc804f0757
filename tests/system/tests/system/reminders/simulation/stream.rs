//! The table's stream, badly delivered: in another order, some of it twice, some of it lost.

use std::collections::BTreeSet;

use palad_api::answer_stream;
use palad_domain::agency::AgencyCode;
use serde_json::{Value, json};

use super::kills::Work;
use super::queue::failures;
use super::world::World;

/// Workers at the same time, and changes of one.
const WORKERS: usize = 8;
const CHANGES: usize = 7;

impl World {
    /// Follows what has changed.
    pub(super) async fn follow(&mut self, changed: BTreeSet<AgencyCode>) {
        let mut changes: Vec<AgencyCode> = changed.into_iter().collect();
        let repeated: Vec<AgencyCode> = changes.iter().filter(|_| self.chance.percent(20)).cloned().collect();
        self.counts.repeated += repeated.len();
        changes.extend(repeated);
        self.chance.shuffle(&mut changes);
        let count = changes.len();
        changes.retain(|_| !self.chance.percent(10));
        self.counts.lost += count - changes.len();
        let mut waiting: Vec<&[AgencyCode]> = changes.chunks(CHANGES).collect();
        // A batch is repeated until it succeeds.
        while !waiting.is_empty() {
            let mut workers = Vec::new();
            for batch in waiting.drain(..waiting.len().min(WORKERS)) {
                let (functions, event) = (self.worker(Work::Stream, batch.len()).await, event(batch));
                let working = async move { functions.work(answer_stream(&functions.progress, event)).await };
                workers.push((batch, tokio::spawn(working)));
            }
            for (batch, worker) in workers {
                match worker.await.expect("a worker") {
                    Some(answer) if failures(answer.as_ref().expect("a batch")).is_empty() => {}
                    _ => waiting.push(batch),
                }
            }
        }
    }
}

fn event(codes: &[AgencyCode]) -> Value {
    let record = |code: &AgencyCode| {
        json!({ "eventSource": "aws:dynamodb", "dynamodb": { "SequenceNumber": "1",
                "Keys": { "pk": { "S": format!("AGENCY#{code}") }, "sk": { "S": "POST" } } } })
    };
    json!({ "Records": codes.iter().map(record).collect::<Vec<_>>() })
}
