//! The letters with the one-time codes: a batch for a province or for the whole country.
//!
//! The codes exist on the printed pages alone; the store has their hashes. So the pages are written first, and a
//! batch that breaks off is made again: each new code replaces the one before.

mod page;

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use palad_domain::agency::{Agency, AgencyCode};
use palad_domain::letter_code::{LETTER_CODE_LIFE, LetterCode};
use palad_domain::province::ProvinceCode;
use palad_environment::{Clock, Random, Variables};
use palad_password::LetterCodeHasher;
use palad_store::{Aws, Directory, LetterCodes};
use palad_thai::ThaiOrder;
use palad_thai::date::{bangkok_day, thai_day};
use tokio::task::JoinSet;

use self::page::Pages;
use crate::durable;

/// What the audit names as the request of something done from the command line.
const COMMAND: &str = "command-line";
/// Codes that are stored at the same time.
const AT_ONCE: usize = 8;

/// A letter that is to be printed.
struct Letter {
    agency: Agency,
    code: LetterCode,
}

/// What the letters of a batch say besides their codes.
#[derive(Clone, Debug)]
pub struct LettersFor {
    /// To the agencies of which province; of every one where there is none.
    pub province: Option<ProvinceCode>,
    /// The site's address, without a slash at its end.
    pub site: String,
    /// Whom to call.
    pub telephone: String,
}

/// Makes a new code for each agency, writes the letters to `out` and stores the codes' hashes. Answers how many.
///
/// # Errors
/// In one sentence. Where the store fails, the letters in the file are not all good: the batch has to be made again.
pub async fn print_letters(
    variables: &Variables,
    clock: &Clock,
    random: &Random,
    what: &LettersFor,
    out: &Path,
) -> Result<usize, String> {
    let aws = Aws::from_environment(variables).map_err(|error| error.to_string())?;
    let directory = Directory::from_environment(&aws, variables).map_err(|error| error.to_string())?;
    let store = LetterCodes::from_environment(&aws, variables).map_err(|error| error.to_string())?;
    let copy = directory.copy().await.map_err(|error| error.to_string())?;
    let agencies = in_order(copy.agencies, what.province);
    if agencies.is_empty() {
        return Err("there are no agencies to write to: import the list first".to_owned());
    }
    let now = clock.now();
    let letters: Vec<Letter> = agencies
        .into_iter()
        .map(|agency| Letter { agency, code: LetterCode::of_random(random.bytes()) })
        .collect();
    write(&letters, what, now, out)?;
    let hashes = hash(&letters, random).await?;
    let count = hashes.len();
    let stored = issue(&store, hashes, now).await;
    stored.map_err(|(stored, error)| {
        format!(
            "{stored} of {count} codes are stored, the others in {} are not good; make the batch again: {error}",
            out.display()
        )
    })?;
    Ok(count)
}

/// The agencies of a province, or all of them: by province, then by district and name as a Thai dictionary has them.
fn in_order(mut agencies: Vec<Agency>, province: Option<ProvinceCode>) -> Vec<Agency> {
    agencies.retain(|agency| province.is_none_or(|province| agency.province.code() == province));
    let order = ThaiOrder::new();
    agencies.sort_by_cached_key(|agency| {
        let province = agency.province.code();
        (province, order.sort_key(&agency.district), order.sort_key(&agency.full_name()), agency.code.clone())
    });
    agencies
}

fn write(letters: &[Letter], what: &LettersFor, now: Timestamp, out: &Path) -> Result<(), String> {
    // The last day on which they are good until midnight.
    let ends_on = bangkok_day(now + LETTER_CODE_LIFE);
    let valid_until = thai_day(ends_on.yesterday().unwrap_or(ends_on));
    let pages = Pages { site: &what.site, telephone: &what.telephone, valid_until: &valid_until };
    let failed = |error: &dyn std::fmt::Display| format!("cannot write {}: {error}", out.display());
    let html = pages.html(letters).ok_or_else(|| failed(&"the site's address is too long for a QR code"))?;
    let name =
        out.file_name().and_then(|name| name.to_str()).ok_or_else(|| failed(&"it has no file name"))?;
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    durable::write(folder, name, html.as_bytes()).map_err(|error| failed(&error))
}

/// Hashes the codes, on as many threads as there are processors: each hash takes its own memory.
async fn hash(letters: &[Letter], random: &Random) -> Result<Vec<(AgencyCode, String)>, String> {
    let bound: Vec<(AgencyCode, String)> = letters
        .iter()
        .map(|letter| (letter.agency.code.clone(), letter.code.bound_to(&letter.agency.code)))
        .collect();
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let bound = Arc::new(bound);
    let mut running = JoinSet::new();
    for worker in 0..workers {
        let (bound, hasher) = (Arc::clone(&bound), LetterCodeHasher::new(random.clone()));
        running.spawn(async move {
            let mut hashes = Vec::new();
            for (agency, code) in bound.iter().skip(worker).step_by(workers) {
                hashes.push((agency.clone(), hasher.hash(code).await?));
            }
            Ok::<_, palad_password::HashError>(hashes)
        });
    }
    let mut all = Vec::with_capacity(letters.len());
    while let Some(done) = running.join_next().await {
        all.extend(done.map_err(|error| error.to_string())?.map_err(|error| error.to_string())?);
    }
    Ok(all)
}

/// Stores the hashes. On failure says how many are stored, and why not all.
async fn issue(
    store: &LetterCodes,
    hashes: Vec<(AgencyCode, String)>,
    now: Timestamp,
) -> Result<(), (usize, String)> {
    let mut stored = 0;
    let mut failure = None;
    let mut waiting = hashes.into_iter();
    let mut running = JoinSet::new();
    loop {
        while running.len() < AT_ONCE && failure.is_none() {
            let Some((agency, hash)) = waiting.next() else { break };
            let store = store.clone();
            running.spawn(async move { store.issue(&agency, &hash, COMMAND, now).await });
        }
        match running.join_next().await {
            Some(Ok(Ok(()))) => stored += 1,
            Some(Ok(Err(error))) => failure = Some(error.to_string()),
            Some(Err(error)) => failure = Some(error.to_string()),
            None => return failure.map_or(Ok(()), |error| Err((stored, error))),
        }
    }
}
