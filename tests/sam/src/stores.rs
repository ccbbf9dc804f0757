//! The stores of a runner, made reachable from containers, and the variables by which functions in
//! containers find them.
//!
//! `sam local` looks up neither secrets nor endpoints: it takes the values of variables that the template
//! declares from a file, and samconfig.toml names that file.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use palad_environment::{Clock, Random, Variables};
use palad_local::template::Template;
use palad_local::{Addresses, Reached};
use serde_json::{Value, json};

use crate::{engine, forward, say};

/// Where samconfig.toml looks for the variables.
const FILE: &str = "target/sam/variables.json";
/// What containers call this machine.
pub(crate) const HOST: &str = "host.docker.internal";

/// Serves until it is stopped.
pub(crate) async fn serve(data: &Path) -> Result<(), String> {
    let gateway = engine::docker_gateway().await?;
    let file = PathBuf::from(FILE);
    let (key, secret) = open(data, gateway, &file).await?;
    say(&format!("The stores of {} can be reached from containers; {FILE} says how.", data.display()));
    say(&format!("In another terminal: export AWS_ACCESS_KEY_ID={key} AWS_SECRET_ACCESS_KEY={secret}"));
    say("               and: sam local start-api");
    say("                 or: sam local invoke MailFunction --event infra/events/mail.json");
    say("Ctrl-C stops this.");
    tokio::signal::ctrl_c().await.map_err(|error| error.to_string())
}

/// Forwards from `gateway`, where containers find this machine, to the runner that is at work in `data`,
/// and writes the variables of all functions into `file`. Gives the key and its secret that the stores know:
/// SAM hands on its own, and takes none from a file.
pub(crate) async fn open(data: &Path, gateway: IpAddr, file: &Path) -> Result<(String, String), String> {
    let running = "no runner is at work there: `cargo run` starts one";
    let addresses = Addresses::of_running(data).ok_or_else(|| format!("{}: {running}", data.display()))?;
    let mut endpoints = BTreeMap::new();
    for (service, port) in [
        ("DYNAMODB", addresses.dynamodb),
        ("S3", addresses.s3),
        ("SQS", addresses.services),
        ("SESV2", addresses.services),
    ] {
        let port = forward::to_this_machine(gateway, port).await?;
        endpoints.insert(format!("AWS_ENDPOINT_URL_{service}"), format!("http://{HOST}:{port}"));
    }
    let reached = Reached::open(data, &Clock::default(), &Random::default()).await;
    let reached = reached.map_err(|error| error.to_string())?;
    let template = Template::embedded(&BTreeMap::from([("SiteOrigin".to_owned(), addresses.origins())]));
    let template = template.map_err(|error| error.to_string())?;
    let text = variables(&template, reached.variables(), &endpoints).to_string();
    let write = || {
        std::fs::create_dir_all(file.parent().unwrap_or(Path::new(".")))?;
        std::fs::write(file, text)
    };
    write().map_err(|error| format!("{}: {error}", file.display()))?;
    let known = |name| reached.variables().require(name).map_err(|error| error.to_string());
    Ok((known("AWS_ACCESS_KEY_ID")?, known("AWS_SECRET_ACCESS_KEY")?))
}

/// For each function the values of the variables that the template declares for it, and of no others.
fn variables(template: &Template, values: &Variables, endpoints: &BTreeMap<String, String>) -> Value {
    let mut all = serde_json::Map::new();
    for function in &template.functions {
        let own = function.environment.iter().map(|(name, declared)| {
            let value = endpoints.get(name).cloned().or_else(|| values.get(name));
            (name.clone(), Value::String(value.unwrap_or_else(|| declared.clone())))
        });
        let mut own: serde_json::Map<String, Value> = own.collect();
        // Absent on one machine, which SAM writes as a text of its own; empty is absent too.
        own.insert("ORIGIN_SECRET".to_owned(), json!(""));
        all.insert(function.resource.clone(), Value::Object(own));
    }
    json!(all)
}
