//! Numbers as people choose them, until the rules allow one. Invented, but with the habits that leaked lists of
//! numeric passwords show: dates first, then telephones, then patterns of the keypad, and few truly random ones.

use palad_domain::agency::AgencyCode;
use palad_domain::password::Password;

/// A small generator of its own (SplitMix64), so that every run sees the same people.
pub(crate) struct Dice(u64);

impl Dice {
    /// A generator that begins at `seed`.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }

    fn digits(&mut self, count: u32) -> String {
        format!("{:0width$}", self.below(10_u64.pow(count)), width = count as usize)
    }

    /// One of these, the first ones far more often (as 1, 1/2, 1/3 ...).
    fn favourite<'a>(&mut self, of: &[&'a str]) -> &'a str {
        let total: f64 = (1..=of.len()).map(|rank| 1.0 / rank as f64).sum();
        let mut left = self.below(1_000_000) as f64 / 1_000_000.0 * total;
        for (rank, one) in of.iter().enumerate() {
            left -= 1.0 / (rank + 1) as f64;
            if left <= 0.0 {
                return one;
            }
        }
        of[of.len() - 1]
    }
}

/// What people fall back on: most of these the rules refuse, and the rest are the popular numbers that they allow.
pub(crate) const PATTERNS: [&str; 40] = [
    "123456",
    "11223344",
    "112233",
    "12345678",
    "25692569",
    "12344321",
    "1234567890",
    "147258369",
    "25802580",
    "258025",
    "1234512345",
    "123123",
    "159753",
    "19191919",
    "778899",
    "14789632",
    "147896",
    "998877",
    "1122334455",
    "102030",
    "10203040",
    "12301230",
    "246810",
    "1357924680",
    "2569256925",
    "99998888",
    "11112222",
    "55556666",
    "25700000",
    "00112233",
    "12121212",
    "12341234",
    "5555599999",
    "9999999999",
    "2580258025",
    "7531598246",
    "999000",
    "111222333",
    "1212312121",
    "020202",
];

/// What people add when a number is refused.
const TAILS: [&str; 12] = ["1", "9", "0", "99", "11", "69", "88", "00", "55", "123", "7", "789"];

/// A number that somebody at this agency chooses and that the rules allow.
pub(crate) fn number(dice: &mut Dice, agency: &AgencyCode) -> String {
    let mut number = wish(dice, agency);
    while Password::choose(&number, agency).is_err() {
        // Refused: most put something behind it, the others begin anew.
        if dice.below(100) < 70 && number.len() < 12 {
            number.push_str(dice.favourite(&TAILS));
        } else {
            number = wish(dice, agency);
        }
    }
    number
}

fn wish(dice: &mut Dice, agency: &AgencyCode) -> String {
    match dice.below(100) {
        0..34 => date(dice),
        34..46 => format!("0{}{}", dice.favourite(&["8", "9", "6"]), dice.digits(8)),
        46..56 => dice.digits(6),
        56..62 => dice.digits(7),
        62..76 => dice.favourite(&PATTERNS).to_owned(),
        76..80 => format!("{}{}", agency.as_str(), dice.favourite(&TAILS)),
        // Somebody's age or a lucky pair, twice or three times with a digit between.
        80..85 => {
            let (pair, digit) = (dice.digits(2), dice.digits(1));
            format!("{pair}{pair}{digit}{pair}")
        }
        // The number that the page offers.
        _ => dice.digits(8),
    }
}

/// A birthday or the day of an appointment, as ddmmyyyy or ddmmyy of the Buddhist era.
fn date(dice: &mut Dice) -> String {
    let (day, month) = (dice.below(28) + 1, dice.below(12) + 1);
    let year = if dice.below(4) == 0 { 2555 + dice.below(15) } else { 2505 + dice.below(45) };
    if dice.below(3) == 0 {
        format!("{day:02}{month:02}{:02}", year % 100)
    } else {
        format!("{day:02}{month:02}{year}")
    }
}
