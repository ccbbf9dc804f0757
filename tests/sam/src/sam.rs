//! `sam local`, as it is typed: what it needs to know stands in samconfig.toml and in the file of variables.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::{Child, Command};

use crate::stores::HOST;

/// What the commands have in common.
pub(crate) struct Sam {
    /// The folder with the program.
    pub(crate) tools: PathBuf,
    /// A folder for what it writes.
    pub(crate) folder: PathBuf,
    /// The variables of the functions.
    pub(crate) variables: PathBuf,
    /// The key that the stores know, and its secret.
    pub(crate) access: (String, String),
    /// Where containers find this machine.
    pub(crate) host: String,
    /// The engine's address, where it is not Docker's usual one.
    pub(crate) engine: Option<String>,
    /// Whether the image is there and must not be asked for.
    pub(crate) has_image: bool,
}

/// `sam local start-api` at work.
pub(crate) struct Api {
    child: Child,
    log: PathBuf,
    /// Where it listens.
    pub(crate) site: String,
}

/// What `sam local invoke` said.
pub(crate) struct Invoked {
    /// The function's answer, or Lambda's word on why there is none.
    pub(crate) answer: serde_json::Value,
    /// What the function and SAM wrote beside it.
    pub(crate) log: String,
}

impl Sam {
    /// Starts the API, and waits until it listens. Functions are started with it.
    pub(crate) async fn start_api(&self) -> Result<Api, String> {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
        let port = free.map_err(|error| format!("no free port: {error}"))?.port().to_string();
        let log = self.folder.join("start-api.log");
        let file = fs::File::create(&log).map_err(|error| error.to_string())?;
        let mut command = self.local("start-api");
        command.args(["--warm-containers", "EAGER", "--host", "127.0.0.1", "--port", &port]);
        command.stdout(file.try_clone().map_err(|error| error.to_string())?).stderr(file);
        let child = command.spawn().map_err(|error| format!("sam could not be run: {error}"))?;
        let mut api = Api { child, log, site: format!("http://127.0.0.1:{port}") };
        for _ in 0..900 {
            if let Ok(Some(status)) = api.child.try_wait() {
                return Err(format!("sam local start-api ended with {status}:\n{}", api.printed()));
            }
            let address = api.site.trim_start_matches("http://");
            if tokio::net::TcpStream::connect(address).await.is_ok() {
                return Ok(api);
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        Err(format!("sam local start-api does not listen:\n{}", api.printed()))
    }

    /// Calls a function once.
    pub(crate) async fn invoke(&self, function: &str, event: &Path) -> Result<Invoked, String> {
        let mut command = self.local("invoke");
        command.arg(function).arg("--event").arg(event);
        let output = tokio::time::timeout(Duration::from_secs(60), command.output()).await;
        let output = output.map_err(|_| format!("sam local invoke {function} takes more than a minute"))?;
        let output = output.map_err(|error| format!("sam could not be run: {error}"))?;
        let log = String::from_utf8_lossy(&output.stderr).into_owned();
        // The function's own lines may stand before its answer, which is the last.
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let answer = printed.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let answer = serde_json::from_str(answer)
            .map_err(|_| format!("sam local invoke {function} gives no answer: {printed}\n{log}"))?;
        Ok(Invoked { answer, log: log + &printed })
    }

    fn local(&self, what: &str) -> Command {
        let mut command = Command::new(self.tools.join("sam"));
        command.args(["local", what, "--env-vars"]).arg(&self.variables);
        command.arg("--add-host").arg(format!("{HOST}:{}", self.host));
        if self.has_image {
            command.arg("--skip-pull-image");
        }
        if let Some(engine) = &self.engine {
            command.env("DOCKER_HOST", engine);
        }
        // One try, or it asks in vain for ten seconds who the caller is; and nothing is sent to anybody.
        command.env("AWS_MAX_ATTEMPTS", "1").env("SAM_CLI_TELEMETRY", "0").env("HOME", &self.folder);
        command.env("AWS_ACCESS_KEY_ID", &self.access.0).env("AWS_SECRET_ACCESS_KEY", &self.access.1);
        command.env_remove("AWS_SESSION_TOKEN").env_remove("AWS_PROFILE");
        command.env("AWS_REGION", palad_local::template::REGION);
        command.stdin(Stdio::null()).kill_on_drop(true);
        command
    }
}

impl Api {
    /// What it and the functions have printed.
    pub(crate) fn printed(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Stops it, by the signal at which it removes its containers.
    pub(crate) async fn stop(mut self) {
        if let Some(process) = self.child.id() {
            let _ = Command::new("kill").arg(process.to_string()).status().await;
        }
        if tokio::time::timeout(Duration::from_secs(30), self.child.wait()).await.is_err() {
            let _ = self.child.kill().await;
        }
    }
}
