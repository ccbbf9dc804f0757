//! One request, signed beforehand, for exactly one file.

use std::collections::BTreeMap;
use std::time::Duration;

use aws_sdk_s3::Client;
use aws_sdk_s3::presigning::PresigningConfig;
use palad_store::StoreError;

use crate::error::sdk_error;

/// How long a browser has to begin its upload.
pub const UPLOAD_LIFE: Duration = Duration::from_secs(10 * 60);

/// What a browser sends its file with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission {
    /// The method.
    pub method: String,
    /// The address, with the signature.
    pub url: String,
    /// The headers that were signed and must be sent; the browser adds host and length by itself.
    pub headers: BTreeMap<String, String>,
}

/// A file exactly as it will have to be.
pub(crate) struct Exactly<'a> {
    pub(crate) length: u64,
    pub(crate) content_type: &'a str,
    pub(crate) sha256: &'a str,
}

/// Leave to send exactly this file, once: length, type and hash are signed, and a second file under the same name is
/// refused. Nothing is sent to S3 for it.
pub(crate) async fn permit(
    client: &Client,
    bucket: &str,
    key: String,
    file: Exactly<'_>,
) -> Result<Permission, StoreError> {
    let life = PresigningConfig::expires_in(UPLOAD_LIFE)
        .map_err(|error| StoreError::Failed(format!("PutObject: {error}")))?;
    let length =
        i64::try_from(file.length).map_err(|error| StoreError::Failed(format!("PutObject: {error}")))?;
    let signed = client
        .put_object()
        .bucket(bucket)
        .key(key)
        .content_length(length)
        .content_type(file.content_type)
        .checksum_sha256(file.sha256)
        .if_none_match("*")
        .presigned(life)
        .await
        .map_err(|error| sdk_error("PutObject", error))?;
    let by_browser = ["host", "content-length"];
    Ok(Permission {
        method: signed.method().to_owned(),
        url: signed.uri().to_owned(),
        headers: signed
            .headers()
            .filter(|(name, _)| !by_browser.contains(name))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
    })
}
