//! The agencies of the simulation, and what each will do.

use jiff::Timestamp;
use palad_domain::agency::{Agency, AgencyKind};
use palad_domain::email::Email;
use palad_domain::province::Province;

use super::chance::Chance;

/// Agencies of a province, on average, where there are enough of them.
const IN_A_PROVINCE: usize = 100;
/// The fewest provinces.
const PROVINCES: usize = 4;

/// One agency: what it is, what it will do, and how it stands by its own book.
pub(super) struct Simulated {
    pub(super) agency: Agency,
    /// The address of its account, from the day on which it has one.
    pub(super) email: Email,
    pub(super) registers: Option<usize>,
    pub(super) answers: Option<usize>,
    /// What it answers: that its post is vacant, or who holds it.
    pub(super) is_vacant: bool,
    /// The day on which it deletes its record again.
    pub(super) takes_back: Option<usize>,
    pub(super) has_account: bool,
    /// Since when it has an answer.
    pub(super) answered_at: Option<Timestamp>,
    pub(super) record: Option<String>,
    pub(super) version: u64,
}

/// The provinces of a simulation of so many agencies.
pub(super) fn provinces(agencies: usize) -> Vec<Province> {
    let all: Vec<Province> = Province::all().collect();
    let count = (agencies / IN_A_PROVINCE).clamp(PROVINCES, all.len());
    all.into_iter().take(count).collect()
}

/// Agency number `number`, with its fate for the days of the round.
pub(super) fn agency(number: usize, provinces: &[Province], days: usize, chance: &mut Chance) -> Simulated {
    let province = provinces[number % provinces.len()];
    let address = |kind: &str, dead: bool| -> Email {
        let name = if dead { format!("bounce-{kind}{number}") } else { format!("{kind}{number}") };
        format!("{name}@simulated.test").parse().expect("an address")
    };
    // One in twelve has a dead address; one in six none on the official list.
    let (is_dead, is_listed) = (chance.percent(8), !chance.percent(16));
    let registers = match chance.below(10) {
        0..=6 => Some(0),
        7..=8 => Some(chance.below(days / 2)),
        _ => None,
    };
    let answers = registers.filter(|_| !chance.percent(20)).map(|from| from + chance.below(days - from));
    let takes_back = answers.filter(|_| chance.percent(5)).map(|day| day + 1 + chance.below(10));
    Simulated {
        agency: Agency {
            code: format!("{}{:04}", province.code(), number).parse().expect("a code"),
            kind: AgencyKind::Subdistrict,
            name: "จำลอง".to_owned(),
            district: "เมือง".to_owned(),
            province,
            official_email: is_listed.then(|| address("o", is_dead && chance.percent(50))),
            official_phone: None,
        },
        email: address("a", is_dead),
        registers,
        answers,
        is_vacant: chance.percent(15),
        takes_back,
        has_account: false,
        answered_at: None,
        record: None,
        version: 0,
    }
}
