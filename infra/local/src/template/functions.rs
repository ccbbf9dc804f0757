//! Functions: their variables, and what calls them.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use super::TemplateError;
use super::schedules::{self, ScheduleSource};
use super::stack::{Resource, Stack};
use super::streams::{self, StreamSource};

/// A function as the template declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// `clerks`: the folder in functions/, after which resource, crate and log field are named too.
    pub name: String,
    /// `ClerksFunction`.
    pub resource: String,
    /// Its variables. A secret is still the reference by which the cloud would look it up.
    pub environment: BTreeMap<String, String>,
    /// The requests that it answers.
    pub routes: Vec<Route>,
    /// The queues whose messages it takes.
    pub queues: Vec<QueueSource>,
    /// The table streams that it follows.
    pub streams: Vec<StreamSource>,
    /// The schedules that call it.
    pub schedules: Vec<ScheduleSource>,
    /// Megabytes.
    pub memory: u32,
    /// How long a call may take.
    pub timeout: Duration,
}

/// A method and a path with `{names}`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// `GET`, or `ANY`.
    pub method: String,
    /// `/api/agencies/{code}/clerks`.
    pub path: String,
}

/// A queue that a function takes messages from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueSource {
    /// The queue's name.
    pub queue: String,
    /// How many messages a call gets at most.
    pub batch: usize,
}

pub(super) fn read(stack: &Stack, resource: &Resource) -> Result<Function, TemplateError> {
    let name = resource.name.strip_suffix("Function").unwrap_or_default().to_lowercase();
    let folder = stack.text(resource, "CodeUri")?;
    if folder.trim_end_matches('/') != format!("functions/{name}") {
        return Err(resource.error(&format!("its CodeUri is {folder}: a function is named as its folder is")));
    }
    let mut function = Function {
        name,
        resource: resource.name.clone(),
        environment: stack.texts(resource, "Environment.Variables")?,
        routes: Vec::new(),
        queues: Vec::new(),
        streams: Vec::new(),
        schedules: Vec::new(),
        memory: stack.number(resource, "MemorySize", 128)?,
        timeout: Duration::from_secs(stack.number(resource, "Timeout", 3)?.into()),
    };
    let events = resource.properties.get("Events").and_then(Value::as_object);
    for (event, body) in events.into_iter().flatten() {
        let property = |name: &str| stack.text(resource, &format!("Events.{event}.Properties.{name}"));
        match body["Type"].as_str() {
            Some("HttpApi") => function
                .routes
                .push(Route { method: property("Method")?.to_uppercase(), path: property("Path")? }),
            Some("SQS") => function.queues.push(QueueSource {
                queue: property("Queue")?.rsplit(':').next().unwrap_or_default().to_owned(),
                batch: property("BatchSize")?
                    .parse()
                    .map_err(|_| resource.error("BatchSize is no number"))?,
            }),
            Some("DynamoDB") => function.streams.push(streams::read(stack, resource, event)?),
            Some("Schedule") => {
                function.schedules.push(schedules::read(stack, resource, event, "Schedule")?);
            }
            Some("ScheduleV2") => {
                function.schedules.push(schedules::read(stack, resource, event, "ScheduleExpression")?);
            }
            other => {
                let kind = other.unwrap_or("none");
                let message =
                    format!("event {event} is of type {kind}, which the local runner does not know");
                return Err(resource.error(&message));
            }
        }
    }
    Ok(function)
}
