//! Secrets go in by every door; none may come out in the log.

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use lambda_http::lambda_runtime::Context;
use palad_environment::Variables;
use palad_store::StoreError;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    ApiError, Edge, HttpFunction, QueueError, QueueFunction, QueueMessage, Request, Response, answer,
    answer_queue,
};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Lines {
    fn take(&self) -> Vec<Value> {
        let bytes = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(!text.to_lowercase().contains("canary"), "{text}");
        text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    #[serde(rename = "agency")]
    _agency: palad_domain::agency::AgencyCode,
}

struct Toy(Edge);

impl HttpFunction for Toy {
    const NAME: &'static str = "canaries";

    fn edge(&self) -> &Edge {
        &self.0
    }

    async fn handle(&self, request: Request) -> Result<Response, ApiError> {
        let body = request.json::<Value>();
        tracing::debug!(?body, "canary: finer than may be asked for");
        match request.route() {
            "POST /panic" => panic!("{:?} {:?}", request.headers(), request.query("q")),
            "POST /fault" => Err(ApiError::internal("item unreadable")),
            _ => Ok(Response::ok(&format!("{:?}", request.json::<Form>()?))),
        }
    }
}

impl QueueFunction for Toy {
    const NAME: &'static str = "canaries-queue";

    async fn handle(&self, body: &str, _: &QueueMessage) -> Result<(), QueueError> {
        if body.contains("fail") { Err(QueueError::new("mail service throttled")) } else { panic!("{body}") }
    }
}

fn event(route: &str, body: &str) -> Value {
    json!({"version": "2.0", "routeKey": route, "rawPath": "/canary", "rawQueryString": "q=canary", "body": body,
           "cookies": ["__Host-sid=canary"], "isBase64Encoded": body == "canary",
           "headers": {"content-type": "application/json", "sec-fetch-site": "same-origin", "authorization": "canary",
                       "x-origin-secret": "canary", "user-agent": "canary", "idempotency-key": "canary"},
           "pathParameters": {"code": "canary"},
           "requestContext": {"routeKey": route, "requestId": "req-1", "stage": "$default",
                              "http": {"method": "POST", "path": "/canary", "sourceIp": "203.0.113.77", "userAgent": "canary"}}})
}

#[tokio::test]
async fn one_line_for_each_call_and_no_secret_in_any() {
    let variables = [("STAGE", "test"), ("SITE_ORIGIN", "https://palad.test"), ("ORIGIN_SECRET", "canary")];
    let variables =
        Variables::of_map(variables.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect());
    let toy = Toy(Edge::from_environment(&variables).expect("an edge"));
    let lines = Lines::default();
    let writer = lines.clone();
    let _guard = tracing::subscriber::set_default(super::subscriber(move || writer.clone(), Some("trace")));

    for (route, body, status) in [
        ("POST /form", r#"{"agency":"540101"}"#, 200),
        ("POST /form", r#"{"agency":"canary"}"#, 422),
        ("POST /form", r#"{"agency":"540101","canary":1}"#, 422),
        ("POST /form", r#"{"canary"#, 400),
        ("POST /form", "canary", 400),
        ("POST /panic", r#""canary""#, 500),
        ("POST /fault", r#""canary""#, 500),
    ] {
        let answer = answer(&toy, event(route, body), Context::default()).await.expect("an answer");
        assert_eq!(answer["statusCode"], status, "{route} {body}");
        assert!(!answer["headers"].to_string().contains("canary"));
        let seen = lines.take();
        let [line] = seen.as_slice() else { panic!("{seen:?}") };
        assert_eq!(
            (&line["function"], &line["status"], line["ms"].is_u64()),
            (&json!("canaries"), &json!(status), true),
            "{line}"
        );
        assert_eq!(line.get("cause").is_some(), status == 500, "{line}");
        if body != "canary" {
            assert_eq!((&line["route"], &line["request_id"]), (&json!(route), &json!("req-1")), "{line}");
        }
        if route == "POST /panic" {
            assert!(line["cause"].as_str().is_some_and(|cause| cause.starts_with("panicked at ")), "{line}");
        }
        let named = [
            "timestamp",
            "level",
            "message",
            "function",
            "route",
            "status",
            "ms",
            "request_id",
            "cold",
            "cause",
        ];
        assert!(
            line.as_object().expect("an object").keys().all(|key| named.contains(&key.as_str())),
            "{line}"
        );
    }
    assert!(answer(&toy, json!({"canary": "canary"}), Context::default()).await.is_err());
    assert_eq!(lines.take().len(), 1);

    let record = |id: &str, body: &str| json!({"messageId": id, "body": body, "eventSource": "aws:sqs", "attributes": {"SenderId": "canary"}});
    let batch = json!({"Records": [record("1", "fail canary"), record("2", "canary")]});
    answer_queue(&toy, batch).await.expect("an answer");
    let seen = lines.take();
    assert_eq!(seen.len(), 2);
    assert_eq!((&seen[0]["message_id"], &seen[0]["cause"]), (&json!("1"), &json!("mail service throttled")));
}

#[test]
fn what_could_not_be_done_besides_is_one_line_with_its_cause() {
    let lines = Lines::default();
    let writer = lines.clone();
    let _guard = tracing::subscriber::set_default(super::subscriber(move || writer.clone(), None));
    super::left_undone("login", "give back", &StoreError::Unavailable("slow".into()));
    super::round_failed("reminders", "2569-1", &QueueError::new("a line cannot be read"));
    let seen = lines.take();
    assert_eq!(seen.len(), 2, "{seen:?}");
    let fields = |line: &Value, names: [&str; 4]| names.map(|name| line[name].as_str().map(str::to_owned));
    assert_eq!(
        fields(&seen[0], ["message", "function", "what", "cause"]),
        ["left undone", "login", "give back", "store unavailable: slow"].map(|text| Some(text.to_owned()))
    );
    assert_eq!(
        fields(&seen[1], ["message", "function", "round", "cause"]),
        ["round failed", "reminders", "2569-1", "a line cannot be read"].map(|text| Some(text.to_owned()))
    );
}
