//! How fast functions start, and what a request costs: each release build behind a stand-in for the Lambda
//! runtime API, over TLS to a store that answers constants, held to a share of a processor as Lambda does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use palad_local::template::Template;

use crate::measure::{Program, Run, Warm};
use crate::report::Measured;
use crate::scenario::Scenario;
use crate::share::Shares;
use crate::{measure, report, store};

/// The shares that are measured, in megabytes.
const SHARES: [u64; 4] = [128, 256, 512, 1024];
/// The share at which warm requests are measured, and functions compared.
const MIDDLE: u64 = 256;

/// What is measured, and how often.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder that `cargo xtask build` has filled.
    #[arg(long)]
    functions: PathBuf,
    /// The interpreter of the peer in Python, with its packages.
    #[arg(long)]
    python: PathBuf,
    /// The folder with the peer for Node, packed into one file.
    #[arg(long)]
    node: PathBuf,
    /// How many starts are measured at each share.
    #[arg(long, default_value_t = 21)]
    rounds: usize,
    /// How many warm requests.
    #[arg(long, default_value_t = 300)]
    warm: usize,
    /// Only this function, without the peers; may be given more than once.
    #[arg(long)]
    only: Vec<String>,
}

/// Measures and prints.
pub(crate) fn run(arguments: &Arguments) -> Result<String, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let bundle = folder.path().join("trusted.pem");
    let scenario = Scenario::new()?;
    let answer = store::constants(&scenario, photo()?);
    let port = store::start(answer, &bundle)?;
    let shares = Shares::of_this_machine()?;
    let variables = variables(&scenario, port, &bundle)?;

    let mut text = String::new();
    if arguments.only.is_empty() {
        text.push_str(&beside_peers(&scenario, &variables, &shares, arguments)?);
    }
    let mut functions = Vec::new();
    for (name, variables) in &variables {
        if !arguments.only.is_empty() && !arguments.only.contains(name) {
            continue;
        }
        let program = arguments.functions.join(name).join("bootstrap");
        let sizes = (measure::size(&program), measure::size(&program.with_extension("zip")));
        let event = scenario.event(name)?;
        let program =
            Program { name: name.clone(), command: vec![program], variables: variables.clone(), event };
        functions.push(measured(&program, &shares, &[MIDDLE], arguments, Some(sizes))?);
    }
    text.push_str("\n**Each function.**\n\n");
    text.push_str(&report::functions(&functions, MIDDLE));
    let (rounds, warm) = (arguments.rounds, arguments.warm);
    text.push_str(&format!(
        "\nTimes in milliseconds, medians of {rounds} starts at each share; {warm} warm requests at {MIDDLE} MB, 25 ms apart; CPU of twice as many without a pause. Shares: {}.\n",
        shares.how()
    ));
    Ok(text)
}

/// The same read and the same write by ours and by the peers.
fn beside_peers(
    scenario: &Scenario,
    variables: &BTreeMap<String, BTreeMap<String, String>>,
    shares: &Shares,
    arguments: &Arguments,
) -> Result<String, String> {
    let clerks = variables.get("clerks").ok_or("there is no function clerks")?;
    let program = arguments.functions.join("clerks/bootstrap");
    let ours = Some((measure::size(&program), measure::size(&program.with_extension("zip"))));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let packed = arguments.node.join("function.mjs");
    let version = std::process::Command::new("node").arg("--version").output();
    let version = version.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let node = format!("Node {}, AWS SDK v3, packed", version.map_err(|error| format!("node: {error}"))?);
    let peers = [
        ("Rust (`clerks`)", vec![program], ours),
        (
            node.as_str(),
            vec!["/usr/bin/env".into(), "node".into(), packed.clone()],
            Some((measure::size(&packed), 0)),
        ),
        ("Python, boto3", vec![arguments.python.clone(), root.join("python/function.py")], None),
    ];
    let mut text = String::new();
    for (what, event) in [
        (
            "Reading a record: session, agency, record",
            (scenario.read()?.to_string().into_bytes(), "\"statusCode\":200"),
        ),
        ("Saving a record: the same, and one transaction", scenario.write()?),
    ] {
        let mut all = Vec::new();
        for (name, command, sizes) in &peers {
            let mut variables = clerks.clone();
            variables.extend(std::env::var("PATH").ok().map(|path| ("PATH".to_owned(), path)));
            let event = Some(event.clone());
            let program = Program { name: (*name).to_owned(), command: command.clone(), variables, event };
            all.push(measured(&program, shares, &SHARES, arguments, *sizes)?);
        }
        text.push_str(&format!("\n**{what}.** First answer / from the start to the first answer:\n\n"));
        text.push_str(&report::peers(&all, &SHARES));
    }
    Ok(text)
}

/// What lies in the intake: a photo as the form sends it.
fn photo() -> Result<Vec<u8>, String> {
    let picture = RgbImage::from_fn(600, 800, |x, y| {
        let shade = |part: u32| u8::try_from(part % 256).unwrap_or_default();
        Rgb([shade(x), shade(y), shade(x / 3 + y / 2)])
    });
    let mut jpeg = Vec::new();
    let written = picture.write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, 85));
    written.map_err(|error| format!("no photo: {error}"))?;
    Ok(jpeg)
}

/// Starts the program again and again at each share.
fn measured(
    program: &Program,
    shares: &Shares,
    megabytes: &[u64],
    arguments: &Arguments,
    sizes: Option<(u64, u64)>,
) -> Result<Measured, String> {
    // Once for nothing: what the machine reads from its disk then, it has read.
    measure::run(program, shares, MIDDLE, 0)?;
    let (mut runs, mut warm): (Vec<(u64, Vec<Run>)>, Warm) = Default::default();
    for share in megabytes {
        let mut of_share = Vec::new();
        for round in 0..arguments.rounds {
            let is_last = round + 1 == arguments.rounds && *share == MIDDLE;
            let (run, later) =
                measure::run(program, shares, *share, if is_last { arguments.warm } else { 0 })?;
            of_share.push(run);
            if is_last {
                warm = later;
            }
        }
        runs.push((*share, of_share));
    }
    Ok(Measured { name: program.name.clone(), runs, warm, sizes })
}

/// Each function's variables, as in the cloud, with the stand-ins as endpoints.
fn variables(
    scenario: &Scenario,
    port: u16,
    bundle: &Path,
) -> Result<BTreeMap<String, BTreeMap<String, String>>, String> {
    let template = Template::embedded(&BTreeMap::new()).map_err(|error| error.to_string())?;
    let mut all = BTreeMap::new();
    for function in template.functions {
        let mut variables = function.environment;
        for (name, value) in &mut variables {
            if let Some(secret) = scenario.secret(name) {
                *value = secret;
            }
        }
        for service in ["DYNAMODB", "S3", "SQS", "SESV2"] {
            variables.insert(format!("AWS_ENDPOINT_URL_{service}"), format!("https://localhost:{port}"));
        }
        for name in ["SSL_CERT_FILE", "AWS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"] {
            variables.insert(name.to_owned(), bundle.display().to_string());
        }
        for (name, value) in [
            ("AWS_REGION", "ap-southeast-7"),
            ("AWS_DEFAULT_REGION", "ap-southeast-7"),
            ("AWS_ACCESS_KEY_ID", "bench"),
            ("AWS_SECRET_ACCESS_KEY", "bench"),
            ("AWS_LAMBDA_FUNCTION_NAME", "bench"),
            ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
            ("AWS_LAMBDA_LOG_GROUP_NAME", "bench"),
            ("AWS_LAMBDA_LOG_STREAM_NAME", "bench"),
        ] {
            variables.insert(name.to_owned(), value.to_owned());
        }
        all.insert(function.name, variables);
    }
    Ok(all)
}
