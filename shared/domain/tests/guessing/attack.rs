//! The attacker, and the limits as the store and the sign-in apply them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::{IpAddr, Ipv4Addr};

use jiff::{SignedDuration, Timestamp};
use palad_domain::agency::AgencyCode;
use palad_domain::claim::CODE_TRIES;
use palad_domain::guessing::{
    Allowance, DAY, DeviceTries, Guard, GuardKind, Network, UNKNOWN_DEVICE_TRIES, Window,
};

use crate::people::{Dice, number};

const AGENCIES: usize = 7_850;
/// How many people the attacker has asked beforehand, to learn how popular each number is.
const ASKED: u32 = 300_000;
/// More tries than the allowances of a day let through: 40 at each agency in the first 24 hours.
const TRIES: usize = AGENCIES * 42;
const CODES: u64 = 100_000_000;

/// How the attacker goes about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strategy {
    /// The most popular numbers that the rules allow, each over as many agencies as will take it, from a
    /// thousand networks: the best there is.
    Popular,
    /// Numbers drawn as people draw them, at agencies drawn at random, so that no pattern shows.
    Random,
    /// The most popular numbers, but never more than half of what any limit allows.
    Slow,
    /// Agency after agency, until its allowance is used up, with the most popular numbers that are left.
    OneByOne,
    /// As the first, with twenty networks.
    FewNetworks,
}

/// What a day of it came to.
#[derive(Default)]
pub(crate) struct Outcome {
    /// Tries that were judged.
    pub(crate) judged: u32,
    /// Tries that a limit refused.
    pub(crate) refused: u32,
    /// Tries that were right: the owner gets a code.
    pub(crate) hits: u32,
    /// How many of those were to be expected, from how popular the judged numbers are.
    pub(crate) expected: f64,
    /// Codes that the attacker guessed at.
    pub(crate) codes: u32,
    /// Sessions that were gained.
    pub(crate) sessions: u32,
    /// Sign-ins of owners on their own devices that were refused.
    pub(crate) owners_refused: u32,
}

/// The accounts, and what the attacker knows.
pub(crate) struct Attack {
    agencies: Vec<AgencyCode>,
    /// The number of each account.
    numbers: Vec<String>,
    /// Numbers by how popular they are, and their shares.
    popular: Vec<(String, f64)>,
}

/// The limits, with what they have counted.
struct Limits {
    are_numbers_guarded: bool,
    allowances: Vec<Option<Allowance>>,
    guards: HashMap<(GuardKind, String, Window), BTreeSet<AgencyCode>>,
}

impl Limits {
    /// Charges one try, in the order of the sign-in; answers whether it is judged.
    fn charge(
        &mut self,
        at: Timestamp,
        network: Network,
        agency: (usize, &AgencyCode),
        number: &str,
    ) -> bool {
        let (place, code) = agency;
        if !self.guard(GuardKind::Network, network.to_text(), code, at) {
            return false;
        }
        let seen = self.allowances[place].unwrap_or_else(|| Allowance::full(at));
        let Ok(charged) = seen.charge(at, UNKNOWN_DEVICE_TRIES, DAY) else { return false };
        self.allowances[place] = Some(charged);
        !self.are_numbers_guarded || self.guard(GuardKind::Number, number.to_owned(), code, at)
    }

    fn guard(&mut self, kind: GuardKind, mark: String, agency: &AgencyCode, at: Timestamp) -> bool {
        let guard = Guard { kind, mark: mark.clone(), window: Window::of(kind, at) };
        let counted = self.guards.entry((kind, mark, guard.window)).or_default();
        let admits = guard.admits(counted, agency);
        if admits {
            counted.insert(agency.clone());
        }
        admits
    }
}

impl Attack {
    /// People choose; the attacker asks other people.
    pub(crate) fn new() -> Self {
        let agencies: Vec<AgencyCode> =
            (0..AGENCIES).map(|at| format!("{:06}", 100_000 + at * 97).parse().expect("a code")).collect();
        let mut dice = Dice::new(1);
        let numbers = agencies.iter().map(|agency| number(&mut dice, agency)).collect();
        let mut dice = Dice::new(2);
        let mut asked: HashMap<String, u32> = HashMap::new();
        for one in 0..ASKED {
            let agency = &agencies[one as usize % AGENCIES];
            *asked.entry(number(&mut dice, agency)).or_default() += 1;
        }
        let mut popular: Vec<(String, f64)> =
            asked.into_iter().map(|(number, count)| (number, f64::from(count) / f64::from(ASKED))).collect();
        popular.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Self { agencies, numbers, popular }
    }

    /// One day of it.
    pub(crate) fn run(&self, strategy: Strategy, are_numbers_guarded: bool) -> Outcome {
        // The early afternoon, so that the day touches two windows of every number.
        let begins: Timestamp = "2026-11-23T06:00:00Z".parse().expect("a time");
        let mut limits =
            Limits { are_numbers_guarded, allowances: vec![None; AGENCIES], guards: HashMap::new() };
        let networks = if strategy == Strategy::FewNetworks { 20 } else { 1_000 };
        let mut plan = Plan { strategy, dice: Dice::new(3), attack: self, networks, are_numbers_guarded };
        let mut luck = Dice::new(4);
        let mut outcome = Outcome::default();
        let mut devices = vec![DeviceTries::default(); AGENCIES];
        let shares: BTreeMap<&str, f64> =
            self.popular.iter().map(|(number, share)| (number.as_str(), *share)).collect();
        let mut hit: Vec<usize> = Vec::new();
        for step in 0..TRIES {
            let part = DAY.as_millis() * step as i128 / TRIES as i128;
            let at = begins + SignedDuration::from_millis(i64::try_from(part).expect("a time"));
            let Some((place, number)) = plan.next(step) else { continue };
            let network = plan.network(step);
            let agency = (place, &self.agencies[place]);
            if limits.charge(at, network, agency, &number) {
                outcome.judged += 1;
                outcome.expected += shares.get(number.as_str()).copied().unwrap_or_default();
                if self.numbers[place] == number {
                    outcome.hits += 1;
                    hit.push(place);
                }
            } else {
                outcome.refused += 1;
            }
            // An owner signs in on a known device meanwhile, with one slip of the finger.
            let owner = usize::try_from(luck.below(AGENCIES as u64)).expect("a place");
            let tries = [devices[owner].charge(at), devices[owner].charge(at)];
            outcome.owners_refused += u32::from(tries.iter().any(Result::is_err));
            devices[owner] = DeviceTries::default();
        }
        // The attacker sees no difference between a hit and a miss. As if they did: everything that is left of
        // the day's 40 tries at that agency goes into challenges, and five guesses at the code of each.
        for _ in &hit {
            for _ in 0..2 * UNKNOWN_DEVICE_TRIES {
                let code = luck.below(CODES);
                for _ in 0..CODE_TRIES {
                    outcome.codes += 1;
                    outcome.sessions += u32::from(luck.below(CODES) == code);
                }
            }
        }
        outcome
    }
}

/// Which number is tried where, and from where.
struct Plan<'a> {
    strategy: Strategy,
    dice: Dice,
    attack: &'a Attack,
    networks: usize,
    are_numbers_guarded: bool,
}

impl Plan<'_> {
    fn next(&mut self, step: usize) -> Option<(usize, String)> {
        let popular = &self.attack.popular;
        let limit = GuardKind::Number.room();
        // Each day's window takes the most popular numbers again, at other agencies.
        let half = if step < TRIES / 2 { step } else { step - TRIES / 2 };
        let place = step % AGENCIES;
        let of_rank = |rank: usize| popular.get(rank).map(|(number, _)| number.clone());
        Some(match self.strategy {
            Strategy::Popular | Strategy::FewNetworks if !self.are_numbers_guarded => {
                (place, of_rank(step / AGENCIES)?)
            }
            Strategy::Popular | Strategy::FewNetworks => (place, of_rank(half / limit)?),
            Strategy::Slow if step.is_multiple_of(2) => (place, of_rank(half / limit)?),
            Strategy::Slow => return None,
            Strategy::OneByOne => {
                let place = step / 42;
                (place, of_rank(half / limit)?)
            }
            Strategy::Random => {
                let place = usize::try_from(self.dice.below(AGENCIES as u64)).ok()?;
                (place, number(&mut self.dice, &self.attack.agencies[place]))
            }
        })
    }

    /// Neighbouring tries come from neighbouring networks, and each network keeps to agencies of its own for as long
    /// as it can.
    fn network(&self, step: usize) -> Network {
        let place = u32::try_from(step % AGENCIES % self.networks).unwrap_or_default();
        Network::of(IpAddr::V4(Ipv4Addr::from_bits(0x0a00_0000 | place << 8 | 7)))
    }
}
