//! A running system in a folder of its own.

use std::path::Path;

use palad_domain::agency::Agency;
use palad_environment::{Clock, Random, Variables};
use palad_local::{Options, Reached, Running, Surroundings, start_with, wiring};
use palad_store::{AgencyImport, Aws};
use tempfile::TempDir;

use crate::{Browser, Listed, Mailbox, listed};

/// A running system. Ends, with everything it kept, when it is dropped.
pub struct House {
    running: Running,
    folder: TempDir,
    /// Its mailbox.
    pub mailbox: Mailbox,
}

impl House {
    /// Starts a system that lists the agencies of the tests, on ports of the machine's choice.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start() -> Self {
        Self::start_with(async |_| {}).await
    }

    /// The same, with something else around its functions.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start_with(change: impl AsyncFnOnce(&mut Surroundings)) -> Self {
        let folder = TempDir::with_prefix("palad-").expect("a folder");
        let running = begin(folder.path(), change).await;
        let house = Self { mailbox: Mailbox::at(&site(&running)), running, folder };
        house.import(&listed()).await;
        house
    }

    /// Stops the system and starts it again with what it kept.
    pub async fn restart(self) -> Self {
        self.running.stop().await;
        let running = begin(self.folder.path(), async |_| {}).await;
        Self { mailbox: Mailbox::at(&site(&running)), running, folder: self.folder }
    }

    /// Stops the system.
    pub async fn stop(self) {
        self.running.stop().await;
    }

    /// Where its site is.
    #[must_use]
    pub fn site(&self) -> String {
        site(&self.running)
    }

    /// A browser that knows nothing yet.
    #[must_use]
    pub fn browser(&self) -> Browser {
        Browser::at(&self.site())
    }

    /// The clock of its functions.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        self.running.clock()
    }

    /// Its data folder.
    #[must_use]
    pub fn data(&self) -> &Path {
        self.running.data()
    }

    /// The variables of all its functions, for those who look behind them.
    ///
    /// # Panics
    /// When it is not running.
    pub async fn variables(&self) -> Variables {
        let reached = Reached::open(self.data(), &Clock::default(), &Random::default()).await;
        reached.expect("a running system").variables().clone()
    }

    /// Takes these into the list of agencies.
    ///
    /// # Panics
    /// When they cannot be taken.
    pub async fn import(&self, agencies: &[Listed]) {
        let variables = self.variables().await;
        let aws = Aws::from_environment(&variables).expect("variables");
        let import = AgencyImport::from_environment(&aws, &variables).expect("variables");
        let agencies: Vec<Agency> = agencies.iter().map(Listed::agency).collect();
        let plan = import.plan(agencies, self.clock().now()).await.expect("a plan");
        import.carry_out(&plan, self.clock().now()).await.expect("an import");
    }
}

async fn begin(data: &Path, change: impl AsyncFnOnce(&mut Surroundings)) -> Running {
    let options = Options { port: 0, data: data.to_owned() };
    let wired = async |mut surroundings: Surroundings| {
        change(&mut surroundings).await;
        wiring(&surroundings)
    };
    start_with(&options, wired).await.expect("a system")
}

fn site(running: &Running) -> String {
    format!("http://127.0.0.1:{}", running.addresses().site)
}
