//! A simulated round in virtual time: agencies answer when they like, mail comes back, events of the stream are
//! repeated, late or lost, messages of the queue too, schedules do not fire, the office edits the round while its
//! messages go out and moves its deadline, and every fourth worker is killed somewhere in its work. Nobody is written to
//! twice for a step, nobody who had answered, nobody who owes is forgotten, and every night the totals are what the
//! agencies' own books say.
//!
//! Functions, calls to the stores and the stores are those of the system; what the cloud does around them is done here,
//! and badly. What chance decides depends on the seed alone: who answers when, what is lost and repeated, who is killed
//! and at which call. Which of two comes first that are at work at the same time, the machine decides.
//!
//! `PALAD_ROUND_AGENCIES=400 PALAD_ROUND_SEED=7 cargo test -p palad-system-tests simulated_round -- --nocapture` for
//! fewer agencies, and other chances.

mod accounts;
mod acts;
mod agencies;
mod books;
mod chance;
mod day;
mod kills;
mod office;
mod queue;
mod runs;
mod sending;
mod stream;
mod window;
mod wire;
mod workers;
mod world;

use palad_system_tests::amount;

use chance::Chance;
use world::World;

/// The whole country.
const AGENCIES: usize = 7_850;
const FEW: usize = 400;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_simulated_round_forgets_nobody_writes_to_nobody_twice_and_counts_right_every_night() {
    let seed = amount("PALAD_ROUND_SEED", 20_270_201, 20_270_201);
    let chance = Chance::new(seed as u64);
    let mut world = World::new(amount("PALAD_ROUND_AGENCIES", AGENCIES, FEW), chance).await;
    while let Some(day) = world.next_day() {
        world.live(day).await;
    }
    world.close_window().await;
    world.check_end().await;
    let counts = &world.counts;
    // It was a round worth the name: each kind of misfortune has happened.
    assert!(counts.sent > world.agencies.len() && counts.digests > world.provinces.len(), "{counts:?}");
    assert!(counts.repeated > 10 && counts.lost > 0 && counts.bounced > 0, "{counts:?}");
    let (begun, killed) = (world.kills.begun, world.kills.killed);
    assert!(world.kills.are_as_meant(), "{killed} of {begun} workers were killed");
    assert!(counts.answered * 2 > world.agencies.len() && counts.taken_back > 0, "{counts:?}");
    assert!(counts.reached_later > 0 && counts.not_fired > 0, "{counts:?}");
    println(&format!("{counts:?}, {killed} of {begun} workers killed, seed {seed}"));
    world.stop().await;
}

/// For who runs it by hand with `--nocapture`.
fn println(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}
