//! Changing the record. Each of these is one transaction of the store.

use jiff::Timestamp;
use palad_api::{ApiError, Request, Response};
use palad_domain::agency::AgencyCode;
use palad_domain::change::Change;
use palad_domain::fields::FieldErrors;
use palad_domain::policy::{CanEdit, CanRestore};
use palad_domain::post::{Post, PostInput, Succession, SuccessionInput};
use palad_domain::record::{ClerkId, Ledger};
use palad_domain::round::receipt::ReceiptNumber;
use palad_store::{Reference, RequestKey};
use palad_thai::date::bangkok_day;

use crate::App;
use crate::wire::{EditedRecord, NewRecord, Record};

impl App {
    pub(crate) async fn create(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let (session, agency) = self.session_and_agency(request).await?;
        let leave = CanEdit::ask(&session, &agency, now).ok_or_else(ApiError::forbidden)?;
        let key = request.idempotency_key()?;
        let body: NewRecord = request.json()?;
        let post = checked(body.post.as_ref(), now)?;
        let key = RequestKey::new(&key, fingerprint("create", &post)?.as_bytes());
        let change = Change::Create { id: ClerkId::of_random(self.random.id()), post };
        let receipt = ReceiptNumber::of_random(self.random.bytes());
        let reference = Reference::with_receipt(request.request_id(), &receipt);
        let saved = self.records.change(&leave, &agency, change, Some(&key), reference, now).await?;
        let photo = self.photo_of(&agency.code, &saved.ledger).await?;
        let record = Record::of(&saved.ledger, photo)
            .ok_or_else(|| ApiError::internal("a new record is not there"))?;
        let location = location(&agency.code, &saved.ledger);
        Ok(Response::created(&record, &location).etag(saved.ledger.version))
    }

    pub(crate) async fn edit(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let (session, agency) = self.session_and_agency(request).await?;
        let leave = CanEdit::ask(&session, &agency, now).ok_or_else(ApiError::forbidden)?;
        let id = clerk_id(request)?;
        let expected = request.if_match()?;
        let key = request.optional_idempotency_key()?;
        let body: EditedRecord = request.json()?;
        let post = checked(body.post.as_ref(), now)?;
        let succession = succession(body.replaces.as_ref(), now)?;
        let asked = format!("edit {} {expected} {succession:?}", id.as_str());
        let fingerprint = fingerprint(&asked, &post)?;
        let key = key.map(|key| RequestKey::new(&key, fingerprint.as_bytes()));
        let change = Change::Edit { id, expected, post, succession };
        let receipt = ReceiptNumber::of_random(self.random.bytes());
        let reference = Reference::with_receipt(request.request_id(), &receipt);
        let saved = self.records.change(&leave, &agency, change, key.as_ref(), reference, now).await?;
        self.answer(&agency.code, &saved.ledger).await
    }

    pub(crate) async fn delete(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let (session, agency) = self.session_and_agency(request).await?;
        let leave = CanEdit::ask(&session, &agency, now).ok_or_else(ApiError::forbidden)?;
        let id = clerk_id(request)?;
        let expected = request.if_match()?;
        let asked = format!("delete {} {expected}", id.as_str());
        let key = request.optional_idempotency_key()?.map(|key| RequestKey::new(&key, asked.as_bytes()));
        let change = Change::Delete { id, expected };
        let saved =
            self.records.change(&leave, &agency, change, key.as_ref(), request.request_id(), now).await?;
        Ok(Response::no_content().etag(saved.ledger.version))
    }

    pub(crate) async fn restore(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let (session, agency) = self.session_and_agency(request).await?;
        let leave = CanRestore::ask(&session, &agency, now).ok_or_else(ApiError::forbidden)?;
        let id = clerk_id(request)?;
        let asked = format!("restore {}", id.as_str());
        let key = request.optional_idempotency_key()?.map(|key| RequestKey::new(&key, asked.as_bytes()));
        let receipt = ReceiptNumber::of_random(self.random.bytes());
        let reference = Reference::with_receipt(request.request_id(), &receipt);
        let saved = self.records.restore(&leave, &agency, &id, key.as_ref(), reference, now).await?;
        self.answer(&agency.code, &saved.ledger).await
    }

    async fn answer(&self, code: &AgencyCode, ledger: &Ledger) -> Result<Response, ApiError> {
        let photo = self.photo_of(code, ledger).await?;
        let record =
            Record::of(ledger, photo).ok_or_else(|| ApiError::internal("a saved record is not there"))?;
        Ok(Response::ok(&record).etag(ledger.version))
    }
}

fn clerk_id(request: &Request) -> Result<ClerkId, ApiError> {
    ClerkId::parse(request.param("id")?).ok_or_else(ApiError::not_found)
}

fn checked(input: Option<&PostInput>, now: Timestamp) -> Result<Post, ApiError> {
    let nothing = PostInput::default();
    Post::parse(input.unwrap_or(&nothing), bangkok_day(now)).map_err(|errors| below("/post", errors))
}

fn succession(input: Option<&SuccessionInput>, now: Timestamp) -> Result<Option<Succession>, ApiError> {
    let parse = |input| Succession::parse(input, bangkok_day(now));
    input.map(parse).transpose().map_err(|errors| below("/replaces", errors))
}

fn below(prefix: &str, inner: FieldErrors) -> ApiError {
    let mut errors = FieldErrors::default();
    errors.extend_below(prefix, inner);
    ApiError::invalid(errors)
}

/// Everything that makes two requests the same.
fn fingerprint(asked: &str, post: &Post) -> Result<String, ApiError> {
    let post = serde_json::to_string(post).map_err(ApiError::internal)?;
    Ok(format!("{asked}\n{post}"))
}

fn location(agency: &AgencyCode, ledger: &Ledger) -> String {
    let id = ledger.current.as_ref().map_or("", |current| current.id.as_str());
    format!("/api/agencies/{agency}/clerks/{id}")
}
