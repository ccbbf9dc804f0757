//! `sam local invoke` for every function, each with its sample event from infra/events.

use std::path::Path;

use palad_local::template::{Function, Template};
use serde_json::Value;

use crate::sam::Sam;
use crate::say;

/// How often an event is sent before its line in the log counts as missing: `sam local` now and then ends its container
/// before it has read the last line.
const TRIES: usize = 4;

/// Events of a second kind, of functions that take more than one.
const OTHERS: [(&str, &str); 1] = [("mail", "bounce")];

/// Invokes each function with an event of its own, and each that answers no calls with one that is not
/// for it.
pub(crate) async fn all(sam: &Sam, template: &Template) -> Result<(), String> {
    for function in &template.functions {
        let others = OTHERS.iter().filter(|(name, _)| *name == function.name).map(|(_, event)| *event);
        for event in std::iter::once(function.name.as_str()).chain(others) {
            let event = format!("infra/events/{event}.json");
            let invoked = sam.invoke(&function.resource, Path::new(&event)).await?;
            fits(function, &invoked.answer).map_err(|wrong| format!("{event}: {wrong}\n{}", invoked.log))?;
            say(&format!("ok sam local invoke {} --event {event}", function.resource));
        }
    }
    for function in template.functions.iter().filter(|function| function.routes.is_empty()) {
        let mut wrong = String::new();
        for _ in 0..TRIES {
            let invoked = sam.invoke(&function.resource, Path::new("infra/events/clerks.json")).await?;
            match refused(&invoked.answer, &invoked.log) {
                Ok(()) => wrong.clear(),
                Err(why) => wrong = format!("{}: {why}\n{}", function.resource, invoked.log),
            }
            if wrong.is_empty() {
                break;
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        say(&format!(
            "ok sam local invoke {}: an event of another kind is refused by name",
            function.resource
        ));
    }
    Ok(())
}

/// Whether this is how such a function answers its sample event.
fn fits(function: &Function, answer: &Value) -> Result<(), String> {
    let status = answer["statusCode"].as_u64();
    let failures = answer["batchItemFailures"].as_array();
    let fits = if function.routes.is_empty() {
        answer.get("errorType").is_none() && failures.is_none_or(Vec::is_empty)
    } else {
        status.is_some_and(|status| (200..500).contains(&status))
    };
    if fits { Ok(()) } else { Err(format!("the answer is {answer}")) }
}

/// Whether the event went back as an error that names its kind, so that Lambda retries it and then lays
/// it aside.
fn refused(answer: &Value, log: &str) -> Result<(), String> {
    let kind = "a call of an HTTP API, payload version 2";
    let message = answer["errorMessage"].as_str().unwrap_or_default();
    if !message.contains(kind) {
        return Err(format!("the answer is {answer}"));
    }
    let is_logged = log.lines().any(|line| line.contains("event refused") && line.contains(kind));
    if is_logged { Ok(()) } else { Err("the log does not name its kind".to_owned()) }
}
