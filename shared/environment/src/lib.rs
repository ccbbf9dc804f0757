//! What a function is given from outside: its variables, the time and random bytes.
//!
//! The domain takes these as plain values, so that a test, `cargo run` and Lambda differ only in
//! what they pass in.

mod clock;
mod random;
mod variables;

pub use clock::Clock;
pub use random::Random;
pub use variables::{Variables, VariablesError};
