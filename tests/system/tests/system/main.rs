//! The whole system from outside. One binary for all of it: linking is what takes the time.

mod bad_input;
mod cli;
mod description;
mod durability;
mod events;
mod journey;
mod logs;
mod photos;
mod policy;
mod registration;
mod sign_in;
mod store;
mod tokens;
mod writers;

/// The system as a program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_palad-under-test");
