//! What is derived from records for anybody to read: lists, pages and open data, written only when they change.

use aws_sdk_s3::Client;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::primitives::ByteStream;
use palad_environment::{Variables, VariablesError};
use palad_store::{Aws, StoreError};

use crate::error::sdk_error;

/// The metadata that says what an object was made of.
const DIGEST: &str = "digest";

/// The public bucket, for the function that publishes.
#[derive(Clone)]
pub struct Published {
    client: Client,
    bucket: String,
}

/// An object as it is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Its address on the site without the first slash.
    pub key: String,
    /// Its media type.
    pub content_type: &'static str,
    /// How its bytes are packed, where they are.
    pub content_encoding: Option<&'static str>,
    /// How long it may be kept.
    pub cache_control: &'static str,
    /// Its bytes.
    pub body: Vec<u8>,
    /// A digest of all that is above.
    pub digest: String,
}

/// An object as it was found, by which one that changed meanwhile is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    e_tag: Option<String>,
    digest: Option<String>,
}

/// What became of an object that was to be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publication {
    /// It is written.
    Written,
    /// It was so already.
    Unchanged,
    /// Somebody else has written it since it was seen, perhaps from later records: look again.
    Overtaken,
}

impl Published {
    /// Needs `PUBLIC_BUCKET`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self { client: crate::client(aws, None), bucket: variables.require("PUBLIC_BUCKET")? })
    }

    /// The object as it is now.
    ///
    /// # Errors
    /// When the bucket cannot be read.
    pub async fn look(&self, key: &str) -> Result<Seen, StoreError> {
        match self.client.head_object().bucket(&self.bucket).key(key).send().await {
            Ok(head) => Ok(Seen {
                digest: head.metadata().and_then(|all| all.get(DIGEST)).cloned(),
                e_tag: head.e_tag,
            }),
            Err(SdkError::ServiceError(error)) if error.err().is_not_found() => Ok(Seen::default()),
            Err(error) => Err(sdk_error("HeadObject", error)),
        }
    }

    /// Writes the object, if it is another one and still as it was seen.
    ///
    /// # Errors
    /// When the bucket cannot be written.
    pub async fn write(&self, object: Object, seen: &Seen) -> Result<Publication, StoreError> {
        if seen.digest.as_ref() == Some(&object.digest) {
            return Ok(Publication::Unchanged);
        }
        let put = self
            .client
            .put_object()
            .bucket(&self.bucket)
            .key(object.key)
            .content_type(object.content_type)
            .set_content_encoding(object.content_encoding.map(str::to_owned))
            .cache_control(object.cache_control)
            .metadata(DIGEST, object.digest);
        let put = match &seen.e_tag {
            Some(e_tag) => put.if_match(e_tag),
            None => put.if_none_match("*"),
        };
        match put.body(ByteStream::from(object.body)).send().await {
            Ok(_) => Ok(Publication::Written),
            Err(error)
                if matches!(
                    error.code(),
                    Some("PreconditionFailed" | "ConditionalRequestConflict" | "NoSuchKey")
                ) =>
            {
                Ok(Publication::Overtaken)
            }
            Err(error) => Err(sdk_error("PutObject", error)),
        }
    }
}
