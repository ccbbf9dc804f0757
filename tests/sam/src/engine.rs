//! What runs containers: Docker where there is one, else podman in namespaces of its own.

use std::net::{IpAddr, Ipv4Addr};

use tokio::process::Command;

/// What runs containers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Kind {
    /// A Docker engine, as it is.
    Docker,
    /// podman, in a network of its own.
    Podman,
}

/// Where containers of Docker find this machine. Docker Desktop's find it at 127.0.0.1, through a name.
pub(crate) async fn docker_gateway() -> Result<IpAddr, String> {
    let format = "{{(index .IPAM.Config 0).Gateway}}";
    let mut docker = Command::new("docker");
    let output = docker.args(["network", "inspect", "bridge", "--format", format]).output().await;
    let output = output.map_err(|error| format!("docker could not be run: {error}"))?;
    if !output.status.success() {
        return Err(format!("there is no Docker engine: {}", String::from_utf8_lossy(&output.stderr).trim()));
    }
    let gateway: Option<IpAddr> = String::from_utf8_lossy(&output.stdout).trim().parse().ok();
    let here = |address: &IpAddr| std::net::TcpListener::bind((*address, 0)).is_ok();
    Ok(gateway.filter(here).unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)))
}
