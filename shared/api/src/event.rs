//! The gateway's event: told from other events, repaired where the parser would panic, and read.
//!
//! `lambda_http` unwraps while it builds the address of the call: a raw space in the query string,
//! which emulators and some clients produce, is enough to panic. The query is repaired first; what
//! still cannot be read (a body that is not the base64 it claims to be, a host that is no host)
//! is a 400 and not a crash.

use lambda_http::request::LambdaRequest;
use serde_json::Value;

use crate::catch::caught_now;
use crate::problem::ApiError;

/// Reads an event of the gateway's version 2.
///
/// The outer error is an event of another kind, which no answer can reach; the inner one is a
/// caller's call that cannot be read.
pub(crate) fn read(event: Value) -> Result<Result<lambda_http::Request, ApiError>, String> {
    if event.pointer("/requestContext/http/method").is_none() {
        return Err(format!(
            "this function takes calls of an HTTP API, payload version 2; this is {}",
            kind(&event)
        ));
    }
    let read = caught_now(|| {
        serde_json::from_value::<LambdaRequest>(repaired(event)).map(lambda_http::Request::from)
    });
    Ok(match read {
        Ok(Ok(request)) => Ok(request),
        Ok(Err(_)) | Err(_) => Err(ApiError::malformed()),
    })
}

/// What kind of event this is, from a fixed list: an event may hold anything, so nothing of it is repeated.
pub(crate) fn kind(event: &Value) -> &'static str {
    let source = event.pointer("/Records/0/eventSource").or_else(|| event.pointer("/Records/0/EventSource"));
    match source.and_then(Value::as_str) {
        Some("aws:sqs") => return "a batch of queue messages (SQS)",
        Some("aws:dynamodb") => return "a batch of table changes (DynamoDB stream)",
        Some("aws:s3") => return "a bucket notification (S3)",
        Some("aws:sns") => return "a topic notification (SNS)",
        Some(_) => return "a batch of an unknown source",
        None => {}
    }
    if event.pointer("/requestContext/http").is_some() {
        "a call of an HTTP API, payload version 2"
    } else if event.pointer("/requestContext/elb").is_some() {
        "a call of a load balancer"
    } else if event.get("httpMethod").is_some() {
        "a call of a REST API, payload version 1"
    } else if event.get("detail-type").is_some() {
        "a scheduled event (EventBridge)"
    } else {
        "an event of an unknown kind"
    }
}

fn repaired(mut event: Value) -> Value {
    if let Some(Value::String(query)) = event.get_mut("rawQueryString") {
        *query = repaired_query(query);
    }
    if let Some(Value::String(path)) = event.get_mut("rawPath")
        && !path.starts_with('/')
    {
        path.insert(0, '/');
    }
    event
}

/// Percent-encodes every byte that may not stand in a query (RFC 3986); what may is left alone.
fn repaired_query(query: &str) -> String {
    let mut out = String::with_capacity(query.len());
    for byte in query.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use lambda_http::RequestExt;
    use serde_json::json;

    use super::*;

    fn event(query: &str) -> Value {
        json!({"version": "2.0", "routeKey": "GET /api/agencies", "rawPath": "/api/agencies", "rawQueryString": query,
               "headers": {}, "isBase64Encoded": false,
               "requestContext": {"routeKey": "GET /api/agencies", "stage": "$default", "http": {"method": "GET"}}})
    }

    #[test]
    fn any_query_is_read_without_a_panic() {
        for (query, q) in [
            ("q=a b", "a b"),
            ("q=แม่ยม", "แม่ยม"),
            ("q=a%20b", "a b"),
            ("q=a+b", "a b"),
            ("q=<\"#^`{|}\\>", "<\"#^`{|}\\>"),
            ("q=100%", "100%"),
            ("q=\u{0}\n", "\u{0}\n"),
        ] {
            let request = read(event(query)).expect("an HTTP event").expect("a request");
            assert_eq!(request.query_string_parameters().first("q"), Some(q), "{query}");
        }
        let long = "q=".to_owned() + &"x".repeat(100_000);
        assert!(read(event(&long)).expect("an HTTP event").is_err(), "longer than an address may be");
    }

    #[test]
    fn what_cannot_be_read_is_a_400() {
        let mut bad_body = event("");
        bad_body["isBase64Encoded"] = json!(true);
        bad_body["body"] = json!("%%%");
        let mut bad_host = event("");
        bad_host["headers"] = json!({"host": "a b"});
        let mut bad_method = event("");
        bad_method["requestContext"]["http"]["method"] = json!("G E T");
        for bad in [bad_body, bad_host, bad_method] {
            assert_eq!(read(bad).expect("an HTTP event").expect_err("unreadable").status(), 400);
        }
    }

    #[test]
    fn other_events_are_named_and_not_repeated() {
        let sqs =
            read(json!({"Records": [{"eventSource": "aws:sqs", "body": "canary"}]})).expect_err("not HTTP");
        assert!(sqs.contains("SQS") && !sqs.contains("canary"));
        assert!(
            read(json!({"httpMethod": "GET", "requestContext": {}}))
                .expect_err("not ours")
                .contains("version 1")
        );
        assert!(read(json!(null)).expect_err("not ours").contains("unknown"));
    }
}
