//! The embedded S3 as a browser, a queue and the public see it.

mod common;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use common::{eventually, s3_client, start_as, toy};
use palad_local::Running;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

const INTAKE: &str = "palad-local-intake-000000000000";
const PUBLIC: &str = "palad-local-public-000000000000";
/// "a photo" and its SHA-256.
const BODY: &[u8] = b"a photo";

fn sha256() -> String {
    use data_encoding::BASE64;
    BASE64.encode(ring::digest::digest(&ring::digest::SHA256, BODY).as_ref())
}

/// Leave to upload the body to `key`, as the functions sign it: the address, and the headers to send.
async fn permission(running: &Running, host: &str, key: &str) -> (String, HeaderMap) {
    let endpoint = running.addresses().s3_url().replace("127.0.0.1", host);
    let signed = s3_client(&endpoint)
        .put_object()
        .bucket(INTAKE)
        .key(key)
        .content_length(i64::try_from(BODY.len()).expect("a length"))
        .content_type("image/jpeg")
        .checksum_sha256(sha256())
        .if_none_match("*")
        .presigned(PresigningConfig::expires_in(Duration::from_secs(60)).expect("a life"))
        .await
        .expect("signed");
    let mut headers = HeaderMap::new();
    for (name, value) in signed.headers().filter(|(name, _)| !matches!(*name, "host" | "content-length")) {
        headers.insert(
            reqwest::header::HeaderName::from_bytes(name.as_bytes()).expect("a name"),
            value.parse().expect("a value"),
        );
    }
    (signed.uri().to_owned(), headers)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_uploads_exactly_what_was_signed_and_once() {
    let data = tempfile::tempdir().expect("a folder");
    let running = start_as(data.path(), []).await;
    let client = reqwest::Client::new();
    let origin = running.addresses().site_url();
    let exists = async |key: &str| {
        let s3 = s3_client(&running.addresses().s3_url());
        s3.head_object().bucket(INTAKE).key(key).send().await.is_ok()
    };
    for host in ["127.0.0.1", "localhost"] {
        let (url, headers) = permission(&running, host, &format!("540001/{host}")).await;
        let names: Vec<&str> = headers.keys().map(reqwest::header::HeaderName::as_str).collect();
        let preflight = client
            .request(reqwest::Method::OPTIONS, &url)
            .header("origin", &origin)
            .header("access-control-request-method", "PUT")
            .header("access-control-request-headers", names.join(","));
        let preflight = preflight.send().await.expect("a preflight");
        assert_eq!(preflight.status(), 200);
        assert_eq!(preflight.headers()["access-control-allow-origin"], origin.as_str());
        let put = async |url: &str, headers: HeaderMap, body: &'static [u8]| {
            let sent = client.put(url).headers(headers).header("origin", &origin).body(body).send().await;
            sent.expect("an answer")
        };
        // Another length, another content of the same length, another type: nothing is kept.
        assert_eq!(put(&url, headers.clone(), b"a longer photo").await.status(), 403);
        let other = put(&url, headers.clone(), b"A PHOTO").await;
        assert_eq!(
            (other.status().as_u16(), other.headers()["access-control-allow-origin"].as_bytes()),
            (400, origin.as_bytes())
        );
        let mut typed = headers.clone();
        typed.insert("content-type", "text/html".parse().expect("a value"));
        assert_eq!(put(&url, typed, BODY).await.status(), 403);
        let mut bare = headers.clone();
        bare.remove("if-none-match");
        assert_eq!(put(&url, bare, BODY).await.status(), 403);
        assert!(!exists(&format!("540001/{host}")).await);

        assert_eq!(put(&url, headers.clone(), BODY).await.status(), 200);
        assert!(exists(&format!("540001/{host}")).await);
        assert_eq!(put(&url, headers, BODY).await.status(), 412, "and not a second time");
    }
    let (url, _) = permission(&running, "127.0.0.1", "540001/x").await;
    let evil = client
        .request(reqwest::Method::OPTIONS, &url)
        .header("origin", "http://evil.test")
        .header("access-control-request-method", "PUT");
    assert_eq!(evil.send().await.expect("an answer").status(), 403);
    assert_eq!(
        client.get(url.split('?').next().expect("a path")).send().await.expect("an answer").status(),
        403
    );
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_hears_of_every_new_object() {
    let data = tempfile::tempdir().expect("a folder");
    let log = Arc::new(Mutex::new(Vec::<Value>::new()));
    let seen = Arc::clone(&log);
    let photos = toy(move |event| {
        for record in event["Records"].as_array().into_iter().flatten() {
            let Some(body) = record["body"].as_str() else { continue };
            seen.lock().expect("the log").push(serde_json::from_str(body).expect("JSON"));
        }
        Ok(json!({ "batchItemFailures": [] }))
    });
    let running = start_as(data.path(), [("photos", photos)]).await;
    eventually("the test event", async || log.lock().expect("the log").len() == 1).await;
    assert_eq!(log.lock().expect("the log")[0]["Event"], "s3:TestEvent");
    let s3 = s3_client(&running.addresses().s3_url());
    for bucket in [INTAKE, PUBLIC] {
        let put = s3.put_object().bucket(bucket).key("540001/ก a").body(ByteStream::from_static(BODY));
        put.send().await.expect("an object");
    }
    eventually("the object", async || log.lock().expect("the log").len() == 2).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let messages = log.lock().expect("the log").clone();
    assert_eq!(messages.len(), 2, "the other bucket tells nobody: {messages:?}");
    let record = &messages[1]["Records"][0];
    assert_eq!(
        (&record["eventSource"], &record["eventName"]),
        (&json!("aws:s3"), &json!("ObjectCreated:Put"))
    );
    assert_eq!(record["s3"]["bucket"]["name"], INTAKE);
    assert_eq!(record["s3"]["object"]["key"], "540001/%E0%B8%81+a");
    assert_eq!(record["s3"]["object"]["size"], BODY.len());
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_that_was_stored_before_the_end_is_told_after_it() {
    let data = tempfile::tempdir().expect("a folder");
    let running = start_as(data.path(), []).await;
    let s3 = s3_client(&running.addresses().s3_url());
    let put = s3.put_object().bucket(INTAKE).key("540001/a").body(ByteStream::from_static(BODY));
    let e_tag = put.send().await.expect("an object").e_tag().expect("a tag").trim_matches('"').to_owned();
    running.stop().await;
    // As if the process had ended between the object and its message; and one whose object never came.
    for (name, key) in [("pending-1", "540001/a"), ("pending-2", "540001/never")] {
        let object = json!({ "bucket": INTAKE, "key": key, "size": BODY.len(), "e_tag": e_tag });
        std::fs::write(data.path().join("s3-events").join(name), object.to_string()).expect("a file");
    }
    let log = Arc::new(Mutex::new(Vec::<String>::new()));
    let seen = Arc::clone(&log);
    let photos = toy(move |event| {
        let body = event["Records"][0]["body"].as_str().unwrap_or_default();
        seen.lock().expect("the log").push(body.to_owned());
        Ok(Value::Null)
    });
    let running = start_as(data.path(), [("photos", photos)]).await;
    eventually("told", async || !log.lock().expect("the log").is_empty()).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let told = log.lock().expect("the log").clone();
    assert!(told.len() == 1 && told[0].contains("540001/a"), "{told:?}");
    let left = std::fs::read_dir(data.path().join("s3-events")).expect("a list").count();
    assert_eq!(left, 1, "only the mark of the test event");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_folders_stand_on_the_sites_origin() {
    let data = tempfile::tempdir().expect("a folder");
    let running = start_as(data.path(), []).await;
    let s3 = s3_client(&running.addresses().s3_url());
    for key in ["photos/a/s.jpg", "lists/agencies.json", "secret/a"] {
        let put = s3.put_object().bucket(PUBLIC).key(key).content_type("image/jpeg");
        let put = put.cache_control("public, max-age=300").content_encoding("gzip");
        put.body(ByteStream::from_static(BODY)).send().await.expect("an object");
    }
    let site = running.addresses().site_url();
    let client = reqwest::Client::new();
    let get = async |path: &str| client.get(format!("{site}{path}")).send().await.expect("an answer");
    let photo = get("/photos/a/s.jpg").await;
    assert_eq!(photo.status(), 200);
    for (name, value) in [
        ("content-type", "image/jpeg"),
        ("content-encoding", "gzip"),
        ("cache-control", "public, max-age=300"),
        ("x-frame-options", "DENY"),
    ] {
        assert_eq!(photo.headers()[name], value, "{name}");
    }
    let tag = photo.headers()["etag"].clone();
    assert_eq!(photo.bytes().await.expect("a body"), BODY);
    let again = client.get(format!("{site}/photos/a/s.jpg")).header("if-none-match", tag).send().await;
    assert_eq!(again.expect("an answer").status(), 304);
    let head = client.head(format!("{site}/lists/agencies.json")).send().await.expect("headers");
    assert_eq!((head.status().as_u16(), head.headers()["content-length"].as_bytes()), (200, &b"7"[..]));
    for path in [
        "/photos/b/s.jpg",
        "/photos/a",
        "/secret/a",
        "/photos/..%2fsecret/a",
        "/photos/%2e%2e/secret/a",
        "/open/x",
    ] {
        assert_eq!(get(path).await.status(), 404, "{path}");
    }
    assert_eq!(client.post(format!("{site}/photos/a/s.jpg")).send().await.expect("an answer").status(), 405);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_http_is_refused_in_words() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let data = tempfile::tempdir().expect("a folder");
    let running = start_as(data.path(), []).await;
    let ask = async |line: &str| {
        let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", running.addresses().site))
            .await
            .expect("a connection");
        let request = format!("{line}\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer");
        answer
    };
    let answer = ask("GET /api/directory?q=a b HTTP/1.1").await;
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    assert!(head.starts_with("HTTP/1.1 400 ") && head.contains("application/problem+json"), "{head}");
    let problem: Value = serde_json::from_str(body).expect("a document");
    assert_eq!((&problem["type"], &problem["status"]), (&json!("/problems/malformed"), &json!(400)));
    assert!(ask("GET /register HTTP/1.1").await.starts_with("HTTP/1.1 200 "));
    running.stop().await;
}
