//! A whole runner with toy functions: what comes in at one end, and what goes out at the other.

mod common;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use aws_credential_types::Credentials;
use aws_smithy_http_client::Builder;
use common::{echo, eventually, json_of, queue_client, start_as, toy, wiring};
use palad_local::{Invoke, Options, Running, Wiring, start_with};
use serde_json::{Value, json};

async fn start(data: &Path, mail: Invoke) -> Running {
    start_as(data, [("mail", mail)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gateway_calls_functions_and_serves_the_site() {
    let data = tempfile::tempdir().expect("a folder");
    let running = start(data.path(), echo()).await;
    let site = running.addresses().site_url();
    let client = reqwest::Client::new();
    let get = |path: &str| client.get(format!("{site}{path}")).send();

    let response = get("/api/agencies/5%34/clerks?q=a%20b").await.expect("an answer");
    assert_eq!(response.headers()["set-cookie"], "a=1; Secure");
    let event = json_of(response).await;
    assert_eq!(event["routeKey"], "GET /api/agencies/{code}/clerks");
    assert_eq!(event["pathParameters"]["code"], "54");
    assert_eq!(event["rawQueryString"], "q=a%20b");
    assert_eq!(event["requestContext"]["http"]["sourceIp"], "127.0.0.1");

    for (query, status) in [("fail", 500), ("panic", 500)] {
        let response = get(&format!("/api/session?{query}")).await.expect("an answer");
        assert_eq!(response.status(), status);
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        let text = response.text().await.expect("a body");
        assert!(text.contains("/problems/internal") && !text.contains("secret"), "{text}");
    }
    let problem = json_of(get("/api/nothing").await.expect("an answer")).await;
    assert_eq!((&problem["type"], &problem["status"]), (&json!("/problems/not-found"), &json!(404)));
    assert!(problem["request_id"].as_str().is_some_and(|id| id.len() == 36));

    let large = client.post(format!("{site}/api/session")).body(vec![b'x'; 11 * 1024 * 1024]).send().await;
    assert_eq!(large.expect("an answer").status(), 413);
    let five = client.post(format!("{site}/api/session")).body(vec![b'x'; 5 * 1024 * 1024]).send().await;
    assert_eq!(five.expect("an answer").status(), 200);

    let page = get("/register").await.expect("a page");
    assert_eq!((page.status().as_u16(), page.headers()["x-frame-options"].as_bytes()), (200, &b"DENY"[..]));
    assert_eq!(page.text().await.expect("a body"), "/register/index.html");
    let head = client.head(format!("{site}/register")).send().await.expect("headers");
    assert_eq!(head.headers()["content-length"], "20");
    let missing = get("/nothing").await.expect("a page");
    assert_eq!(
        (missing.status().as_u16(), missing.text().await.expect("a body")),
        (404, "/404.html".to_owned())
    );
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tools_are_for_this_machine_only() {
    let data = tempfile::tempdir().expect("a folder");
    let running = start(data.path(), echo()).await;
    let site = running.addresses().site_url();
    let client = reqwest::Client::new();

    let health = json_of(client.get(format!("{site}/local/health")).send().await.expect("health")).await;
    assert_eq!((&health["status"], &health["functions"][0]), (&json!("ok"), &json!("accounts")));

    let set = |body: &'static str| client.post(format!("{site}/local/clock")).body(body).send();
    assert_eq!(set(r#"{"now":"2027-03-31T12:00:00Z"}"#).await.expect("set").status(), 200);
    assert!(running.clock().now().to_string().starts_with("2027-03-31T1"));
    assert_eq!(set("{}").await.expect("reset").status(), 200);
    assert!(!running.clock().now().to_string().starts_with("2027-03-31"));
    assert_eq!(set(r#"{"now":"soon"}"#).await.expect("refused").status(), 400);

    let run = client.post(format!("{site}/local/run/search")).body(r#"{"rawQueryString":"a b"}"#).send();
    assert_eq!(json_of(run.await.expect("an answer")).await["statusCode"], 200);
    let run = client.post(format!("{site}/local/run/nobody")).body("{}").send();
    assert_eq!(run.await.expect("an answer").status(), 404);

    let mail = || client.get(format!("{site}/local/mail"));
    let elsewhere = mail().header("host", "evil.test").send().await.expect("refused");
    assert_eq!(elsewhere.status(), 403);
    let elsewhere = mail().header("origin", "http://evil.test").send().await.expect("refused");
    assert_eq!(elsewhere.status(), 403);
    let elsewhere = mail().header("sec-fetch-site", "cross-site").send().await.expect("refused");
    assert_eq!(elsewhere.status(), 403);
    assert_eq!(json_of(mail().send().await.expect("mail")).await, json!([]));
    running.stop().await;
}

const QUEUE: &str = "https://sqs.ap-southeast-7.amazonaws.com/000000000000/palad-local-mail";

#[tokio::test(flavor = "multi_thread")]
async fn a_message_reaches_its_function_until_it_succeeds() {
    let data = tempfile::tempdir().expect("a folder");
    let calls = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&calls);
    // The first delivery fails for the message that asks for it, the second succeeds.
    let mail = toy(move |event| {
        let mut failures = Vec::new();
        for record in event["Records"].as_array().into_iter().flatten() {
            counted.fetch_add(1, Ordering::SeqCst);
            if record["body"] == "twice" && record["attributes"]["ApproximateReceiveCount"] == "1" {
                failures.push(json!({ "itemIdentifier": record["messageId"] }));
            }
        }
        Ok(json!({ "batchItemFailures": failures }))
    });
    let running = start(data.path(), mail).await;
    let queue = queue_client(&running);
    for body in ["once", "twice"] {
        queue.send_message().queue_url(QUEUE).message_body(body).send().await.expect("sent");
    }
    let count = async || {
        let attributes = queue.get_queue_attributes().queue_url(QUEUE).send().await.expect("attributes");
        attributes.attributes().and_then(|all| all.values().next().cloned())
    };
    eventually("the queue is empty", async || count().await.as_deref() == Some("0")).await;
    assert_eq!(calls.load(Ordering::SeqCst), 3);
    let nowhere = queue.send_message().queue_url(format!("{QUEUE}s")).message_body("x").send().await;
    let error = nowhere.expect_err("no such queue").into_service_error();
    assert!(error.is_queue_does_not_exist(), "{error:?}");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_and_mails_outlive_the_runner() {
    let data = tempfile::tempdir().expect("a folder");
    let running = start(data.path(), toy(|_| Err("not now".to_owned()))).await;
    queue_client(&running).send_message().queue_url(QUEUE).message_body("kept").send().await.expect("sent");
    let body = json!({
        "FromEmailAddress": "palad@palad.test",
        "Destination": { "ToAddresses": ["clerk@phrae.test"] },
        "Content": { "Simple": { "Subject": { "Data": "รหัส" }, "Body": { "Text": { "Data": "<12345678>" } } } },
    });
    let address = format!("{}/v2/email/outbound-emails", running.addresses().services_url());
    let sent = reqwest::Client::new().post(address).body(body.to_string()).send().await.expect("an answer");
    assert!(json_of(sent).await["MessageId"].is_string());
    running.stop().await;

    let delivered = Arc::new(AtomicU32::new(0));
    let seen = Arc::clone(&delivered);
    let running = start(
        data.path(),
        toy(move |event| {
            if event["Records"][0]["body"] == "kept" {
                seen.fetch_add(1, Ordering::SeqCst);
            }
            Ok(Value::Null)
        }),
    )
    .await;
    eventually("delivered", async || delivered.load(Ordering::SeqCst) == 1).await;
    let mailbox = format!("{}/local/mail", running.addresses().site_url());
    let mails = json_of(reqwest::get(&mailbox).await.expect("mail")).await;
    assert_eq!((&mails[0]["to"], &mails[0]["subject"]), (&json!("clerk@phrae.test"), &json!("รหัส")));
    let page =
        reqwest::Client::new().get(&mailbox).header("accept", "text/html").send().await.expect("a page");
    assert!(page.text().await.expect("a body").contains("&lt;12345678&gt;"));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mail_sdk_is_understood() {
    use aws_sdk_sesv2::config::{BehaviorVersion, Config, Region};
    use aws_sdk_sesv2::types::{Body, Content, Destination, EmailContent, Message};
    let data = tempfile::tempdir().expect("a folder");
    let running = start(data.path(), echo()).await;
    let config = Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new("ap-southeast-7"))
        .endpoint_url(running.addresses().services_url())
        .credentials_provider(Credentials::from_keys("palad", "palad", None))
        .http_client(Builder::new().build_http())
        .build();
    let client = aws_sdk_sesv2::Client::from_conf(config);
    let content = |text: &str| Content::builder().data(text).build().expect("content");
    let message =
        Message::builder().subject(content("s")).body(Body::builder().text(content("t")).build()).build();
    let request = client
        .send_email()
        .from_email_address("palad@palad.test")
        .destination(Destination::builder().to_addresses("a@b.test").build())
        .content(EmailContent::builder().simple(message).build());
    let sent = request.send().await.expect("sent");
    assert!(sent.message_id().is_some());
    let refused = client.send_email().content(EmailContent::builder().build()).send().await;
    assert!(refused.expect_err("refused").into_service_error().is_bad_request_exception());
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_function_that_is_not_built_is_named() {
    let data = tempfile::tempdir().expect("a folder");
    let options = Options { port: 0, data: data.path().to_owned() };
    let error = start_with(&options, async |_| Ok(Wiring::default())).await.err().expect("nothing is built");
    assert!(error.to_string().contains("template.yaml declares AccountsFunction"), "{error}");
    let error = start_with(&options, async |_| Err("clerks: TABLE is missing".to_owned())).await.err();
    assert_eq!(error.expect("a failure").to_string(), "a function did not start: clerks: TABLE is missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_runner_and_a_taken_port_are_said() {
    let data = tempfile::tempdir().expect("a folder");
    let running = start(data.path(), echo()).await;
    let options = Options { port: 0, data: data.path().to_owned() };
    let second = start_with(&options, async |_| Ok(wiring([]))).await.err().expect("a second one");
    assert!(second.to_string().contains("a runner is already at work"), "{second}");
    let other = tempfile::tempdir().expect("a folder");
    let options = Options { port: running.addresses().site, data: other.path().to_owned() };
    let taken = start_with(&options, async |_| Ok(wiring([]))).await.err().expect("a taken port");
    assert!(taken.to_string().contains("is taken by another program"), "{taken}");
    running.stop().await;
}
