//! A mail service that does not do what it is asked, now and then: for trying out what happens then.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;

/// What goes wrong with one mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Fault {
    /// It is not taken: too many in too short a time.
    Throttled,
    /// It is not taken, and never will be.
    Refused,
    /// It is taken, and the answer is lost on its way.
    NoAnswer,
}

/// The faults that are still to come, one for each mail.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<VecDeque<Fault>>);

impl Faults {
    /// The next mails have these faults, in this order, and those after them none.
    pub(crate) fn set(&self, faults: Vec<Fault>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = faults.into();
    }

    /// What goes wrong with this mail, if anything.
    pub(crate) fn next(&self) -> Option<Fault> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    /// How many are still to come.
    pub(crate) fn left(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}
