//! Files of the offices: lists to take along, and what belongs to a round.

mod attachments;
mod exports;
mod taken;
