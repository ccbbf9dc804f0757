//! The contract of the store, held by the embedded DynamoDB with the tables of the template.

mod accounts;
mod claims;
mod confirmations;
mod directory;
mod endings;
mod guards;
mod links;
mod mail;
mod model;
mod operations;
mod records;
mod rounds_mail;
mod sequences;
mod staff;
mod tries;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use palad_domain::account::Account;
use palad_domain::agency::{Agency, AgencyCode};
use palad_domain::claim::{CLAIM_CODE_LIFE, CODE_TRIES, Claim, ClaimId, ClaimState};
use palad_domain::session::{Actor, Session, SessionVersion};
use palad_environment::{Clock, Random, Variables};
use palad_local::Reached;
use palad_store::{Aws, Claims, Grounds};
use palad_system_tests::PHRAE;
use tempfile::TempDir;

/// The stores in a folder of their own, without anything that stands on them.
struct Stores {
    reached: Reached,
    folder: TempDir,
}

impl Stores {
    async fn start() -> Self {
        // In memory where the machine has such a place: a contract is about answers, not about disks.
        let memory = TempDir::with_prefix_in("palad-", "/dev/shm");
        let folder = memory.or_else(|_| TempDir::with_prefix("palad-")).expect("a folder");
        let reached = Reached::open(folder.path(), &Clock::default(), &Random::default()).await;
        Self { reached: reached.expect("the stores"), folder }
    }

    fn variables(&self) -> &Variables {
        self.reached.variables()
    }

    fn aws(&self) -> Aws {
        Aws::from_environment(self.variables()).expect("variables")
    }

    fn claims(&self) -> Claims {
        Claims::from_environment(&self.aws(), self.variables()).expect("variables")
    }

    async fn stop(self) {
        self.reached.close().await;
        drop(self.folder);
    }

    /// Opens an account of this agency, or a new one in the place of `before`, whose sessions end.
    async fn open_account(&self, code: &AgencyCode, before: Option<&Account>, now: Timestamp) -> Account {
        let claim = claim(code, now);
        self.claims().begin(&claim).await.expect("begun");
        let opened =
            self.claims().open(&claim, before, Grounds::Mailbox, "test", now).await.expect("the store");
        opened.expect("the only proof")
    }
}

fn now() -> Timestamp {
    "2026-11-23T04:05:06Z".parse().expect("a time")
}

fn code(number: usize) -> AgencyCode {
    format!("{number:06}").parse().expect("a code")
}

fn agency(code: &AgencyCode) -> Agency {
    Agency { code: code.clone(), ..PHRAE.agency() }
}

fn session(code: &AgencyCode, version: SessionVersion, now: Timestamp) -> Session {
    let actor = Actor::Agency { agency: code.clone() };
    Session { actor, version, signed_in_at: now, expires_at: now + SignedDuration::from_hours(8) }
}

fn claim(code: &AgencyCode, now: Timestamp) -> Claim {
    let random = Random::default();
    Claim {
        id: ClaimId::of_random(random.id()),
        agency: code.clone(),
        province: PHRAE.agency().province.code(),
        email: PHRAE.email.parse().expect("an address"),
        password_hash: random.token(),
        code_hash: "the hash of the code".to_owned(),
        device_hash: random.token(),
        device_name: String::new(),
        state: ClaimState::Unproved,
        tries_left: CODE_TRIES,
        created_at: now,
        expires_at: now + CLAIM_CODE_LIFE,
    }
}

/// Runs `count` of the same at the same time and gives what each came to.
async fn at_once<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
    count: usize,
    one: impl Fn(usize) -> F,
) -> Vec<T> {
    let together = Arc::new(tokio::sync::Barrier::new(count));
    let running: Vec<_> = (0..count)
        .map(|number| {
            let (together, one) = (Arc::clone(&together), one(number));
            tokio::spawn(async move {
                together.wait().await;
                one.await
            })
        })
        .collect();
    let mut all = Vec::new();
    for task in running {
        all.push(task.await.expect("it ends"));
    }
    all
}
