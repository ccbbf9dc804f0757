//! All of Rust's own tests: of units, of the store against its model, of the whole system.

use crate::process::{cargo, followed};
use crate::step::{House, Outcome};

/// Runs them all, and counts what libtest says.
pub(crate) fn run(house: &House) -> Outcome {
    // One failure must not hide another.
    let mut command = cargo(house, &["test", "--workspace", "--locked", "--no-fail-fast"]);
    if house.fast {
        command.env("PALAD_FAST", "1");
    }
    let mut count = Count::default();
    let succeeded = followed(command, |line| count.read(line));
    count.outcome(succeeded)
}

/// What libtest said so far.
#[derive(Default)]
struct Count {
    passed: usize,
    failed: usize,
    left_out: usize,
    /// Which failed, and where.
    complaints: Vec<String>,
}

impl Count {
    /// Reads one line of libtest, or of what a failed test said.
    fn read(&mut self, line: &str) {
        let is_failed = line.starts_with("test ") && line.ends_with(" ... FAILED");
        if is_failed || (line.starts_with("thread '") && line.contains("' panicked at ")) {
            self.complaints.push(line.to_owned());
        }
        self.count(line);
    }

    /// Reads `test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; ...`.
    fn count(&mut self, line: &str) {
        let Some((_, counts)) = line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". "))
        else {
            return;
        };
        for count in counts.split(';') {
            let mut words = count.split_whitespace();
            let (Some(number), Some(word)) =
                (words.next().and_then(|word| word.parse::<usize>().ok()), words.next())
            else {
                continue;
            };
            let place: &mut usize = match word {
                "passed" => &mut self.passed,
                "failed" => &mut self.failed,
                "ignored" | "filtered" => &mut self.left_out,
                _ => continue,
            };
            *place += number;
        }
    }

    /// A test that was left out has failed, and so has a run that broke off without saying which test
    /// it was.
    fn outcome(&self, succeeded: Result<bool, String>) -> Outcome {
        // A thread may panic in a test that holds: then nothing is to be said.
        let mut complaints = if self.failed > 0 { self.complaints.clone() } else { Vec::new() };
        let mut failed = self.failed + self.left_out;
        if self.left_out > 0 {
            complaints.push(format!("{} tests were left out; none may be", self.left_out));
        }
        match succeeded {
            Err(message) => complaints.push(message),
            Ok(false) if failed == 0 => complaints.push("cargo test broke off: see above".to_owned()),
            Ok(_) if self.passed == 0 => complaints.push("there were no tests".to_owned()),
            Ok(_) => {}
        }
        if failed == 0 && !complaints.is_empty() {
            failed = 1;
        }
        Outcome { passed: self.passed, failed, complaints }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OK: &str =
        "test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s";
    const BAD: &str =
        "test result: FAILED. 3 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s";

    fn outcome(lines: &[&str], succeeded: Result<bool, String>) -> (usize, usize) {
        let mut count = Count::default();
        lines.iter().for_each(|line| count.read(line));
        let outcome = count.outcome(succeeded);
        assert_eq!(outcome.failed > 0, !outcome.complaints.is_empty() || count.failed > 0);
        (outcome.passed, outcome.failed)
    }

    #[test]
    fn every_test_counts_and_those_left_out_have_failed() {
        assert_eq!(outcome(&["running 5 tests", OK, OK], Ok(true)), (10, 0));
        assert_eq!(outcome(&[OK, BAD], Ok(false)), (8, 3));
    }

    #[test]
    fn what_failed_is_said_again_at_the_end() {
        let mut count = Count::default();
        for line in
            ["test a::b ... ok", "test a::c ... FAILED", "thread 'a::c' panicked at src/a.rs:1:1:", BAD]
        {
            count.read(line);
        }
        assert_eq!(count.outcome(Ok(false)).complaints.len(), 3);
        assert!(count.outcome(Ok(false)).complaints[0].contains("a::c"));
    }

    #[test]
    fn a_run_that_broke_off_or_did_nothing_has_failed() {
        assert_eq!(outcome(&[OK], Ok(false)), (5, 1));
        assert_eq!(outcome(&[], Ok(true)), (0, 1));
        assert_eq!(outcome(&[OK], Err("no cargo".to_owned())), (5, 1));
    }
}
