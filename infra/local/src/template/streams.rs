//! The table streams that functions follow.

use std::time::Duration;

use serde_json::Value;

use super::stack::{Resource, Stack};
use super::{Template, TemplateError};
use crate::stream::Filter;

/// A table stream that a function follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamSource {
    /// The event's name in the template: its place in the stream is kept under it.
    pub event: String,
    /// The stream.
    pub arn: String,
    /// The table that it belongs to.
    pub table: String,
    /// Where a function begins that has not read it yet.
    pub begin: Begin,
    /// How many records a call gets at most.
    pub batch: usize,
    /// How long a batch is waited for that is not full.
    pub window: Duration,
    /// A record is delivered when one of these fits, or when there are none.
    pub filters: Vec<Filter>,
    /// How often a batch that failed is delivered again; without a number, until it succeeds.
    pub retries: Option<u32>,
    /// Whether a batch that failed is halved first.
    pub bisect: bool,
    /// Whether the answer says which record failed.
    pub reports: bool,
    /// The queue that is told of a batch that was given up.
    pub failures: Option<String>,
}

/// Where a function begins to read a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// With the oldest record that is kept.
    TrimHorizon,
    /// With the next one.
    Latest,
}

pub(super) fn read(stack: &Stack, resource: &Resource, event: &str) -> Result<StreamSource, TemplateError> {
    let path = |name: &str| format!("Events.{event}.Properties.{name}");
    let wrong = |message: String| resource.error(&format!("event {event}: {message}"));
    let arn = stack.text(resource, &path("Stream"))?;
    let table = arn.split_once(":table/").and_then(|(_, rest)| rest.split_once("/stream/"));
    let table = table.ok_or_else(|| wrong(format!("{arn} is no table's stream")))?.0.to_owned();
    let begin = match stack.text(resource, &path("StartingPosition"))?.as_str() {
        "TRIM_HORIZON" => Begin::TrimHorizon,
        "LATEST" => Begin::Latest,
        other => return Err(wrong(format!("StartingPosition is {other}"))),
    };
    let mut filters = Vec::new();
    for filter in list(&stack.get(resource, &path("FilterCriteria.Filters"))?) {
        let pattern = filter["Pattern"].as_str().unwrap_or_default();
        filters
            .push(Filter::parse(pattern).map_err(|message| wrong(format!("a filter's pattern: {message}")))?);
    }
    let retries = match stack.get(resource, &path("MaximumRetryAttempts"))? {
        Value::Null => None,
        value if value.as_i64() == Some(-1) => None,
        _ => Some(stack.number(resource, &path("MaximumRetryAttempts"), 0)?),
    };
    let seconds = stack.number(resource, &path("MaximumBatchingWindowInSeconds"), 0)?;
    let failures = stack.get(resource, &path("DestinationConfig.OnFailure.Destination"))?;
    let kinds = stack.get(resource, &path("FunctionResponseTypes"))?;
    Ok(StreamSource {
        event: event.to_owned(),
        table,
        arn,
        begin,
        batch: stack.number(resource, &path("BatchSize"), 100)? as usize,
        window: Duration::from_secs(seconds.into()),
        filters,
        retries,
        bisect: stack.get(resource, &path("BisectBatchOnFunctionError"))? == true,
        reports: list(&kinds).iter().any(|kind| kind == "ReportBatchItemFailures"),
        failures: failures.as_str().map(|arn| arn.rsplit(':').next().unwrap_or_default().to_owned()),
    })
}

/// Whether every stream and queue that is named is there.
pub(super) fn check(template: &Template) -> Result<(), TemplateError> {
    for function in &template.functions {
        for source in &function.streams {
            let wrong = |message: String| Err(TemplateError::new(&function.resource, message));
            let table = template.tables.iter().find(|table| table.name == source.table);
            if table.is_none_or(|table| table.stream.is_none()) {
                return wrong(format!("table {} has no stream", source.table));
            }
            let known = |name: &String| template.queues.iter().any(|queue| queue.name == *name);
            if let Some(queue) = source.failures.as_ref().filter(|name| !known(name)) {
                return wrong(format!("queue {queue} is not declared"));
            }
            if !(1..=10_000).contains(&source.batch) {
                return wrong("BatchSize is not between 1 and 10000".to_owned());
            }
        }
    }
    Ok(())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
