//! The whole system from outside. One binary for all of it: linking is what takes the time.

mod accounts;
mod audit;
mod bad_input;
mod claims;
mod cli;
mod description;
mod durability;
mod events;
mod files;
mod guessing;
mod journey;
mod logs;
mod mailed;
mod pepper;
mod photos;
mod policy;
mod registration;
mod reminders;
mod rounds;
mod sign_in;
mod staff;
mod store;
mod thrift;
mod tokens;
mod writers;

/// The system as a program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_palad-under-test");
