//! Leave to upload: one request, signed beforehand, for exactly one file.

use std::collections::BTreeMap;
use std::time::Duration;

use aws_sdk_s3::Client;
use aws_sdk_s3::presigning::PresigningConfig;
use palad_domain::agency::AgencyCode;
use palad_domain::photo::{PhotoId, Upload};
use palad_environment::{Variables, VariablesError};
use palad_store::{Aws, StoreError};

use crate::error::sdk_error;

/// How long a browser has to begin its upload.
const LIFE: Duration = Duration::from_secs(10 * 60);

/// Signs uploads to the intake bucket.
#[derive(Clone)]
pub struct Uploads {
    client: Client,
    intake: String,
}

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

impl Uploads {
    /// Needs `INTAKE_BUCKET`; reads `UPLOAD_ENDPOINT` where a browser reaches S3 by another address than this
    /// function does.
    ///
    /// # Errors
    /// When the bucket is missing.
    pub fn from_environment(aws: &Aws, variables: &Variables) -> Result<Self, VariablesError> {
        Ok(Self {
            client: crate::client(aws, variables.get("UPLOAD_ENDPOINT")),
            intake: variables.require("INTAKE_BUCKET")?,
        })
    }

    /// Leave to send exactly this file, once: length, type and hash are signed, and a second file under the same
    /// name is refused. Nothing is sent to S3 for it.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub async fn permit(
        &self,
        code: &AgencyCode,
        id: &PhotoId,
        upload: &Upload,
    ) -> Result<Permission, StoreError> {
        let life = PresigningConfig::expires_in(LIFE)
            .map_err(|error| StoreError::Failed(format!("PutObject: {error}")))?;
        let length = i64::try_from(upload.length)
            .map_err(|error| StoreError::Failed(format!("PutObject: {error}")))?;
        let signed = self
            .client
            .put_object()
            .bucket(&self.intake)
            .key(format!("{code}/{}", id.as_str()))
            .content_length(length)
            .content_type(upload.content_type)
            .checksum_sha256(&upload.sha256)
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn length_type_and_hash_are_signed() {
        let variables = [
            ("AWS_REGION", "ap-southeast-7"),
            ("AWS_ACCESS_KEY_ID", "k"),
            ("AWS_SECRET_ACCESS_KEY", "s"),
            ("INTAKE_BUCKET", "palad-test-intake"),
            ("AWS_ENDPOINT_URL_S3", "http://10.0.0.1:1"),
            ("UPLOAD_ENDPOINT", "http://localhost:8082"),
        ];
        let variables = Variables::of_map(variables.map(|(name, value)| (name.into(), value.into())).into());
        let aws = Aws::from_environment(&variables).expect("complete");
        let uploads = Uploads::from_environment(&aws, &variables).expect("complete");
        let sha256 = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".to_owned();
        let upload = Upload { length: 7, content_type: "image/jpeg", sha256: sha256.clone() };
        let code = "540001".parse().expect("a code");
        let id = PhotoId::parse(&"a".repeat(22)).expect("a name");
        let permission = uploads.permit(&code, &id, &upload).await.expect("signed");
        let place = "http://localhost:8082/palad-test-intake/540001/aaaaaaaaaaaaaaaaaaaaaa?";
        assert!(permission.url.starts_with(place), "{}", permission.url);
        let signed = permission.url.split("X-Amz-SignedHeaders=").nth(1).expect("signed headers");
        for name in ["content-length", "content-type", "if-none-match", "x-amz-checksum-sha256"] {
            assert!(signed.contains(name), "{name} in {signed}");
        }
        assert_eq!(permission.headers.get("x-amz-checksum-sha256"), Some(&sha256));
        assert_eq!(permission.headers.get("content-type").map(String::as_str), Some("image/jpeg"));
        assert!(
            !permission.headers.contains_key("host") && !permission.headers.contains_key("content-length")
        );
    }
}
