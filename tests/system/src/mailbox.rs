//! The mailbox of one machine, read as a person reads it: each mail once, the oldest first.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::Value;

use crate::{Browser, eventually};

/// One mail.
#[derive(Clone, Debug)]
pub struct Mail {
    /// The recipient.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
}

impl Mail {
    fn of(value: &Value) -> Self {
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        Self { to: text("to"), subject: text("subject"), text: text("text") }
    }

    /// The code of eight digits on a line of its own.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn code(&self) -> String {
        let is_code = |line: &&str| line.len() == 8 && line.bytes().all(|byte| byte.is_ascii_digit());
        self.text.lines().map(str::trim).find(is_code).expect("a code in the mail").to_owned()
    }

    /// The token in the fragment of the link.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn token(&self) -> String {
        let link = self
            .text
            .split_whitespace()
            .find(|word| word.starts_with("http") && word.contains('#'))
            .expect("a link");
        link.split_once('#').expect("a fragment").1.to_owned()
    }
}

/// What was sent, and how much of it was read.
pub struct Mailbox {
    browser: Browser,
    read: Mutex<BTreeMap<String, usize>>,
}

impl Mailbox {
    /// The mailbox of the system at `site`.
    #[must_use]
    pub fn at(site: &str) -> Self {
        Self { browser: Browser::at(site), read: Mutex::default() }
    }

    /// Everything that was sent, the oldest first.
    pub async fn all(&self) -> Vec<Mail> {
        let mails = self.browser.get("/local/mail").await.expect(200).json();
        mails.as_array().into_iter().flatten().rev().map(Mail::of).collect()
    }

    /// Everything that was sent to one address, the oldest first.
    pub async fn to(&self, address: &str) -> Vec<Mail> {
        self.all().await.into_iter().filter(|mail| mail.to == address).collect()
    }

    /// The next mail to this address that was not read here yet; waits for it.
    ///
    /// # Panics
    /// When none comes.
    pub async fn next(&self, address: &str) -> Mail {
        let seen = self.read.lock().expect("not poisoned").get(address).copied().unwrap_or_default();
        let mail = eventually("a mail", async || self.to(address).await.into_iter().nth(seen)).await;
        self.read.lock().expect("not poisoned").insert(address.to_owned(), seen + 1);
        mail
    }

    /// The next mail with these words in its subject; others before it are passed over.
    pub async fn next_about(&self, address: &str, words: &str) -> Mail {
        loop {
            let mail = self.next(address).await;
            if mail.subject.contains(words) {
                return mail;
            }
        }
    }
}
