//! Files of rounds: what is expected to arrive, and what has arrived and belongs to the round.

use aws_sdk_dynamodb::Client;
use jiff::{SignedDuration, Timestamp};
use palad_domain::policy::CanManageRounds;
use palad_domain::round::attachment::{AttachmentId, Expected};
use palad_domain::round::{Round, RoundId};
use palad_environment::{Variables, VariablesError};

use super::changing::overtaken;
use super::codec::{ROUNDS, read_round, round_item, round_pk, round_sk};
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Attributes, Builder, Reader, key, number};
use crate::session_check::check_version;
use crate::table::{get, values};
use crate::tables::{AccountsTable, RegistryTable};
use crate::transaction::{Outcome, Transaction};

/// How long a file is expected: as long as the bucket keeps what has arrived.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24);
/// What is expected, as JSON.
const EXPECTED: &str = "expected_file";

/// The files of rounds, for the office that attaches them.
#[derive(Clone)]
pub struct Attachments {
    client: Client,
    registry: RegistryTable,
    accounts: AccountsTable,
}

/// The writes, by name.
#[derive(Clone, Copy)]
enum Write {
    Round,
    Expected,
    Session,
}

impl Attachments {
    /// Needs `REGISTRY_TABLE` and `ACCOUNTS_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self {
            client: aws.dynamodb(),
            registry: RegistryTable::from_environment(variables)?,
            accounts: AccountsTable::from_environment(variables)?,
        })
    }

    /// The round, if there is one of this name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn round(&self, id: RoundId) -> Result<Option<Round>, StoreError> {
        let item = get(&self.client, self.registry.name(), key(ROUNDS, round_sk(id))).await?;
        item.as_ref().map(read_round).transpose()
    }

    /// Notes that a file is expected.
    ///
    /// # Errors
    /// `SessionRevoked`, and the store's own.
    pub async fn expect(
        &self,
        leave: &CanManageRounds,
        round: RoundId,
        id: &AttachmentId,
        expected: &Expected,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let item = Builder::new(round_pk(round), expected_sk(id))
            .json(EXPECTED, expected)?
            .expires(now + PATIENCE)
            .build();
        let mut transaction = Transaction::new();
        let absent = Some(("attribute_not_exists(pk)", Attributes::new()));
        transaction.put(Write::Expected, self.registry.name(), item, absent);
        self.check(&mut transaction, leave);
        match transaction.run(&self.client).await? {
            Outcome::Done => Ok(()),
            Outcome::Refused(Write::Session, _) => Err(StoreError::SessionRevoked),
            Outcome::Refused(Write::Round | Write::Expected, _) => {
                Err(StoreError::Failed("a file's name was used before".into()))
            }
        }
    }

    /// What is expected under this name, if anything is.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn expected(
        &self,
        round: RoundId,
        id: &AttachmentId,
        now: Timestamp,
    ) -> Result<Option<Expected>, StoreError> {
        let key = key(round_pk(round), expected_sk(id));
        let Some(item) = get(&self.client, self.registry.name(), key).await? else { return Ok(None) };
        let read = Reader(&item);
        if read.expires() <= now { Ok(None) } else { read.json(EXPECTED).map(Some) }
    }

    /// Puts the round with other files in the place of `before`. What saves must know of open rounds says nothing of
    /// files, and stays as it is.
    ///
    /// # Errors
    /// `Stale` or `NotFound` when the round is not as it was seen; `SessionRevoked`; and the store's own.
    pub async fn change(
        &self,
        leave: &CanManageRounds,
        before: &Round,
        after: &Round,
    ) -> Result<(), StoreError> {
        let mut transaction = Transaction::new();
        let unchanged = Some(("version = :seen", values([(":seen", number(before.version))])));
        transaction.put(Write::Round, self.registry.name(), round_item(after)?.build(), unchanged);
        self.check(&mut transaction, leave);
        match transaction.run(&self.client).await? {
            Outcome::Done => Ok(()),
            Outcome::Refused(Write::Session, _) => Err(StoreError::SessionRevoked),
            Outcome::Refused(Write::Round | Write::Expected, item) => Err(overtaken(&item)),
        }
    }

    fn check(&self, transaction: &mut Transaction<Write>, leave: &CanManageRounds) {
        let (actor, version) = (leave.actor(), leave.session_version());
        check_version(transaction, Write::Session, &self.accounts, actor, version);
    }
}

fn expected_sk(id: &AttachmentId) -> String {
    format!("FILE#{}", id.as_str())
}
