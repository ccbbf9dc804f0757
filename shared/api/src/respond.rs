//! What a handler answers when it did what was asked.
//!
//! A response is never stored by anybody unless the handler says so, for most are about one
//! signed-in agency.

use lambda_http::Body;
use lambda_http::http::header::{self, HeaderName, HeaderValue};
use lambda_http::http::{self, HeaderMap, StatusCode};
use palad_domain::record::Version;
use serde::Serialize;

use crate::cookie::Cookie;

/// A response to be. Building it cannot fail for the handler: what cannot be written becomes a
/// problem 500 at the edge, with its cause in the log.
#[derive(Debug)]
pub struct Response {
    status: StatusCode,
    headers: HeaderMap,
    body: Option<String>,
    fault: Option<String>,
}

impl Response {
    fn of(status: StatusCode) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        Self { status, headers, body: None, fault: None }
    }

    fn json<T: Serialize + ?Sized>(mut self, content_type: &'static str, value: &T) -> Self {
        self.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        match serde_json::to_string(value) {
            Ok(text) => self.body = Some(text),
            Err(error) => self.fault = Some(format!("response not serialisable: {error}")),
        }
        self
    }

    /// 200 with `value`.
    #[must_use]
    pub fn ok<T: Serialize + ?Sized>(value: &T) -> Self {
        Self::of(StatusCode::OK).json("application/json", value)
    }

    /// 201 with `value`, which from now on is found at `location`.
    #[must_use]
    pub fn created<T: Serialize + ?Sized>(value: &T, location: &str) -> Self {
        Self::of(StatusCode::CREATED).json("application/json", value).header("location", location)
    }

    /// 202 with `value`: more is to happen.
    #[must_use]
    pub fn accepted<T: Serialize + ?Sized>(value: &T) -> Self {
        Self::of(StatusCode::ACCEPTED).json("application/json", value)
    }

    /// 204.
    #[must_use]
    pub fn no_content() -> Self {
        Self::of(StatusCode::NO_CONTENT)
    }

    pub(crate) fn problem<T: Serialize>(status: u16, value: &T) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::of(status).json("application/problem+json", value)
    }

    /// The record's version, as its ETag.
    #[must_use]
    pub fn etag(self, version: Version) -> Self {
        self.header("etag", &format!("\"{version}\""))
    }

    /// Sets a cookie.
    #[must_use]
    pub fn cookie(mut self, cookie: Cookie) -> Self {
        match HeaderValue::from_str(cookie.as_str()) {
            Ok(value) => {
                self.headers.append(header::SET_COOKIE, value);
            }
            Err(_) => self.fault = Some("cookie is no header value".to_owned()),
        }
        self
    }

    /// Lets the answer be kept, as in `public, max-age=60`. Only for what is the same for everybody.
    #[must_use]
    pub fn cache(mut self, control: &'static str) -> Self {
        self.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(control));
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        match HeaderValue::from_str(value) {
            Ok(value) => {
                self.headers.insert(HeaderName::from_static(name), value);
            }
            Err(_) => self.fault = Some(format!("{name} is no header value")),
        }
        self
    }

    /// What could not be written, if anything.
    pub(crate) fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    pub(crate) fn into_http(self) -> http::Response<Body> {
        let mut response = http::Response::new(self.body.map_or(Body::Empty, Body::Text));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

#[cfg(test)]
impl Response {
    pub(crate) fn into_parts_for_test(self) -> (u16, String) {
        (self.status.as_u16(), self.body.unwrap_or_default())
    }

    pub(crate) fn header_for_test(&self, name: &str) -> Option<String> {
        self.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_stored_unless_said() {
        let response = Response::ok(&1);
        assert_eq!(response.header_for_test("cache-control").as_deref(), Some("no-store"));
        assert_eq!(response.header_for_test("x-content-type-options").as_deref(), Some("nosniff"));
        let response = response.cache("public, max-age=60");
        assert_eq!(response.header_for_test("cache-control").as_deref(), Some("public, max-age=60"));
    }

    #[test]
    fn versions_and_places_are_headers() {
        let response = Response::created(&"x", "/api/agencies/540101/clerks/a").etag(Version(7));
        assert_eq!(response.header_for_test("etag").as_deref(), Some("\"7\""));
        assert_eq!(response.header_for_test("location").as_deref(), Some("/api/agencies/540101/clerks/a"));
        assert_eq!(response.into_parts_for_test(), (201, "\"x\"".to_owned()));
        assert_eq!(Response::no_content().header_for_test("content-type"), None);
    }

    #[test]
    fn what_cannot_be_written_is_a_fault_not_a_panic() {
        let unwritable = std::collections::BTreeMap::from([((1, 2), 3)]);
        assert!(Response::ok(&unwritable).fault().is_some());
        assert!(Response::created(&1, "/a\nb").fault().is_some());
        assert!(Response::ok(&1).fault().is_none());
    }
}
