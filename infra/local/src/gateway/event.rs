//! The event that API Gateway makes of a request: HTTP API, payload version 2.0.
//!
//! As the real one does: the path is decoded, the query is not; cookies leave the headers; repeated
//! headers and parameters are joined by commas; a body is text when its type says so.

use std::net::IpAddr;

use data_encoding::BASE64;
use http::HeaderMap;
use http::header::{CONTENT_TYPE, COOKIE, HOST, USER_AGENT};
use jiff::Timestamp;
use jiff::fmt::strtime;
use serde_json::{Map, Value, json};

use super::routes::{Found, decoded};
use crate::template::ACCOUNT;

/// What a request is, apart from the route that it took.
pub(crate) struct Received<'a> {
    pub(crate) parts: &'a http::request::Parts,
    pub(crate) body: &'a [u8],
    pub(crate) source: IpAddr,
    pub(crate) request_id: &'a str,
    pub(crate) now: Timestamp,
}

/// The event for a request and its route.
pub(crate) fn build(received: &Received<'_>, found: &Found<'_>) -> Value {
    let Received { parts, body, source, request_id, now } = received;
    let path = decoded(parts.uri.path());
    let query = parts.uri.query().unwrap_or_default();
    let header =
        |name| parts.headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let host = header(&HOST).unwrap_or_default();
    let domain = host.split(':').next().unwrap_or_default();
    let route_key = format!("{} {}", found.route.method, found.route.path);
    let mut event = json!({
        "version": "2.0",
        "routeKey": route_key,
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers(&parts.headers, *source),
        "requestContext": {
            "accountId": ACCOUNT,
            "apiId": "local",
            "domainName": domain,
            "domainPrefix": domain.split('.').next().unwrap_or_default(),
            "http": {
                "method": parts.method.as_str(),
                "path": path,
                "protocol": format!("{:?}", parts.version),
                "sourceIp": source.to_string(),
                "userAgent": header(&USER_AGENT).unwrap_or_default(),
            },
            "requestId": request_id,
            "routeKey": route_key,
            "stage": "$default",
            "time": strtime::format("%d/%b/%Y:%H:%M:%S +0000", *now).unwrap_or_default(),
            "timeEpoch": now.as_millisecond(),
        },
        "isBase64Encoded": false,
    });
    let cookies = cookies(&parts.headers);
    if !cookies.is_empty() {
        event["cookies"] = json!(cookies);
    }
    if !query.is_empty() {
        event["queryStringParameters"] = Value::Object(parameters(query));
    }
    if !found.parameters.is_empty() {
        event["pathParameters"] = json!(found.parameters);
    }
    if !body.is_empty() {
        let kind = header(&CONTENT_TYPE).unwrap_or_default();
        match std::str::from_utf8(body) {
            Ok(text) if is_text(&kind) => event["body"] = json!(text),
            _ => {
                event["body"] = json!(BASE64.encode(body));
                event["isBase64Encoded"] = json!(true);
            }
        }
    }
    event
}

/// Headers by small name, and those that the gateway adds.
fn headers(headers: &HeaderMap, source: IpAddr) -> Map<String, Value> {
    let mut map = Map::new();
    for name in headers.keys() {
        if name == COOKIE || HOP_BY_HOP.contains(&name.as_str()) {
            continue;
        }
        let values: Vec<_> =
            headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
        map.insert(name.as_str().to_owned(), Value::String(values.join(",")));
    }
    let forwarded = match map.get("x-forwarded-for").and_then(Value::as_str) {
        Some(earlier) => format!("{earlier}, {source}"),
        None => source.to_string(),
    };
    let port = headers.get(HOST).and_then(|host| host.to_str().ok()).and_then(|host| host.rsplit_once(':'));
    map.insert("x-forwarded-for".to_owned(), Value::String(forwarded));
    map.insert("x-forwarded-port".to_owned(), json!(port.map_or("80", |(_, port)| port)));
    map.insert("x-forwarded-proto".to_owned(), json!("http"));
    map
}

/// Headers that are between a client and the gateway alone.
const HOP_BY_HOP: [&str; 6] = ["connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"];

fn cookies(headers: &HeaderMap) -> Vec<String> {
    let values =
        headers.get_all(COOKIE).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    values
        .flat_map(|value| value.split(';').map(|one| one.trim().to_owned()).collect::<Vec<_>>())
        .filter(|one| !one.is_empty())
        .collect()
}

fn parameters(query: &str) -> Map<String, Value> {
    let mut map = Map::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let joined = match map.get(name.as_ref()).and_then(Value::as_str) {
            Some(earlier) => format!("{earlier},{value}"),
            None => value.into_owned(),
        };
        map.insert(name.into_owned(), Value::String(joined));
    }
    map
}

/// Whether a body of this type is passed on as text. A form is not.
fn is_text(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind.is_empty()
        || kind.starts_with("text/")
        || matches!(kind.as_str(), "application/json" | "application/javascript" | "application/xml")
        || kind.ends_with("+json")
        || kind.ends_with("+xml")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::Routes;
    use crate::invoke::Callable;
    use crate::template::Route;
    use std::sync::Arc;
    use std::time::Duration;

    fn event_of(request: http::request::Builder, body: &[u8], route: (&str, &str)) -> Value {
        let (parts, ()) = request.body(()).expect("a request").into_parts();
        let function = Callable {
            name: "toy".into(),
            timeout: Duration::from_secs(1),
            invoke: Arc::new(|event| Box::pin(async { Ok(event) })),
        };
        let routes = Routes::new(vec![(Route { method: route.0.into(), path: route.1.into() }, function)]);
        let found = routes.find(parts.method.as_str(), parts.uri.path()).expect("the route");
        let received = Received {
            parts: &parts,
            body,
            source: IpAddr::from([127, 0, 0, 1]),
            request_id: "r-1",
            now: "2026-11-23T04:05:06.789Z".parse().expect("a time"),
        };
        build(&received, &found)
    }

    #[test]
    fn an_event_is_as_the_gateway_makes_it() {
        let request = http::Request::put("/api/agencies/a%20%E0%B8%81/clerks?q=%E0%B8%81+b&q=c&empty=")
            .header("Host", "localhost:8080")
            .header("User-Agent", "test/1")
            .header("Content-Type", "application/json; charset=utf-8")
            .header("X-Twice", "one")
            .header("X-Twice", "two")
            .header("Cookie", "__Host-sid=a.b.c; x=1")
            .header("Cookie", "y=2")
            .header("Connection", "keep-alive");
        let event = event_of(request, "{\"ก\":1}".as_bytes(), ("PUT", "/api/agencies/{code}/clerks"));
        let expected = include_str!("../../fixtures/request-event.json");
        assert_eq!(event, serde_json::from_str::<Value>(expected).expect("the fixture"));
    }

    #[test]
    fn a_bare_request_has_no_empty_parts() {
        let event = event_of(http::Request::get("/api/session"), b"", ("GET", "/api/session"));
        for absent in ["cookies", "queryStringParameters", "pathParameters", "body"] {
            assert!(event.get(absent).is_none(), "{absent}");
        }
        assert_eq!((&event["rawQueryString"], &event["isBase64Encoded"]), (&json!(""), &json!(false)));
    }

    #[test]
    fn what_is_not_text_is_base64() {
        let body = |kind: &str, body: &[u8]| {
            let request = http::Request::post("/a").header("content-type", kind);
            let event = event_of(request, body, ("POST", "/a"));
            (event["body"].as_str().unwrap_or_default().to_owned(), event["isBase64Encoded"] == true)
        };
        assert_eq!(body("application/json", b"{}"), ("{}".to_owned(), false));
        assert_eq!(body("application/problem+json", b"{}"), ("{}".to_owned(), false));
        assert_eq!(body("application/json", b"\xff"), ("/w==".to_owned(), true));
        assert_eq!(body("application/x-www-form-urlencoded", b"a=b"), ("YT1i".to_owned(), true));
        assert_eq!(body("image/jpeg", b"a"), ("YQ==".to_owned(), true));
    }
}
