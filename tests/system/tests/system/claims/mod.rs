//! Claims: three proofs, what each is worth, and who decides.

mod cuts;
mod decisions;
mod kills;
mod letters;
mod proofs;
mod silence;
mod take_overs;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use palad_domain::claim::TAKE_OVER_WAIT;
use palad_environment::{Clock, Random, Variables};
use palad_local::operations::{LettersFor, print_letters};
use palad_system_tests::{Answer, Browser, House, Listed, PASSWORD, Proof};
use serde_json::{Value, json};

/// A second number that is not weak.
const ANOTHER: &str = "97310486";

/// Lets time pass.
fn later(house: &House, by: SignedDuration) {
    house.clock().set(house.clock().now() + by);
}

/// The codes of a letter to each agency of a province, as they are printed.
async fn letters(house: &House, province: &str) -> BTreeMap<String, String> {
    let out = house.data().join("letters.html");
    print(&house.variables().await, house.clock(), province, &out).await
}

async fn print(variables: &Variables, clock: &Clock, province: &str, out: &Path) -> BTreeMap<String, String> {
    let what = LettersFor {
        province: Some(province.parse().expect("a province")),
        site: "https://palad.example.go.th".to_owned(),
        telephone: "0 2225 8965".to_owned(),
    };
    let count = print_letters(variables, clock, &Random::default(), &what, out).await.expect("letters");
    let codes = printed(&std::fs::read_to_string(out).expect("a file"));
    assert_eq!(codes.len(), count);
    codes
}

/// The code of each agency in a file of letters.
fn printed(html: &str) -> BTreeMap<String, String> {
    let after = |page: &str, words: &str| -> String {
        let rest = page.split(words).nth(1).expect(words);
        rest.split('<').next().unwrap_or_default().to_owned()
    };
    let pages = html.split("<section>").skip(1);
    pages.map(|page| (after(page, "รหัสหน่วยงาน "), after(page, "<p class=\"letters\">"))).collect()
}

/// Claims an agency; the mailed code comes too.
async fn begin(house: &House, browser: &Browser, agency: Listed, email: &str) -> Proof {
    house.mailbox.begin(browser, agency.code, email, PASSWORD).await
}

/// Proves a claim by the code of a letter.
async fn prove_by_letter(browser: &Browser, claim: &str, code: &str) -> Answer {
    browser.post(&format!("/api/registrations/{claim}/proof"), &json!({ "letter_code": code })).await
}

/// Proves a claim by the mailed code, and answers what came of it.
async fn state_after(browser: &Browser, proof: &Proof) -> String {
    let proved = browser.prove(&proof.claim, &proof.code).await.expect(200).json();
    proved["state"].as_str().unwrap_or_default().to_owned()
}

/// An account that belongs to a private address, opened by the agency's letter.
async fn owner_by_letter(house: &House, agency: Listed, email: &str) -> Browser {
    let browser = house.browser();
    let code = letters(house, &agency.code[..2]).await[agency.code].clone();
    let proof = begin(house, &browser, agency, email).await;
    let proved = prove_by_letter(&browser, &proof.claim, &code).await.expect(200);
    assert_eq!(proved.json(), json!({ "state": "active" }));
    let _ = browser.sign_in(agency.code, PASSWORD).await.expect(201);
    browser
}

/// The time from which a take-over can be completed, which is the wait from now on.
#[track_caller]
fn assert_waits(house: &House, answer: &Value) -> Timestamp {
    assert_eq!(answer["state"], "waiting");
    let from: Timestamp = answer["from"].as_str().and_then(|from| from.parse().ok()).expect("a time");
    let wait = from.duration_since(house.clock().now());
    assert!(wait <= TAKE_OVER_WAIT && wait > TAKE_OVER_WAIT - SignedDuration::from_mins(1), "{wait}");
    from
}

/// The claims that wait for an officer.
async fn queue(browser: &Browser) -> Vec<Value> {
    let mut all = Vec::new();
    let mut path = "/api/claims".to_owned();
    loop {
        let page = browser.get(&path).await.expect(200).json();
        all.extend(page["items"].as_array().cloned().unwrap_or_default());
        match page["next"].as_str() {
            Some(next) => path = format!("/api/claims?cursor={next}"),
            None => return all,
        }
    }
}

/// An officer's decision.
async fn approve(browser: &Browser, claim: &str) -> Answer {
    browser.post(&format!("/api/claims/{claim}/approval"), &json!({})).await
}

async fn refuse(browser: &Browser, claim: &str, reason: &str) -> Answer {
    browser.post(&format!("/api/claims/{claim}/refusal"), &json!({ "reason": reason })).await
}
