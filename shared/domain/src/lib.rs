//! What is true of agencies, clerks and accounts, and who may do what.
//!
//! No I/O, no AWS, no HTTP here; the time and random values are passed in.

pub mod account;
pub mod agency;
pub mod audit;
pub mod change;
pub mod claim;
pub mod code;
pub mod crockford;
pub mod directory;
pub mod email;
pub mod export;
pub mod fields;
pub mod guessing;
pub mod letter_code;
pub mod life;
pub mod mail;
pub mod passphrase;
pub mod password;
pub mod person;
pub mod photo;
pub mod policy;
pub mod post;
pub mod province;
pub mod record;
pub mod round;
pub mod rules;
pub mod say;
pub mod second_factor;
pub mod session;
pub mod spreadsheet;
pub mod staff;
