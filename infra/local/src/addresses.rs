//! Where a runner listens, and how a second process finds that out.

use std::fs;
use std::net::Ipv4Addr;
use std::path::Path;

use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

use crate::data_folder::DataFolder;
use crate::{StartError, durable};

const FILE: &str = "runner.json";

/// The ports of a runner, all on 127.0.0.1. Kept in `runner.json` while it is at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addresses {
    /// The site and the API.
    pub site: u16,
    /// DynamoDB.
    pub dynamodb: u16,
    /// S3.
    pub s3: u16,
    /// The queue and mail services.
    pub services: u16,
    /// The process that listens.
    pub process: u32,
}

impl Addresses {
    /// Where the runner that is at work in the folder listens, if one is or was.
    #[must_use]
    pub fn of_running(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.join(FILE)).ok()?).ok()
    }

    /// The site's address for a person.
    #[must_use]
    pub fn site_url(&self) -> String {
        format!("http://localhost:{}", self.site)
    }

    /// DynamoDB's endpoint.
    #[must_use]
    pub fn dynamodb_url(&self) -> String {
        url(self.dynamodb)
    }

    /// S3's endpoint.
    #[must_use]
    pub fn s3_url(&self) -> String {
        url(self.s3)
    }

    /// The endpoint of the queue and mail services.
    #[must_use]
    pub fn services_url(&self) -> String {
        url(self.services)
    }

    /// The origins that a browser on this machine may give the site.
    #[must_use]
    pub fn origins(&self) -> String {
        format!("http://localhost:{0} http://127.0.0.1:{0}", self.site)
    }

    pub(crate) fn announce(&self, folder: &DataFolder) -> Result<(), StartError> {
        let bytes = serde_json::to_vec_pretty(self).map_err(|error| folder.error(error.into()))?;
        durable::write(folder.path(), FILE, &bytes).map_err(|error| folder.error(error))
    }

    pub(crate) fn withdraw(folder: &DataFolder) {
        if let Err(error) = fs::remove_file(folder.join(FILE)) {
            tracing::debug!(%error, "runner.json was not there to remove");
        }
    }
}

fn url(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

/// The four sockets, bound before anything else is done, so that a taken port is found at once.
pub(crate) struct Sockets {
    pub(crate) site: TcpListener,
    pub(crate) dynamodb: TcpListener,
    pub(crate) s3: TcpListener,
    pub(crate) services: TcpListener,
}

impl Sockets {
    /// The site at `port` and the others on the three next ones; all of the system's choice when
    /// `port` is 0.
    pub(crate) async fn bind(port: u16) -> Result<Self, StartError> {
        let at = |offset: u16| if port == 0 { 0 } else { port.saturating_add(offset) };
        Ok(Self {
            site: bind(at(0), "site").await?,
            dynamodb: bind(at(1), "embedded DynamoDB").await?,
            s3: bind(at(2), "embedded S3").await?,
            services: bind(at(3), "queue and mail services").await?,
        })
    }

    pub(crate) fn addresses(&self) -> Result<Addresses, StartError> {
        let port = |socket: &TcpListener| {
            socket
                .local_addr()
                .map(|address| address.port())
                .map_err(|error| StartError::Listen(0, "site", error))
        };
        Ok(Addresses {
            site: port(&self.site)?,
            dynamodb: port(&self.dynamodb)?,
            s3: port(&self.s3)?,
            services: port(&self.services)?,
            process: std::process::id(),
        })
    }
}

async fn bind(port: u16, what: &'static str) -> Result<TcpListener, StartError> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => StartError::Port(port, what),
        _ => StartError::Listen(port, what, error),
    })
}
