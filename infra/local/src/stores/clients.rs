//! AWS SDK clients for the embedded stores: plain HTTP, fixed keys.

use aws_credential_types::Credentials;
use aws_smithy_http_client::Builder;

use crate::template::REGION;

/// The key that everything on one machine signs with. It opens nothing else.
pub(crate) const ACCESS_KEY: &str = "palad";
/// Its secret half: S3 refuses a request that another secret signed, as it should.
pub(crate) const SECRET_KEY: &str = "palad-on-one-machine";

fn credentials() -> Credentials {
    Credentials::from_keys(ACCESS_KEY, SECRET_KEY, None)
}

/// A client of the DynamoDB at `endpoint`.
pub(crate) fn dynamodb(endpoint: &str) -> aws_sdk_dynamodb::Client {
    use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Region};
    let config = Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new(REGION))
        .endpoint_url(endpoint)
        .credentials_provider(credentials())
        .http_client(Builder::new().build_http())
        .build();
    aws_sdk_dynamodb::Client::from_conf(config)
}

/// A client of the S3 at `endpoint`.
pub(crate) fn s3(endpoint: &str) -> aws_sdk_s3::Client {
    use aws_sdk_s3::config::{BehaviorVersion, Config, Region};
    let config = Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new(REGION))
        .endpoint_url(endpoint)
        .credentials_provider(credentials())
        .force_path_style(true)
        .http_client(Builder::new().build_http())
        .build();
    aws_sdk_s3::Client::from_conf(config)
}
