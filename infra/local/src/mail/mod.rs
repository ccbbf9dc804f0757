//! A stand-in for the mail service: takes what SESv2 takes, keeps it, and sends nothing to anybody.

mod faults;
mod folder;
mod mime;
mod returned;
mod wire;

pub(crate) use faults::Fault;
pub(crate) use folder::{Mail, Mailbox};
pub(crate) use wire::{PostOffice, answer};
