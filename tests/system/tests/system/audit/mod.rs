//! Who changed what, and when: in plain words for those whom it concerns, and in a chain that shows when somebody
//! tampered with it.

mod guesses;
mod intruder;
mod reading;
mod staff;
mod tampering;

use std::process::Output;

use palad_system_tests::{Browser, House, run_to_end};
use serde_json::Value;

use crate::PROGRAM;

/// Every line of an agency's audit, the latest first, page by page to its end.
async fn lines(browser: &Browser, code: &str) -> Vec<Value> {
    let mut lines = Vec::new();
    let mut path = format!("/api/agencies/{code}/audit");
    loop {
        let page = browser.get(&path).await.expect(200).json();
        lines.extend(page["items"].as_array().cloned().unwrap_or_default());
        match page["next"].as_str() {
            Some(cursor) => path = format!("/api/agencies/{code}/audit?cursor={cursor}"),
            None => return lines,
        }
    }
}

fn words(lines: &[Value]) -> Vec<&str> {
    lines.iter().map(|line| line["what"]["en"].as_str().unwrap_or_default()).collect()
}

fn assert_numbered(lines: &[Value]) {
    let numbers: Vec<u64> = lines.iter().map(|line| line["number"].as_u64().unwrap_or_default()).collect();
    let count = u64::try_from(lines.len()).expect("a count");
    assert_eq!(numbers, (1..=count).rev().collect::<Vec<_>>());
}

/// Asks the operator's verifier, while the system is running.
pub(crate) async fn verify(house: &House, more: &[&str]) -> Output {
    let data = house.data().to_owned();
    let mut arguments = vec!["--data".as_ref(), data.as_os_str(), "verify-audit".as_ref()];
    arguments.extend(more.iter().map(std::ffi::OsStr::new));
    run_to_end(PROGRAM, &arguments, &data).await
}

pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}
