//! A small function that stands on the edge as the real ones do.
#![allow(dead_code, reason = "each test file uses its part of it")]

use std::collections::BTreeMap;
use std::time::Duration;

use lambda_runtime::Context;
use palad_api::{ApiError, Cookie, Edge, HttpFunction, Request, Response, answer};
use palad_domain::record::Version;
use palad_environment::Variables;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    name: String,
}

/// The small function.
pub(crate) struct Toy(Edge);

impl Toy {
    /// One with these variables besides the usual ones.
    pub(crate) fn with(more: &[(&str, &str)]) -> Self {
        Self(Edge::from_environment(&variables(more)).expect("an edge"))
    }
}

/// The usual variables and `more`.
pub(crate) fn variables(more: &[(&str, &str)]) -> Variables {
    let usual = [("STAGE", "test"), ("SITE_ORIGIN", "https://palad.test http://localhost:8080")];
    let map: BTreeMap<String, String> =
        usual.iter().chain(more).map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    Variables::of_map(map)
}

impl HttpFunction for Toy {
    const NAME: &'static str = "toy";

    fn edge(&self) -> &Edge {
        &self.0
    }

    async fn handle(&self, request: Request) -> Result<Response, ApiError> {
        match request.route() {
            "GET /api/agencies/{code}/clerks" => {
                let seen = json!({
                    "agency": request.agency_code()?,
                    "q": request.query("q"),
                    "cursor": request.query("cursor"),
                    "address": request.client_address(),
                });
                Ok(Response::ok(&seen).etag(Version(0)))
            }
            "POST /api/agencies/{code}/clerks" => {
                let form: Form = request.json()?;
                let key = request.idempotency_key()?;
                Ok(Response::created(
                    &json!({"name": form.name, "key": key}),
                    "/api/agencies/540101/clerks/c1",
                )
                .etag(Version(1)))
            }
            "PUT /api/agencies/{code}/clerks/{id}" => {
                let form: Form = request.json()?;
                let version = request.if_match()?;
                let cookies = json!([request.cookie(Cookie::SESSION), request.cookie(Cookie::DEVICE)]);
                let value = json!({"id": request.param("id")?, "name": form.name, "cookies": cookies});
                Ok(Response::ok(&value)
                    .etag(version.next())
                    .cookie(Cookie::no_session())
                    .cookie(Cookie::device("ddd")))
            }
            "DELETE /api/agencies/{code}/clerks/{id}" => Ok(Response::no_content()),
            "GET /panic" => {
                assert_ne!(request.query("q"), request.query("q"), "a panic that repeats what was sent");
                Ok(Response::no_content())
            }
            "GET /slow" => {
                tokio::time::sleep(Duration::from_secs(60)).await;
                Ok(Response::no_content())
            }
            "GET /unavailable" => Err(ApiError::unavailable("throttled by registry, request ABC")),
            "GET /unwritable" => Ok(Response::ok(&BTreeMap::from([((1, 2), 3)]))),
            _ => Err(ApiError::not_found()),
        }
    }
}

/// The recorded event of that name.
pub(crate) fn fixture(name: &str) -> Value {
    let path = format!("{}/tests/fixtures/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).expect("a fixture")).expect("JSON")
}

/// A plain call.
pub(crate) fn event(route: &str, headers: &[(&str, &str)], body: &str) -> Value {
    let (method, path) = route.split_once(' ').expect("a route");
    let headers: BTreeMap<&str, &str> = headers.iter().copied().collect();
    json!({"version": "2.0", "routeKey": route, "rawPath": path, "rawQueryString": "", "headers": headers,
           "body": body, "isBase64Encoded": false, "pathParameters": {"code": "540101", "id": "c1"},
           "requestContext": {"routeKey": route, "requestId": "req-1", "stage": "$default",
                              "http": {"method": method, "path": path, "sourceIp": "198.51.100.7"}}})
}

/// The answer of `toy`, with its body read.
pub(crate) async fn ask(toy: &Toy, event: Value) -> (u64, Value, Value) {
    let answer = answer(toy, event, Context::default()).await.expect("an answer");
    let body = answer["body"]
        .as_str()
        .filter(|body| !body.is_empty())
        .map_or(Value::Null, |body| serde_json::from_str(body).expect("JSON"));
    (answer["statusCode"].as_u64().expect("a status"), body, answer)
}
