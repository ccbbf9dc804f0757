//! The journey and the invocations, from the start of the stores to the end of the last container.

use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use palad_local::template::Template;
use palad_system_tests::{Spawned, csv, listed, run_to_end};
use tempfile::TempDir;

use crate::engine::{self, Kind};
use crate::podman::Podman;
use crate::sam::Sam;
use crate::{invoke, journey, say, stores};

/// After so long something hangs, and whoever waits should know.
const LONGEST: Duration = Duration::from_secs(450);
/// Where podman's containers find this machine: the gateway of its network.
const PODMAN_HOST: &str = "10.88.0.1";

/// Runs it all, in the root of the repository, after `sam build`.
pub(crate) async fn run(engine: Kind, runner: &Path, tools: &Path) -> Result<(), String> {
    let folder = TempDir::with_prefix("palad-sam-").map_err(|error| error.to_string())?;
    let podman = match engine {
        Kind::Docker => None,
        Kind::Podman => Some(Podman::start(folder.path(), &programs()?).await?),
    };
    let tested = tokio::time::timeout(LONGEST, tested(podman.as_ref(), folder.path(), runner, tools)).await;
    if let Some(podman) = podman {
        podman.stop().await;
    }
    tested.unwrap_or_else(|_| Err(format!("not done after {} s", LONGEST.as_secs())))
}

async fn tested(podman: Option<&Podman>, folder: &Path, runner: &Path, tools: &Path) -> Result<(), String> {
    let data = folder.join("data");
    let list = folder.join("agencies.csv");
    std::fs::write(&list, csv(&listed())).map_err(|error| error.to_string())?;
    let program = runner.to_string_lossy().into_owned();
    let running = Spawned::start(&program, &data, &folder.join("runner.log")).await;
    let import =
        ["--data".as_ref(), data.as_os_str(), "import".as_ref(), "agencies".as_ref(), list.as_os_str()];
    let imported = run_to_end(&program, &import, folder).await;
    if !imported.status.success() {
        return Err(format!("import: {}", String::from_utf8_lossy(&imported.stderr)));
    }

    let variables = folder.join("variables.json");
    let gateway = match podman {
        Some(_) => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        None => engine::docker_gateway().await?,
    };
    let access = stores::open(&data, gateway, &variables).await?;
    let sam = Sam {
        tools: tools.to_owned(),
        folder: folder.to_owned(),
        variables,
        access,
        host: if podman.is_some() { PODMAN_HOST } else { "host-gateway" }.to_owned(),
        engine: podman.map(Podman::address),
        has_image: podman.is_some(),
    };

    let api = sam.start_api().await?;
    say("ok sam local start-api listens");
    let (to, mails) = (api.site.clone(), running.site().to_owned());
    // A task of its own, so that a panic in it leaves time to stop everything.
    let here = tokio::task::LocalSet::new();
    let taken = here.run_until(async { tokio::task::spawn_local(journey::take(to, mails)).await }).await;
    let log = api.printed();
    api.stop().await;
    // The panic has said what was wrong; what the functions logged says why.
    taken.map_err(|error| format!("the journey: {error}\n{log}"))?;

    let template = Template::embedded(&std::collections::BTreeMap::new());
    invoke::all(&sam, &template.map_err(|error| error.to_string())?).await?;
    let sample = running.mailbox().to("saraban@phrae.test").await;
    if !sample.iter().any(|mail| mail.text.contains("12345678")) {
        return Err("the mail of infra/events/mail.json did not arrive in the mailbox".to_owned());
    }
    say("ok the mail of the sample event is in the mailbox");
    running.kill().await;
    Ok(())
}

/// What `sam build` has built.
fn programs() -> Result<Vec<PathBuf>, String> {
    let folder = Path::new(".aws-sam/build");
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let programs = entries.filter_map(Result::ok).map(|entry| entry.path().join("bootstrap"));
    let programs: Vec<PathBuf> = programs.filter(|program| program.exists()).collect();
    if programs.is_empty() { Err("sam build has built nothing".to_owned()) } else { Ok(programs) }
}
