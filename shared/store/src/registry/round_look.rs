//! The look at a round and an agency before a message about them is sent: one call, consistent.

use aws_sdk_dynamodb::Client;
use palad_domain::agency::AgencyCode;
use palad_domain::record::Ledger;
use palad_domain::round::calendar::Calendar;
use palad_domain::round::{Round, RoundId};
use palad_environment::{Variables, VariablesError};

use super::rounds::codec::{self, CALENDAR, ROUNDS, STOP, round_sk};
use super::{AGENCY, Disowned, POST, agency_pk, codec as registry_codec, read_disowned};
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Reader, key};
use crate::many::read_many;
use crate::tables::{RegistryTable, SK};

/// Rounds and ledgers, for the function that looks again before it sends.
#[derive(Clone)]
pub struct RoundLook {
    client: Client,
    registry: RegistryTable,
}

/// What stands at the moment of the look.
#[derive(Clone, Debug, Default)]
pub struct RoundLooked {
    /// The round, if it is still there.
    pub round: Option<Round>,
    /// On which days offices work.
    pub calendar: Calendar,
    /// Whether no message of any round goes out.
    pub is_stopped: bool,
    /// The agency's ledger; empty where nothing was ever recorded, or nobody asked for it.
    pub ledger: Ledger,
    /// Mailboxes whose readers said that the agency's record is no longer theirs.
    pub disowned: Disowned,
}

impl RoundLook {
    /// Needs `REGISTRY_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), registry: RegistryTable::from_environment(variables)? })
    }

    /// Looks at a round, and at an agency's ledger where one is named.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn look(&self, round: RoundId, agency: Option<&AgencyCode>) -> Result<RoundLooked, StoreError> {
        let mut keys = vec![key(ROUNDS, round_sk(round)), key(ROUNDS, CALENDAR), key(ROUNDS, STOP)];
        for sk in [POST, AGENCY] {
            keys.extend(agency.map(|code| key(agency_pk(code), sk)));
        }
        let mut looked = RoundLooked::default();
        for item in read_many(&self.client, self.registry.name(), keys, None).await? {
            match Reader(&item).text(SK)?.as_str() {
                CALENDAR => looked.calendar = codec::read_holidays(&item)?.calendar(),
                STOP => looked.is_stopped = true,
                AGENCY => looked.disowned = read_disowned(&item)?,
                POST => looked.ledger = registry_codec::read_ledger(&item)?,
                _ => looked.round = Some(codec::read_round(&item)?),
            }
        }
        Ok(looked)
    }
}
