//! Medians, and how far apart they are.

use std::time::Duration;

/// The times of one case.
#[derive(Default)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    /// One more.
    pub(crate) fn add(&mut self, took: Duration) {
        self.0.push(took);
    }

    /// The time that this share of all, in hundredths, took at most.
    fn at(&self, hundredths: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let place = (sorted.len() * hundredths / 100).min(sorted.len().saturating_sub(1));
        sorted.get(place).map_or(0.0, |took| took.as_secs_f64() * 1000.0)
    }
}

/// As it stands in BENCHMARKS.md. What is compared are the cases of one question with its first.
pub(crate) fn table<'a>(
    cases: impl Iterator<Item = ((&'static str, &'static str), &'a Times)>,
    rounds: usize,
) -> String {
    let mut text = String::from(
        "| asked | what is true | p25 | median | p75 | median less that of the first |\n|---|---|---|---|---|---|\n",
    );
    let mut first: Option<(&str, f64)> = None;
    let mut widest: f64 = 0.0;
    let (mut low, mut high) = (f64::MAX, f64::MIN);
    for ((about, truth), times) in cases {
        let median = times.at(50);
        let of_first = match first {
            Some((same, of_first)) if same == about => of_first,
            _ => {
                (low, high) = (f64::MAX, f64::MIN);
                first = Some((about, median));
                median
            }
        };
        (low, high) = (low.min(median), high.max(median));
        widest = widest.max(high - low);
        text.push_str(&format!(
            "| {about} | {truth} | {:.2} | {median:.2} | {:.2} | {:+.2} |\n",
            times.at(25),
            times.at(75),
            median - of_first
        ));
    }
    text.push_str(&format!(
        "\nMilliseconds, {rounds} times each, taking turns. The widest difference between medians of one question: {widest:.2} ms.\n"
    ));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_are_compared_within_one_question() {
        let times = |milliseconds: [u64; 3]| Times(milliseconds.map(Duration::from_millis).to_vec());
        let all = [
            (("a", "x"), times([9, 10, 11])),
            (("a", "y"), times([13, 11, 12])),
            (("b", "x"), times([100, 90, 80])),
            (("b", "y"), times([89, 1, 500])),
        ];
        let table = table(all.iter().map(|(name, times)| (*name, times)), 3);
        assert!(table.contains("| a | y | 11.00 | 12.00 | 13.00 | +2.00 |"), "{table}");
        assert!(table.contains("| b | y | 1.00 | 89.00 | 500.00 | -1.00 |"), "{table}");
        assert!(table.ends_with("one question: 2.00 ms.\n"), "{table}");
    }
}
