//! One request to `/api`: found, made an event, called, answered.

use std::net::IpAddr;

use axum::body::Body;
use axum::response::Response;
use http::Request;
use jiff::Timestamp;

use super::event::{self, Received};
use super::problem::Problem;
use super::routes::Routes;
use super::{answer, body};

/// The largest body that API Gateway takes.
const LARGEST: usize = 10 * 1024 * 1024;

/// The response to a request. Why there is none from the function is logged here, once.
pub(crate) async fn respond(
    routes: &Routes,
    request: Request<Body>,
    source: IpAddr,
    request_id: &str,
    now: Timestamp,
) -> Response {
    let (parts, body) = request.into_parts();
    let Some(found) = routes.find(parts.method.as_str(), parts.uri.path()) else {
        return Problem::NOT_FOUND.response(request_id);
    };
    let body = match body::whole(body, LARGEST).await {
        Ok(body) => body,
        Err(problem) => return problem.response(request_id),
    };
    let event = event::build(&Received { parts: &parts, body: &body, source, request_id, now }, &found);
    let answered = found.function.call(event).await.map_err(|error| error.to_string());
    answered.and_then(|answer| answer::read(&answer)).unwrap_or_else(|cause| {
        let (function, route) = (&found.function.name, &found.route.path);
        tracing::error!(function, route, request_id, cause, "no answer from a function");
        Problem::INTERNAL.response(request_id)
    })
}
