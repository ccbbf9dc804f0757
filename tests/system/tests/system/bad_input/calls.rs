//! Calls about the wrong thing, or from the wrong place.

use palad_system_tests::{MAE_YOM, NOT_LISTED, PHRAE, held};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::Scene;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn another_agency_and_one_that_is_not_listed_are_refused() {
    let scene = Scene::start().await;
    let other = scene.house.sign_up(MAE_YOM).await;
    let (clerks, path) = (scene.office.clerks(), scene.path());
    let body = json!({ "post": held("สมหญิง", "ใจเย็น") });
    for call in [
        other.browser.call("GET", &clerks),
        other.browser.call("GET", &path),
        other.browser.call("POST", &clerks).key("key-9").json(&body),
        other.browser.call("PUT", &path).if_match(1).json(&body),
        other.browser.call("DELETE", &path).if_match(1),
        other.browser.call("POST", &format!("{path}/restoration")),
    ] {
        call.send().await.assert_problem(403, "forbidden");
    }
    // The other's record below its own agency is not there.
    let own = format!("{}/{}", other.clerks(), scene.id);
    other.browser.get(&own).await.assert_problem(404, "not-found");
    other.edit(&scene.id, 0, &body["post"]).await.assert_problem(404, "not-found");
    other.delete(&scene.id, 0).await.assert_problem(404, "not-found");
    other.restore(&scene.id).await.assert_problem(404, "not-found");
    assert_eq!(other.version().await, 0);

    for path in [NOT_LISTED, "abc", "5499000", "%00", "..%2f549900", "549900%20or%201=1"] {
        let path = format!("/api/agencies/{path}/clerks");
        scene.office.browser.get(&path).await.assert_problem(404, "not-found");
    }
    scene.office.browser.get(&format!("/api/directory/{NOT_LISTED}")).await.assert_problem(404, "not-found");
    let unknown = format!("{clerks}/AAAAAAAAAAAAAAAAAAAAAA");
    scene.office.browser.get(&unknown).await.assert_problem(404, "not-found");
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_change_upon_something_else_than_was_read_is_refused() {
    let scene = Scene::start().await;
    let post = held("สมหญิง", "ใจเย็น");
    for version in [0, 2, 99, u64::MAX] {
        for stale in [
            scene.office.edit(&scene.id, version, &post).await,
            scene.office.delete(&scene.id, version).await,
        ] {
            stale.assert_problem(412, "stale");
            assert_eq!(stale.json()["current_version"], 1);
        }
    }
    for missing in [
        scene.edit().without("if-match").json(&json!({ "post": post })),
        scene.office.browser.call("DELETE", &scene.path()),
    ] {
        missing.send().await.assert_problem(428, "precondition-missing");
    }
    for malformed in
        ["1", "*", "W/\"1\"", "\"1\", \"2\"", "\"01\"", "\"-1\"", "\"\"", "\"18446744073709551616\""]
    {
        let refused = scene.edit().header("if-match", malformed).json(&json!({ "post": post })).send().await;
        refused.assert_problem(400, "precondition-malformed");
    }
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_key_names_one_request() {
    let scene = Scene::start().await;
    let add = || scene.office.browser.call("POST", &scene.office.clerks());
    let body = json!({ "post": held("สมหญิง", "ใจเย็น") });
    add().json(&body).send().await.assert_problem(400, "idempotency-key-missing");
    for bad in ["", "two words", &"k".repeat(65)] {
        add().key(bad).json(&body).send().await.assert_problem(400, "idempotency-key-missing");
    }
    add().key("key-2").json(&body).send().await.assert_problem(409, "already-recorded");
    // Of the record that is there, again: the same key and the same body, then another body.
    let first = scene.office.add("key-1", &held("สมชาย", "ใจดี")).await.expect(201);
    assert_eq!((first.version(), &first.json()["id"]), (Some(1), &json!(scene.id)));
    assert_eq!(first.header("location"), Some(scene.path().as_str()));
    scene.office.add("key-1", &body["post"]).await.assert_problem(422, "key-reused");
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_key_is_honoured_wherever_it_is_sent() {
    let scene = Scene::start().await;
    let path = scene.path();
    let call = |method: &str, path: &str, key: &str| scene.office.browser.call(method, path).key(key);
    let body = json!({ "post": held("สมชาย", "ใจดีมาก") });
    for _ in 0..2 {
        let edited = call("PUT", &path, "edit").if_match(1).json(&body).send().await.expect(200);
        assert_eq!((edited.version(), &edited.json()["version"]), (Some(2), &json!(2)));
    }
    call("PUT", &path, "edit").if_match(2).json(&body).send().await.assert_problem(422, "key-reused");
    for _ in 0..2 {
        assert_eq!(call("DELETE", &path, "delete").if_match(2).send().await.expect(204).version(), Some(3));
    }
    for _ in 0..2 {
        let restored = call("POST", &format!("{path}/restoration"), "restore").send().await.expect(200);
        assert_eq!((restored.version(), &restored.json()["id"]), (Some(4), &json!(scene.id)));
    }
    assert_eq!(scene.office.version().await, 4);
    scene.house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn only_json_from_the_sites_own_page_is_heard() {
    let scene = Scene::start().await;
    let text = json!({ "post": held("สมหญิง", "ใจเย็น") }).to_string();
    for kind in
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/html"]
    {
        let refused = scene.edit().header("content-type", kind).body(text.clone()).send().await;
        refused.assert_problem(415, "not-json-type");
    }
    scene.edit().without("content-type").body(text.clone()).send().await.assert_problem(415, "not-json-type");
    let call = || scene.edit().body(text.clone());
    for elsewhere in [
        call().header("sec-fetch-site", "cross-site"),
        call().header("sec-fetch-site", "same-site"),
        call().header("sec-fetch-site", "none"),
        call().without("sec-fetch-site").header("origin", "https://evil.test"),
        call().without("sec-fetch-site").header("origin", "null"),
        call().without("sec-fetch-site").without("origin"),
    ] {
        elsewhere.send().await.assert_problem(403, "not-our-origin");
    }
    let sign_in = json!({ "agency": PHRAE.code, "password": "83920471" });
    let elsewhere = scene.house.browser();
    let call = elsewhere.call("POST", "/api/session").header("sec-fetch-site", "cross-site").json(&sign_in);
    call.send().await.assert_problem(403, "not-our-origin");
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn questions_that_make_no_sense_are_told_and_odd_ones_are_answered() {
    let scene = Scene::start().await;
    let browser = scene.house.browser();
    let long = format!("/api/directory?q={}", "ก".repeat(101));
    for (path, pointer) in [
        ("/api/directory?province=99", "?province"),
        ("/api/directory?kind=x", "?kind"),
        ("/api/directory?state=gone", "?state"),
        ("/api/directory?cursor=x", "?cursor"),
        ("/api/agencies?cursor=%00", "?cursor"),
        ("/api/agencies?province=แพร่", "?province"),
        (long.as_str(), "?q"),
    ] {
        let refused = browser.get(path).await;
        refused.assert_problem(422, "invalid");
        assert_eq!(refused.pointers(), [pointer], "{path}");
    }
    for query in ["%00", "%ff%fe", "<script>", "' OR 1=1 --", "%F0%9F%98%80", "%", "%zz", "=&&&", "\u{202e}"]
    {
        let answer = browser.get(&format!("/api/directory?q={query}")).await;
        assert!(answer.status == 200 || answer.status == 422, "{query}: {} {}", answer.status, answer.text);
    }
    scene.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_raw_space_in_the_query_breaks_nothing() {
    let scene = Scene::start().await;
    // As a client that does not know better writes it on the wire.
    let address = scene.house.site().trim_start_matches("http://").to_owned();
    let mut stream = tokio::net::TcpStream::connect(&address).await.expect("a connection");
    let request =
        format!("GET /api/agencies?q=อบต แม่ยม HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("written");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("an answer");
    let answer = String::from_utf8_lossy(&answer);
    let status: u16 = answer.split_whitespace().nth(1).and_then(|word| word.parse().ok()).expect("a status");
    if status != 200 {
        assert!((400..500).contains(&status), "{answer}");
        assert!(answer.contains("application/problem+json") && answer.contains("\"detail_en\""), "{answer}");
        assert!(answer.contains(|c| ('ก'..='๛').contains(&c)), "in Thai too: {answer}");
    }

    // As an emulator passes it on to the function.
    let event = json!({
        "version": "2.0",
        "routeKey": "GET /api/agencies",
        "rawPath": "/api/agencies",
        "rawQueryString": "q=อบต แม่ยม",
        "headers": {},
        "requestContext": {
            "http": { "method": "GET", "path": "/api/agencies" },
            "routeKey": "GET /api/agencies",
            "stage": "$default",
            "requestId": "raw-space",
        },
        "isBase64Encoded": false,
    });
    let answered = scene.house.browser().post("/local/run/search", &event).await.expect(200).json();
    assert_eq!(answered["statusCode"], 200, "{answered}");
    assert!(answered["body"].as_str().is_some_and(|body| body.contains(MAE_YOM.code)), "{answered}");
    scene.end().await;
}
