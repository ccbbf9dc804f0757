//! Queues, and where their messages go that nobody could take.

use std::time::Duration;

use super::stack::{Resource, Stack};
use super::{Template, TemplateError};

/// A queue as the template declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// Its name.
    pub name: String,
    /// How long a message is hidden while somebody works on it.
    pub visibility: Duration,
    /// What becomes of a message that fails again and again.
    pub dead_letters: Option<DeadLetters>,
}

/// A queue's second queue, for what failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetters {
    /// The name of the queue where such a message goes.
    pub queue: String,
    /// After how many tries.
    pub after: u32,
}

pub(super) fn read(stack: &Stack, resource: &Resource) -> Result<Queue, TemplateError> {
    let dead_letters = if stack.get(resource, "RedrivePolicy")?.is_null() {
        None
    } else {
        let target = stack.text(resource, "RedrivePolicy.deadLetterTargetArn")?;
        Some(DeadLetters {
            queue: target.rsplit(':').next().unwrap_or_default().to_owned(),
            after: stack.number(resource, "RedrivePolicy.maxReceiveCount", 5)?,
        })
    };
    Ok(Queue {
        name: stack.text(resource, "QueueName")?,
        visibility: Duration::from_secs(stack.number(resource, "VisibilityTimeout", 30)?.into()),
        dead_letters,
    })
}

/// Whether every queue that is named is there.
pub(super) fn check(template: &Template) -> Result<(), TemplateError> {
    let known = |name: &str| template.queues.iter().any(|queue| queue.name == name);
    for function in &template.functions {
        for source in &function.queues {
            if !known(&source.queue) {
                return Err(TemplateError::new(
                    &function.resource,
                    format!("queue {} is not declared", source.queue),
                ));
            }
        }
    }
    for bucket in &template.buckets {
        if let Some(notified) = bucket.notifications.iter().find(|notified| !known(&notified.queue)) {
            return Err(TemplateError::new(
                &bucket.name,
                format!("queue {} is not declared", notified.queue),
            ));
        }
    }
    for queue in &template.queues {
        if let Some(dead) = queue.dead_letters.as_ref().filter(|dead| !known(&dead.queue)) {
            return Err(TemplateError::new(&queue.name, format!("queue {} is not declared", dead.queue)));
        }
    }
    Ok(())
}
