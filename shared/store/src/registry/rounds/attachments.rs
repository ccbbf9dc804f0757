//! Files of rounds: what is expected to arrive, what has arrived and belongs to the round, and what is taken away again.
//!
//! Each is noted before the bucket is changed, on condition that the session stands: what the bucket still lacks or
//! still has is seen from the notes, by whoever says the same again, and what it still has by whoever comes after.

use jiff::{SignedDuration, Timestamp};
use palad_domain::policy::CanManageRounds;
use palad_domain::round::attachment::{AttachmentId, Expected};
use palad_domain::round::{Round, RoundId};
use palad_environment::{Variables, VariablesError};

use super::Rounds;
use super::changing::{overtaken, unchanged};
use super::codec::{round_item, round_pk};
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Attributes, Builder, Reader, key, text};
use crate::session_check::check_version;
use crate::table::{get, put, query_all, values};
use crate::tables::SK;
use crate::transaction::{Outcome, Transaction};

/// How long a file is expected: as long as the bucket keeps what has arrived.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24);
/// What is expected, as JSON.
const EXPECTED: &str = "expected_file";
/// Where it is noted which files leave, those of all rounds together: whoever comes next finds them with one question.
const LEAVING: &str = "LEAVING";
/// When a file was taken out of its round, until it is out of the bucket as well.
const LEAVES_SINCE: &str = "leaves_since";

/// What happens to a file of a round.
#[derive(Clone, Copy, Debug)]
pub enum FileChange<'a> {
    /// It has arrived as it was expected, and belongs to the round from now on.
    Arrives(&'a AttachmentId, &'a Expected),
    /// It belongs to the round no longer.
    Leaves(&'a AttachmentId),
}

/// The writes of a change, by name.
#[derive(Clone, Copy)]
enum Write {
    /// The round: it is not as it was seen.
    Round,
    /// The note about the file: it is not what it was.
    File,
    /// The session of who asks.
    Session,
}

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
        let mut transaction = Transaction::new();
        let absent = Some(("attribute_not_exists(pk)", Attributes::new()));
        transaction.put(
            Write::File,
            self.0.registry.name(),
            expected_item(round, id, expected, now)?,
            absent,
        );
        self.check(&mut transaction, leave);
        match transaction.run(&self.0.client).await? {
            Outcome::Done => Ok(()),
            Outcome::Refused(Write::Session, _) => Err(StoreError::SessionRevoked),
            Outcome::Refused(Write::Round | Write::File, _) => {
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
        let key = key(round_pk(round), file_sk(id));
        let Some(item) = get(&self.0.client, self.0.registry.name(), key).await? else { return Ok(None) };
        let read = Reader(&item);
        if read.expires() <= now || read.find_text(EXPECTED).is_none() {
            return Ok(None);
        }
        read.json(EXPECTED).map(Some)
    }

    /// Puts the round with other files in the place of `before`, and notes what is to become of the file. What saves
    /// must know of open rounds says nothing of files, and stays as it is.
    ///
    /// # Errors
    /// `Stale` or `NotFound` when the round is not as it was seen, `NotFound` also when the file that arrives was taken
    /// away meanwhile; `SessionRevoked`; and the store's own.
    pub async fn change(
        &self,
        leave: &CanManageRounds,
        before: &Round,
        after: &Round,
        file: FileChange<'_>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let registry = self.0.registry.name();
        let mut transaction = Transaction::new();
        transaction.put(Write::Round, registry, round_item(after)?.build(), Some(unchanged(before)));
        match file {
            FileChange::Arrives(id, expected) => {
                let item = expected_item(after.id, id, expected, now)?;
                let is_expected = Some((IS_EXPECTED, Attributes::new()));
                transaction.put(Write::File, registry, item, is_expected);
            }
            FileChange::Leaves(id) => {
                transaction.put(Write::File, registry, unexpected_item(after.id, id, now), None);
                transaction.put(Write::File, registry, leaving_item(after.id, id, now), None);
            }
        }
        self.check(&mut transaction, leave);
        match transaction.run(&self.0.client).await? {
            Outcome::Done => Ok(()),
            Outcome::Refused(Write::Session, _) => Err(StoreError::SessionRevoked),
            Outcome::Refused(Write::File, _) => Err(StoreError::NotFound),
            Outcome::Refused(Write::Round, item) => Err(overtaken(&item)),
        }
    }

    /// Looks again before the bucket follows what was noted earlier: whether the session stands.
    ///
    /// # Errors
    /// `SessionRevoked`, and the store's own.
    pub async fn stands(&self, leave: &CanManageRounds) -> Result<(), StoreError> {
        let mut transaction = Transaction::new();
        self.check(&mut transaction, leave);
        match transaction.run(&self.0.client).await? {
            Outcome::Done => Ok(()),
            Outcome::Refused(..) => Err(StoreError::SessionRevoked),
        }
    }

    /// The same for a file that was taken out of its round and may be in the bucket still.
    ///
    /// # Errors
    /// `NotFound` where no such file leaves this round; `SessionRevoked`; and the store's own.
    pub async fn leaves(
        &self,
        leave: &CanManageRounds,
        round: RoundId,
        id: &AttachmentId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = Transaction::new();
        let leaves = Some((DOES_LEAVE, Attributes::new()));
        transaction.put(Write::File, self.0.registry.name(), leaving_item(round, id, now), leaves);
        self.check(&mut transaction, leave);
        match transaction.run(&self.0.client).await? {
            Outcome::Done => Ok(()),
            Outcome::Refused(Write::Session, _) => Err(StoreError::SessionRevoked),
            Outcome::Refused(Write::Round | Write::File, _) => Err(StoreError::NotFound),
        }
    }

    /// What was taken out of any round and may be in the bucket still.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn leaving(&self) -> Result<Vec<(RoundId, AttachmentId)>, StoreError> {
        let query = self
            .0
            .client
            .query()
            .table_name(self.0.registry.name())
            .key_condition_expression("pk = :pk")
            .filter_expression(DOES_LEAVE)
            .set_expression_attribute_values(Some(values([(":pk", text(LEAVING))])))
            .consistent_read(true);
        query_all(query).await?.iter().map(|item| Reader(item).parse(SK, read_leaving)).collect()
    }

    /// Notes that a file which left its round has left the bucket too.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn has_left(
        &self,
        round: RoundId,
        id: &AttachmentId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let item = Builder::new(LEAVING, leaving_sk(round, id)).expires(now + PATIENCE).build();
        put(&self.0.client, self.0.registry.name(), item).await
    }

    fn check(&self, transaction: &mut Transaction<Write>, leave: &CanManageRounds) {
        let (actor, version) = (leave.actor(), leave.session_version());
        check_version(transaction, Write::Session, &self.0.accounts, actor, version);
    }
}

/// That the note about a file says that it is expected.
const IS_EXPECTED: &str = "attribute_exists(expected_file)";
/// That it says that the file leaves.
const DOES_LEAVE: &str = "attribute_exists(leaves_since)";

fn expected_item(
    round: RoundId,
    id: &AttachmentId,
    expected: &Expected,
    now: Timestamp,
) -> Result<Attributes, StoreError> {
    let item = Builder::new(round_pk(round), file_sk(id)).json(EXPECTED, expected)?;
    Ok(item.expires(now + PATIENCE).build())
}

/// In the place of the one that says that the file is expected.
fn unexpected_item(round: RoundId, id: &AttachmentId, now: Timestamp) -> Attributes {
    Builder::new(round_pk(round), file_sk(id)).expires(now + PATIENCE).build()
}

/// It does not expire: as long as it stands, the file may be there.
fn leaving_item(round: RoundId, id: &AttachmentId, now: Timestamp) -> Attributes {
    Builder::new(LEAVING, leaving_sk(round, id)).time(LEAVES_SINCE, now).build()
}

fn leaving_sk(round: RoundId, id: &AttachmentId) -> String {
    format!("{round}#{}", id.as_str())
}

fn read_leaving(sk: &str) -> Option<(RoundId, AttachmentId)> {
    let (round, id) = sk.split_once('#')?;
    Some((round.parse().ok()?, AttachmentId::parse(id)?))
}

fn file_sk(id: &AttachmentId) -> String {
    format!("FILE#{}", id.as_str())
}
