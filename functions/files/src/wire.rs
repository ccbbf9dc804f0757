//! What is sent and answered about files.

use std::collections::BTreeMap;

use jiff::Timestamp;
use palad_domain::round::attachment::AttachmentId;
use serde::{Deserialize, Serialize};

/// A body that says nothing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// Leave to send a file.
#[derive(Debug, Serialize)]
pub(crate) struct PermittedFile<'a> {
    pub(crate) id: &'a AttachmentId,
    pub(crate) upload: UploadRequest<'a>,
    /// Until when the sending may begin.
    pub(crate) expires_at: Timestamp,
}

/// The request to send it with.
#[derive(Debug, Serialize)]
pub(crate) struct UploadRequest<'a> {
    pub(crate) method: &'a str,
    pub(crate) url: &'a str,
    pub(crate) headers: &'a BTreeMap<String, String>,
}

/// The body of `POST /api/exports`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportWish {
    pub(crate) list: Option<String>,
    pub(crate) round: Option<String>,
    pub(crate) province: Option<String>,
    pub(crate) district: Option<String>,
}

/// Where a list can be fetched.
#[derive(Debug, Serialize)]
pub(crate) struct Exported<'a> {
    pub(crate) url: &'a str,
    /// What the browser will call it.
    pub(crate) name: &'a str,
    /// Without the heading.
    pub(crate) rows: usize,
    pub(crate) expires_at: Timestamp,
}
