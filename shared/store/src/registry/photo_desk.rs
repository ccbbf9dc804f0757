//! Uploads, as the function sees them that makes them safe: settling one, and keeping what the public sees in step
//! with the records.

use aws_sdk_dynamodb::Client;
use palad_domain::agency::AgencyCode;
use palad_domain::directory::PublicPost;
use palad_domain::photo::{PhotoId, PhotoState};
use palad_domain::post::Post;
use palad_domain::record::{Current, Ledger};
use palad_environment::{Variables, VariablesError};
use serde_json::Value;

use super::directory::change_item;
use super::photos::{UPLOAD, photo_sk, photo_state};
use super::{PHOTO_READY, POST, agency_pk, codec};
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Attributes, Builder, Reader, key, number, text};
use crate::table::{get, values};
use crate::tables::RegistryTable;
use crate::transaction::{Outcome, Transaction};

/// How often settling is tried when the record changes under it.
const ATTEMPTS: usize = 5;

/// The uploads of all agencies, for the function that makes them safe.
#[derive(Clone)]
pub struct PhotoDesk {
    client: Client,
    registry: RegistryTable,
}

#[derive(Clone, Copy)]
enum Write {
    Photo,
    Ledger,
}

impl PhotoDesk {
    /// Needs `REGISTRY_TABLE`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: aws.dynamodb(), registry: RegistryTable::from_environment(variables)? })
    }

    /// What became of an upload; none where nobody was given leave for it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn state(&self, code: &AgencyCode, id: &PhotoId) -> Result<Option<PhotoState>, StoreError> {
        photo_state(&self.client, &self.registry, code, id).await
    }

    /// Settles an upload that is being processed, once: a repeated call changes nothing. Where the current record
    /// names the photo already, it shows it from now on, and so does the next search.
    ///
    /// # Errors
    /// When the store fails, or the record changes too often meanwhile.
    pub async fn settle(
        &self,
        code: &AgencyCode,
        id: &PhotoId,
        state: &PhotoState,
    ) -> Result<(), StoreError> {
        for _ in 0..ATTEMPTS {
            let ledger = self.ledger(code).await?;
            match self.settling(code, id, state, &ledger)?.run(&self.client).await? {
                Outcome::Done | Outcome::Refused(Write::Photo, _) => return Ok(()),
                Outcome::Refused(Write::Ledger, _) => {}
            }
        }
        Err(StoreError::Unavailable("a record changes while its photo is settled".into()))
    }

    /// The upload from processing to its state, on condition that the record is still as it was seen. A save has the
    /// opposite condition on the upload: so neither can miss the other.
    fn settling(
        &self,
        code: &AgencyCode,
        id: &PhotoId,
        state: &PhotoState,
        ledger: &Ledger,
    ) -> Result<Transaction<Write>, StoreError> {
        let registry = self.registry.name();
        let mut transaction = Transaction::new();
        let (processing, settled) = (upload(&PhotoState::Processing)?, upload(state)?);
        transaction.update(
            Write::Photo,
            registry,
            key(agency_pk(code), photo_sk(id)),
            "SET upload = :settled",
            "upload = :processing",
            values([(":settled", text(settled)), (":processing", text(processing))]),
        );
        let ledger_key = key(agency_pk(code), POST);
        let seen = values([(":seen", number(ledger.version))]);
        let is_shown =
            *state == PhotoState::Ready && ledger.current.as_ref().and_then(Current::photo) == Some(id);
        if is_shown {
            let mut seen = seen;
            seen.insert(":ready".into(), number(1));
            let set = format!("SET {PHOTO_READY} = :ready");
            transaction.update(Write::Ledger, registry, ledger_key, &set, "version = :seen", seen);
            let shown = Ledger {
                current: ledger.current.clone().map(|current| Current { photo_ready: true, ..current }),
                ..ledger.clone()
            };
            transaction.put(Write::Ledger, registry, change_item(&PublicPost::of(code, &shown))?, None);
        } else if ledger.version.0 == 0 {
            transaction.check(
                Write::Ledger,
                registry,
                ledger_key,
                "attribute_not_exists(pk)",
                Attributes::new(),
            );
        } else {
            transaction.check(Write::Ledger, registry, ledger_key, "version = :seen", seen);
        }
        Ok(transaction)
    }

    /// The photo that an agency's record names now, if any, and whether it can be shown.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn named(&self, code: &AgencyCode) -> Result<Option<(PhotoId, bool)>, StoreError> {
        let current = self.ledger(code).await?.current;
        Ok(current.and_then(|current| Some((current.photo()?.clone(), current.photo_ready))))
    }

    /// The agency and the photo in an image of the stream, where the image is a record that names one.
    #[must_use]
    pub fn named_in(image: &Value) -> Option<(AgencyCode, PhotoId)> {
        let text = |name: &str| image.get(name)?.get("S")?.as_str();
        if text("sk") != Some(POST) {
            return None;
        }
        let code = text("pk")?.strip_prefix("AGENCY#")?.parse().ok()?;
        let post: Post = serde_json::from_str(text("post")?).ok()?;
        Some((code, post.person()?.photo()?.clone()))
    }

    async fn ledger(&self, code: &AgencyCode) -> Result<Ledger, StoreError> {
        let item = get(&self.client, self.registry.name(), key(agency_pk(code), POST)).await?;
        item.as_ref().map_or_else(|| Ok(Ledger::default()), codec::read_ledger)
    }
}

/// The stored form of an upload's state.
pub(super) fn upload(state: &PhotoState) -> Result<String, StoreError> {
    let item = Builder::new("", "").json(UPLOAD, state)?.build();
    Reader(&item).text(UPLOAD)
}
