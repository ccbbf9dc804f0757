//! The runs of morning and night. Now and then one does not fire at all, or twice; a killed one is tried again.

use lambda_runtime::Context;
use palad_api::answer_schedule;
use serde_json::{Value, json};

use super::kills::Work;
use super::world::World;

/// How often a firing is tried.
const TRIES: usize = 3;

impl World {
    /// The morning's run.
    pub(super) async fn plan(&mut self, day: usize) {
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
            for _ in 0..TRIES {
                let orders = is_working_day(day) && self.window.of.is_some() && !self.window.is_ordered;
                let functions = self.worker(Work::Plan, if orders { self.provinces.len() } else { 1 }).await;
                let run = answer_schedule(&functions.reminders, firing("plan"), Context::default());
                match functions.work(run).await {
                    Some(Ok(_)) => {
                        // The first run that comes to its end on a working day has ordered for all who owe then.
                        if orders {
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

    /// The night's count. It is tried until it comes to its end.
    pub(super) async fn recount(&mut self, day: usize) {
        loop {
            let functions = self.worker(Work::Recount, self.provinces.len()).await;
            let run = answer_schedule(&functions.reminders, firing("recount"), Context::default());
            match functions.work(run).await {
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
