//! Where pictures lie: as they came, as they are kept, as the public sees them.

use aws_sdk_s3::Client;
use aws_sdk_s3::error::SdkError;
use aws_sdk_s3::primitives::ByteStream;
use palad_domain::agency::AgencyCode;
use palad_domain::photo::{PHOTO_BYTES_MAX, PhotoId, PhotoSize};
use palad_environment::{Variables, VariablesError};
use palad_store::{Aws, StoreError};

use crate::error::sdk_error;

/// A picture never changes under its name.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The three places of pictures, for the function that makes them safe.
#[derive(Clone)]
pub struct Pictures {
    client: Client,
    intake: String,
    photos: String,
    public: String,
}

/// What lies in the intake.
#[derive(Debug)]
pub enum Intake {
    /// Nothing: it was dealt with already, or never came.
    Nothing,
    /// More bytes than any permission allows.
    TooLarge,
    /// A file of an acceptable length.
    File(Vec<u8>),
}

impl Pictures {
    /// Needs `INTAKE_BUCKET`, `PHOTOS_BUCKET` and `PUBLIC_BUCKET`.
    ///
    /// # Errors
    /// When one is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self {
            client: crate::client(aws, None),
            intake: variables.require("INTAKE_BUCKET")?,
            photos: variables.require("PHOTOS_BUCKET")?,
            public: variables.require("PUBLIC_BUCKET")?,
        })
    }

    /// Where an event of a bucket points to: the agency and the photo, if it is the intake bucket and the key is
    /// one that we gave leave for.
    #[must_use]
    pub fn upload_at(&self, bucket: &str, key: &str) -> Option<(AgencyCode, PhotoId)> {
        let (code, id) = key.split_once('/').filter(|_| bucket == self.intake)?;
        Some((code.parse().ok()?, PhotoId::parse(id)?))
    }

    /// The file of an upload.
    ///
    /// # Errors
    /// When the bucket cannot be read.
    pub async fn read(&self, code: &AgencyCode, id: &PhotoId) -> Result<Intake, StoreError> {
        let sent = self.client.get_object().bucket(&self.intake).key(intake_key(code, id)).send().await;
        let object = match sent {
            Ok(object) => object,
            Err(SdkError::ServiceError(error)) if error.err().is_no_such_key() => return Ok(Intake::Nothing),
            Err(error) => return Err(sdk_error("GetObject", error)),
        };
        let length = object.content_length().and_then(|length| u64::try_from(length).ok());
        if length.is_none_or(|length| length > PHOTO_BYTES_MAX) {
            return Ok(Intake::TooLarge);
        }
        let bytes = object.body.collect().await;
        let bytes = bytes.map_err(|error| StoreError::Unavailable(format!("GetObject: {error}")))?;
        Ok(Intake::File(bytes.to_vec()))
    }

    /// Removes the file of an upload.
    ///
    /// # Errors
    /// When the bucket cannot be written.
    pub async fn forget_upload(&self, code: &AgencyCode, id: &PhotoId) -> Result<(), StoreError> {
        let sent = self.client.delete_object().bucket(&self.intake).key(intake_key(code, id)).send().await;
        sent.map(|_| ()).map_err(|error| sdk_error("DeleteObject", error))
    }

    /// Keeps a safe picture, and shows it.
    ///
    /// # Errors
    /// When a bucket cannot be written.
    pub async fn keep(&self, id: &PhotoId, size: PhotoSize, jpeg: Vec<u8>) -> Result<(), StoreError> {
        self.put(&self.photos, kept_key(id, size), jpeg.clone()).await?;
        self.put(&self.public, public_key(id, size), jpeg).await
    }

    /// Shows a kept photo to the public, if it is not shown already.
    ///
    /// # Errors
    /// When a bucket cannot be read or written.
    pub async fn show(&self, id: &PhotoId) -> Result<(), StoreError> {
        for size in PhotoSize::ALL {
            let head = self.client.head_object().bucket(&self.public).key(public_key(id, size)).send().await;
            match head {
                Ok(_) => continue,
                Err(SdkError::ServiceError(error)) if error.err().is_not_found() => {}
                Err(error) => return Err(sdk_error("HeadObject", error)),
            }
            let kept = self.client.get_object().bucket(&self.photos).key(kept_key(id, size)).send().await;
            let kept = kept.map_err(|error| sdk_error("GetObject", error))?.body.collect().await;
            let kept = kept.map_err(|error| StoreError::Unavailable(format!("GetObject: {error}")))?;
            self.put(&self.public, public_key(id, size), kept.to_vec()).await?;
        }
        Ok(())
    }

    /// Shows a photo no longer. It stays among the kept ones.
    ///
    /// # Errors
    /// When the bucket cannot be written.
    pub async fn hide(&self, id: &PhotoId) -> Result<(), StoreError> {
        for size in PhotoSize::ALL {
            let sent =
                self.client.delete_object().bucket(&self.public).key(public_key(id, size)).send().await;
            sent.map_err(|error| sdk_error("DeleteObject", error))?;
        }
        Ok(())
    }

    async fn put(&self, bucket: &str, key: String, jpeg: Vec<u8>) -> Result<(), StoreError> {
        let put = self
            .client
            .put_object()
            .bucket(bucket)
            .key(key)
            .content_type("image/jpeg")
            .cache_control(FOR_EVER);
        let sent = put.body(ByteStream::from(jpeg)).send().await;
        sent.map(|_| ()).map_err(|error| sdk_error("PutObject", error))
    }
}

fn intake_key(code: &AgencyCode, id: &PhotoId) -> String {
    format!("{code}/{}", id.as_str())
}

fn kept_key(id: &PhotoId, size: PhotoSize) -> String {
    format!("{}/{}.jpg", id.as_str(), size.as_str())
}

/// The address on the site without its first slash.
fn public_key(id: &PhotoId, size: PhotoSize) -> String {
    id.path(size).trim_start_matches('/').to_owned()
}
