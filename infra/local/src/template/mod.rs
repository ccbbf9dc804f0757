//! What template.yaml says, as far as one machine needs it.
//!
//! Routes, tables, queues and variables are written once, in the templates; they are compiled into
//! this binary and understood here, so that `cargo run` and the cloud cannot drift apart. What is
//! not understood is an error that names the resource, never a thing silently left out.

mod buckets;
mod document;
mod functions;
mod intrinsics;
mod queues;
mod schedules;
mod stack;
mod streams;
mod tables;

use std::collections::BTreeMap;

pub use buckets::{Bucket, CorsRule, Notification};
pub use functions::{Function, QueueSource, Route};
pub use queues::{DeadLetters, Queue};
pub use schedules::ScheduleSource;
pub use streams::{Begin, StreamSource};
pub use tables::{Index, Table};

use intrinsics::Outputs;
use stack::Stack;

/// The account that things on one machine belong to.
pub const ACCOUNT: &str = "000000000000";
/// The region that things on one machine are in: Bangkok.
pub const REGION: &str = "ap-southeast-7";

const NESTED: &str = "AWS::CloudFormation::Stack";

/// The templates as they were when this binary was built, by path from the root.
const FILES: &[(&str, &str)] = &[
    ("template.yaml", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../template.yaml"))),
    ("infra/data.yaml", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../data.yaml"))),
    ("infra/buckets.yaml", include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../buckets.yaml"))),
];

/// Everything that the templates declare and one machine must offer.
#[derive(Debug, Default)]
pub struct Template {
    /// The functions with their variables and what calls them.
    pub functions: Vec<Function>,
    /// The tables.
    pub tables: Vec<Table>,
    /// The buckets.
    pub buckets: Vec<Bucket>,
    /// The queues.
    pub queues: Vec<Queue>,
}

/// Why a template cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{place}: {message}")]
pub struct TemplateError {
    /// The file, and in it the resource where one is at fault.
    pub place: String,
    /// What is wrong there.
    pub message: String,
}

impl TemplateError {
    fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { place: place.into(), message: message.into() }
    }
}

impl Template {
    /// The project's own templates, with these values instead of the parameters' defaults.
    ///
    /// # Errors
    /// When a template is not understood.
    pub fn embedded(parameters: &BTreeMap<String, String>) -> Result<Self, TemplateError> {
        Self::read(FILES, parameters)
    }

    /// The first of `files` and what it nests, each a path and a text.
    ///
    /// # Errors
    /// When a template is not understood.
    pub fn read(
        files: &[(&str, &str)],
        parameters: &BTreeMap<String, String>,
    ) -> Result<Self, TemplateError> {
        let (root, _) = files.first().ok_or_else(|| TemplateError::new("templates", "there are none"))?;
        let mut template = Self::default();
        template.add(files, root, parameters)?;
        queues::check(&template)?;
        streams::check(&template)?;
        schedules::check(&template)?;
        Ok(template)
    }

    fn add(
        &mut self,
        files: &[(&str, &str)],
        file: &str,
        parameters: &BTreeMap<String, String>,
    ) -> Result<Outputs, TemplateError> {
        let text = files.iter().find(|(path, _)| *path == file).map(|(_, text)| *text);
        let text =
            text.ok_or_else(|| TemplateError::new(file, "this template is not built into the runner"))?;
        let mut stack = Stack::new(file, document::parse(file, text)?, parameters)?;
        let resources = stack.resources()?;
        // Nested stacks come first: what stands here names what they give out.
        for resource in resources.iter().filter(|resource| resource.kind == NESTED) {
            let nested = stack.text(resource, "TemplateURL")?;
            let outputs = self.add(files, &nested, &stack.texts(resource, "Parameters")?)?;
            stack.nests(&resource.name, outputs);
        }
        for resource in resources {
            match resource.kind.as_str() {
                "AWS::Serverless::Function" => self.functions.push(functions::read(&stack, &resource)?),
                "AWS::DynamoDB::Table" => self.tables.push(tables::read(&stack, &resource)?),
                "AWS::S3::Bucket" => self.buckets.push(buckets::read(&stack, &resource)?),
                "AWS::SQS::Queue" => self.queues.push(queues::read(&stack, &resource)?),
                // What is done above, or has no meaning on one machine: the gateway's own resource
                // (its routes stand at the functions), logs, policies.
                NESTED
                | "AWS::Serverless::HttpApi"
                | "AWS::Logs::LogGroup"
                | "AWS::S3::BucketPolicy"
                | "AWS::SQS::QueuePolicy" => {}
                other => {
                    return Err(resource.error(&format!("the local runner does not know the type {other}")));
                }
            }
        }
        Ok(stack.outputs())
    }
}

#[cfg(test)]
mod tests;
