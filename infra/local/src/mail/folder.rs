//! What was sent, a file each, newest last.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use palad_environment::{Clock, Random};
use serde::{Deserialize, Serialize};

use super::faults::Faults;
use crate::{durable, names};

/// A mail as it is kept and shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Mail {
    /// What the mail service would call it.
    pub(crate) id: String,
    pub(crate) from: String,
    /// All recipients, separated by comma and space.
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    /// By the movable clock, as everything that a person sees.
    pub(crate) at: Timestamp,
}

/// A mail that has not been sent yet.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Draft {
    pub(crate) from: String,
    pub(crate) to: Vec<String>,
    pub(crate) subject: String,
    pub(crate) text: String,
}

/// Everything that was sent from this data folder.
pub(crate) struct Mailbox {
    folder: PathBuf,
    clock: Clock,
    random: Random,
    sent: Mutex<Vec<Mail>>,
    /// What is to go wrong with the next mails.
    pub(crate) faults: Faults,
}

impl Mailbox {
    /// The mailbox in `folder`, with what was sent in earlier runs.
    pub(crate) fn open(folder: &Path, clock: Clock, random: Random) -> io::Result<Self> {
        let mut files = Vec::new();
        for entry in fs::read_dir(folder)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if !name.starts_with(durable::UNFINISHED) {
                files.push(name);
            }
        }
        files.sort();
        let mut sent = Vec::new();
        for name in files {
            sent.push(serde_json::from_slice(&fs::read(folder.join(name))?)?);
        }
        let faults = Faults::default();
        Ok(Self { folder: folder.to_owned(), clock, random, sent: Mutex::new(sent), faults })
    }

    /// Keeps a mail. After this returns it is not lost.
    pub(crate) fn send(&self, draft: Draft) -> io::Result<Mail> {
        let Draft { from, to, subject, text } = draft;
        let id = names::uuid(&self.random);
        let mail = Mail { id, from, to: to.join(", "), subject, text, at: self.clock.now() };
        // Under the lock, so that names and memory have one order.
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        let name = format!("{:015}-{:06}.json", Timestamp::now().as_millisecond(), sent.len());
        durable::write(&self.folder, &name, &serde_json::to_vec_pretty(&mail)?)?;
        sent.push(mail.clone());
        Ok(mail)
    }

    /// At most `limit` mails, newest first.
    pub(crate) fn newest(&self, limit: usize) -> Vec<Mail> {
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.iter().rev().take(limit).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_is_there_after_a_restart_newest_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let open = || Mailbox::open(folder.path(), Clock::default(), Random::default()).expect("a mailbox");
        for subject in ["หนึ่ง", "สอง"] {
            let draft = Draft { subject: subject.into(), to: vec!["a@b.test".into()], ..Draft::default() };
            open().send(draft).expect("sent");
        }
        let subjects: Vec<String> = open().newest(10).into_iter().map(|mail| mail.subject).collect();
        assert_eq!(subjects, ["สอง", "หนึ่ง"]);
    }
}
