//! Recorded events of the gateway through a small function, to the bytes that go back.

mod common;

use common::{Toy, ask, event, fixture};
use lambda_runtime::Context;
use palad_api::answer;
use serde_json::{Value, json};

const FROM_PAGE: (&str, &str) = ("sec-fetch-site", "same-origin");
const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn every_recorded_event_is_understood() {
    let toy = Toy::with(&[]);
    let (status, body, answer) = ask(&toy, fixture("minimal")).await;
    assert_eq!((status, &body["agency"], &body["q"]), (200, &json!("540101"), &Value::Null));
    assert_eq!(answer["headers"]["etag"], "\"0\"");
    assert_eq!(answer["headers"]["cache-control"], "no-store");
    assert_eq!(answer["isBase64Encoded"], false);

    let (status, body, _) = ask(&toy, fixture("stage-in-path")).await;
    assert_eq!((status, &body["q"], &body["cursor"]), (200, &json!("แม่ยม"), &json!("abc")));
    assert_eq!(body["address"], "198.51.100.7", "the gateway's word, not X-Forwarded-For");

    let (status, body, answer) = ask(&toy, fixture("sam-local")).await;
    assert_eq!((status, &body["name"], &body["key"]), (201, &json!("A"), &json!("key-1")));
    assert_eq!(answer["headers"]["location"], "/api/agencies/540101/clerks/c1");

    let (status, body, _) = ask(&toy, fixture("base64-body")).await;
    assert_eq!((status, &body["name"]), (201, &json!("สมศรี")));

    let (status, body, answer) = ask(&toy, fixture("cookies")).await;
    assert_eq!((status, &body["cookies"]), (200, &json!(["aaa.bbb.ccc", "ddd"])));
    assert_eq!(answer["headers"]["etag"], "\"8\"");
    assert_eq!(answer["cookies"].as_array().map(Vec::len), Some(2));
    assert!(answer["headers"].get("set-cookie").is_none());

    let (status, body, _) = ask(&toy, fixture("raw-space")).await;
    assert_eq!((status, &body["q"], &body["cursor"]), (200, &json!("แม่ ยม"), &json!("a b")));
}

#[tokio::test]
async fn a_problem_has_its_form() {
    let toy = Toy::with(&[]);
    let (status, body, answer) = ask(&toy, event("GET /nowhere", &[], "")).await;
    assert_eq!((status, &answer["headers"]["content-type"]), (404, &json!("application/problem+json")));
    assert_eq!(
        (&body["type"], &body["status"], &body["request_id"]),
        (&json!("/problems/not-found"), &json!(404), &json!("req-1"))
    );
    let (status, body, answer) = ask(&toy, event("GET /unavailable", &[], "")).await;
    assert_eq!((status, &answer["headers"]["retry-after"]), (503, &json!("3")));
    assert!(!body.to_string().contains("throttled"));
    assert_eq!(ask(&toy, event("GET /unwritable", &[], "")).await.0, 500);
}

#[tokio::test]
async fn only_our_pages_may_change_anything() {
    let toy = Toy::with(&[]);
    let delete = |headers: &[(&str, &str)]| event("DELETE /api/agencies/{code}/clerks/{id}", headers, "");
    let (status, body, answer) = ask(&toy, delete(&[FROM_PAGE])).await;
    assert_eq!((status, body), (204, Value::Null));
    assert!(answer["headers"].get("content-type").is_none());
    assert_eq!(ask(&toy, delete(&[("origin", "https://palad.test")])).await.0, 204);
    for headers in [&[][..], &[("sec-fetch-site", "cross-site")], &[("origin", "https://evil.test")]] {
        let (status, body, _) = ask(&toy, delete(headers)).await;
        assert_eq!((status, &body["type"]), (403, &json!("/problems/not-our-origin")));
    }
}

#[tokio::test]
async fn behind_a_cdn_only_the_cdn_is_believed() {
    let toy = Toy::with(&[("ORIGIN_SECRET", "s3cret")]);
    let viewer = ("cloudfront-viewer-address", "203.0.113.9:5000");
    let get = |headers: &[(&str, &str)]| event("GET /api/agencies/{code}/clerks", headers, "");
    assert_eq!(ask(&toy, get(&[viewer])).await.0, 403);
    let (status, body, _) = ask(&toy, get(&[viewer, ("x-origin-secret", "s3cret")])).await;
    assert_eq!((status, &body["address"]), (200, &json!("203.0.113.9")));
    let (_, body, _) = ask(&Toy::with(&[]), get(&[viewer])).await;
    assert_eq!(body["address"], "198.51.100.7", "without a secret anybody could have written the header");
}

#[tokio::test]
async fn bodies_are_judged_in_order() {
    let toy = Toy::with(&[]);
    let post =
        |headers: &[(&str, &str)], body: &str| event("POST /api/agencies/{code}/clerks", headers, body);
    let key = ("idempotency-key", "k");
    let large = format!("{{\"name\":\"{}\"}}", "x".repeat(65_536));
    let fits = format!("{{\"name\":\"{}\"}}", "x".repeat(65_536 - 11));
    for (headers, body, expected) in [
        (&[FROM_PAGE, key][..], "{}", 415),
        (&[FROM_PAGE, key, ("content-type", "text/plain")], &large, 415),
        (&[FROM_PAGE, key, JSON], &large, 413),
        (&[FROM_PAGE, key, JSON], &fits, 201),
        (&[FROM_PAGE, key, JSON], "{", 400),
        (&[FROM_PAGE, key, JSON], "", 400),
        (&[FROM_PAGE, key, JSON], "{}", 422),
        (&[FROM_PAGE, key, JSON], "{\"name\":\"a\",\"more\":1}", 422),
        (&[FROM_PAGE, JSON], "{\"name\":\"a\"}", 400),
        (&[FROM_PAGE, JSON, ("idempotency-key", "a b")], "{\"name\":\"a\"}", 400),
        (&[FROM_PAGE, JSON, ("idempotency-key", "ก")], "{\"name\":\"a\"}", 400),
        (&[FROM_PAGE, JSON, ("idempotency-key", &"k".repeat(65))], "{\"name\":\"a\"}", 400),
        (&[FROM_PAGE, JSON, ("idempotency-key", &"k".repeat(64))], "{\"name\":\"a\"}", 201),
    ] {
        assert_eq!(
            ask(&toy, post(headers, body)).await.0,
            expected,
            "{headers:?} {}",
            &body[..body.len().min(40)]
        );
    }
}

#[tokio::test]
async fn a_change_names_the_version_it_was_made_from() {
    let toy = Toy::with(&[]);
    let put = |if_match: &str| {
        event(
            "PUT /api/agencies/{code}/clerks/{id}",
            &[FROM_PAGE, JSON, ("if-match", if_match)],
            "{\"name\":\"a\"}",
        )
    };
    assert_eq!(ask(&toy, put("\"7\"")).await.0, 200);
    assert_eq!(ask(&toy, put("\"0\"")).await.0, 200);
    for bad in [
        "W/\"7\"",
        "*",
        "7",
        "",
        "\"07\"",
        "\"+7\"",
        "\"-1\"",
        "\"7\", \"8\"",
        "\"\"",
        "\"x\"",
        "\"99999999999999999999\"",
    ] {
        let (status, body, _) = ask(&toy, put(bad)).await;
        assert_eq!((status, &body["type"]), (400, &json!("/problems/precondition-malformed")), "{bad}");
    }
    let without = event("PUT /api/agencies/{code}/clerks/{id}", &[FROM_PAGE, JSON], "{\"name\":\"a\"}");
    assert_eq!(ask(&toy, without).await.0, 428);
}

#[tokio::test]
async fn a_cookie_given_twice_is_none() {
    let toy = Toy::with(&[]);
    let mut twice = fixture("cookies");
    twice["cookies"] = json!(["__Host-sid=a", "__Host-sid=b", "__Host-device=d"]);
    assert_eq!(ask(&toy, twice).await.1["cookies"], json!([null, "d"]));
}

#[tokio::test]
async fn a_panic_or_a_slow_handler_is_still_answered() {
    let toy = Toy::with(&[]);
    assert_eq!(ask(&toy, event("GET /panic", &[], "")).await.0, 500);
    let mut context = Context::default();
    let soon =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a time").as_millis() + 600;
    context.deadline = u64::try_from(soon).expect("milliseconds");
    let answer = answer(&toy, event("GET /slow", &[], ""), context).await.expect("an answer");
    assert_eq!(answer["statusCode"], 503);
}

#[tokio::test]
async fn an_event_of_another_kind_is_refused_by_name() {
    let error = answer(&Toy::with(&[]), json!({"Records": [{"eventSource": "aws:sqs"}]}), Context::default())
        .await
        .expect_err("refused");
    assert!(error.to_string().contains("SQS"), "{error}");
}
