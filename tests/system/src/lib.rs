//! The system from outside: what the whole-system tests have in common.
//!
//! A [`House`] is a running system in a folder of its own, with a short list of invented agencies; a
//! [`Browser`] asks it what a browser would ask; [`Spawned`] is the same system as a process that can
//! be killed. Nothing here knows how the system is made inside.

mod agencies;
mod browser;
mod cut;
mod house;
mod journeys;
mod mailbox;
mod posts;
mod relay;
mod spawned;
mod staff;

pub use agencies::{Listed, MAE_YOM, NONG_BUA, NOT_LISTED, PHRAE, WITHOUT_MAILBOX, csv, listed, writers};
pub use browser::{Answer, Browser, Call};
pub use cut::{Cut, Side};
pub use house::House;
pub use journeys::{PASSWORD, Proof, SignedIn};
pub use mailbox::{Mail, Mailbox};
pub use posts::{acting, held, person, vacant};
pub use relay::{relay, serve};
pub use spawned::{Spawned, run_to_end};
pub use staff::{Officer, PASSPHRASE, SignedInStaff, app, shown};

use std::time::Duration;

/// Asks again and again until there is an answer.
///
/// # Panics
/// When there is none for a long time: long enough for a machine that is busy with other tests.
pub async fn eventually<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..600 {
        if let Some(answer) = ask().await {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("never: {what}");
}

/// How much a long test does: all of it, unless `cargo xtask test --fast` asked for little; the
/// variable may ask for more.
#[must_use]
pub fn amount(variable: &str, all: usize, little: usize) -> usize {
    let asked = std::env::var(variable).ok().and_then(|text| text.parse().ok());
    let usual = if std::env::var_os("PALAD_FAST").is_some() { little } else { all };
    asked.unwrap_or(usual)
}
