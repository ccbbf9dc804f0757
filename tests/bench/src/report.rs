//! The tables, as they stand in BENCHMARKS.md.

use std::time::Duration;

use crate::measure::{Run, Warm};

/// What was measured of one program.
pub(crate) struct Measured {
    /// How the tables call it.
    pub(crate) name: String,
    /// The starts, by share.
    pub(crate) runs: Vec<(u64, Vec<Run>)>,
    /// The requests after the first, if any.
    pub(crate) warm: Warm,
    /// The program's size and its zip's, in bytes.
    pub(crate) sizes: Option<(u64, u64)>,
}

impl Measured {
    /// The median time from start to ready, over all starts.
    pub(crate) fn ready(&self) -> Duration {
        median(self.runs.iter().flat_map(|(_, runs)| runs).map(|run| run.ready).collect())
    }

    /// The median time of the first request at a share.
    fn first(&self, megabytes: u64) -> Duration {
        let runs = self.runs.iter().find(|(share, _)| *share == megabytes).map(|(_, runs)| runs);
        median(runs.into_iter().flatten().map(|run| run.first).collect())
    }

    fn start_to_answer(&self, megabytes: u64) -> Duration {
        let runs = self.runs.iter().find(|(share, _)| *share == megabytes).map(|(_, runs)| runs);
        median(runs.into_iter().flatten().map(|run| run.ready + run.first).collect())
    }

    fn resident(&self) -> u64 {
        let starts = self.runs.iter().flat_map(|(_, runs)| runs).map(|run| run.resident).max();
        starts.unwrap_or(0).max(self.warm.resident)
    }
}

/// The middle of all; the later one of two.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn percentile(times: &[Duration], hundredths: usize) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    times
        .get((times.len() * hundredths / 100).min(times.len().saturating_sub(1)))
        .copied()
        .unwrap_or_default()
}

fn ms(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1e3;
    if ms < 10.0 {
        format!("{ms:.2}")
    } else if ms < 100.0 {
        format!("{ms:.1}")
    } else {
        format!("{ms:.0}")
    }
}

fn mb(bytes: u64) -> String {
    format!("{:.1}", f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1e6)
}

/// The same read and write by each program; the first is ours, and the others' ratios are to it.
pub(crate) fn peers(all: &[Measured], shares: &[u64]) -> String {
    let head: String = shares.iter().map(|share| format!(" {share} MB |")).collect();
    let mut table = format!(
        "| the same work | ready |{head} warm p50 / p99 | CPU a request | resident MB | size / zip MB |\n|---|---|"
    );
    table.push_str(&"---|".repeat(shares.len() + 4));
    table.push('\n');
    for measured in all {
        table.push_str(&format!("| {} | {} |", measured.name, ms(measured.ready())));
        for share in shares {
            let (first, whole) = (ms(measured.first(*share)), ms(measured.start_to_answer(*share)));
            let ratio = all.first().filter(|ours| ours.name != measured.name).map(|ours| {
                let times = measured.start_to_answer(*share).as_secs_f64()
                    / ours.start_to_answer(*share).as_secs_f64();
                format!(" (×{times:.0})")
            });
            table.push_str(&format!(" {first} / {whole}{} |", ratio.unwrap_or_default()));
        }
        table.push_str(&rest(measured));
    }
    table
}

/// Each function by itself.
pub(crate) fn functions(all: &[Measured], share: u64) -> String {
    let mut table = format!(
        "| function | ready | first at {share} MB | start to first answer | warm p50 / p99 | CPU a request | resident MB | size / zip MB |\n\
         |---|---|---|---|---|---|---|---|\n"
    );
    for measured in all {
        let is_called = !measured.warm.times.is_empty();
        let or_none = |text: String| if is_called { text } else { "–".to_owned() };
        table.push_str(&format!(
            "| {} | {} | {} | {} |{}",
            measured.name,
            ms(measured.ready()),
            or_none(ms(measured.first(share))),
            or_none(ms(measured.start_to_answer(share))),
            rest(measured),
        ));
    }
    table
}

fn rest(measured: &Measured) -> String {
    let Warm { times, cpu, .. } = &measured.warm;
    let warm = match times.is_empty() {
        true => "– | –".to_owned(),
        false => format!("{} / {} | {}", ms(percentile(times, 50)), ms(percentile(times, 99)), ms(*cpu)),
    };
    let sizes = match measured.sizes {
        None => "–".to_owned(),
        Some((size, 0)) => format!("{} / –", mb(size)),
        Some((size, zip)) => format!("{} / {}", mb(size), mb(zip)),
    };
    format!(" {warm} | {} | {sizes} |\n", mb(measured.resident()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn middles_and_tails() {
        let times: Vec<Duration> = (1..=100).rev().map(Duration::from_millis).collect();
        assert_eq!(median(times.clone()), Duration::from_millis(51));
        assert_eq!(percentile(&times, 99), Duration::from_millis(100));
        assert_eq!(percentile(&[], 50), Duration::ZERO);
        assert_eq!(ms(Duration::from_micros(1234)), "1.23");
    }
}
