//! What stands before a try from an unknown device: three counters, charged before the number is judged and
//! whether or not there is an account, so that a refusal tells nothing about the agency.
//!
//! 1. The network: it comes first, so that one that has tried enough agencies cannot go on to use up the
//!    allowances of the others.
//! 2. The agency's own allowance of tries.
//! 3. The number: it comes last, so that each agency that is counted against a number has cost a try of that
//!    agency's allowance, and numbers cannot be closed to everybody for nothing.

use std::net::IpAddr;
use std::time::Duration;

use jiff::Timestamp;
use palad_api::{ApiError, HttpFunction, left_undone};
use palad_domain::account::Challenge;
use palad_domain::agency::AgencyCode;
use palad_domain::guessing::{Guard, GuardKind, Network, Window};
use palad_domain::password::Password;
use palad_domain::staff::StaffChallenge;
use palad_store::{StoreError, TriesScope};

use crate::App;

/// How long whoever is in already waits for what is given back. A store that hangs must not keep the answer away until
/// the function's own time is over, for the code is used.
const PATIENCE: Duration = Duration::from_secs(1);

/// Does it if that is soon done, and otherwise says that it was not.
async fn in_short(giving_back: impl Future<Output = Result<(), StoreError>>) {
    let late = |_| Err(StoreError::Unavailable("giving back takes too long".into()));
    if let Err(error) = tokio::time::timeout(PATIENCE, giving_back).await.unwrap_or_else(late) {
        left_undone(App::NAME, "give back", &error);
    }
}

impl App {
    /// Charges one try; answers which guards it was counted by.
    pub(crate) async fn charge_stranger(
        &self,
        address: Option<IpAddr>,
        agency: &AgencyCode,
        password: &Password,
        now: Timestamp,
    ) -> Result<Vec<Guard>, ApiError> {
        let network = self.network_guard(GuardKind::Network, address, now);
        if let Some(network) = &network {
            self.guards.charge(network, agency.as_str(), now).await?.map_err(ApiError::too_many_sign_ins)?;
        }
        let scope = TriesScope::UnknownDevices(agency);
        self.tries.charge(scope, now).await?.map_err(ApiError::too_many_sign_ins)?;
        let number = self.guard(GuardKind::Number, password.as_bytes(), now);
        self.guards.charge(&number, agency.as_str(), now).await?.map_err(ApiError::too_many_sign_ins)?;
        Ok(network.into_iter().chain([number]).collect())
    }

    /// Gives back what was charged: the mailed code proved that it was the owner, who is in, whether or not this
    /// succeeds. What is not given back comes back by itself, with the day and at the end of the window.
    pub(crate) async fn give_back(&self, challenge: &Challenge) {
        let whom = challenge.agency.as_str();
        in_short(async {
            self.tries.refund(TriesScope::UnknownDevices(&challenge.agency)).await?;
            self.give_places_back(&challenge.guards, whom).await
        })
        .await;
    }

    /// The same for staff, of whom only networks are counted.
    pub(crate) async fn give_back_staff(&self, challenge: &StaffChallenge) {
        in_short(self.give_places_back(&challenge.guards, challenge.staff.as_str())).await;
    }

    async fn give_places_back(&self, guards: &[Guard], whom: &str) -> Result<(), StoreError> {
        for guard in guards {
            self.guards.give_back(guard, whom).await?;
        }
        Ok(())
    }

    /// The guard over the network that an address is in; none where no address is known.
    pub(crate) fn network_guard(
        &self,
        kind: GuardKind,
        address: Option<IpAddr>,
        now: Timestamp,
    ) -> Option<Guard> {
        address.map(|address| self.guard(kind, Network::of(address).to_text().as_bytes(), now))
    }

    fn guard(&self, kind: GuardKind, secret: &[u8], now: Timestamp) -> Guard {
        let window = Window::of(kind, now);
        let mark = self.pepper.guard_mark(&format!("{} {window}", kind.as_str()), secret);
        Guard { kind, mark, window }
    }
}
