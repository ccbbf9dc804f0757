//! The HTTP edge that every function stands on.
//!
//! A function crate implements [`HttpFunction`] (or [`QueueFunction`]) and says in its handler what
//! is asked, whether it may be done, and what the answer is. Everything that is the same for all
//! of them is here and only here: the gateway's event, where a call may come from, sessions,
//! preconditions, errors in two languages, and the one log line of a request.
//!
//! Invariant: no other crate builds a response or reads a header by hand, and nothing here writes
//! a body, a header, a query, a token or an address to the log.

mod catch;
mod cookie;
mod device;
mod edge;
mod event;
mod function;
mod guard;
mod link_key;
mod log;
pub mod page;
mod problem;
mod queue;
mod request;
mod respond;
mod schedule;
pub mod session;
mod start;
mod stream;
mod token;

pub use cookie::Cookie;
pub use device::Device;
pub use edge::Edge;
pub use function::{HttpFunction, answer};
pub use link_key::LinkKey;
pub use log::{drifted, dropped, in_doubt, left_undone, round_failed};
pub use problem::ApiError;
pub use queue::{QueueError, QueueFunction, QueueMessage, answer_queue};
pub use request::Request;
pub use respond::Response;
pub use schedule::{Firing, ScheduleFunction, answer_schedule};
pub use start::{run, run_queue, run_queue_or_stream, run_schedule, run_stream, start_failed};
pub use stream::{StreamChange, StreamFunction, answer_queue_or_stream, answer_stream};
pub use token::token_hash;
