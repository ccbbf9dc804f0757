//! Which pages of other origins may reach a bucket: its CorsConfiguration, as S3 goes by it.

use std::collections::BTreeMap;

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
    ACCESS_CONTROL_REQUEST_METHOD, CONTENT_TYPE, ORIGIN, VARY,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use s3s::Body;

use crate::template::{Bucket, CorsRule};

/// The rules of every bucket.
#[derive(Debug)]
pub(crate) struct Cors(BTreeMap<String, Vec<CorsRule>>);

impl Cors {
    pub(crate) fn new(buckets: &[Bucket]) -> Self {
        Self(buckets.iter().map(|bucket| (bucket.name.clone(), bucket.cors.clone())).collect())
    }

    /// The answer to a browser that asks before it sends; nothing for any other request.
    pub(crate) fn preflight<B>(&self, request: &Request<B>) -> Option<Response<Body>> {
        let headers = request.headers();
        let (origin, method) = (text(headers, &ORIGIN)?, text(headers, &ACCESS_CONTROL_REQUEST_METHOD)?);
        if request.method() != Method::OPTIONS {
            return None;
        }
        let asked: Vec<&str> = headers
            .get_all(ACCESS_CONTROL_REQUEST_HEADERS)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .collect();
        let allows = |rule: &&CorsRule| {
            asked.iter().all(|name| rule.headers.iter().any(|allowed| fits(&allowed.to_lowercase(), name)))
        };
        let Some(rule) = self.rules(request.uri().path(), origin, method).find(allows) else {
            return Some(refusal());
        };
        let mut response = Response::new(Body::empty());
        let answer = response.headers_mut();
        allow(answer, rule, origin);
        set(answer, ACCESS_CONTROL_ALLOW_METHODS, &rule.methods.join(", "));
        if !asked.is_empty() {
            set(answer, ACCESS_CONTROL_ALLOW_HEADERS, &asked.join(", "));
        }
        if let Some(seconds) = rule.max_age {
            set(answer, ACCESS_CONTROL_MAX_AGE, &seconds.to_string());
        }
        Some(response)
    }

    /// What the answer to a request itself says to the page, if it may hear it.
    pub(crate) fn headers<B>(&self, request: &Request<B>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if let Some(origin) = text(request.headers(), &ORIGIN)
            && let Some(rule) = self.rules(request.uri().path(), origin, request.method().as_str()).next()
        {
            allow(&mut headers, rule, origin);
        }
        headers
    }

    fn rules<'a>(
        &'a self,
        path: &str,
        origin: &'a str,
        method: &'a str,
    ) -> impl Iterator<Item = &'a CorsRule> {
        let bucket = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        self.0.get(bucket).into_iter().flatten().filter(move |rule| {
            rule.methods.iter().any(|allowed| allowed == method)
                && rule.origins.iter().any(|allowed| fits(allowed, origin))
        })
    }
}

fn allow(headers: &mut HeaderMap, rule: &CorsRule, origin: &str) {
    set(headers, ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    if !rule.exposed.is_empty() {
        set(headers, ACCESS_CONTROL_EXPOSE_HEADERS, &rule.exposed.join(", "));
    }
    let vary = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";
    headers.insert(VARY, HeaderValue::from_static(vary));
}

fn refusal() -> Response<Body> {
    let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessForbidden</Code><Message>CORSResponse: \
                This CORS request is not allowed.</Message></Error>";
    let mut response = Response::new(Body::from(text.to_owned()));
    *response.status_mut() = StatusCode::FORBIDDEN;
    set(response.headers_mut(), CONTENT_TYPE, "application/xml");
    response
}

/// Whether `text` is as allowed, where one `*` stands for anything. Case counts for nothing: neither in an origin nor
/// in a header's name.
fn fits(allowed: &str, text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    match allowed.to_ascii_lowercase().split_once('*') {
        None => allowed.eq_ignore_ascii_case(&text),
        Some((before, after)) => {
            text.len() >= before.len() + after.len() && text.starts_with(before) && text.ends_with(after)
        }
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cors() -> Cors {
        let rule = CorsRule {
            origins: vec!["http://localhost:8080".into()],
            methods: vec!["PUT".into()],
            headers: vec!["content-type".into(), "x-amz-*".into()],
            exposed: vec!["etag".into()],
            max_age: Some(60),
        };
        Cors::new(&[Bucket { name: "b".into(), cors: vec![rule], notifications: Vec::new() }])
    }

    fn ask(method: &str, path: &str, headers: &[(&str, &str)]) -> Option<Response<Body>> {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        cors().preflight(&request.body(()).expect("a request"))
    }

    #[test]
    fn a_preflight_is_answered_by_the_rules() {
        let origin = ("origin", "http://localhost:8080");
        let put = ("access-control-request-method", "PUT");
        let headers = ("access-control-request-headers", "Content-Type, x-amz-checksum-sha256");
        let status = |method: &str, path: &str, headers: &[(&str, &str)]| {
            ask(method, path, headers).map(|response| response.status().as_u16())
        };
        let answer = ask("OPTIONS", "/b/k", &[origin, put, headers]).expect("an answer");
        assert_eq!(answer.headers()["access-control-allow-origin"], "http://localhost:8080");
        assert_eq!(answer.headers()["access-control-allow-headers"], headers.1);
        assert_eq!(answer.headers()["access-control-max-age"], "60");
        for refused in [
            vec![("origin", "http://evil.test"), put],
            vec![origin, ("access-control-request-method", "DELETE")],
            vec![origin, put, ("access-control-request-headers", "authorization")],
        ] {
            assert_eq!(status("OPTIONS", "/b/k", &refused), Some(403), "{refused:?}");
        }
        assert_eq!(status("OPTIONS", "/other/k", &[origin, put]), Some(403));
        assert_eq!(status("PUT", "/b/k", &[origin, put]), None);
        assert_eq!(status("OPTIONS", "/b/k", &[]), None);
    }
}
