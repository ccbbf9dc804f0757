//! Demonstration data: what a first start shows, so that there is something to look at and to sign in to.
//!
//! It goes the way of real data: the list is imported, accounts are opened by claims, and each clerk
//! is saved by an agency's own session. The people are invented and the mailboxes end in `.test`.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use palad_domain::agency::Agency;
use palad_domain::change::Change;
use palad_domain::claim::{Claim, ClaimId, ClaimState};
use palad_domain::password::Password;
use palad_domain::person::PersonInput;
use palad_domain::policy::CanEdit;
use palad_domain::post::{Post, PostInput};
use palad_domain::record::ClerkId;
use palad_domain::session::{Actor, Session};
use palad_environment::{Clock, Random, Variables};
use palad_password::{Hasher, Pepper};
use palad_store::{AgencyImport, Aws, Claims, Grounds, Records, StoreError};
use palad_thai::date::bangkok_day;
use serde::Deserialize;

use super::read_agencies;

const AGENCIES: &[u8] = include_bytes!("../../demo/agencies.csv");
const CLERKS: &[u8] = include_bytes!("../../demo/clerks.csv");
/// The agency that the printed account belongs to.
const SHOWN: &str = "540001";
/// Its password. It protects nothing: the folder is on this machine, and nobody's.
const PASSWORD: &str = "83920471";

/// The account that can be signed in to.
#[derive(Debug)]
pub struct DemoAccount {
    agency: Agency,
}

impl fmt::Display for DemoAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, province) = (self.agency.full_name(), self.agency.province.name());
        write!(f, "{name} จังหวัด{province}, รหัสผ่าน (password) {PASSWORD}; the code is in the mailbox")
    }
}

/// Why the folder could not be filled; a fault of ours or of the machine.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The demonstration's own files are wrong.
    #[error("demonstration data: {0}")]
    Data(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[derive(Deserialize)]
struct ClerkRow {
    code: String,
    state: String,
    prefix: String,
    first_name: String,
    last_name: String,
    position: String,
    level: String,
    phone: String,
}

impl ClerkRow {
    fn post(&self, agency: &Agency, now: Timestamp) -> Result<Post, DemoError> {
        let text = |text: &str| Some(text.to_owned());
        let person = PersonInput {
            prefix: text(&self.prefix),
            first_name: text(&self.first_name),
            last_name: text(&self.last_name),
            position: text(&self.position),
            level: text(&self.level),
            affiliation: Some(agency.full_name()),
            phone: text(&self.phone),
            mobile: None,
            photo: None,
        };
        let mut input = PostInput { state: text(&self.state), ..PostInput::default() };
        match self.state.as_str() {
            "held" => input.person = Some(person),
            "acting" => input.acting = Some(person),
            _ => {}
        }
        Post::parse(&input, bangkok_day(now))
            .map_err(|errors| DemoError::Data(format!("{}: {errors:?}", self.code)))
    }
}

/// Fills a folder that has no agencies. None where it has some.
///
/// # Errors
/// When the store fails, or the demonstration's own files are wrong.
pub async fn fill(
    variables: &Variables,
    clock: &Clock,
    random: &Random,
) -> Result<Option<DemoAccount>, DemoError> {
    let data = |error: &dyn fmt::Display| DemoError::Data(error.to_string());
    let aws = Aws::from_environment(variables).map_err(|error| data(&error))?;
    let import = AgencyImport::from_environment(&aws, variables).map_err(|error| data(&error))?;
    let (agencies, _) = read_agencies(AGENCIES).map_err(|bad| DemoError::Data(format!("{bad:?}")))?;
    let now = clock.now();
    let plan = import.plan(agencies.clone(), now).await?;
    if plan.added.len() < agencies.len() || !plan.absent.is_empty() {
        return Ok(None);
    }
    import.carry_out(&plan, now).await?;

    let demo = Demo {
        claims: Claims::from_environment(&aws, variables).map_err(|error| data(&error))?,
        records: Records::from_environment(&aws, variables).map_err(|error| data(&error))?,
        random: random.clone(),
        now,
    };
    let hasher =
        Hasher::new(Pepper::from_environment(variables).map_err(|error| data(&error))?, random.clone());
    let hash = async |digits: &str| {
        let password = Password::parse(digits).map_err(|say| DemoError::Data(say.en.into_owned()))?;
        hasher.hash(&password).await.map_err(|error| data(&error))
    };
    let shown = hash(PASSWORD).await?;
    // Nobody signs in to the others: one number that is never shown does for all of them.
    let unknown = hash(&[random.code(), random.code(), random.code(), random.code()].concat()).await?;

    let find = |code: &str| agencies.iter().find(|agency| agency.code.as_str() == code).cloned();
    for row in csv::Reader::from_reader(CLERKS).deserialize::<ClerkRow>() {
        let row = row.map_err(|error| data(&error))?;
        let agency =
            find(&row.code).ok_or_else(|| DemoError::Data(format!("{} is not on the list", row.code)))?;
        let password_hash = if row.code == SHOWN { shown.clone() } else { unknown.clone() };
        demo.record(&agency, password_hash, row.post(&agency, now)?).await?;
    }
    Ok(find(SHOWN).map(|agency| DemoAccount { agency }))
}

struct Demo {
    claims: Claims,
    records: Records,
    random: Random,
    now: Timestamp,
}

impl Demo {
    /// Opens the agency's account and saves its clerk.
    async fn record(&self, agency: &Agency, password_hash: String, post: Post) -> Result<(), DemoError> {
        let missing = |what: &str| DemoError::Data(format!("{}: {what}", agency.code));
        let claim = Claim {
            id: ClaimId::of_random(self.random.id()),
            agency: agency.code.clone(),
            province: agency.province.code(),
            email: agency.official_email.clone().ok_or_else(|| missing("no mailbox"))?,
            password_hash,
            code_hash: String::new(),
            device_hash: self.random.token(),
            device_name: String::new(),
            state: ClaimState::Unproved,
            tries_left: 0,
            created_at: self.now,
            expires_at: self.now,
        };
        self.claims.begin(&claim).await?;
        let opened = self.claims.open(&claim, None, Grounds::Mailbox, "demonstration", self.now).await?;
        let account = opened.ok_or_else(|| missing("taken"))?;
        let session = Session {
            actor: Actor::Agency { agency: agency.code.clone() },
            version: account.session_version,
            signed_in_at: self.now,
            expires_at: self.now + SignedDuration::from_mins(1),
        };
        let leave = CanEdit::ask(&session, agency, self.now).ok_or_else(|| missing("no leave"))?;
        let change = Change::Create { id: ClerkId::of_random(self.random.id()), post };
        self.records.change(&leave, agency, change, None, "demonstration", self.now).await?;
        Ok(())
    }
}
