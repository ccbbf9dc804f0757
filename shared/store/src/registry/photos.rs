//! Uploads, as an agency sees them: leave to send one, and what became of it.

use aws_sdk_dynamodb::Client;
use jiff::{SignedDuration, Timestamp};
use palad_domain::agency::AgencyCode;
use palad_domain::photo::{PhotoId, PhotoState, UPLOADS_A_DAY};
use palad_domain::policy::CanEdit;
use palad_environment::{Variables, VariablesError};
use palad_thai::date::bangkok_day;

use super::agency_pk;
use crate::StoreError;
use crate::aws::Aws;
use crate::item::{Attributes, Builder, Reader, key, number};
use crate::session_check::check_session;
use crate::table::{get, values};
use crate::tables::{AccountsTable, RegistryTable};
use crate::transaction::{Outcome, Transaction};

/// The uploads of agencies, for those who may begin one.
#[derive(Clone)]
pub struct Photos {
    client: Client,
    registry: RegistryTable,
    accounts: AccountsTable,
}

#[derive(Clone, Copy)]
enum Write {
    Count,
    Session,
    Photo,
}

impl Photos {
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

    /// Notes that an upload begins, and counts it. Answers whether the agency has one left today.
    ///
    /// # Errors
    /// `SessionRevoked`, and the store's own.
    pub async fn begin(&self, leave: &CanEdit, id: &PhotoId, now: Timestamp) -> Result<bool, StoreError> {
        let code = leave.agency();
        let registry = self.registry.name();
        let mut transaction = Transaction::new();
        transaction.update(
            Write::Count,
            registry,
            key(agency_pk(code), format!("UPLOADS#{}", bangkok_day(now))),
            "SET expires_at = :forget ADD uploads :one",
            "attribute_not_exists(uploads) OR uploads < :most",
            values([
                (":forget", number((now + SignedDuration::from_hours(48)).as_second())),
                (":one", number(1)),
                (":most", number(UPLOADS_A_DAY)),
            ]),
        );
        let photo = photo_item(code, id, &PhotoState::Processing, now)?;
        transaction.put(Write::Photo, registry, photo, Some(("attribute_not_exists(pk)", Attributes::new())));
        check_session(&mut transaction, Write::Session, &self.accounts, leave);
        match transaction.run(&self.client).await? {
            Outcome::Done => Ok(true),
            Outcome::Refused(Write::Count, _) => Ok(false),
            Outcome::Refused(Write::Session, _) => Err(StoreError::SessionRevoked),
            Outcome::Refused(Write::Photo, _) => {
                Err(StoreError::Failed("a photo's name was used before".into()))
            }
        }
    }

    /// What became of an upload by `now`; none where this agency never began it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn state(
        &self,
        code: &AgencyCode,
        id: &PhotoId,
        now: Timestamp,
    ) -> Result<Option<PhotoState>, StoreError> {
        let item = get(&self.client, self.registry.name(), key(agency_pk(code), photo_sk(id))).await?;
        let Some(item) = item else { return Ok(None) };
        let read = Reader(&item);
        let state: PhotoState = read.json(UPLOAD)?;
        Ok(Some(state.at(read.time("begun_at")?, now)))
    }
}

pub(super) fn photo_sk(id: &PhotoId) -> String {
    format!("PHOTO#{}", id.as_str())
}

/// The attribute of an upload's state: JSON, written in one way only, so that a condition can compare it.
pub(super) const UPLOAD: &str = "upload";

fn photo_item(
    code: &AgencyCode,
    id: &PhotoId,
    state: &PhotoState,
    now: Timestamp,
) -> Result<Attributes, StoreError> {
    Ok(Builder::new(agency_pk(code), photo_sk(id)).json(UPLOAD, state)?.time("begun_at", now).build())
}

pub(super) async fn photo_state(
    client: &Client,
    registry: &RegistryTable,
    code: &AgencyCode,
    id: &PhotoId,
) -> Result<Option<PhotoState>, StoreError> {
    let item = get(client, registry.name(), key(agency_pk(code), photo_sk(id))).await?;
    item.map(|item| Reader(&item).json(UPLOAD)).transpose()
}
