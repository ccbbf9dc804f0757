//! The stores, the functions on a clock of the simulation's own, and what became of everything.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use jiff::{Timestamp, ToSpan};
use palad_domain::agency::AgencyCode;
use palad_domain::email::Email;
use palad_domain::province::{Province, ProvinceCode};
use palad_domain::round::Round;
use palad_domain::staff::StaffId;
use palad_environment::{Clock, Random, Variables};
use palad_local::Reached;
use palad_store::{AgencyImport, Aws, MailLedger, Records, Rounds};
use tempfile::TempDir;

use super::agencies::{Simulated, agency, provinces};
use super::chance::Chance;
use super::kills::Kills;
use super::office::{LAST, day, draft};
use super::window::{Reader, Window};
use super::workers::Functions;

/// How often what has happened.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) sent: usize,
    pub(super) digests: usize,
    pub(super) repeated: usize,
    pub(super) lost: usize,
    pub(super) not_fired: usize,
    pub(super) bounced: usize,
    pub(super) answered: usize,
    pub(super) taken_back: usize,
    /// Orders of which nobody knows whether the mail service had them: their worker was killed while it spoke to it.
    pub(super) in_doubt: usize,
    /// Agencies of those orders that owed at the next step too, and were reached by that.
    pub(super) reached_later: usize,
}

pub(super) struct World {
    reached: Reached,
    folder: TempDir,
    pub(super) clock: Clock,
    pub(super) chance: Chance,
    pub(super) kills: Kills,
    pub(super) variables: Variables,
    pub(super) aws: Aws,
    pub(super) functions: Arc<Functions>,
    /// Those of workers that are killed: as many as were ever at work at the same time.
    pub(super) doomed: Vec<Arc<Functions>>,
    pub(super) records: Arc<Records>,
    pub(super) rounds: Rounds,
    pub(super) ledger: MailLedger,
    pub(super) round: Round,
    pub(super) provinces: Vec<Province>,
    pub(super) officers: BTreeMap<ProvinceCode, StaffId>,
    pub(super) agencies: Vec<Simulated>,
    /// Addresses that the store knows to be dead.
    pub(super) dead: BTreeSet<Email>,
    pub(super) readers: BTreeMap<String, Reader>,
    pub(super) window: Window,
    /// Who may have missed the message of the step before.
    pub(super) doubted: BTreeSet<AgencyCode>,
    pub(super) counts: Counts,
    pub(super) mails_read: usize,
    day: usize,
}

impl World {
    pub(super) async fn new(count: usize, mut chance: Chance) -> Self {
        let memory = TempDir::with_prefix_in("palad-", "/dev/shm");
        let folder = memory.or_else(|_| TempDir::with_prefix("palad-")).expect("a folder");
        let clock = Clock::default();
        clock.set(moment(0, 0));
        let reached = Reached::open(folder.path(), &clock, &Random::default()).await.expect("the stores");
        let variables = reached.variables().clone();
        let aws = Aws::from_environment(&variables).expect("variables");
        let provinces = provinces(count);
        let days = usize::try_from(LAST).expect("days");
        let agencies: Vec<Simulated> =
            (0..count).map(|number| agency(number, &provinces, days, &mut chance)).collect();
        let import = AgencyImport::from_environment(&aws, &variables).expect("variables");
        let list = agencies.iter().map(|simulated| simulated.agency.clone()).collect();
        let plan = import.plan(list, clock.now()).await.expect("a plan");
        import.carry_out(&plan, clock.now()).await.expect("an import");
        let mut readers = BTreeMap::new();
        for (number, simulated) in agencies.iter().enumerate() {
            let addresses = std::iter::once(&simulated.email).chain(&simulated.agency.official_email);
            readers.extend(addresses.map(|email| (email.as_str().to_owned(), Reader::Agency(number))));
        }
        let mut world = Self {
            functions: Arc::new(Functions::living(&variables, &clock)),
            doomed: Vec::new(),
            kills: Kills::default(),
            records: Arc::new(Records::from_environment(&aws, &variables).expect("variables")),
            rounds: Rounds::from_environment(&aws, &variables).expect("variables"),
            ledger: MailLedger::from_environment(&aws, &variables).expect("variables"),
            round: draft(&provinces, clock.now()),
            reached,
            folder,
            clock,
            chance,
            variables,
            aws,
            provinces,
            officers: BTreeMap::new(),
            agencies,
            dead: BTreeSet::new(),
            readers,
            window: Window::default(),
            doubted: BTreeSet::new(),
            counts: Counts::default(),
            mails_read: 0,
            day: 0,
        };
        world.register_who_registers(0).await;
        world.appoint_officers().await;
        world.open().await;
        world
    }

    pub(super) async fn stop(self) {
        self.reached.close().await;
        drop(self.folder);
    }

    pub(super) fn data(&self) -> &Path {
        self.folder.path()
    }

    /// The next day of the round, if there is one.
    pub(super) fn next_day(&mut self) -> Option<usize> {
        let day = self.day;
        self.day += 1;
        (i64::try_from(day).expect("a day") <= LAST).then_some(day)
    }

    /// Sets the clock to an hour of a day, in UTC.
    pub(super) fn set(&self, day: usize, hour: i64) {
        self.clock.set(moment(i64::try_from(day).expect("a day"), hour));
    }
}

fn moment(number: i64, hour: i64) -> Timestamp {
    let midnight: Timestamp = format!("{}T00:00:00Z", day(number)).parse().expect("a time");
    midnight + hour.hours()
}
