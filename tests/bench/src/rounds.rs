//! What a round costs: opening it, ordering the messages of a step, counting everything anew at night, and looking at
//! how far it is; on the embedded stores, with every agency owing.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use jiff::{SignedDuration, Timestamp};
use palad_domain::agency::{Agency, AgencyKind};
use palad_domain::policy::{Area, CanManageRounds, CanReadProgress};
use palad_domain::province::Province;
use palad_domain::round::terms::{Terms, TermsInput};
use palad_domain::round::{Round, RoundId};
use palad_domain::session::{Actor, Session, SessionVersion};
use palad_environment::{Clock, Random, Variables};
use palad_local::Reached;
use palad_store::{AgencyImport, Aws, Opened, Rounds};
use serde_json::json;

use crate::counting::Counter;
use crate::job::{self, Fired, worked};

/// Items in one call.
const BATCH: usize = 25;
/// Ten in the morning in Bangkok, on the Monday on which the round opens.
const NOW: &str = "2027-02-01T03:00:00Z";
const STAFF: &str = "central";
const MEGABYTE: u64 = 1024 * 1024;
/// How many agencies there are: of more, a page may take more calls.
const THE_COUNTRY: usize = 7_850;
/// How often a page of progress may ask the store.
const READS_A_PAGE: u64 = 2;

/// Measures, and gives a table.
pub(crate) fn run(agencies: usize) -> Result<String, String> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build();
    runtime.map_err(|error| error.to_string())?.block_on(measured(agencies))
}

/// One line of the table.
struct Row {
    what: String,
    took: Duration,
    /// What this process had of the processors meanwhile, functions and stores together: a busy machine does not
    /// change it.
    worked: Duration,
    calls: BTreeMap<String, u64>,
    /// The most memory of the function alone, where it was a process of its own.
    peak: Option<u64>,
}

/// When something began.
struct Began {
    at: Instant,
    worked: Duration,
}

impl Began {
    fn now() -> Self {
        Self { at: Instant::now(), worked: worked() }
    }

    fn row(&self, what: impl Into<String>, counter: &Counter) -> Row {
        let worked = worked().saturating_sub(self.worked);
        Row { what: what.into(), took: self.at.elapsed(), worked, calls: counter.take(), peak: None }
    }
}

async fn measured(agencies: usize) -> Result<String, String> {
    let memory = tempfile::TempDir::with_prefix_in("palad-", "/dev/shm");
    let folder = memory.or_else(|_| tempfile::tempdir()).map_err(|error| error.to_string())?;
    let now: Timestamp = NOW.parse().map_err(|error| format!("{error}"))?;
    let reached = Reached::open(folder.path(), &Clock::default(), &Random::default()).await;
    let reached = reached.map_err(|error| error.to_string())?;
    let counter = Counter::default();
    let variables = counted(reached.variables(), &counter)?;
    let aws = Aws::from_environment(&variables).map_err(|error| error.to_string())?;
    prepare(&aws, &variables, agencies, now).await?;
    let rounds = Rounds::from_environment(&aws, &variables).map_err(|error| error.to_string())?;
    let mut rows = Vec::new();

    let session = session(now);
    let leave = CanManageRounds::ask(&session, now).ok_or("the centre may")?;
    let (round, opening) = opened(&rounds, &leave, now, &counter).await?;
    rows.push(opening);
    for (job, what) in [
        ("plan", "ordering a step, everybody owing"),
        ("plan", "the same again, all of it done"),
        ("recount", "counting anew at night"),
    ] {
        let began = Began::now();
        let variables = variables.clone();
        let fired = tokio::task::spawn_blocking(move || job::fire(job, NOW, &variables)).await;
        let Fired { worked, peak } = fired.map_err(|error| error.to_string())??;
        let row = began.row(what, &counter);
        rows.push(Row { worked: row.worked + worked, peak: Some(peak), ..row });
    }
    let ordered = std::fs::read_dir(folder.path().join("queue/palad-local-round-mail"));
    let ordered = ordered.map_err(|error| error.to_string())?.count();
    if ordered != agencies {
        return Err(format!("{ordered} messages were ordered for {agencies} agencies"));
    }
    let phrae = Province::by_name("แพร่").ok_or("no such province")?.code();
    for (level, area) in [
        ("country", Area::Country),
        ("province", Area::Province(phrae)),
        ("district", Area::District { province: phrae, district: "เมือง".to_owned() }),
    ] {
        let leave = CanReadProgress::ask(&session, &area, now).ok_or("the centre may")?;
        let began = Began::now();
        let progress = rounds.progress(&leave, round.id).await.map_err(|error| error.to_string())?;
        let row = began.row(format!("progress page, {level}"), &counter);
        progress.ok_or("there is no round")?;
        let all: u64 = row.calls.values().sum();
        // Of a country a hundred times as large a province does not fit into one page of the store.
        if all > READS_A_PAGE && agencies <= THE_COUNTRY {
            return Err(format!("the page of a {level} reads {all} times: {:?}", row.calls));
        }
        rows.push(row);
    }
    let text = table(agencies, &rows);
    reached.close().await;
    Ok(text)
}

/// The variables of all functions, with the counter in front of the store.
fn counted(variables: &Variables, counter: &Counter) -> Result<Variables, String> {
    let name = "AWS_ENDPOINT_URL_DYNAMODB";
    let url = variables.require(name).map_err(|error| error.to_string())?;
    let port = url.rsplit(':').next().and_then(|port| port.trim_end_matches('/').parse().ok());
    let port = counter.before(port.ok_or("the store has no port")?)?;
    let own = BTreeMap::from([(name.to_owned(), format!("http://127.0.0.1:{port}"))]);
    Ok(Variables::of_map(own).or(variables))
}

/// Agencies over all provinces, each with a mailbox, an account and a record.
async fn prepare(aws: &Aws, variables: &Variables, agencies: usize, now: Timestamp) -> Result<(), String> {
    let provinces: Vec<Province> = Province::all().collect();
    let list: Vec<Agency> = (0..agencies)
        .map(|number| {
            let province = provinces[number % provinces.len()];
            let code = format!("{number:06}");
            let agency = |code| Agency {
                code,
                kind: AgencyKind::Subdistrict,
                name: format!("จำลอง{number}"),
                district: "เมือง".to_owned(),
                province,
                official_email: format!("o{number}@bench.test").parse().ok(),
                official_phone: None,
            };
            code.parse().map(agency).map_err(|_| format!("{code} is no code: too many agencies"))
        })
        .collect::<Result<_, _>>()?;
    let import = AgencyImport::from_environment(aws, variables).map_err(|error| error.to_string())?;
    let plan = import.plan(list.clone(), now).await.map_err(|error| error.to_string())?;
    import.carry_out(&plan, now).await.map_err(|error| error.to_string())?;
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let number = |number: &str| AttributeValue::N(number.to_owned());
    let (mut accounts, mut ledgers) = (Vec::new(), Vec::new());
    let account = |pk: String, email: &str| {
        vec![
            ("pk", text(&pk)),
            ("sk", text("ACCOUNT")),
            ("email", text(email)),
            ("password_hash", text(&"h".repeat(100))),
            ("session_version", number("1")),
            ("opened_at", text(NOW)),
        ]
    };
    accounts.push(account(format!("STAFF#{STAFF}"), "central@bench.test"));
    let person = json!({ "prefix": "นาย", "first_name": "สมชาย", "last_name": "ใจดี", "position": "ปลัด อบต.",
        "level": "ระดับกลาง", "affiliation": "สำนักปลัด", "phone": "0-5453-4119" });
    let post = json!({ "state": "held", "person": person }).to_string();
    for (at, agency) in list.iter().enumerate() {
        accounts.push(account(format!("ACCOUNT#{}", agency.code), &format!("a{at}@bench.test")));
        ledgers.push(vec![
            ("pk", text(&format!("AGENCY#{}", agency.code))),
            ("sk", text("POST")),
            ("province", text(agency.province.code().as_str())),
            ("listing", text(&format!("POST#{}", agency.code))),
            ("version", number("3")),
            ("id", text("01JDBENCH0000000000000")),
            ("created_at", text(NOW)),
            ("updated_at", text(NOW)),
            ("photo_ready", number("0")),
            ("post", text(&post)),
        ]);
    }
    write(aws, "palad-local-accounts", accounts).await?;
    write(aws, "palad-local-registry", ledgers).await
}

async fn write(
    aws: &Aws,
    table: &str,
    items: Vec<Vec<(&'static str, AttributeValue)>>,
) -> Result<(), String> {
    for batch in items.chunks(BATCH) {
        let mut requests = Vec::with_capacity(batch.len());
        for item in batch {
            let item = item.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
            let put =
                PutRequest::builder().set_item(Some(item)).build().map_err(|error| error.to_string())?;
            requests.push(WriteRequest::builder().put_request(put).build());
        }
        let sent = aws.dynamodb().batch_write_item().request_items(table, requests).send().await;
        sent.map_err(|error| format!("{table}: {error:?}"))?;
    }
    Ok(())
}

async fn opened(
    rounds: &Rounds,
    leave: &CanManageRounds,
    now: Timestamp,
    counter: &Counter,
) -> Result<(Round, Row), String> {
    let input: TermsInput = serde_json::from_value(json!({
        "title": "สำรวจข้อมูลปลัด", "letter": { "number": "ว 1", "date": "2027-01-25" },
        "dates": { "opens": "2027-02-01", "deadline": "2027-03-29", "closes": "2027-04-30" },
    }))
    .map_err(|error| error.to_string())?;
    let terms = Terms::parse(&input).map_err(|_| "the round's terms are wrong")?;
    let opens = terms.dates.opens();
    let draft = |id: RoundId| Round::draft(id, terms.clone(), now);
    let made = rounds.create(leave, opens, draft).await.map_err(|error| error.to_string())?;
    counter.take();
    let began = Began::now();
    let opened = rounds.open(leave, &made, now, None).await.map_err(|error| error.to_string())?;
    let row = began.row("opening the round", counter);
    match opened {
        Opened::Done(round) => Ok((*round, row)),
        Opened::GoesOn(_) => Err("the opening did not come to its end".to_owned()),
    }
}

fn session(now: Timestamp) -> Session {
    Session {
        actor: Actor::Central { staff: STAFF.to_owned() },
        version: SessionVersion(1),
        signed_in_at: now,
        expires_at: now + SignedDuration::from_hours(1),
    }
}

fn table(agencies: usize, rows: &[Row]) -> String {
    let mut text = format!(
        "\n**A round of {agencies} agencies.**\n\n| | seconds | of processors, s | the function's memory, MB | calls to the store |\n|---|---|---|---|---|\n"
    );
    for Row { what, took, worked, calls, peak } in rows {
        let calls: Vec<String> = calls.iter().map(|(call, count)| format!("{count} {call}")).collect();
        let (took, worked) = (took.as_secs_f64(), worked.as_secs_f64());
        let peak = peak.map_or_else(|| "–".to_owned(), |peak| (peak / MEGABYTE).to_string());
        text.push_str(&format!("| {what} | {took:.2} | {worked:.2} | {peak} | {} |\n", calls.join(", ")));
    }
    text
}
