//! What stands beside the system on one machine, under `/local`: the mailbox, the clock, calls by
//! hand, health. None of it exists in the cloud.

mod mail_page;

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::body::Body;
use axum::response::{Html, IntoResponse, Response};
use http::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, ORIGIN, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use jiff::Timestamp;
use palad_environment::{Clock, Random};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::addresses::Addresses;
use crate::gateway::{Problem, whole};
use crate::invoke::Callables;
use crate::mail::{Fault, Mailbox};
use crate::schedule::Scheduler;

/// As much as Lambda takes of an event.
const LARGEST: usize = 6 * 1024 * 1024;

/// Everything that `/local` reaches.
pub(crate) struct Tools {
    pub(crate) addresses: Addresses,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) mailbox: Arc<Mailbox>,
    pub(crate) functions: Callables,
    pub(crate) scheduler: Arc<Scheduler>,
}

/// What the clock is asked: to be set, or, without a time, to be the machine's own again.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockSetting {
    now: Option<Timestamp>,
}

/// What is to go wrong with the next mails, one after the other.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FaultSetting {
    faults: Vec<Fault>,
}

impl Tools {
    pub(crate) async fn respond(&self, request: Request<Body>) -> Result<Response, &'static Problem> {
        let (parts, body) = request.into_parts();
        if !self.is_from_here(&parts.headers) {
            return Err(&Problem::NOT_FROM_HERE);
        }
        let path = parts.uri.path();
        let mut response = match (&parts.method, path) {
            (&Method::GET, "/local/mail") if accepts_html(&parts.headers) => {
                let page = mail_page::page(&self.mailbox.newest(200), &self.origins());
                (html_headers(), Html(page.into_string())).into_response()
            }
            (&Method::GET, "/local/mail") => json_response(&json!(self.mailbox.newest(usize::MAX))),
            (&Method::GET, "/local/health") => json_response(&json!({
                "status": "ok",
                "addresses": self.addresses,
                "functions": self.functions.keys().collect::<BTreeSet<_>>(),
            })),
            (&Method::GET, "/local/clock") => json_response(&json!({ "now": self.clock.now() })),
            (&Method::POST, "/local/clock") => {
                let setting: ClockSetting =
                    serde_json::from_slice(&whole(body, LARGEST).await?).map_err(|_| &Problem::NOT_JSON)?;
                self.scheduler.move_clock(setting.now).await;
                json_response(&json!({ "now": self.clock.now() }))
            }
            (&Method::POST, "/local/mail/faults") => {
                let setting: FaultSetting =
                    serde_json::from_slice(&whole(body, LARGEST).await?).map_err(|_| &Problem::NOT_JSON)?;
                self.mailbox.faults.set(setting.faults);
                json_response(&json!({ "faults": self.mailbox.faults.left() }))
            }
            (&Method::POST, _) => {
                let name = path.strip_prefix("/local/run/").ok_or(&Problem::NOT_FOUND)?;
                let function = self.functions.get(name).ok_or(&Problem::NOT_FOUND)?;
                let event: Value =
                    serde_json::from_slice(&whole(body, LARGEST).await?).map_err(|_| &Problem::NOT_JSON)?;
                match function.call(event).await {
                    Ok(answer) => json_response(&answer),
                    // The cause may be shown: who sits here may read the log as well.
                    Err(error) => {
                        (StatusCode::BAD_GATEWAY, json_response(&json!({ "error": error.to_string() })))
                            .into_response()
                    }
                }
            }
            _ => return Err(&Problem::NOT_FOUND),
        };
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        Ok(response)
    }

    /// Whether this was asked of this machine by name, and not by a page of another site: such a page could
    /// otherwise read codes from the mailbox, by a name of its own that leads to 127.0.0.1.
    fn is_from_here(&self, headers: &HeaderMap) -> bool {
        let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let host = text(&HOST).map(|host| format!("http://{host}"));
        let ours = |origin: &str| self.origins().iter().any(|own| own == origin);
        host.is_some_and(|host| ours(&host))
            && text(&ORIGIN).is_none_or(ours)
            && !matches!(
                headers.get("sec-fetch-site").map(HeaderValue::as_bytes),
                Some(b"cross-site" | b"same-site")
            )
    }

    fn origins(&self) -> Vec<String> {
        self.addresses.origins().split(' ').map(str::to_owned).collect()
    }
}

fn accepts_html(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

fn html_headers() -> [(http::HeaderName, &'static str); 1] {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    [(CONTENT_SECURITY_POLICY, policy)]
}

fn json_response(value: &Value) -> Response {
    ([(CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}
