//! What the person who runs the system does from the command line. Each takes the variables that a function would
//! take, so it works on one machine and, with a deployment's variables, on that.

mod agencies_file;
mod approve;
mod demo;
mod encoding;
mod import;
mod invite_staff;
mod letters;
mod verify_audit;
mod wrap_passwords;

pub use agencies_file::{BadFile, BadRow, read as read_agencies};
pub use approve::approve;
pub use demo::{DemoAccount, fill as fill_with_demo};
pub use encoding::{Encoding, Separator, Written};
pub use import::{Imported, import_agencies};
pub use invite_staff::{Invitee, invite_staff};
pub use letters::{LettersFor, print_letters};
pub use verify_audit::{Verified, verify_audit};
pub use wrap_passwords::{Rewrapped, wrap_passwords};
