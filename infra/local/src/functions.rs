//! The project's own functions and website, as Lambda and the CDN would have them.
//!
//! This is the only place that knows which functions there are; that they are the ones which the template
//! declares is checked when the runner starts.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lambda_runtime::Context;
use palad_api::{HttpFunction, QueueFunction, ScheduleFunction, StreamFunction};
use palad_domain::say::say;
use palad_environment::{Clock, Random, Variables, VariablesError};
use palad_site::SiteConfig;

use crate::gateway::SiteFile;
use crate::invoke::Invoke;
use crate::names;
use crate::runner::{Surroundings, Wiring};

/// Builds every function from its variables, and the website.
///
/// # Errors
/// When a function cannot be built; the message names it.
pub fn wiring(surroundings: &Surroundings) -> Result<Wiring, String> {
    let functions = BTreeMap::from([
        http(surroundings, palad_registration::App::from_environment)?,
        http(surroundings, palad_login::App::from_environment)?,
        http(surroundings, palad_accounts::App::from_environment)?,
        http(surroundings, palad_clerks::App::from_environment)?,
        http(surroundings, palad_rounds::App::from_environment)?,
        http(surroundings, palad_files::App::from_environment)?,
        http(surroundings, palad_search::App::from_environment)?,
        queue(surroundings, palad_mail::App::from_environment)?,
        queue_and_stream(surroundings, palad_photos::App::from_environment)?,
        stream(surroundings, palad_publish::App::from_environment)?,
        stream(surroundings, palad_progress::App::from_environment)?,
        schedule(surroundings, palad_reminders::App::from_environment)?,
    ]);
    let config = SiteConfig {
        upload_origin: Some(surroundings.addresses.s3_url()),
        photos: true,
        banner: Some(say(
            "ระบบทดลองในเครื่องนี้ ไม่ใช่ระบบจริง",
            "A system on this machine, for trying out; not the real one",
        )),
        ..SiteConfig::default()
    };
    let files = palad_site::files(&config).into_iter().map(|file| SiteFile {
        path: file.path,
        content_type: file.content_type.to_owned(),
        cache_control: file.cache_control.to_owned(),
        body: file.body,
    });
    let headers = palad_site::headers(&config).into_iter().map(|(name, value)| (name.to_owned(), value));
    Ok(Wiring { functions, files: files.collect(), headers: headers.collect() })
}

fn http<F: HttpFunction>(
    surroundings: &Surroundings,
    build: impl FnOnce(&Variables, Clock, Random) -> Result<F, VariablesError>,
) -> Result<(String, Invoke), String> {
    let (function, timeout) = built(F::NAME, surroundings, build)?;
    let random = surroundings.random.clone();
    let invoke: Invoke = Arc::new(move |event| {
        let (function, context) = (Arc::clone(&function), context(timeout, &random));
        Box::pin(async move {
            palad_api::answer(function.as_ref(), event, context).await.map_err(|error| error.to_string())
        })
    });
    Ok((F::NAME.to_owned(), invoke))
}

fn queue<F: QueueFunction>(
    surroundings: &Surroundings,
    build: impl FnOnce(&Variables, Clock, Random) -> Result<F, VariablesError>,
) -> Result<(String, Invoke), String> {
    let (function, _) = built(F::NAME, surroundings, build)?;
    let invoke: Invoke = Arc::new(move |event| {
        let function = Arc::clone(&function);
        Box::pin(async move {
            palad_api::answer_queue(function.as_ref(), event).await.map_err(|error| error.to_string())
        })
    });
    Ok((F::NAME.to_owned(), invoke))
}

fn stream<F: StreamFunction>(
    surroundings: &Surroundings,
    build: impl FnOnce(&Variables, Clock, Random) -> Result<F, VariablesError>,
) -> Result<(String, Invoke), String> {
    let (function, _) = built(F::NAME, surroundings, build)?;
    let invoke: Invoke = Arc::new(move |event| {
        let function = Arc::clone(&function);
        Box::pin(async move {
            palad_api::answer_stream(function.as_ref(), event).await.map_err(|error| error.to_string())
        })
    });
    Ok((F::NAME.to_owned(), invoke))
}

fn schedule<F: ScheduleFunction>(
    surroundings: &Surroundings,
    build: impl FnOnce(&Variables, Clock, Random) -> Result<F, VariablesError>,
) -> Result<(String, Invoke), String> {
    let (function, timeout) = built(F::NAME, surroundings, build)?;
    let random = surroundings.random.clone();
    let invoke: Invoke = Arc::new(move |event| {
        let (function, context) = (Arc::clone(&function), context(timeout, &random));
        Box::pin(async move {
            let answered = palad_api::answer_schedule(function.as_ref(), event, context).await;
            answered.map_err(|error| error.to_string())
        })
    });
    Ok((F::NAME.to_owned(), invoke))
}

fn queue_and_stream<F: QueueFunction + StreamFunction>(
    surroundings: &Surroundings,
    build: impl FnOnce(&Variables, Clock, Random) -> Result<F, VariablesError>,
) -> Result<(String, Invoke), String> {
    let name = <F as QueueFunction>::NAME;
    let (function, _) = built(name, surroundings, build)?;
    let invoke: Invoke = Arc::new(move |event| {
        let function = Arc::clone(&function);
        Box::pin(async move {
            let answered = palad_api::answer_queue_or_stream(function.as_ref(), event).await;
            answered.map_err(|error| error.to_string())
        })
    });
    Ok((name.to_owned(), invoke))
}

fn built<F>(
    name: &str,
    surroundings: &Surroundings,
    build: impl FnOnce(&Variables, Clock, Random) -> Result<F, VariablesError>,
) -> Result<(Arc<F>, Duration), String> {
    let (variables, timeout) = surroundings
        .functions
        .get(name)
        .ok_or_else(|| format!("{name}: template.yaml does not declare it"))?;
    let function = build(variables, surroundings.clock.clone(), surroundings.random.clone());
    Ok((Arc::new(function.map_err(|error| format!("{name}: {error}"))?), *timeout))
}

/// What Lambda says about a call: its identifier, and when it will be broken off.
fn context(timeout: Duration, random: &Random) -> Context {
    let deadline = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() + timeout;
    let mut context = Context::default();
    context.request_id = names::uuid(random);
    context.deadline = u64::try_from(deadline.as_millis()).unwrap_or(u64::MAX);
    context
}
