//! Schedules: functions that the clock calls, on the clock that `/local/clock` moves.
//!
//! When it is moved forward, it stops at every firing on the way: the function is called with the clock at that moment,
//! and what it puts into queues is worked on, before the clock goes on. So months of a round can be watched in a
//! minute, day by day. Firings that fell into a time when nothing was at work are made up for, each once and the
//! oldest first.

mod event;
mod expression;
mod position;
mod scheduler;
#[cfg(test)]
mod tests;

pub(crate) use expression::Expression;
pub(crate) use scheduler::{Job, Scheduler};
