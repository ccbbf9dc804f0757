//! A stand-in for the mail service: takes what SESv2 takes, keeps it, and sends nothing to anybody.

mod folder;
mod mime;
mod wire;

pub(crate) use folder::{Mail, Mailbox};
pub(crate) use wire::answer;
