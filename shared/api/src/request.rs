//! What a handler may ask of a call. Bad input ends here, as a problem that says what to mend.

mod body;
mod headers;
mod lists;

use std::net::IpAddr;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lambda_http::RequestExt;
use lambda_http::http::request::Parts;
use lambda_http::http::{HeaderMap, Method};
use lambda_http::lambda_runtime::Context;
use lambda_http::request::RequestContext;
use palad_domain::agency::AgencyCode;
use palad_domain::fields::FieldErrors;
use palad_domain::say::Say;
use palad_domain::session::Session;

use crate::cookie::Cookie;
use crate::edge::Edge;
use crate::guard::came_through_cdn;
use crate::problem::ApiError;
use crate::session::Verifier;

/// What is kept of a function's time for answering.
const RESERVE: Duration = Duration::from_millis(500);

/// One call.
pub struct Request {
    parts: Parts,
    body: Vec<u8>,
    route: String,
    request_id: String,
    client_address: Option<IpAddr>,
    deadline: Option<SystemTime>,
}

impl Request {
    pub(crate) fn new(request: lambda_http::Request, edge: &Edge, context: &Context) -> Self {
        let (parts, body) = request.into_parts();
        let (route, gateway_id, source) = match parts.extensions.get::<RequestContext>() {
            Some(RequestContext::ApiGatewayV2(gateway)) => (
                gateway.route_key.clone().unwrap_or_default(),
                gateway.request_id.clone(),
                gateway.http.source_ip.as_deref().and_then(|address| address.parse().ok()),
            ),
            _ => (String::new(), None, None),
        };
        let client_address =
            if came_through_cdn(edge, &parts.headers) { headers::viewer(&parts.headers) } else { source };
        Self {
            body: body.to_vec(),
            route,
            request_id: gateway_id.filter(|id| !id.is_empty()).unwrap_or_else(|| context.request_id.clone()),
            client_address,
            deadline: (context.deadline > 0).then(|| context.deadline()),
            parts,
        }
    }

    /// The route as the template writes it, such as `GET /api/agencies/{code}/clerks`. Handlers
    /// decide on this and never on the raw path, of which there is more than one spelling.
    #[must_use]
    pub fn route(&self) -> &str {
        &self.route
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.parts.method
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// A part of the path, as `code` in `/api/agencies/{code}`; the gateway has decoded it.
    ///
    /// # Errors
    /// 404 when the route has no such part.
    pub fn param(&self, name: &str) -> Result<&str, ApiError> {
        let params = self.parts.path_parameters_ref();
        params
            .and_then(|params| params.first(name))
            .filter(|value| !value.is_empty())
            .ok_or_else(ApiError::not_found)
    }

    /// The agency that the path names as `{code}`.
    ///
    /// # Errors
    /// 404 when that is no agency code: there can be nothing at such an address.
    pub fn agency_code(&self) -> Result<AgencyCode, ApiError> {
        self.param("code")?.parse().map_err(|_| ApiError::not_found())
    }

    /// A parameter of the query, or none where it is absent or empty.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<String> {
        let query = self.parts.query_string_parameters_ref()?;
        query.first(name).filter(|value| !value.trim().is_empty()).map(str::to_owned)
    }

    /// A parameter of the query, understood as a `T`.
    ///
    /// # Errors
    /// 422 at `?name` when it is there and is not a `T`.
    pub fn query_as<T: FromStr<Err = Say>>(&self, name: &str) -> Result<Option<T>, ApiError> {
        let parsed = self.query(name).map(|value| value.parse()).transpose();
        parsed.map_err(|say| ApiError::invalid(FieldErrors::one(format!("?{name}"), say)))
    }

    /// Whose session this is.
    ///
    /// # Errors
    /// 401 when there is none, or it has ended, or it is not one of ours.
    pub fn session(&self, verifier: &Verifier, now: Timestamp) -> Result<Session, ApiError> {
        let token = self.cookie(Cookie::SESSION).ok_or_else(ApiError::not_signed_in)?;
        verifier.verify(token, now).ok_or_else(ApiError::not_signed_in)
    }

    /// Where the caller is, for limits: told by our CDN, or else by the gateway itself; never by
    /// a header that a caller could write.
    #[must_use]
    pub fn client_address(&self) -> Option<IpAddr> {
        self.client_address
    }

    /// The gateway's name for this call; it stands in every problem and in the log.
    #[must_use]
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// How long a handler may still take, half a second being kept for the answer; none where
    /// nobody set a limit. The machine's time, not the movable clock's.
    #[must_use]
    pub fn time_left(&self) -> Option<Duration> {
        let left = self.deadline?.duration_since(SystemTime::now()).unwrap_or_default();
        Some(left.saturating_sub(RESERVE))
    }
}
