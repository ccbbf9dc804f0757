//! The functions at work: who lives calls the services, who is killed does so over a way that ends.

use std::sync::Arc;

use palad_environment::{Clock, Random, Variables};

use super::kills::Work;
use super::wire::Wire;
use super::world::World;

/// The functions.
pub(super) struct Functions {
    pub(super) reminders: palad_reminders::App,
    pub(super) progress: palad_progress::App,
    pub(super) mail: palad_mail::App,
    /// For those that are killed.
    wire: Option<Wire>,
}

impl Functions {
    /// Those of workers that live.
    pub(super) fn living(variables: &Variables, clock: &Clock) -> Self {
        let random = Random::default;
        Self {
            reminders: palad_reminders::App::from_environment(variables, clock.clone(), random())
                .expect("variables"),
            progress: palad_progress::App::from_environment(variables, clock.clone(), random())
                .expect("variables"),
            mail: palad_mail::App::from_environment(variables, clock.clone(), random()).expect("variables"),
            wire: None,
        }
    }

    /// Does some work; none where the worker was killed.
    pub(super) async fn work<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let Some(wire) = &self.wire else { return Some(work.await) };
        wire.work(work).await;
        None
    }
}

impl World {
    /// A worker that begins with so many pieces of work.
    pub(super) async fn worker(&mut self, work: Work, pieces: usize) -> Arc<Functions> {
        let Some(kill) = self.kills.begin(work, pieces, &mut self.chance) else {
            return Arc::clone(&self.functions);
        };
        let free = self.doomed.iter().find(|doomed| Arc::strong_count(doomed) == 1);
        let doomed = if let Some(doomed) = free {
            Arc::clone(doomed)
        } else {
            let wire = Wire::default();
            let variables = wire.before(&self.variables).await;
            let functions = Functions::living(&variables, &self.clock);
            let doomed = Arc::new(Functions { wire: Some(wire), ..functions });
            self.doomed.push(Arc::clone(&doomed));
            doomed
        };
        if let Some(wire) = &doomed.wire {
            wire.arm(kill);
        }
        doomed
    }
}
