//! A stand-in for SQS: queues that outlive the process, behind the SDK's own protocol, and a worker that calls
//! the functions which the template connects to them.

mod event;
mod folder;
mod wire;
mod worker;

pub(crate) use folder::{Queue, Queues};
pub(crate) use wire::answer;
pub(crate) use worker::work;
