//! A day of the round, hour by hour.

use super::office::MOVED;
use super::world::World;

/// The parts of a day, each with chances of its own.
const EARLY: u64 = 1;
const MORNING: u64 = 2;
const SENDING: u64 = 3;
const LATER: u64 = 4;
const NIGHT: u64 = 5;

impl World {
    /// Lives through a day of the round.
    pub(super) async fn live(&mut self, day: usize) {
        self.set(day, 1);
        self.chance.turn(day, EARLY);
        self.register_who_registers(day).await;
        // Some act before the morning's run, some while mail is on its way, some in the afternoon.
        let (mut early, mut later) = (Vec::new(), Vec::new());
        for number in self.today(day) {
            if self.chance.percent(40) { early.push(number) } else { later.push(number) }
        }
        let changed = self.act(early, day).await;
        self.follow(changed).await;

        self.set(day, 2);
        self.chance.turn(day, MORNING);
        self.plan(day).await;
        self.chance.turn(day, SENDING);
        let mut changed = self.send(&mut later, day).await;

        self.set(day, 9);
        self.chance.turn(day, LATER);
        changed.extend(self.act(later, day).await);
        self.follow(changed).await;
        if day == MOVED {
            self.move_deadline().await;
        }

        // One in the morning of the next day, in Bangkok.
        self.set(day, 18);
        self.chance.turn(day, NIGHT);
        self.recount(day).await;
        self.check_totals(day).await;
    }
}
