//! Files of rounds: what is expected to arrive, and what has arrived and belongs to the round.

use jiff::{SignedDuration, Timestamp};
use palad_domain::policy::CanManageRounds;
use palad_domain::round::attachment::{AttachmentId, Expected};
use palad_domain::round::{Round, RoundId};
use palad_environment::{Variables, VariablesError};

use super::Rounds;
use super::changing::{Write, overtaken, unchanged};
use super::codec::{round_item, round_pk};
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Attributes, Builder, Reader, key};
use crate::table::get;
use crate::transaction::{Outcome, Transaction};

/// How long a file is expected: as long as the bucket keeps what has arrived.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24);
/// What is expected, as JSON.
const EXPECTED: &str = "expected_file";

/// The files of rounds, for the office that attaches them.
#[derive(Clone)]
pub struct Attachments(Rounds);

impl Attachments {
    /// Needs the same variables as [`Rounds`].
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Rounds::from_environment(aws, variables).map(Self)
    }

    /// The round, if there is one of this name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn round(&self, id: RoundId) -> Result<Option<Round>, StoreError> {
        self.0.find(id).await
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
        transaction.put(Write::Round, self.0.registry.name(), item, absent);
        self.0.check(&mut transaction, leave);
        match transaction.run(&self.0.client).await? {
            Outcome::Done => Ok(()),
            Outcome::Refused(Write::Session, _) => Err(StoreError::SessionRevoked),
            Outcome::Refused(Write::Round | Write::Open, _) => {
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
        let Some(item) = get(&self.0.client, self.0.registry.name(), key).await? else { return Ok(None) };
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
        let item = round_item(after)?.build();
        transaction.put(Write::Round, self.0.registry.name(), item, Some(unchanged(before)));
        self.0.check(&mut transaction, leave);
        match transaction.run(&self.0.client).await? {
            Outcome::Done => Ok(()),
            Outcome::Refused(Write::Session, _) => Err(StoreError::SessionRevoked),
            Outcome::Refused(Write::Round | Write::Open, item) => Err(overtaken(&item)),
        }
    }
}

fn expected_sk(id: &AttachmentId) -> String {
    format!("FILE#{}", id.as_str())
}
