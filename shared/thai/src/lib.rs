//! Thai text, numbers, names, days and order, once for the whole house.
//!
//! What people type is messy in ways of its own: zero-width characters from web pages, ำ made of two
//! characters, tones before vowels, Thai digits, Buddhist years, prefixes glued to names. Every crate that takes
//! or shows Thai asks this one, so that a form, a search and a letter always read the same text the same way.
//!
//! Three rules hold everywhere. Text is kept in NFC and never in NFKC, which breaks ำ apart. What can be mended
//! safely is mended; what cannot is flagged or refused, never guessed. Nothing here reads a clock, a file or the
//! network.

pub mod agency_name;
pub mod date;
pub mod digits;
pub mod key;
pub mod letters;
pub mod name;
pub mod order;
pub mod phone;
pub mod prefix;
pub mod text;

pub use date::{DateFault, ParsedDay};
pub use name::{NameFault, ThaiLine, ThaiName};
pub use order::ThaiOrder;
pub use phone::{Phone, PhoneFault, Phones};
pub use prefix::SplitName;
pub use text::{TextWarning, Tidy, tidy};
