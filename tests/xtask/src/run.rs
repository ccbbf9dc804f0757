//! Runs the steps in order, every one of them whatever the others did, and adds them up.

use std::process::ExitCode;
use std::time::Instant;

use crate::output::line;
use crate::step::{House, Step};

/// Runs `steps`. The last line says how many checks passed and failed.
pub(crate) fn all(steps: &[Step], house: &House) -> ExitCode {
    let began = Instant::now();
    let mut summary = Vec::new();
    let (mut passed, mut failed) = (0, 0);
    for step in steps {
        line(format_args!("\n== {}", step.name));
        let started = Instant::now();
        let outcome = (step.run)(house);
        for complaint in &outcome.complaints {
            line(format_args!("   {complaint}"));
        }
        passed += outcome.passed;
        failed += outcome.failed;
        let word = if outcome.failed == 0 && outcome.passed > 0 { "ok" } else { "FAILED" };
        // A step that checked nothing has not been run.
        failed += usize::from(outcome.failed == 0 && outcome.passed == 0);
        summary.push(format!(
            "{word:7} {:24} {:>5} passed {:>3} failed {:>7.1} s",
            step.name,
            outcome.passed,
            outcome.failed,
            started.elapsed().as_secs_f64(),
        ));
        // Once more, where whoever sees only the end of a long run still finds it.
        summary.extend(outcome.complaints.iter().map(|complaint| format!("        {complaint}")));
    }
    line(format_args!("\n== summary ({:.0} s)", began.elapsed().as_secs_f64()));
    summary.iter().for_each(line);
    line(format_args!("{passed} passed, {failed} failed"));
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
