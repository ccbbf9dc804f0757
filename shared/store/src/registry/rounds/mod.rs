//! Rounds in the registry table: who is asked, who has answered, and how far it is.
//!
//! | pk | sk | what |
//! |---|---|---|
//! | `ROUNDS` | `ROUND#<id>` | one round whole; while it is opened, how far its list is written |
//! | `ROUNDS` | `OPEN` | what a save must know of the open rounds |
//! | `ROUNDS` | `CALENDAR` | the holidays that the office entered |
//! | `ROUNDS` | `STOP` | no reminder of any round goes out while it is there |
//! | `ROUND#<id>#<province>` | `<code>` | one line of the frozen list, and where the agency stands |
//! | `ROUND#<id>#<province>` | `<code>#CALL#<time>` | a call that was noted |
//! | `ROUND#<id>` | `TOTAL#<province>` | where the agencies of a province stand together |
//! | `ROUND#<id>` | `CURVE#<province>`, `CURVE#ALL` | the same at the end of each day |
//! | `ROUND#<id>` | `REPORT` | how the round ended |
//! | `ROUND#<id>` | `FILE#<id>` | a file that is expected to arrive; once it has, the round itself names it |
//! | `LEAVING` | `<round>#<file>` | a file that the round names no longer, until it is out of the bucket as well |
//!
//! What an agency answered stands in its ledger, written by the save itself; lines and totals follow it through
//! the table's stream. A line and the total of its province change in one transaction, on condition that the line
//! is as it was seen ([`codec::LINE`], its `counted`): so repeats change nothing, and no save waits for a counter.

mod attachments;
mod calls;
mod changing;
pub(crate) mod codec;
mod ending;
mod list;
mod opening;
mod progress;
mod report;

pub use attachments::{Attachments, FileChange};
pub use calls::{CallList, Owing};
pub use ending::Endings;
pub use list::Census;
pub use opening::Opened;
pub use progress::{Parts, RoundProgress};

use aws_sdk_dynamodb::Client;
use jiff::Timestamp;
use palad_domain::round::holidays::Holidays;
use palad_domain::round::{Round, RoundId};
use palad_environment::{Variables, VariablesError};

use crate::StoreError;
use crate::accounts::Registered;
use crate::aws::Aws;
use crate::item::{key, text};
use crate::table::{get, get_many, query_all, values};
use crate::tables::{AccountsTable, RegistryTable, SK};

use codec::{CALENDAR, OPEN, ROUNDS, STOP, round_sk};

/// The rounds, for the offices.
#[derive(Clone)]
pub struct Rounds {
    client: Client,
    registry: RegistryTable,
    accounts: AccountsTable,
    registered: Registered,
}

impl Rounds {
    /// Needs `REGISTRY_TABLE` and `ACCOUNTS_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self {
            client: aws.dynamodb(),
            registry: RegistryTable::from_environment(variables)?,
            accounts: AccountsTable::from_environment(variables)?,
            registered: Registered::of(aws, variables)?,
        })
    }

    /// One round.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn find(&self, id: RoundId) -> Result<Option<Round>, StoreError> {
        let item = get(&self.client, self.registry.name(), key(ROUNDS, round_sk(id))).await?;
        item.as_ref().map(codec::read_round).transpose()
    }

    /// Every round, the latest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn all(&self) -> Result<Vec<Round>, StoreError> {
        let bounds = [(":pk", text(ROUNDS)), (":round", text("ROUND#"))];
        let query = self
            .client
            .query()
            .table_name(self.registry.name())
            .key_condition_expression("pk = :pk AND begins_with(sk, :round)")
            .set_expression_attribute_values(Some(values(bounds)))
            .consistent_read(true);
        let mut rounds: Vec<Round> =
            query_all(query).await?.iter().map(codec::read_round).collect::<Result<_, _>>()?;
        rounds.sort_by_key(|round| std::cmp::Reverse(round.id));
        Ok(rounds)
    }

    /// The holidays that the office entered.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn holidays(&self) -> Result<Holidays, StoreError> {
        let item = get(&self.client, self.registry.name(), key(ROUNDS, CALENDAR)).await?;
        item.as_ref().map_or_else(|| Ok(Holidays::default()), codec::read_holidays)
    }

    /// A round and the holidays, in one call.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn with_holidays(&self, id: RoundId) -> Result<(Option<Round>, Holidays), StoreError> {
        let keys = vec![key(ROUNDS, round_sk(id)), key(ROUNDS, CALENDAR)];
        let (mut round, mut holidays) = (None, Holidays::default());
        for item in get_many(&self.client, self.registry.name(), keys).await? {
            match item.get(SK) {
                Some(sk) if *sk == text(CALENDAR) => holidays = codec::read_holidays(&item)?,
                _ => round = Some(codec::read_round(&item)?),
            }
        }
        Ok((round, holidays))
    }

    /// Since when no reminder of any round goes out, if none does.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn stopped_since(&self) -> Result<Option<Timestamp>, StoreError> {
        let item = get(&self.client, self.registry.name(), key(ROUNDS, STOP)).await?;
        item.as_ref().map(codec::read_stop).transpose()
    }
}

/// The item of the open rounds.
pub(crate) fn open_key() -> crate::item::Attributes {
    key(ROUNDS, OPEN)
}
