//! A runner with toy functions.

#![allow(dead_code, reason = "each test file uses some of it")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_smithy_http_client::Builder;
use palad_local::template::Template;
use palad_local::{Invoke, Options, Running, SiteFile, Surroundings, Wiring, start_with};
use serde_json::{Value, json};

/// A function of a closure.
pub(crate) fn toy(act: impl Fn(Value) -> Result<Value, String> + Send + Sync + 'static) -> Invoke {
    Arc::new(move |event| {
        let answer = act(event);
        Box::pin(async { answer })
    })
}

/// Answers with the event itself; `?fail` fails, `?panic` panics.
pub(crate) fn echo() -> Invoke {
    toy(|event| match event["rawQueryString"].as_str() {
        Some("fail") => Err("a secret cause".to_owned()),
        Some("panic") => panic!("a secret cause"),
        _ => Ok(json!({
            "statusCode": 200,
            "headers": { "content-type": "application/json" },
            "cookies": ["a=1; Secure"],
            "body": event.to_string(),
        })),
    })
}

/// Takes every batch and does nothing.
pub(crate) fn idle() -> Invoke {
    toy(|_| Ok(Value::Null))
}

/// A runner with these functions in place of its toys.
pub(crate) async fn start_as(data: &Path, own: impl IntoIterator<Item = (&'static str, Invoke)>) -> Running {
    let options = Options { port: 0, data: data.to_owned() };
    let wiring = wiring(own);
    start_with(&options, async |_: Surroundings| Ok(wiring)).await.expect("a runner")
}

/// A website of three files and a toy for every function.
pub(crate) fn wiring(own: impl IntoIterator<Item = (&'static str, Invoke)>) -> Wiring {
    let template = Template::embedded(&BTreeMap::new()).expect("the templates");
    let toys = template.functions.into_iter().map(|function| {
        let toy = if function.routes.is_empty() { idle() } else { echo() };
        (function.name, toy)
    });
    let mut functions: BTreeMap<String, Invoke> = toys.collect();
    functions.extend(own.into_iter().map(|(name, function)| (name.to_owned(), function)));
    let file = |path: &str| SiteFile {
        path: path.to_owned(),
        content_type: "text/html; charset=utf-8".to_owned(),
        cache_control: "no-cache".to_owned(),
        body: path.as_bytes().to_vec(),
    };
    Wiring {
        functions,
        files: vec![file("/index.html"), file("/register/index.html"), file("/404.html")],
        headers: vec![("x-frame-options".to_owned(), "DENY".to_owned())],
    }
}

/// The body of an answer.
pub(crate) async fn json_of(response: reqwest::Response) -> Value {
    response.json().await.expect("JSON")
}

/// Waits until `check` holds.
pub(crate) async fn eventually(what: &str, mut check: impl AsyncFnMut() -> bool) {
    for _ in 0..200 {
        if check().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("never: {what}");
}

/// A client of the queue service.
pub(crate) fn queue_client(running: &Running) -> aws_sdk_sqs::Client {
    use aws_sdk_sqs::config::{BehaviorVersion, Config, Region};
    let config = Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new("ap-southeast-7"))
        .endpoint_url(running.addresses().services_url())
        .credentials_provider(Credentials::from_keys("palad", "palad", None))
        .http_client(Builder::new().build_http())
        .build();
    aws_sdk_sqs::Client::from_conf(config)
}

/// A client of the embedded S3 at `endpoint`.
pub(crate) fn s3_client(endpoint: &str) -> aws_sdk_s3::Client {
    use aws_sdk_s3::config::{BehaviorVersion, Config, Region, RequestChecksumCalculation};
    let config = Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new("ap-southeast-7"))
        .endpoint_url(endpoint)
        .credentials_provider(Credentials::from_keys("palad", "palad-on-one-machine", None))
        .force_path_style(true)
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .http_client(Builder::new().build_http())
        .build();
    aws_sdk_s3::Client::from_conf(config)
}

/// A client of the embedded DynamoDB.
pub(crate) fn dynamodb_client(running: &Running) -> aws_sdk_dynamodb::Client {
    use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Region};
    let config = Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new("ap-southeast-7"))
        .endpoint_url(running.addresses().dynamodb_url())
        .credentials_provider(Credentials::from_keys("palad", "palad", None))
        .http_client(Builder::new().build_http())
        .build();
    aws_sdk_dynamodb::Client::from_conf(config)
}
