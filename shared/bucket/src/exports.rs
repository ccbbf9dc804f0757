//! Lists that an office takes along: written into a bucket of their own, fetched by a link that ends soon.

use std::time::Duration;

use aws_sdk_s3::Client;
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use palad_environment::{Variables, VariablesError};
use palad_store::{Aws, StoreError};

use crate::download::kept_as;
use crate::error::sdk_error;

/// How long a link can be followed.
pub const LINK_LIFE: Duration = Duration::from_secs(15 * 60);

/// The private bucket of lists, which forgets everything after a day.
#[derive(Clone)]
pub struct ExportFiles {
    client: Client,
    /// Signs addresses as browsers reach them.
    signer: Client,
    bucket: String,
}

/// A list as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportFile {
    /// What it is called where it is kept: nobody finds it by guessing.
    pub key: String,
    /// What the browser calls it.
    pub name: String,
    /// The same in plain letters, for browsers that read no others.
    pub plain_name: String,
    /// Its bytes: a table in UTF-8.
    pub body: Vec<u8>,
}

impl ExportFiles {
    /// Needs `EXPORTS_BUCKET`; reads `UPLOAD_ENDPOINT` where a browser reaches S3 by another address than this
    /// function does.
    ///
    /// # Errors
    /// When the bucket is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self {
            client: crate::client(aws, None),
            signer: crate::client(aws, variables.get("UPLOAD_ENDPOINT")),
            bucket: variables.require("EXPORTS_BUCKET")?,
        })
    }

    /// Writes a list, and gives the address from which it can be fetched for [`LINK_LIFE`].
    ///
    /// # Errors
    /// When the bucket cannot be written, or the address not be signed.
    pub async fn write(&self, file: ExportFile) -> Result<String, StoreError> {
        let sent = self
            .client
            .put_object()
            .bucket(&self.bucket)
            .key(&file.key)
            .content_type("text/csv; charset=utf-8")
            .content_disposition(kept_as(&file.name, &file.plain_name))
            .cache_control("private, no-store")
            .body(ByteStream::from(file.body))
            .send()
            .await;
        sent.map_err(|error| sdk_error("PutObject", error))?;
        self.link(&file.key).await
    }

    async fn link(&self, key: &str) -> Result<String, StoreError> {
        let life = PresigningConfig::expires_in(LINK_LIFE)
            .map_err(|error| StoreError::Failed(format!("GetObject: {error}")))?;
        let signed = self.signer.get_object().bucket(&self.bucket).key(key).presigned(life).await;
        Ok(signed.map_err(|error| sdk_error("GetObject", error))?.uri().to_owned())
    }
}
