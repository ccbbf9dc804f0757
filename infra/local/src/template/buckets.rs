//! Buckets: which pages of other origins may reach them, and which queues hear of new objects.

use serde_json::Value;

use super::TemplateError;
use super::stack::{Resource, Stack};

/// A bucket as the template declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// What a page of another origin may do; of several rules the first that fits counts.
    pub cors: Vec<CorsRule>,
    /// The queues that hear of new objects.
    pub notifications: Vec<Notification>,
}

/// One rule of a bucket's CorsConfiguration. An origin or a header may have one `*` in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CorsRule {
    /// From where.
    pub origins: Vec<String>,
    /// GET, PUT and their like.
    pub methods: Vec<String>,
    /// Headers that a request may have.
    pub headers: Vec<String>,
    /// Headers of the answer that the page may read.
    pub exposed: Vec<String>,
    /// For how many seconds a browser may remember the answer.
    pub max_age: Option<u64>,
}

/// A queue that hears of objects put into a bucket.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notification {
    /// The queue's name.
    pub queue: String,
    /// What the key begins with; empty for any.
    pub prefix: String,
    /// What the key ends with; empty for any.
    pub suffix: String,
}

pub(super) fn read(stack: &Stack, resource: &Resource) -> Result<Bucket, TemplateError> {
    let cors = stack.get(resource, "CorsConfiguration.CorsRules")?;
    let queues = stack.get(resource, "NotificationConfiguration.QueueConfigurations")?;
    Ok(Bucket {
        name: stack.text(resource, "BucketName")?,
        cors: list(&cors).iter().map(cors_rule).collect(),
        notifications: list(&queues)
            .iter()
            .map(|declared| notification(resource, declared))
            .collect::<Result<_, _>>()?,
    })
}

fn cors_rule(rule: &Value) -> CorsRule {
    let texts = |name: &str| list(&rule[name]).iter().map(text).collect();
    CorsRule {
        origins: texts("AllowedOrigins"),
        methods: texts("AllowedMethods"),
        headers: texts("AllowedHeaders"),
        exposed: texts("ExposedHeaders"),
        max_age: rule["MaxAge"].as_u64(),
    }
}

fn notification(resource: &Resource, declared: &Value) -> Result<Notification, TemplateError> {
    let event = text(&declared["Event"]);
    if !matches!(event.as_str(), "s3:ObjectCreated:*" | "s3:ObjectCreated:Put") {
        return Err(resource.error(&format!("the local runner does not tell queues of {event:?}")));
    }
    let queue = text(&declared["Queue"]);
    let mut notification =
        Notification { queue: queue.rsplit(':').next().unwrap_or_default().to_owned(), ..Default::default() };
    for rule in list(&declared["Filter"]["S3Key"]["Rules"]) {
        match text(&rule["Name"]).to_lowercase().as_str() {
            "prefix" => notification.prefix = text(&rule["Value"]),
            "suffix" => notification.suffix = text(&rule["Value"]),
            other => return Err(resource.error(&format!("there is no filter by {other:?}"))),
        }
    }
    Ok(notification)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
