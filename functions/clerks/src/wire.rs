//! What the personnel screen sends and gets.

use std::collections::BTreeMap;

use jiff::Timestamp;
use palad_domain::agency::AgencyView;
use palad_domain::photo::{PhotoId, PhotoView};
use palad_domain::post::{Post, PostInput, SuccessionInput};
use palad_domain::record::{Action, ClerkId, Deleted, HistoryEntry, Ledger, Office, Tenure, Version};
use serde::{Deserialize, Serialize};

/// The body of `POST .../clerks`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRecord {
    pub(crate) post: Option<PostInput>,
}

/// The body of `PUT .../clerks/{id}`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EditedRecord {
    pub(crate) post: Option<PostInput>,
    pub(crate) replaces: Option<SuccessionInput>,
}

/// A body that says nothing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// The current record.
#[derive(Debug, Serialize)]
pub(crate) struct Record<'a> {
    id: &'a ClerkId,
    version: Version,
    post: &'a Post,
    /// What became of the photo that the post names.
    photo: Option<PhotoView>,
    missing: Vec<&'static str>,
    created_at: Timestamp,
    updated_at: Timestamp,
    /// When it was last found right, as it stands.
    confirmed_at: Option<Timestamp>,
}

impl<'a> Record<'a> {
    pub(crate) fn of(ledger: &'a Ledger, photo: Option<PhotoView>) -> Option<Self> {
        let current = ledger.current.as_ref()?;
        Some(Self {
            photo,
            id: &current.id,
            version: ledger.version,
            post: &current.post,
            missing: current.missing(),
            created_at: current.created_at,
            updated_at: current.updated_at,
            confirmed_at: current.confirmed_at,
        })
    }
}

/// The answer of `GET .../clerks`.
#[derive(Debug, Serialize)]
pub(crate) struct Personnel<'a> {
    pub(crate) agency: AgencyView,
    pub(crate) current: Option<Record<'a>>,
    pub(crate) history: Vec<HistoryLine<'a>>,
    pub(crate) tenures: &'a [Tenure],
    pub(crate) deleted: Vec<DeletedRecord<'a>>,
    pub(crate) next: Option<String>,
}

/// One version of the record.
#[derive(Debug, Serialize)]
pub(crate) struct HistoryLine<'a> {
    version: Version,
    at: Timestamp,
    action: Action,
    by: Office,
    post: Option<&'a Post>,
}

impl<'a> From<&'a HistoryEntry> for HistoryLine<'a> {
    fn from(entry: &'a HistoryEntry) -> Self {
        let HistoryEntry { version, at, action, by, post, .. } = entry;
        Self { version: *version, at: *at, action: *action, by: *by, post: post.as_ref() }
    }
}

/// A record that can be restored.
#[derive(Debug, Serialize)]
pub(crate) struct DeletedRecord<'a> {
    id: &'a ClerkId,
    deleted_at: Timestamp,
    post: &'a Post,
}

impl<'a> From<&'a Deleted> for DeletedRecord<'a> {
    fn from(deleted: &'a Deleted) -> Self {
        Self { id: &deleted.id, deleted_at: deleted.deleted_at, post: &deleted.post }
    }
}

/// The answer of `POST .../photos`.
#[derive(Debug, Serialize)]
pub(crate) struct PermittedUpload<'a> {
    pub(crate) photo: &'a PhotoId,
    pub(crate) upload: UploadRequest<'a>,
}

/// The request with which a browser sends its file.
#[derive(Debug, Serialize)]
pub(crate) struct UploadRequest<'a> {
    pub(crate) method: &'a str,
    pub(crate) url: &'a str,
    pub(crate) headers: &'a BTreeMap<String, String>,
}
