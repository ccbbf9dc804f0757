//! Changing an agency's record: one transaction for each save.
//!
//! Together or not at all go the ledger at its expected version with what it answers in the open rounds, the
//! history's new line, a tenure
//! where somebody left, what can be restored, the change for search, the audit's line, the check of
//! the session, and the outcome for the idempotency key. There is no counter in it, so that the last
//! day of a round has no hot item.

use aws_sdk_dynamodb::Client;
use jiff::{SignedDuration, Timestamp};
use palad_domain::agency::{Agency, AgencyCode};
use palad_domain::audit::{Event, Head};
use palad_domain::change::{Applied, Change, Misfit};
use palad_domain::directory::PublicPost;
use palad_domain::photo::{PhotoId, PhotoState};
use palad_domain::policy::{CanEdit, CanRestore, Leave};
use palad_domain::record::{ClerkId, Deleted, Ledger};
use palad_domain::round::OpenRound;
use palad_domain::round::answer::answers_after;
use palad_environment::{Variables, VariablesError};

use super::codec::{self, deleted_sk};
use super::directory::change_item;
use super::photo_desk::upload;
use super::photos::{photo_sk, photo_state};
use super::rounds::codec::{OPEN, read_open};
use super::rounds::open_key;
use super::{POST, agency_pk};
use crate::StoreError;
use crate::audit::{self, AuditLog, NewLine};
use crate::aws::Aws;
use crate::item::{Attributes, Builder, Reader, key, number, text};
use crate::session_check::check_session;
use crate::table::{get, get_many, query_all, values};
use crate::tables::{AccountsTable, RegistryTable, SK};
use crate::transaction::{Outcome, Transaction};

/// How long the outcome of a request is remembered.
const REQUEST_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// The records of all agencies, for those who may change them.
#[derive(Clone)]
pub struct Records {
    pub(super) client: Client,
    pub(super) registry: RegistryTable,
    accounts: AccountsTable,
    audit: AuditLog,
}

/// A request that must not be carried out twice: the caller's key, and a fingerprint of what it asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestKey {
    key: String,
    fingerprint: String,
}

impl RequestKey {
    /// `request` is everything that makes two requests the same.
    #[must_use]
    pub fn new(key: &str, request: &[u8]) -> Self {
        let hash = |bytes: &[u8]| {
            let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
            data_encoding::BASE64URL_NOPAD.encode(digest.as_ref())
        };
        Self { key: hash(key.as_bytes()), fingerprint: hash(request) }
    }
}

/// The record after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The record as this request left it.
    pub ledger: Ledger,
    /// Whether the change was made by an earlier request with the same key.
    pub repeated: bool,
}

/// What stands before a save.
#[derive(Default)]
struct Before {
    ledger: Ledger,
    open: Vec<OpenRound>,
    earlier: Option<Attributes>,
}

/// The writes of a save, by name.
#[derive(Clone, Copy)]
enum Write {
    Ledger,
    Session,
    Request,
    Photo,
    Audit,
    Other,
}

impl Records {
    /// Needs `REGISTRY_TABLE`, `ACCOUNTS_TABLE` and `AUDIT_TABLE`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self {
            client: aws.dynamodb(),
            registry: RegistryTable::from_environment(variables)?,
            accounts: AccountsTable::from_environment(variables)?,
            audit: AuditLog::from_environment(variables)?,
        })
    }

    /// The ledger of an agency as it stands.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn ledger(&self, code: &AgencyCode) -> Result<Ledger, StoreError> {
        let item = get(&self.client, self.registry.name(), key(agency_pk(code), POST)).await?;
        item.as_ref().map_or_else(|| Ok(Ledger::default()), codec::read_ledger)
    }

    /// Adds, edits or deletes a record.
    ///
    /// # Errors
    /// `AlreadyRecorded`, `NotFound` and `Stale` where the record is not as the change expects;
    /// `SessionRevoked`; `KeyReused`; and the store's own.
    pub async fn change(
        &self,
        leave: &CanEdit,
        agency: &Agency,
        change: Change,
        request: Option<&RequestKey>,
        request_id: &str,
        now: Timestamp,
    ) -> Result<Saved, StoreError> {
        self.save(leave, agency, change, request, request_id, now).await
    }

    /// Brings a deleted record back.
    ///
    /// # Errors
    /// As [`Records::change`]; `NotFound` where there is nothing to restore under this key.
    pub async fn restore(
        &self,
        leave: &CanRestore,
        agency: &Agency,
        id: &ClerkId,
        request: Option<&RequestKey>,
        request_id: &str,
        now: Timestamp,
    ) -> Result<Saved, StoreError> {
        let Some(deleted) = self.deleted(&agency.code, id).await? else {
            // Nothing to restore any more, perhaps because this very request has restored it.
            let earlier = self.read_before(&agency.code, request).await?.earlier;
            let saved =
                request.zip(earlier).and_then(|(request, item)| repeated(request, &item, now).transpose());
            return saved.unwrap_or(Err(StoreError::NotFound));
        };
        self.save(leave, agency, Change::Restore { deleted }, request, request_id, now).await
    }

    /// The deleted record with this key: there are few, so they are looked through.
    async fn deleted(&self, code: &AgencyCode, id: &ClerkId) -> Result<Option<Deleted>, StoreError> {
        let bounds =
            [(":pk", text(agency_pk(code))), (":deleted", text("DELETED#")), (":id", text(id.as_str()))];
        let query = self
            .client
            .query()
            .table_name(self.registry.name())
            .key_condition_expression("pk = :pk AND begins_with(sk, :deleted)")
            .filter_expression("id = :id")
            .set_expression_attribute_values(Some(values(bounds)))
            .consistent_read(true);
        query_all(query).await?.first().map(codec::read_deleted).transpose()
    }

    async fn save(
        &self,
        leave: &Leave,
        agency: &Agency,
        change: Change,
        request: Option<&RequestKey>,
        request_id: &str,
        now: Timestamp,
    ) -> Result<Saved, StoreError> {
        if *leave.agency() != agency.code {
            return Err(StoreError::Failed("leave for one agency, change of another".into()));
        }
        // A photo may be settled or a line of the audit written between our look and our write; then we look
        // again. Who is stale is decided by the ledger's own version, every time.
        for _ in 0..audit::ATTEMPTS {
            let saved = self.try_save(leave, agency, change.clone(), request, request_id, now).await?;
            if let Some(saved) = saved {
                return Ok(saved);
            }
        }
        Err(audit::overrun())
    }

    /// One try; none where the photo's state or the audit's end was not the one seen any more.
    async fn try_save(
        &self,
        leave: &Leave,
        agency: &Agency,
        change: Change,
        request: Option<&RequestKey>,
        request_id: &str,
        now: Timestamp,
    ) -> Result<Option<Saved>, StoreError> {
        let (Before { ledger, open, earlier }, head) = tokio::try_join!(
            self.read_before(&agency.code, request),
            self.audit.head(&self.client, &agency.code)
        )?;
        if let Some(saved) =
            request.zip(earlier).and_then(|(request, item)| repeated(request, &item, now).transpose())
        {
            return saved.map(Some);
        }
        let today = palad_thai::date::bangkok_day(now);
        let wants_none = matches!(change, Change::Create { .. } | Change::Restore { .. });
        let mut applied =
            change.apply(&ledger, leave.office(), now, today).map_err(|misfit| match misfit {
                Misfit::AlreadyRecorded => StoreError::AlreadyRecorded,
                Misfit::NotFound => StoreError::NotFound,
                Misfit::Stale => StoreError::Stale { current: ledger.version },
            })?;
        let version = applied.ledger.version;
        applied.ledger.answers =
            answers_after(&ledger.answers, &open, agency, applied.happened(), leave.office(), version, now);
        let photo = self.look_at_photo(&agency.code, &mut applied).await?;
        let mut transaction = self.transaction(leave, agency, &ledger, &applied, request, now)?;
        if let Some((id, seen)) = photo {
            let key = key(agency_pk(&agency.code), photo_sk(&id));
            let seen = values([(":upload", text(upload(&seen)?))]);
            transaction.check(Write::Photo, self.registry.name(), key, "upload = :upload", seen);
        }
        self.add_line(&mut transaction, leave, &head, &applied, request_id)?;
        match transaction.run(&self.client).await? {
            Outcome::Done => Ok(Some(Saved { ledger: applied.ledger, repeated: false })),
            Outcome::Refused(Write::Photo | Write::Audit, _) => Ok(None),
            Outcome::Refused(Write::Session, _) => Err(StoreError::SessionRevoked),
            // The record was confirmed meanwhile, which is no new version.
            Outcome::Refused(Write::Ledger, item) if is_at(&item, &ledger) => Ok(None),
            Outcome::Refused(Write::Ledger, item) => Err(overtaken(&item, wants_none)),
            // The same request went through between our look and our write, or does so right now.
            Outcome::Refused(Write::Request, item) => match request {
                Some(request) => {
                    repeated(request, &item, now)?.map_or(Err(StoreError::UnderWay), |saved| Ok(Some(saved)))
                }
                None => Err(StoreError::UnderWay),
            },
            Outcome::Refused(Write::Other, _) => Err(StoreError::NotFound),
        }
    }

    /// Finds out whether the photo that the new record names can be shown, and notes it in the record.
    async fn look_at_photo(
        &self,
        code: &AgencyCode,
        applied: &mut Applied,
    ) -> Result<Option<(PhotoId, PhotoState)>, StoreError> {
        let Some(current) = &mut applied.ledger.current else { return Ok(None) };
        let Some(id) = current.photo().cloned() else { return Ok(None) };
        let state =
            photo_state(&self.client, &self.registry, code, &id).await?.ok_or(StoreError::UnknownPhoto)?;
        current.photo_ready = state == PhotoState::Ready;
        Ok(Some((id, state)))
    }

    /// The ledger, the open rounds, and the outcome of an earlier request with the same key, in one call.
    async fn read_before(
        &self,
        code: &AgencyCode,
        request: Option<&RequestKey>,
    ) -> Result<Before, StoreError> {
        let mut keys = vec![key(agency_pk(code), POST), open_key()];
        keys.extend(request.map(|request| request_key(code, request)));
        let mut before = Before::default();
        for item in get_many(&self.client, self.registry.name(), keys).await? {
            match Reader(&item).text(SK)?.as_str() {
                POST => before.ledger = codec::read_ledger(&item)?,
                OPEN => before.open = read_open(&item)?,
                _ => before.earlier = Some(item),
            }
        }
        Ok(before)
    }

    fn transaction(
        &self,
        leave: &Leave,
        agency: &Agency,
        before: &Ledger,
        applied: &Applied,
        request: Option<&RequestKey>,
        now: Timestamp,
    ) -> Result<Transaction<Write>, StoreError> {
        let code = &agency.code;
        let registry = self.registry.name();
        let absent = || Some(("attribute_not_exists(pk)", Attributes::new()));
        let mut transaction = Transaction::new();

        let seen = values([(":seen", number(before.version))]);
        let unchanged = if before.version.0 == 0 {
            ("attribute_not_exists(pk)", Attributes::new())
        } else if before.answers.is_empty() {
            ("version = :seen AND attribute_not_exists(answers)", seen)
        } else {
            let answers = text(codec::answers_text(&before.answers)?);
            let seen = seen.into_iter().chain([(":answers".to_owned(), answers)]).collect();
            ("version = :seen AND answers = :answers", seen)
        };
        transaction.put(
            Write::Ledger,
            registry,
            codec::ledger_item(agency, &applied.ledger)?,
            Some(unchanged),
        );
        transaction.put(Write::Ledger, registry, codec::history_item(code, &applied.entry)?, absent());
        if let Some(tenure) = &applied.tenure {
            let item = codec::tenure_item(code, applied.ledger.version, tenure)?;
            transaction.put(Write::Other, registry, item, absent());
        }
        if let Some(deleted) = &applied.deleted {
            transaction.put(Write::Other, registry, codec::deleted_item(code, deleted)?, None);
        }
        if let Some(deleted) = &applied.restored {
            let key = key(agency_pk(code), deleted_sk(deleted.version));
            transaction.delete(Write::Other, registry, key, "attribute_exists(pk)");
        }
        transaction.put(Write::Other, registry, change_item(&PublicPost::of(code, &applied.ledger))?, None);

        check_session(&mut transaction, Write::Session, &self.accounts, leave);

        if let Some(request) = request {
            let item = request_item(code, request, &applied.ledger, now)?;
            let free = (
                "attribute_not_exists(pk) OR expires_at < :now",
                values([(":now", number(now.as_second()))]),
            );
            transaction.put(Write::Request, registry, item, Some(free));
        }
        Ok(transaction)
    }

    /// Adds the audit's line. It comes last: whatever else refuses the save is the better answer.
    fn add_line(
        &self,
        transaction: &mut Transaction<Write>,
        leave: &Leave,
        head: &Head,
        applied: &Applied,
        request_id: &str,
    ) -> Result<(), StoreError> {
        let event = Event::of_record(applied.entry.action, applied.ledger.version);
        let line = NewLine::by(leave, event, request_id, applied.entry.at);
        self.audit.append(transaction, Write::Audit, head, leave.agency(), line)
    }
}

/// Whether a ledger that was not as it was seen is at the same version all the same.
fn is_at(item: &Attributes, seen: &Ledger) -> bool {
    codec::read_ledger(item).is_ok_and(|ledger| ledger.version == seen.version)
}

/// Another writer was quicker: says at which version the record stands now, where that is known.
fn overtaken(item: &Attributes, wants_none: bool) -> StoreError {
    match codec::read_ledger(item) {
        Ok(ledger) if wants_none && ledger.current.is_some() => StoreError::AlreadyRecorded,
        Ok(ledger) => StoreError::Stale { current: ledger.version },
        Err(_) => StoreError::UnderWay,
    }
}

fn request_key(code: &AgencyCode, request: &RequestKey) -> Attributes {
    key(format!("REQUEST#{code}#{}", request.key), "REQUEST")
}

fn request_item(
    code: &AgencyCode,
    request: &RequestKey,
    ledger: &Ledger,
    now: Timestamp,
) -> Result<Attributes, StoreError> {
    let item = Builder::new(format!("REQUEST#{code}#{}", request.key), "REQUEST")
        .text("fingerprint", &request.fingerprint)
        .expires(now + REQUEST_LIFE);
    Ok(codec::with_ledger(item, ledger)?.build())
}

/// The outcome of the earlier request, unless it is too old to count.
fn repeated(request: &RequestKey, item: &Attributes, now: Timestamp) -> Result<Option<Saved>, StoreError> {
    let read = Reader(item);
    if item.is_empty() || read.expires() < now {
        return Ok(None);
    }
    if read.text("fingerprint")? != request.fingerprint {
        return Err(StoreError::KeyReused);
    }
    Ok(Some(Saved { ledger: codec::read_ledger(item)?, repeated: true }))
}
