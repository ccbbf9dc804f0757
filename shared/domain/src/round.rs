//! A round: the central office asks every agency whether its record is still right, by a deadline.
//!
//! Three dates that are not the same: it opens, it is due, it closes. An answer between the last two is late, and
//! is taken all the same. Who is asked is decided once, when it opens, so that every percentage can be reckoned
//! again later.

pub mod answer;
pub mod attachment;
pub mod calendar;
pub mod dates;
pub mod ending;
pub mod holidays;
mod id;
pub mod link;
pub mod list;
pub mod messages;
pub mod plan;
pub mod reach;
pub mod receipt;
pub mod reminder;
pub mod run;
pub mod scope;
pub mod state;
pub mod tally;
pub mod terms;
pub mod words;

pub use dates::Dates;
pub use id::RoundId;
pub use scope::Scope;
pub use state::{OpenRound, Round, RoundState};
