//! A day of guessing at the whole country: 20,000 guesses at the most popular numbers, from 1,000 addresses.
//!
//! `PALAD_GUESSES=100000 cargo test -p palad-system-tests a_day_of_guessing` guesses that often.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::net::Ipv4Addr;
use std::sync::Arc;

use jiff::SignedDuration;
use palad_domain::agency::AgencyCode;
use palad_domain::guessing::{GuardKind, UNKNOWN_DEVICE_TRIES};
use palad_domain::province::Province;
use palad_system_tests::{Browser, House, amount, run_to_end};

use super::people::{Dice, number};
use super::{Guess, give_code, guess};
use crate::PROGRAM;

const AGENCIES: usize = 7_850;
/// Agencies that have an account.
const ACCOUNTS: usize = 120;
/// Of those, the ones whose owners chose the most popular number that the rules allow.
const CARELESS: usize = 20;
/// Agencies that the attacker thinks are worth more, and tries all day long.
const TARGETS: usize = 5;
/// Numbers that the attacker sprays over the country.
const POPULAR: usize = 12;
const ADDRESSES: u64 = 1_000;
const HOURS: i64 = 24;
/// Owners who sign in on their own device between the hours.
const OWNERS_AN_HOUR: usize = 5;
/// Calls under way at the same time.
const AT_ONCE: usize = 8;

/// One line of an invented list.
pub(crate) struct Invented {
    /// Six digits.
    pub(crate) code: String,
    line: String,
    pub(crate) mailbox: String,
}

/// A list of so many agencies, over all provinces.
pub(crate) fn invented(count: usize) -> Vec<Invented> {
    let provinces: Vec<Province> =
        Province::all().filter(|province| province.name() != "กรุงเทพมหานคร").collect();
    (0..count)
        .map(|at| {
            let province = provinces[at % provinces.len()];
            let code = format!("{}{:04}", province.code().as_str(), 7_000 + at / provinces.len());
            let (name, region) = (province.name(), province.region());
            let mailbox = format!("saraban@a{code}.test");
            let line = format!("{code},อบต.,หมู่บ้านที่ {at},เมือง{name},{name},{region},{mailbox}\n");
            Invented { code, line, mailbox }
        })
        .collect()
}

/// The list as the file that an operator imports.
pub(crate) fn text(list: &[Invented]) -> String {
    let lines: String = list.iter().map(|agency| agency.line.as_str()).collect();
    format!("code,kind,name,district,province,region,official_email\n{lines}")
}

/// Takes the list in, as an operator does.
pub(crate) async fn import(house: &House, list: &[Invented]) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("list.csv");
    std::fs::write(&file, text(list)).expect("a file");
    let arguments = [
        OsStr::new("--data"),
        house.data().as_os_str(),
        OsStr::new("import"),
        OsStr::new("agencies"),
        file.as_os_str(),
    ];
    let imported = run_to_end(PROGRAM, &arguments, folder.path()).await;
    assert!(imported.status.success(), "{imported:?}");
}

/// An owner with the device that the account was opened from.
struct Owner {
    browser: Browser,
    code: String,
    mailbox: String,
    number: String,
}

/// Carries all out, a few at a time.
async fn all<R: Send + 'static>(calls: Vec<impl Future<Output = R> + Send + 'static>) -> Vec<R> {
    let gate = Arc::new(tokio::sync::Semaphore::new(AT_ONCE));
    let tasks: Vec<_> = calls
        .into_iter()
        .map(|call| {
            let gate = Arc::clone(&gate);
            tokio::spawn(async move {
                let _turn = gate.acquire().await.expect("open");
                call.await
            })
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.expect("an answer"));
    }
    answers
}

/// Opens the accounts by registering, each from its own mailbox.
async fn open_accounts(house: &House, list: &[Invented], popular: &str) -> Vec<Arc<Owner>> {
    let mut dice = Dice::new(11);
    let owners: Vec<Arc<Owner>> = list
        .iter()
        .enumerate()
        .map(|(place, agency)| {
            let code: AgencyCode = agency.code.parse().expect("a code");
            let number = if place < CARELESS { popular.to_owned() } else { number(&mut dice, &code) };
            let (code, mailbox) = (agency.code.clone(), agency.mailbox.clone());
            Arc::new(Owner { browser: house.browser(), code, mailbox, number })
        })
        .collect();
    let begun = all(owners
        .iter()
        .map(|owner| {
            let owner = Arc::clone(owner);
            async move {
                owner.browser.register(&owner.code, &owner.mailbox, &owner.number).await.expect(202).json()
            }
        })
        .collect())
    .await;
    let mut codes = BTreeMap::new();
    for owner in &owners {
        if codes.contains_key(&owner.mailbox) {
            continue;
        }
        // One look at the whole mailbox finds most of them.
        let _ = house.mailbox.next(&owner.mailbox).await;
        codes.extend(house.mailbox.all().await.into_iter().map(|mail| (mail.to.clone(), mail.code())));
    }
    let proved = all(owners
        .iter()
        .zip(begun)
        .map(|(owner, begun)| {
            let (owner, code) = (Arc::clone(owner), codes[&owner.mailbox].clone());
            async move { owner.browser.prove(begun["claim"].as_str().expect("a claim"), &code).await }
        })
        .collect())
    .await;
    for proof in proved {
        let _ = proof.expect(200);
    }
    owners
}

/// The numbers that people choose most, of those that the rules allow.
fn most_popular(count: usize) -> Vec<String> {
    let mut dice = Dice::new(12);
    let agency: AgencyCode = "990001".parse().expect("a code");
    let mut asked: BTreeMap<String, u32> = BTreeMap::new();
    for _ in 0..20_000 {
        *asked.entry(number(&mut dice, &agency)).or_default() += 1;
    }
    let mut asked: Vec<(String, u32)> = asked.into_iter().collect();
    asked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    asked.into_iter().map(|(number, _)| number).take(count).collect()
}

/// Which number is tried at which agency.
struct Plan {
    dice: Dice,
    codes: Vec<String>,
    popular: Vec<String>,
    tried: BTreeMap<String, usize>,
}

impl Plan {
    /// A third goes to the targets, with numbers as people draw them; the rest are popular numbers, over the
    /// agencies that are known to have accounts first and then over the country.
    fn next(&mut self) -> (Ipv4Addr, String, String) {
        let address = self.dice.below(ADDRESSES);
        // Four neighbours to a network; and half of all comes from the attacker's own house.
        let at_home = self.dice.below(2) == 0;
        let (network, host) = if at_home { (250, address % 200) } else { (address / 4, address % 4) };
        let [_, _, high, low] = u32::try_from(network).expect("a number").to_be_bytes();
        let from = Ipv4Addr::new(10, high, low, u8::try_from(host + 1).expect("a byte"));
        if self.dice.below(3) == 0 {
            let place = CARELESS + usize::try_from(self.dice.below(TARGETS as u64)).expect("a place");
            let code: AgencyCode = self.codes[place].parse().expect("a code");
            return (from, self.codes[place].clone(), number(&mut self.dice, &code));
        }
        let rank = usize::try_from(self.dice.below(self.popular.len() as u64)).expect("a rank");
        let chosen = self.popular[rank].clone();
        let tried = self.tried.entry(chosen.clone()).or_default();
        let place = (rank * 5 + *tried) % self.codes.len();
        *tried += 1;
        (from, self.codes[place].clone(), chosen)
    }
}

/// Some of the owners sign in, each from the own device.
async fn owners_sign_in(owners: &[Arc<Owner>], hour: usize) {
    let some = owners.iter().cycle().skip(hour * 7).take(OWNERS_AN_HOUR).cloned();
    let calls =
        some.map(|owner| async move { owner.browser.sign_in(&owner.code, &owner.number).await.status });
    assert_eq!(all(calls.collect()).await, [201; OWNERS_AN_HOUR], "owners on known devices always get in");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_day_of_guessing_gains_no_session_and_hinders_no_owner() {
    let guesses = amount("PALAD_GUESSES", 20_000, 1_500);
    let house = House::start().await;
    let list = invented(AGENCIES);
    import(&house, &list).await;
    let popular = most_popular(POPULAR);
    // The early afternoon: the day touches two windows of each number.
    house.clock().set("2027-03-01T06:00:00Z".parse().expect("a time"));
    let owners = open_accounts(&house, &list[..ACCOUNTS], &popular[0]).await;
    let mails_before = house.mailbox.all().await.len();

    let codes = list.iter().map(|agency| agency.code.clone()).collect();
    let mut plan = Plan { dice: Dice::new(13), codes, popular, tried: BTreeMap::new() };
    let asking = Arc::new(house.browser());
    let mut judged: Vec<(Ipv4Addr, String, String, Guess)> = Vec::new();
    let mut refused = 0;
    let begun = house.clock().now();
    for hour in 0..HOURS {
        let calls = (0..guesses / HOURS as usize).map(|_| {
            let ((from, code, number), asking) = (plan.next(), Arc::clone(&asking));
            async move {
                let answer = guess(&asking, from, &code, &number).await;
                (from, code, number, answer)
            }
        });
        for one in all(calls.collect()).await {
            match one.3.status {
                202 => judged.push(one),
                status => {
                    assert_eq!(status, 429, "{:?}", one.3);
                    refused += 1;
                }
            }
        }
        owners_sign_in(&owners, hour as usize).await;
        house.clock().set(begun + SignedDuration::from_hours(hour + 1));
    }

    // No limit let more through than it allows, whatever came at the same time.
    let mut at_agency: BTreeMap<&str, usize> = BTreeMap::new();
    let mut with_number: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (_, code, number, _) in &judged {
        *at_agency.entry(code).or_default() += 1;
        with_number.entry(number).or_default().insert(code);
    }
    let most = 2 * usize::try_from(UNKNOWN_DEVICE_TRIES).expect("a count");
    assert!(at_agency.values().all(|count| *count <= most), "{at_agency:?}");
    let most = 2 * GuardKind::Number.room();
    assert!(with_number.values().all(|agencies| agencies.len() <= most));
    assert!(refused > guesses / 2, "{refused} refused");

    // Some numbers were right, and their owners were mailed a code each; nobody else has it.
    let is_right =
        |code: &str, number: &str| owners.iter().any(|owner| owner.code == code && owner.number == number);
    let hits = judged.iter().filter(|(_, code, number, _)| is_right(code, number)).count();
    assert!(hits > 0, "an attack that hits nothing proves nothing");
    palad_system_tests::eventually("the mails of the hits", async || {
        let mails = house.mailbox.all().await;
        let codes = mails.iter().skip(mails_before).filter(|mail| mail.subject.contains("เข้าสู่ระบบ"));
        (codes.count() >= hits).then_some(())
    })
    .await;
    // The newest challenges, of right numbers and wrong ones: five codes each, and none is the one.
    let fresh = all((0..40)
        .map(|at| {
            let (asking, owner) = (Arc::clone(&asking), Arc::clone(&owners[ACCOUNTS - 1 - at]));
            let from = Ipv4Addr::new(10, 200, u8::try_from(at).expect("a byte"), 1);
            let right = at % 2 == 0;
            let tried = if right { owner.number.clone() } else { "60418273".to_owned() };
            async move { guess(&asking, from, &owner.code, &tried).await }
        })
        .collect())
    .await;
    let mut dice = Dice::new(14);
    let tries = fresh.iter().filter(|one| one.status == 202).flat_map(|one| {
        let (cookies, challenge) = (one.cookies(), one.challenge().expect("a challenge"));
        (0..6).map(move |_| (cookies.clone(), challenge.clone()))
    });
    let tries = tries.map(|(cookies, challenge)| {
        let (asking, code) = (Arc::clone(&asking), format!("{:08}", dice.below(100_000_000)));
        async move { give_code(&asking, Ipv4Addr::new(10, 201, 0, 1), &cookies, &challenge, &code).await }
    });
    let answers = all(tries.collect()).await;
    assert!(answers.len() >= 100, "{}", answers.len());
    for answer in &answers {
        assert!(matches!(answer.status, 422 | 410), "{answer:?}");
        assert_eq!(answer.cookies(), "", "no session");
    }
    eprintln!("{} judged, {refused} refused, {hits} numbers hit, 0 sessions", judged.len());
    house.stop().await;
}
