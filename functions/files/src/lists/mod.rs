//! Lists as tables, in the words of an office.

pub(crate) mod directory;
pub(crate) mod name;
pub(crate) mod owing;
pub(crate) mod progress;
mod table;
mod words;

pub(crate) use table::Table;
