//! Leave to upload a photo.

use aws_sdk_s3::Client;
use palad_domain::agency::AgencyCode;
use palad_domain::photo::{PhotoId, Upload};
use palad_environment::{Variables, VariablesError};
use palad_store::{Aws, StoreError};

use crate::signing::{Exactly, Permission, permit};

/// Signs uploads to the intake bucket.
#[derive(Clone)]
pub struct Uploads {
    client: Client,
    intake: String,
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
        let file =
            Exactly { length: upload.length, content_type: upload.content_type, sha256: &upload.sha256 };
        permit(&self.client, &self.intake, format!("{code}/{}", id.as_str()), file).await
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
