//! The stores, the functions on a clock of the simulation's own, and what became of everything.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use palad_domain::agency::AgencyCode;
use palad_domain::change::Change;
use palad_domain::email::Email;
use palad_domain::policy::{CanEdit, CanManageRounds};
use palad_domain::record::{ClerkId, Version};
use palad_domain::round::Round;
use palad_domain::round::calendar::Calendar;
use palad_domain::round::plan::USUAL;
use palad_domain::round::reminder::StepOf;
use palad_domain::round::tally::{Standing, Tally};
use palad_domain::round::terms::{Terms, TermsInput};
use palad_domain::session::{Actor, Session, SessionVersion};
use palad_environment::{Clock, Random};
use palad_local::Reached;
use palad_store::{AgencyImport, Aws, Counting, Lease, MailLedger, Opened, Records, Rounds};
use serde_json::json;
use tempfile::TempDir;

use super::agencies::{PROVINCES, Simulated, agency};
use super::chance::{Chance, Usual};

/// The first day of the round, a Monday, and how many days it lasts.
const OPENS: Date = date(2027, 2, 1);
const UNTIL_DEADLINE: i64 = 56;
const UNTIL_CLOSING: i64 = 63;

/// How often what has happened.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) sent: usize,
    pub(super) repeated: usize,
    pub(super) lost: usize,
    pub(super) bounced: usize,
    pub(super) answered: usize,
    pub(super) taken_back: usize,
    /// Orders of which nobody knows whether the mail service had them: their worker was killed while it spoke to it.
    pub(super) in_doubt: usize,
}

/// What has happened since the messages of a step began.
#[derive(Default)]
pub(super) struct Window {
    pub(super) of: Option<StepOf>,
    /// Who owed when its messages were ordered and could be written to.
    pub(super) owed: BTreeSet<AgencyCode>,
    /// Mails to each.
    pub(super) mails: BTreeMap<AgencyCode, usize>,
}

pub(super) struct World {
    reached: Reached,
    folder: TempDir,
    pub(super) clock: Clock,
    pub(super) chance: Chance,
    pub(super) aws: Aws,
    pub(super) reminders: palad_reminders::App,
    pub(super) progress: palad_progress::App,
    pub(super) mail: palad_mail::App,
    records: Records,
    pub(super) counting: Counting,
    ledger: MailLedger,
    pub(super) round: Round,
    pub(super) agencies: Vec<Simulated>,
    /// Addresses that the store knows to be dead.
    pub(super) dead: BTreeSet<Email>,
    by_address: BTreeMap<String, usize>,
    pub(super) window: Window,
    pub(super) counts: Counts,
    pub(super) usual: UsualTimes,
    mails_read: usize,
    day: usize,
}

/// How long each kind of work takes.
#[derive(Default)]
pub(super) struct UsualTimes {
    pub(super) plan: Usual,
    pub(super) recount: Usual,
    pub(super) batch: Usual,
    pub(super) returned: Usual,
    pub(super) stream: Usual,
}

impl World {
    pub(super) async fn new(count: usize, mut chance: Chance) -> Self {
        let memory = TempDir::with_prefix_in("palad-", "/dev/shm");
        let folder = memory.or_else(|_| TempDir::with_prefix("palad-")).expect("a folder");
        let reached = Reached::open(folder.path(), &Clock::default(), &Random::default()).await;
        let reached = reached.expect("the stores");
        let variables = reached.variables().clone();
        let aws = Aws::from_environment(&variables).expect("variables");
        let clock = Clock::default();
        clock.set(moment(OPENS, 0));
        let days = usize::try_from(UNTIL_CLOSING).expect("days");
        let agencies: Vec<Simulated> = (0..count).map(|number| agency(number, days, &mut chance)).collect();
        let import = AgencyImport::from_environment(&aws, &variables).expect("variables");
        let list = agencies.iter().map(|simulated| simulated.agency.clone()).collect();
        let plan = import.plan(list, clock.now()).await.expect("a plan");
        import.carry_out(&plan, clock.now()).await.expect("an import");
        let mut by_address = BTreeMap::new();
        for (number, simulated) in agencies.iter().enumerate() {
            by_address.insert(simulated.email.as_str().to_owned(), number);
            let official = simulated.agency.official_email.as_ref();
            by_address.extend(official.map(|email| (email.as_str().to_owned(), number)));
        }
        let random = Random::default;
        let rounds = Rounds::from_environment(&aws, &variables).expect("variables");
        let mut world = Self {
            reminders: palad_reminders::App::from_environment(&variables, clock.clone(), random())
                .expect("variables"),
            progress: palad_progress::App::from_environment(&variables, clock.clone(), random())
                .expect("variables"),
            mail: palad_mail::App::from_environment(&variables, clock.clone(), random()).expect("variables"),
            records: Records::from_environment(&aws, &variables).expect("variables"),
            counting: Counting::from_environment(&aws, &variables).expect("variables"),
            ledger: MailLedger::from_environment(&aws, &variables).expect("variables"),
            round: Round::draft("2570-1".parse().expect("a name"), terms(), clock.now()),
            reached,
            folder,
            clock,
            chance,
            aws,
            agencies,
            dead: BTreeSet::new(),
            by_address,
            window: Window::default(),
            counts: Counts::default(),
            usual: UsualTimes::default(),
            mails_read: 0,
            day: 0,
        };
        world.register_who_registers(0).await;
        world.open(&rounds).await;
        world
    }

    /// Opens the round, as an officer of the centre would.
    async fn open(&mut self, rounds: &Rounds) {
        self.put_account("STAFF#central", "central@simulated.test").await;
        let now = self.clock.now();
        let actor = Actor::Central { staff: "central".to_owned() };
        let leave = CanManageRounds::ask(&session(actor, now), now).expect("the centre may");
        let draft = self.round.clone();
        let made = rounds.create(&leave, OPENS, |id| Round { id, ..draft.clone() }).await.expect("a round");
        match rounds.open(&leave, &made, now, None).await.expect("opened") {
            Opened::Done(round) => self.round = *round,
            Opened::GoesOn(_) => panic!("there was time enough"),
        }
    }

    pub(super) async fn stop(self) {
        self.reached.close().await;
        drop(self.folder);
    }

    /// The next day of the round, if there is one.
    pub(super) fn next_day(&mut self) -> Option<usize> {
        let day = self.day;
        self.day += 1;
        (i64::try_from(day).expect("a day") <= UNTIL_CLOSING).then_some(day)
    }

    /// Sets the clock to an hour of a day, in UTC.
    pub(super) fn set(&self, day: usize, hour: i64) {
        let day = OPENS.saturating_add(i64::try_from(day).expect("a day").days());
        self.clock.set(moment(day, hour));
    }

    /// Those who register on this day, or have before it was looked at.
    pub(super) async fn register_who_registers(&mut self, day: usize) {
        for number in 0..self.agencies.len() {
            if self.agencies[number].registers == Some(day) {
                let code = &self.agencies[number].agency.code;
                self.put_account(&format!("ACCOUNT#{code}"), self.agencies[number].email.as_str()).await;
                self.agencies[number].has_account = true;
            }
        }
    }

    async fn put_account(&self, pk: &str, email: &str) {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let put = self.aws.dynamodb().put_item().table_name("palad-local-accounts");
        let put = put.item("pk", text(pk)).item("sk", text("ACCOUNT")).item("email", text(email));
        let put =
            put.item("password_hash", text("none")).item("session_version", AttributeValue::N("1".into()));
        put.item("opened_at", text("2027-01-01T00:00:00Z")).send().await.expect("an account");
    }

    /// The agency saves its record.
    pub(super) async fn answer(&mut self, number: usize) {
        let person = json!({
            "prefix": "นาย", "first_name": "สมชาย", "last_name": "ใจดี", "position": "ปลัด อบต.", "level": "กลาง",
            "affiliation": "สำนักปลัด", "phone": "0-5453-4119",
        });
        let post = serde_json::from_value(json!({ "state": "held", "person": person })).expect("a post");
        let id = Random::default().id();
        let change = Change::Create { id: ClerkId::of_random(id.clone()), post };
        self.save(number, change).await;
        let simulated = &mut self.agencies[number];
        (simulated.has_answered, simulated.record) = (true, Some(id));
        self.counts.answered += 1;
    }

    /// The agency deletes it again.
    pub(super) async fn take_back(&mut self, number: usize) {
        let Some(id) = self.agencies[number].record.take() else { return };
        let expected = Version(self.agencies[number].version);
        self.save(number, Change::Delete { id: ClerkId::of_random(id), expected }).await;
        self.agencies[number].has_answered = false;
        self.counts.taken_back += 1;
    }

    async fn save(&mut self, number: usize, change: Change) {
        let (now, agency) = (self.clock.now(), self.agencies[number].agency.clone());
        let actor = Actor::Agency { agency: agency.code.clone() };
        let leave = CanEdit::ask(&session(actor, now), &agency, now).expect("its own");
        let saved = self.records.change(&leave, &agency, change, None, "simulated", now).await;
        self.agencies[number].version = saved.expect("saved").ledger.version.0;
    }

    /// Where an agency stands by its own book.
    fn standing(&self, simulated: &Simulated) -> Standing {
        let account = simulated.has_account.then_some(&simulated.email);
        let mut addresses = account.into_iter().chain(&simulated.agency.official_email);
        let has_any = addresses.clone().next().is_some();
        let is_unreachable = has_any && addresses.all(|address| self.dead.contains(address));
        match (simulated.has_answered, is_unreachable, simulated.has_account) {
            (true, ..) => Standing::Updated,
            (false, true, _) => Standing::Unreachable,
            (false, false, true) => Standing::Silent,
            (false, false, false) => Standing::NotRegistered,
        }
    }

    /// Holds the totals against the agencies' own books.
    pub(super) async fn check_totals(&self, day: usize) {
        for name in PROVINCES {
            let province = palad_domain::province::Province::by_name(name).expect("a province");
            let mut expected = Tally::default();
            for simulated in self.agencies.iter().filter(|simulated| simulated.agency.province == province) {
                let is_late = self.is_late(simulated);
                expected += Tally::one(self.standing(simulated), simulated.has_answered && is_late);
            }
            let total = self.counting.total(self.round.id, province.code()).await.expect("a total");
            assert_eq!(total, expected, "{name} after day {day}");
        }
    }

    fn is_late(&self, simulated: &Simulated) -> bool {
        let deadline = usize::try_from(UNTIL_DEADLINE).expect("a day");
        simulated.answers.is_some_and(|day| day > deadline)
    }

    /// The step whose messages stand now.
    pub(super) fn step(&self) -> Option<StepOf> {
        let dates = &self.round.terms.dates;
        StepOf::at(self.round.id, &USUAL, dates, &Calendar::default(), self.clock.now())
    }

    /// Who owes and can be written to.
    pub(super) fn owing(&self) -> BTreeSet<AgencyCode> {
        let can_be_written_to = |simulated: &&Simulated| {
            let account = simulated.has_account.then_some(&simulated.email);
            let mut addresses = account.into_iter().chain(&simulated.agency.official_email);
            !simulated.has_answered && addresses.any(|address| !self.dead.contains(address))
        };
        let owing = self.agencies.iter().filter(can_be_written_to);
        owing.map(|simulated| simulated.agency.code.clone()).collect()
    }

    /// Reads the mails that were sent since the last time, and who they went to.
    pub(super) fn new_mails(&mut self) -> Vec<usize> {
        let folder = self.folder.path().join("mail");
        let names = std::fs::read_dir(&folder).expect("the mailbox").filter_map(Result::ok);
        let mut names: Vec<_> = names.map(|entry| entry.file_name()).collect();
        names.retain(|name| !name.to_string_lossy().starts_with('.'));
        names.sort_unstable();
        let new = names.split_off(self.mails_read.min(names.len()));
        self.mails_read += new.len();
        self.counts.sent += new.len();
        let to = |name: &std::ffi::OsString| {
            let mail = std::fs::read(folder.join(name)).expect("a mail");
            let mail: serde_json::Value = serde_json::from_slice(&mail).expect("JSON");
            self.by_address[mail["to"].as_str().expect("an address")]
        };
        new.iter().map(to).collect()
    }

    /// Looks back at a step when the next one comes: each that owed all the time had its one message.
    pub(super) async fn close_window(&mut self) {
        let window = std::mem::take(&mut self.window);
        let Some(of) = window.of else { return };
        for (code, mails) in &window.mails {
            assert!(*mails <= 1, "{code} was written to {mails} times for {}", of.mark());
        }
        for code in &window.owed {
            if window.mails.contains_key(code) {
                continue;
            }
            let answered = self.agencies.iter().any(|one| one.agency.code == *code && one.has_answered);
            let key = format!("REMIND#{}#{code}", of.mark());
            let lease = self.ledger.claim(&key, self.clock.now()).await.expect("the store");
            self.counts.in_doubt += usize::from(lease == Lease::InDoubt);
            assert!(answered || lease == Lease::InDoubt, "{code} was forgotten for {}: {lease:?}", of.mark());
        }
    }
}

fn terms() -> Terms {
    let day = |days: i64| OPENS.saturating_add(days.days()).to_string();
    let provinces =
        PROVINCES.map(|name| palad_domain::province::Province::by_name(name).expect("a province").code());
    let input: TermsInput = serde_json::from_value(json!({
        "title": "สำรวจข้อมูลปลัด", "letter": { "number": "ว 1", "date": "2027-01-25" },
        "dates": { "opens": day(0), "deadline": day(UNTIL_DEADLINE), "closes": day(UNTIL_CLOSING) },
        "scope": { "provinces": provinces },
    }))
    .expect("an input");
    Terms::parse(&input).expect("terms")
}

fn moment(day: Date, hour: i64) -> Timestamp {
    let midnight: Timestamp = format!("{day}T00:00:00Z").parse().expect("a time");
    midnight + hour.hours()
}

fn session(actor: Actor, now: Timestamp) -> Session {
    Session { actor, version: SessionVersion(1), signed_in_at: now, expires_at: now + 1.hour() }
}
