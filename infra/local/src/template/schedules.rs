//! The schedules that call functions.

use serde_json::Value;

use super::stack::{Resource, Stack};
use super::{Template, TemplateError};
use crate::schedule::Expression;

/// What Lambda does when the template says nothing of tries.
const RETRIES: u32 = 2;

/// A schedule that calls a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleSource {
    /// The event's name in the template: how far it has come is kept under it.
    pub event: String,
    /// The schedule's own name, whose last word says what is to be done.
    pub name: String,
    /// When it fires.
    pub expression: Expression,
    /// How often a firing that failed is tried again.
    pub retries: u32,
    /// The queue that is told of a firing that was given up.
    pub failures: Option<String>,
}

pub(super) fn read(
    stack: &Stack,
    resource: &Resource,
    event: &str,
    expression: &str,
) -> Result<ScheduleSource, TemplateError> {
    let path = |name: &str| format!("Events.{event}.Properties.{name}");
    let wrong = |message: String| resource.error(&format!("event {event}: {message}"));
    let expression = Expression::parse(&stack.text(resource, &path(expression))?).map_err(wrong)?;
    match stack.get(resource, &path("ScheduleExpressionTimezone"))? {
        Value::Null => {}
        Value::String(zone) if zone == "UTC" => {}
        other => return Err(wrong(format!("the local runner knows UTC alone, not {other}"))),
    }
    if stack.get(resource, &path("Input"))? != Value::Null {
        return Err(wrong("the local runner sends the scheduler's own event, and no Input".to_owned()));
    }
    let failures = stack.get(resource, "EventInvokeConfig.DestinationConfig.OnFailure.Destination")?;
    Ok(ScheduleSource {
        event: event.to_owned(),
        name: stack.text(resource, &path("Name"))?,
        expression,
        retries: stack.number(resource, "EventInvokeConfig.MaximumRetryAttempts", RETRIES)?,
        failures: failures.as_str().map(|arn| arn.rsplit(':').next().unwrap_or_default().to_owned()),
    })
}

/// Whether every queue that is named is there.
pub(super) fn check(template: &Template) -> Result<(), TemplateError> {
    for function in &template.functions {
        for source in &function.schedules {
            let known = |name: &String| template.queues.iter().any(|queue| queue.name == *name);
            if let Some(queue) = source.failures.as_ref().filter(|name| !known(name)) {
                return Err(TemplateError::new(&function.resource, format!("queue {queue} is not declared")));
            }
        }
    }
    Ok(())
}
