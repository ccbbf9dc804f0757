//! Files of rounds: as they arrive, and as anybody may fetch them.

use aws_sdk_s3::Client;
use aws_sdk_s3::error::SdkError;
use aws_sdk_s3::primitives::ByteStream;
use palad_domain::round::attachment::{ATTACHMENT_BYTES_MAX, AttachmentId, Expected, PDF};
use palad_environment::{Variables, VariablesError};
use palad_store::{Aws, StoreError};

use crate::download::kept_as;
use crate::error::sdk_error;
use crate::signing::{Exactly, Permission, permit};

/// How the name of every file ends: by it a computer knows what opens the file.
const ENDING: &str = ".pdf";
/// For five minutes: a file that was attached by mistake is soon gone everywhere.
const FOR_MINUTES: &str = "public, max-age=300";

/// The two places of files, for the function that looks after them.
#[derive(Clone)]
pub struct AttachmentFiles {
    client: Client,
    /// Signs addresses as browsers reach them.
    signer: Client,
    intake: String,
    public: String,
}

/// What has arrived.
#[derive(Debug)]
pub enum Arrived {
    /// Nothing yet.
    Nothing,
    /// More bytes than any permission allows.
    TooLarge,
    /// A file of an acceptable length.
    File(Vec<u8>),
}

impl AttachmentFiles {
    /// Needs `INTAKE_BUCKET` and `PUBLIC_BUCKET`; reads `UPLOAD_ENDPOINT` where a browser reaches S3 by another address
    /// than this function does.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self {
            client: crate::client(aws, None),
            signer: crate::client(aws, variables.get("UPLOAD_ENDPOINT")),
            intake: variables.require("INTAKE_BUCKET")?,
            public: variables.require("PUBLIC_BUCKET")?,
        })
    }

    /// Leave to send exactly this file, once.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub async fn permit(&self, id: &AttachmentId, expected: &Expected) -> Result<Permission, StoreError> {
        let file = Exactly { length: expected.length, content_type: PDF, sha256: &expected.sha256 };
        permit(&self.signer, &self.intake, arrival_key(id), file).await
    }

    /// The file as it arrived.
    ///
    /// # Errors
    /// When the bucket cannot be read.
    pub async fn read(&self, id: &AttachmentId) -> Result<Arrived, StoreError> {
        let sent = self.client.get_object().bucket(&self.intake).key(arrival_key(id)).send().await;
        let object = match sent {
            Ok(object) => object,
            Err(SdkError::ServiceError(error)) if error.err().is_no_such_key() => {
                return Ok(Arrived::Nothing);
            }
            Err(error) => return Err(sdk_error("GetObject", error)),
        };
        let length = object.content_length().and_then(|length| u64::try_from(length).ok());
        if length.is_none_or(|length| length > ATTACHMENT_BYTES_MAX) {
            return Ok(Arrived::TooLarge);
        }
        let bytes = object.body.collect().await;
        let bytes = bytes.map_err(|error| StoreError::Unavailable(format!("GetObject: {error}")))?;
        Ok(Arrived::File(bytes.to_vec()))
    }

    /// Shows a file to anybody who knows its address. It is kept and not opened: nothing that was sent is ever shown
    /// as a page of the site.
    ///
    /// # Errors
    /// When the bucket cannot be written.
    pub async fn show(&self, id: &AttachmentId, name: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        let plain = format!("{}{ENDING}", id.as_str());
        let sent = self
            .client
            .put_object()
            .bucket(&self.public)
            .key(public_key(id))
            .content_type(PDF)
            .content_disposition(kept_as(&with_ending(name), &plain))
            .cache_control(FOR_MINUTES)
            .body(ByteStream::from(bytes))
            .send()
            .await;
        sent.map(|_| ()).map_err(|error| sdk_error("PutObject", error))
    }

    /// Removes what arrived.
    ///
    /// # Errors
    /// When the bucket cannot be written.
    pub async fn forget_arrival(&self, id: &AttachmentId) -> Result<(), StoreError> {
        let sent = self.client.delete_object().bucket(&self.intake).key(arrival_key(id)).send().await;
        sent.map(|_| ()).map_err(|error| sdk_error("DeleteObject", error))
    }

    /// Shows a file no longer.
    ///
    /// # Errors
    /// When the bucket cannot be written.
    pub async fn remove(&self, id: &AttachmentId) -> Result<(), StoreError> {
        let sent = self.client.delete_object().bucket(&self.public).key(public_key(id)).send().await;
        sent.map(|_| ()).map_err(|error| sdk_error("DeleteObject", error))
    }
}

/// What people call a file, as a file's name.
fn with_ending(name: &str) -> String {
    let has_it = name.to_ascii_lowercase().ends_with(ENDING);
    if has_it { name.to_owned() } else { format!("{name}{ENDING}") }
}

/// Beside the photos, whose folders are codes of agencies: who looks after those leaves it alone.
fn arrival_key(id: &AttachmentId) -> String {
    format!("attachments/{}", id.as_str())
}

/// The address on the site without its first slash.
fn public_key(id: &AttachmentId) -> String {
    id.path().trim_start_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_its_ending_once() {
        assert_eq!(with_ending("หนังสือ.PDF"), "หนังสือ.PDF");
        assert_eq!(with_ending("คู่มือ ฉบับ 1.2"), "คู่มือ ฉบับ 1.2.pdf");
    }

    #[test]
    fn what_arrives_is_no_photo_and_what_is_shown_has_the_files_address() {
        let id = AttachmentId::parse(&"a".repeat(22)).expect("a name");
        assert!(
            arrival_key(&id)
                .split('/')
                .next()
                .is_some_and(|code| { code.parse::<palad_domain::agency::AgencyCode>().is_err() })
        );
        assert_eq!(format!("/{}", public_key(&id)), id.path());
    }
}
