//! Changing an agency's record: one transaction for each save.
//!
//! Together or not at all go the ledger at its expected version with what it answers in the open rounds, the
//! history's new line, a tenure
//! where somebody left, what can be restored, the change for search, the audit's line, the receipt where a round takes
//! it as an answer, the check of the session or of the link's mailbox, and the outcome for the idempotency key. There is no counter in it, so that the last
//! day of a round has no hot item.

use aws_sdk_dynamodb::Client;
use jiff::{SignedDuration, Timestamp};
use palad_domain::agency::{Agency, AgencyCode};
use palad_domain::audit::{Event, Head};
use palad_domain::change::{Applied, Change, Misfit};
use palad_domain::directory::PublicPost;
use palad_domain::photo::{PhotoId, PhotoState};
use palad_domain::policy::{CanEdit, CanRestore, Leave, LinkLeave};
use palad_domain::post::Post;
use palad_domain::record::{ClerkId, Deleted, Ledger, Office};
use palad_domain::round::OpenRound;
use palad_domain::round::answer::{answers_after, with_receipt};
use palad_domain::round::receipt::{Receipt, ReceiptNumber};
use palad_environment::{Variables, VariablesError};

use super::codec::{self, deleted_sk};
use super::directory::change_item;
use super::photo_desk::upload;
use super::photos::{photo_sk, photo_state};
use super::receipts::receipt_item;
use super::rounds::codec::{OPEN, read_open};
use super::rounds::open_key;
use super::{POST, agency_pk};
use crate::StoreError;
use crate::audit::{self, AuditLog, NewLine};
use crate::aws::Aws;
use crate::item::{Attributes, Builder, Reader, key, number, text};
use crate::mailbox_check::check_mailbox;
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

/// The request that asks for a change: its name, and the number of the receipt that it gets where a round takes the
/// change as an answer.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    request_id: &'a str,
    receipt: Option<&'a ReceiptNumber>,
}

impl<'a> Asked<'a> {
    /// With a receipt.
    #[must_use]
    pub fn with_receipt(request_id: &'a str, receipt: &'a ReceiptNumber) -> Self {
        Self { request_id, receipt: Some(receipt) }
    }
}

impl<'a> From<&'a str> for Asked<'a> {
    fn from(request_id: &'a str) -> Self {
        Self { request_id, receipt: None }
    }
}

/// Who changes the record.
#[derive(Clone, Copy)]
enum Author<'a> {
    /// Somebody who is signed in.
    Session(&'a Leave),
    /// Whoever holds the link of a reminder.
    Link(&'a LinkLeave),
}

impl Author<'_> {
    fn agency(&self) -> &AgencyCode {
        match self {
            Self::Session(leave) => leave.agency(),
            Self::Link(leave) => leave.agency(),
        }
    }

    fn office(&self) -> Office {
        match self {
            Self::Session(leave) => leave.office(),
            Self::Link(_) => Office::Agency,
        }
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
    Receipt,
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
        asked: impl Into<Asked<'_>>,
        now: Timestamp,
    ) -> Result<Saved, StoreError> {
        self.save(Author::Session(leave), agency, change, request, asked.into(), now).await
    }

    /// Records by the link of a reminder that the post is vacant, of the version that the link names.
    ///
    /// # Errors
    /// `NotFound` where there is no record; `Stale` where it is at another version; `SessionRevoked` where the agency
    /// has the mailbox of the link no more; and the store's own.
    pub async fn vacate(
        &self,
        leave: &LinkLeave,
        agency: &Agency,
        asked: Asked<'_>,
        now: Timestamp,
    ) -> Result<Saved, StoreError> {
        let current = self.ledger(leave.agency()).await?.current.ok_or(StoreError::NotFound)?;
        let change = Change::Edit {
            id: current.id,
            expected: leave.version(),
            post: Post::Vacant { since: None, reason: None },
            succession: None,
        };
        self.save(Author::Link(leave), agency, change, None, asked, now).await
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
        asked: impl Into<Asked<'_>>,
        now: Timestamp,
    ) -> Result<Saved, StoreError> {
        let Some(deleted) = self.deleted(&agency.code, id).await? else {
            // Nothing to restore any more, perhaps because this very request has restored it.
            let earlier = self.read_before(&agency.code, request).await?.earlier;
            let saved =
                request.zip(earlier).and_then(|(request, item)| repeated(request, &item, now).transpose());
            return saved.unwrap_or(Err(StoreError::NotFound));
        };
        let change = Change::Restore { deleted };
        self.save(Author::Session(leave), agency, change, request, asked.into(), now).await
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
        author: Author<'_>,
        agency: &Agency,
        change: Change,
        request: Option<&RequestKey>,
        asked: Asked<'_>,
        now: Timestamp,
    ) -> Result<Saved, StoreError> {
        if *author.agency() != agency.code {
            return Err(StoreError::Failed("leave for one agency, change of another".into()));
        }
        // A photo may be settled or a line of the audit written between our look and our write; then we look
        // again. Who is stale is decided by the ledger's own version, every time.
        for _ in 0..audit::ATTEMPTS {
            let saved = self.try_save(author, agency, change.clone(), request, asked, now).await?;
            if let Some(saved) = saved {
                return Ok(saved);
            }
        }
        Err(audit::overrun())
    }

    /// One try; none where the photo's state or the audit's end was not the one seen any more.
    async fn try_save(
        &self,
        author: Author<'_>,
        agency: &Agency,
        change: Change,
        request: Option<&RequestKey>,
        asked: Asked<'_>,
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
            change.apply(&ledger, author.office(), now, today).map_err(|misfit| match misfit {
                Misfit::AlreadyRecorded => StoreError::AlreadyRecorded,
                Misfit::NotFound => StoreError::NotFound,
                Misfit::Stale => StoreError::Stale { current: ledger.version },
            })?;
        let version = applied.ledger.version;
        let answers =
            answers_after(&ledger.answers, &open, agency, applied.happened(), author.office(), version, now);
        applied.ledger.answers = match asked.receipt {
            Some(number) => with_receipt(answers, number, now),
            None => answers,
        };
        let photo = self.look_at_photo(&agency.code, &mut applied).await?;
        let mut transaction = self.transaction(author, agency, &ledger, &applied, request, now)?;
        if let Some(number) = asked.receipt {
            let answers = &applied.ledger.answers;
            let receipt = Receipt::of(number.clone(), agency, version, &open, answers, now);
            // Only what a round takes is an answer.
            if !receipt.answers.is_empty() {
                let absent = Some(("attribute_not_exists(pk)", Attributes::new()));
                transaction.put(Write::Receipt, self.registry.name(), receipt_item(&receipt)?, absent);
            }
        }
        if let Some((id, seen)) = photo {
            let key = key(agency_pk(&agency.code), photo_sk(&id));
            let seen = values([(":upload", text(upload(&seen)?))]);
            transaction.check(Write::Photo, self.registry.name(), key, "upload = :upload", seen);
        }
        self.add_line(&mut transaction, author, &head, &applied, asked.request_id)?;
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
            Outcome::Refused(Write::Receipt, _) => {
                Err(StoreError::Failed("the number of a receipt was used before".into()))
            }
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
        author: Author<'_>,
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

        match author {
            Author::Session(leave) => {
                check_session(&mut transaction, Write::Session, &self.accounts, leave);
            }
            Author::Link(leave) => {
                let tables = (&self.accounts, &self.registry);
                check_mailbox(&mut transaction, Write::Session, tables, code, leave.mailbox());
            }
        }

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
        author: Author<'_>,
        head: &Head,
        applied: &Applied,
        request_id: &str,
    ) -> Result<(), StoreError> {
        let (version, at) = (applied.ledger.version, applied.entry.at);
        let line = match author {
            Author::Session(leave) => {
                NewLine::by(leave, Event::of_record(applied.entry.action, version), request_id, at)
            }
            Author::Link(_) => NewLine::by_proof(Event::RecordVacatedByLink { version }, request_id, at),
        };
        self.audit.append(transaction, Write::Audit, head, author.agency(), line)
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
