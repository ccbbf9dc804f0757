//! The stores, the functions on a clock of the simulation's own, and what became of everything.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;

use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use jiff::{Timestamp, ToSpan};
use palad_domain::agency::AgencyCode;
use palad_domain::change::Change;
use palad_domain::email::Email;
use palad_domain::policy::CanEdit;
use palad_domain::province::{Province, ProvinceCode};
use palad_domain::record::{ClerkId, Version};
use palad_domain::round::Round;
use palad_domain::round::calendar::Calendar;
use palad_domain::round::reminder::StepOf;
use palad_domain::round::tally::{Standing, Tally};
use palad_domain::session::Actor;
use palad_domain::staff::{StaffId, StaffPlace};
use palad_environment::{Clock, Random};
use palad_local::Reached;
use palad_store::{AgencyImport, Aws, Lease, MailLedger, Records, Rounds};
use serde_json::json;
use tempfile::TempDir;

use super::agencies::{Simulated, agency, provinces};
use super::chance::{Chance, Usual};
use super::office::{CENTRAL, DUE, LAST, day, draft, session};
use super::queue::{Taken, files, read};

/// Items in one call.
const BATCH: usize = 25;

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

/// What has happened since the messages of a step began.
#[derive(Default)]
pub(super) struct Window {
    pub(super) of: Option<StepOf>,
    /// Whether a run has come to its end.
    pub(super) is_ordered: bool,
    /// Who owed when its messages were ordered, and could be written to.
    pub(super) owed: BTreeSet<AgencyCode>,
    /// Who has answered since, and may have taken it back: its message went out no more.
    answered: BTreeSet<AgencyCode>,
    /// The provinces in which somebody owed then.
    pub(super) told: BTreeSet<ProvinceCode>,
    /// Mails to each agency, and to the officer of each province.
    mails: BTreeMap<AgencyCode, usize>,
    digests: BTreeMap<ProvinceCode, usize>,
}

/// The functions, for many workers.
pub(super) struct Functions {
    pub(super) reminders: palad_reminders::App,
    pub(super) progress: palad_progress::App,
    pub(super) mail: palad_mail::App,
}

/// Whose address it is.
enum Reader {
    Agency(usize),
    Officer(ProvinceCode),
}

pub(super) struct World {
    reached: Reached,
    folder: TempDir,
    pub(super) clock: Clock,
    pub(super) chance: Chance,
    aws: Aws,
    pub(super) functions: Arc<Functions>,
    records: Arc<Records>,
    pub(super) rounds: Rounds,
    ledger: MailLedger,
    pub(super) round: Round,
    pub(super) provinces: Vec<Province>,
    officers: BTreeMap<ProvinceCode, StaffId>,
    pub(super) agencies: Vec<Simulated>,
    /// Addresses that the store knows to be dead.
    pub(super) dead: BTreeSet<Email>,
    readers: BTreeMap<String, Reader>,
    pub(super) window: Window,
    /// Who may have missed the message of the step before.
    doubted: BTreeSet<AgencyCode>,
    /// Messages that come on another day than the others.
    pub(super) late: Vec<Taken>,
    pub(super) counts: Counts,
    pub(super) usual: UsualTimes,
    mails_read: usize,
    day: usize,
}

/// How often each kind of work is woken.
#[derive(Default)]
pub(super) struct UsualTimes {
    pub(super) plan: Usual,
    pub(super) recount: Usual,
    pub(super) batch: Usual,
    pub(super) returned: Usual,
    pub(super) stream: Usual,
}

/// A save under way: it gives the agency's number, and the record's version after it.
pub(super) type Saving = Pin<Box<dyn Future<Output = (usize, u64)> + Send>>;

/// An item of the accounts' table.
type Account = Vec<(&'static str, AttributeValue)>;

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
        let random = Random::default;
        let functions = Functions {
            reminders: palad_reminders::App::from_environment(&variables, clock.clone(), random())
                .expect("variables"),
            progress: palad_progress::App::from_environment(&variables, clock.clone(), random())
                .expect("variables"),
            mail: palad_mail::App::from_environment(&variables, clock.clone(), random()).expect("variables"),
        };
        let mut world = Self {
            functions: Arc::new(functions),
            records: Arc::new(Records::from_environment(&aws, &variables).expect("variables")),
            rounds: Rounds::from_environment(&aws, &variables).expect("variables"),
            ledger: MailLedger::from_environment(&aws, &variables).expect("variables"),
            round: draft(&provinces, clock.now()),
            reached,
            folder,
            clock,
            chance,
            aws,
            provinces,
            officers: BTreeMap::new(),
            agencies,
            dead: BTreeSet::new(),
            readers,
            window: Window::default(),
            doubted: BTreeSet::new(),
            late: Vec::new(),
            counts: Counts::default(),
            usual: UsualTimes::default(),
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

    /// Those who register on this day, or have before it was looked at.
    pub(super) async fn register_who_registers(&mut self, day: usize) {
        let mut accounts = Vec::new();
        for one in self.agencies.iter_mut().filter(|one| one.registers == Some(day) && !one.has_account) {
            accounts.push(account(&format!("ACCOUNT#{}", one.agency.code), one.email.as_str()));
            one.has_account = true;
        }
        self.put_accounts(accounts).await;
    }

    /// One officer of the centre, and one of each province.
    async fn appoint_officers(&mut self) {
        let mut accounts = vec![account(&format!("STAFF#{CENTRAL}"), "central@simulated.test")];
        for province in self.provinces.iter().map(|province| province.code()) {
            let id = StaffId::parse(&Random::default().id()).expect("a key");
            let (pk, email) =
                (format!("STAFF#{}", id.as_str()), format!("province{province}@simulated.test"));
            let place = serde_json::to_string(&StaffPlace::Province { province }).expect("JSON");
            let mut officer = account(&pk, &email);
            officer.push(("place", text(&place)));
            accounts.push(officer);
            accounts.push(vec![("pk", text(&format!("STAFF-LIST#{province}"))), ("sk", text(&pk))]);
            self.readers.insert(email, Reader::Officer(province));
            self.officers.insert(province, id);
        }
        self.put_accounts(accounts).await;
    }

    async fn put_accounts(&self, accounts: Vec<Account>) {
        for batch in accounts.chunks(BATCH) {
            let put = |item: &Account| {
                let item = item.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
                let put = PutRequest::builder().set_item(Some(item)).build().expect("an item");
                WriteRequest::builder().put_request(put).build()
            };
            let requests = batch.iter().map(put).collect();
            let call = self.aws.dynamodb().batch_write_item();
            call.request_items("palad-local-accounts", requests).send().await.expect("accounts");
        }
    }

    /// The agency saves its record.
    pub(super) fn answer(&mut self, number: usize) -> Saving {
        let simulated = &mut self.agencies[number];
        let person = json!({
            "prefix": "นาย", "first_name": "สมชาย", "last_name": "ใจดี", "position": "ปลัด อบต.", "level": "กลาง",
            "affiliation": "สำนักปลัด", "phone": "0-5453-4119",
        });
        let post = match simulated.is_vacant {
            true => json!({ "state": "vacant" }),
            false => json!({ "state": "held", "person": person }),
        };
        let id = Random::default().id();
        simulated.record = Some(id.clone());
        simulated.answered_at = Some(self.clock.now());
        self.counts.answered += 1;
        self.window.answered.insert(simulated.agency.code.clone());
        let post = serde_json::from_value(post).expect("a post");
        self.save(number, Change::Create { id: ClerkId::of_random(id), post })
    }

    /// The agency deletes it again.
    pub(super) fn take_back(&mut self, number: usize) -> Saving {
        let simulated = &mut self.agencies[number];
        let id = simulated.record.take().expect("a record");
        simulated.answered_at = None;
        self.counts.taken_back += 1;
        let expected = Version(simulated.version);
        self.save(number, Change::Delete { id: ClerkId::of_random(id), expected })
    }

    fn save(&self, number: usize, change: Change) -> Saving {
        let (now, agency) = (self.clock.now(), self.agencies[number].agency.clone());
        let records = Arc::clone(&self.records);
        Box::pin(async move {
            let actor = Actor::Agency { agency: agency.code.clone() };
            let leave = CanEdit::ask(&session(actor, now), &agency, now).expect("its own");
            let saved = records.change(&leave, &agency, change, None, "simulated", now).await;
            (number, saved.expect("saved").ledger.version.0)
        })
    }

    /// Those who have answered while mail was on its way count as having answered from `at` on.
    pub(super) fn settle(&mut self, numbers: &[usize], at: Timestamp) {
        for number in numbers {
            let answered_at = &mut self.agencies[*number].answered_at;
            *answered_at = answered_at.map(|_| at);
        }
    }

    /// Whether mail could reach an agency, by its own book: none where it has no address.
    fn reach(&self, simulated: &Simulated) -> Option<bool> {
        let account = simulated.has_account.then_some(&simulated.email);
        let mut addresses = account.into_iter().chain(&simulated.agency.official_email).peekable();
        addresses.peek()?;
        Some(addresses.any(|address| !self.dead.contains(address)))
    }

    /// Where an agency stands by its own book.
    fn standing(&self, simulated: &Simulated) -> Standing {
        match (simulated.answered_at, self.reach(simulated), simulated.has_account) {
            (Some(_), ..) if simulated.is_vacant => Standing::Vacant,
            (Some(_), ..) => Standing::Updated,
            (None, Some(false), _) => Standing::Unreachable,
            (None, _, true) => Standing::Silent,
            (None, _, false) => Standing::NotRegistered,
        }
    }

    /// What the totals are to be, by the agencies' own books.
    pub(super) fn expected(&self) -> BTreeMap<ProvinceCode, Tally> {
        let due = usize::try_from(DUE).expect("a day");
        let mut expected: BTreeMap<ProvinceCode, Tally> = BTreeMap::new();
        for one in &self.agencies {
            let is_late = one.answered_at.is_some() && one.answers.is_some_and(|day| day > due);
            *expected.entry(one.agency.province.code()).or_default() +=
                Tally::one(self.standing(one), is_late);
        }
        expected
    }

    /// The step whose messages stand now.
    pub(super) fn step(&self) -> Option<StepOf> {
        self.round.step_at(&Calendar::default(), self.clock.now())
    }

    /// Who owes and can be written to.
    pub(super) fn owing(&self) -> BTreeSet<AgencyCode> {
        let owes = |one: &&Simulated| one.answered_at.is_none() && self.reach(one) == Some(true);
        self.agencies.iter().filter(owes).map(|one| one.agency.code.clone()).collect()
    }

    /// The provinces in which somebody owes.
    pub(super) fn provinces_that_owe(&self) -> BTreeSet<ProvinceCode> {
        let owing = self.agencies.iter().filter(|one| one.answered_at.is_none());
        owing.map(|one| one.agency.province.code()).collect()
    }

    /// Reads the mails that were sent since the last time. Nobody has one who had answered before it was claimed: the
    /// clock goes on between two waves of workers, and whoever answers during one has a race with its mail.
    pub(super) fn read_mails(&mut self) {
        let folder = self.data().join("mail");
        let names = files(&folder);
        let new = &names[self.mails_read.min(names.len())..];
        for name in new {
            let mail = read(&folder.join(name));
            let text = |name: &str| mail[name].as_str().expect("text");
            let at: Timestamp = text("at").parse().expect("a time");
            match &self.readers[text("to")] {
                Reader::Officer(province) => {
                    *self.window.digests.entry(*province).or_default() += 1;
                    self.counts.digests += 1;
                }
                Reader::Agency(number) => {
                    let one = &self.agencies[*number];
                    let code = one.agency.code.clone();
                    let owed = one.answered_at.is_none_or(|answered_at| at <= answered_at);
                    assert!(owed, "{code} was written to at {at}, after it had answered");
                    *self.window.mails.entry(code).or_default() += 1;
                    self.counts.sent += 1;
                }
            }
        }
        self.mails_read += new.len();
    }

    /// Looks back at a step when the next one comes: each that owed all the time had its one message.
    pub(super) async fn close_window(&mut self) {
        let window = std::mem::take(&mut self.window);
        let Some(of) = window.of else { return };
        let mark = of.mark();
        for (code, mails) in &window.mails {
            assert!(*mails <= 1, "{code} was written to {mails} times for {mark}");
        }
        for (province, digests) in &window.digests {
            assert!(*digests <= 1, "{province} had {digests} lists for {mark}");
        }
        assert!(window.is_ordered, "nothing was ordered for {mark}");
        let mut doubted = BTreeSet::new();
        for code in window.owed.iter().filter(|code| !window.mails.contains_key(*code)) {
            let lease = self.lease(&format!("REMIND#{mark}#{code}")).await;
            assert!(
                window.answered.contains(code) || lease == Lease::InDoubt,
                "{code} was forgotten for {mark}: {lease:?}"
            );
            if lease == Lease::InDoubt {
                doubted.insert(code.clone());
            }
        }
        self.counts.in_doubt += doubted.len();
        // Whoever may have missed the message before, and still owed, has this one.
        self.counts.reached_later +=
            self.doubted.iter().filter(|code| window.mails.contains_key(*code)).count();
        self.doubted = doubted;
        if of.step.tells_provinces() {
            for province in window.told.iter().filter(|province| !window.digests.contains_key(*province)) {
                let officer = self.officers[province].as_str();
                let lease = self.lease(&format!("DIGEST#{mark}#{province}#{officer}")).await;
                assert_eq!(lease, Lease::InDoubt, "the office of {province} was forgotten for {mark}");
            }
        }
    }

    async fn lease(&self, order: &str) -> Lease {
        self.ledger.claim(order, self.clock.now()).await.expect("the store")
    }
}

fn account(pk: &str, email: &str) -> Account {
    vec![
        ("pk", text(pk)),
        ("sk", text("ACCOUNT")),
        ("email", text(email)),
        ("password_hash", text("none")),
        ("session_version", AttributeValue::N("1".into())),
        ("opened_at", text("2027-01-01T00:00:00Z")),
    ]
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn moment(number: i64, hour: i64) -> Timestamp {
    let midnight: Timestamp = format!("{}T00:00:00Z", day(number)).parse().expect("a time");
    midnight + hour.hours()
}
