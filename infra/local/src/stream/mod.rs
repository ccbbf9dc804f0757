//! Table streams: a function that follows one is called with what has changed, as Lambda calls it.
//!
//! The embedded DynamoDB keeps the records; how far a function has come stands in a file of its own, which is moved
//! on only after the function has taken a batch. So whatever is killed, each record is delivered at least once.

mod filter;
mod given_up;
mod position;
mod reader;
#[cfg(test)]
mod tests;
mod worker;

pub(crate) use filter::Filter;
pub(crate) use reader::Reader;
pub(crate) use worker::Worker;
