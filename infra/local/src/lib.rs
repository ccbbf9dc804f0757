//! The whole system on one machine: `cargo run`.
//!
//! The same handlers, the same event JSON and the same SDK calls as in the cloud, with the routes,
//! tables, queues and variables that template.yaml declares. What the cloud would offer stands in
//! this process: DynamoDB and S3 embedded, a gateway, a queue with its worker, a mail service that
//! sends nothing to anybody. Everything listens on 127.0.0.1 and remembers in one data folder.
//!
//! ```text
//! browser -> gateway -> function -> DynamoDB, S3
//!               |           `-----> queue -> worker -> function -> mailbox
//!               `-> site, /local
//! ```
//!
//! Nothing here knows what the functions do: they come in as [`Wiring`], so that a test can start the
//! runner with functions of its own.

mod addresses;
mod backing;
mod bookmark;
mod cli;
mod data_folder;
mod demonstration;
mod deployed;
mod durable;
mod error;
mod functions;
mod gateway;
mod invoke;
mod mail;
mod names;
pub mod operations;
mod queue;
mod runner;
mod schedule;
mod secrets;
mod services;
mod stop;
mod stores;
mod stream;
pub mod template;
mod tools;

pub use addresses::Addresses;
pub use backing::Reached;
pub use cli::run;
pub use data_folder::DataFolder;
pub use error::StartError;
pub use functions::wiring;
pub use gateway::SiteFile;
pub use invoke::{Answer, Invoke};
pub use runner::{Options, Running, Surroundings, Wiring, start_with};
