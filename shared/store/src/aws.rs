//! The way to AWS: region, credentials, time-outs and one HTTP client for every service.
//!
//! `aws-config` is left out on purpose: a function finds all it needs in its environment, and the
//! crate costs start-up time and size. Clients are made once for each service: two would mean two
//! handshakes, and the system's certificates read twice.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, SharedHttpClient};
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_types::SdkConfig;
use aws_types::region::Region;
use palad_environment::{Variables, VariablesError};

/// What the SDK's clients are made of.
#[derive(Clone)]
pub struct Aws {
    config: SdkConfig,
    variables: Variables,
    made: Arc<Made>,
}

/// What is made when it is first asked for, and then shared.
#[derive(Default)]
struct Made {
    plain: OnceLock<SharedHttpClient>,
    over_tls: OnceLock<SharedHttpClient>,
    dynamodb: OnceLock<aws_sdk_dynamodb::Client>,
    sqs: OnceLock<aws_sdk_sqs::Client>,
}

/// A service that we call.
#[derive(Clone, Copy, Debug)]
pub enum Service {
    /// DynamoDB.
    DynamoDb,
    /// The mail queue.
    Sqs,
    /// The photo bucket.
    S3,
    /// The mail service.
    SesV2,
}

impl Service {
    /// The variable that names another endpoint than the region's own, as in the other SDKs.
    fn endpoint_variable(self) -> &'static str {
        match self {
            Self::DynamoDb => "AWS_ENDPOINT_URL_DYNAMODB",
            Self::Sqs => "AWS_ENDPOINT_URL_SQS",
            Self::S3 => "AWS_ENDPOINT_URL_S3",
            Self::SesV2 => "AWS_ENDPOINT_URL_SESV2",
        }
    }
}

impl Aws {
    /// Reads `AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, where set,
    /// `AWS_SESSION_TOKEN` and `AWS_ENDPOINT_URL_<SERVICE>`.
    ///
    /// # Errors
    /// When one of the first three is missing.
    pub fn from_environment(variables: &Variables) -> Result<Self, VariablesError> {
        let credentials = Credentials::new(
            variables.require("AWS_ACCESS_KEY_ID")?,
            variables.require("AWS_SECRET_ACCESS_KEY")?,
            variables.get("AWS_SESSION_TOKEN"),
            None,
            "environment",
        );
        // Every attempt is short, and the whole call still ends well before the gateway gives up.
        // Idle connections may have died while the function was frozen: hence two retries at least.
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(Duration::from_millis(500))
            .operation_attempt_timeout(Duration::from_millis(1_500))
            .operation_timeout(Duration::from_millis(5_000))
            .build();
        let config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(Region::new(variables.require("AWS_REGION")?))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .timeout_config(timeouts)
            .retry_config(RetryConfig::standard().with_max_attempts(3))
            .build();
        Ok(Self { config, variables: variables.clone(), made: Arc::default() })
    }

    /// The configuration of one service's client.
    #[must_use]
    pub fn service(&self, service: Service) -> SdkConfig {
        let endpoint = self.variables.get(service.endpoint_variable());
        let is_plain = endpoint.as_ref().is_some_and(|url| url.starts_with("http://"));
        let client = if is_plain { &self.made.plain } else { &self.made.over_tls };
        let client = client.get_or_init(|| http_client(is_plain)).clone();
        let mut builder = self.config.to_builder().http_client(client);
        if let Some(url) = endpoint {
            builder = builder.endpoint_url(url);
        }
        builder.build()
    }

    /// A client of DynamoDB.
    #[must_use]
    pub fn dynamodb(&self) -> aws_sdk_dynamodb::Client {
        let made = || aws_sdk_dynamodb::Client::new(&self.service(Service::DynamoDb));
        self.made.dynamodb.get_or_init(made).clone()
    }

    /// A client of the queue.
    #[must_use]
    pub fn sqs(&self) -> aws_sdk_sqs::Client {
        self.made.sqs.get_or_init(|| aws_sdk_sqs::Client::new(&self.service(Service::Sqs))).clone()
    }
}

/// TLS by rustls over ring: one small crypto library, without the slow entropy start of the default.
fn http_client(is_plain: bool) -> SharedHttpClient {
    let builder = aws_smithy_http_client::Builder::new();
    if is_plain {
        builder.build_http()
    } else {
        builder.tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https()
    }
}
