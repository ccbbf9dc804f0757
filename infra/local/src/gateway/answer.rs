//! What a function answered, as an HTTP response: the gateway's own reading of it.

use axum::body::Body;
use axum::response::Response;
use data_encoding::BASE64;
use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::{HeaderName, HeaderValue};
use serde_json::Value;

/// The response, or what is wrong with the answer.
pub(crate) fn read(answer: &Value) -> Result<Response, String> {
    // An answer without a status is the body itself, as JSON: so the gateway infers.
    let Some(status) = answer.get("statusCode") else {
        let response =
            Response::builder().header(CONTENT_TYPE, "application/json").body(Body::from(answer.to_string()));
        return response.map_err(|error| error.to_string());
    };
    let status =
        status.as_u64().and_then(|status| u16::try_from(status).ok()).ok_or("statusCode is no status")?;
    let mut response = Response::builder().status(status);
    for (name, value) in each(answer, "headers") {
        response = response.header(header_name(name)?, header_value(value)?);
    }
    for (name, values) in each(answer, "multiValueHeaders") {
        // lambda_http names every header in both; the second telling is for what has several values.
        let already = response.headers_ref().is_some_and(|headers| headers.contains_key(name));
        for value in values.as_array().into_iter().flatten().filter(|_| !already) {
            response = response.header(header_name(name)?, header_value(value)?);
        }
    }
    for cookie in answer["cookies"].as_array().into_iter().flatten() {
        response = response.header(SET_COOKIE, header_value(cookie)?);
    }
    let body = answer["body"].as_str().unwrap_or_default();
    let body = if answer["isBase64Encoded"] == true {
        BASE64.decode(body.as_bytes()).map_err(|error| format!("body is not base64: {error}"))?
    } else {
        body.as_bytes().to_vec()
    };
    response.body(Body::from(body)).map_err(|error| error.to_string())
}

fn each<'a>(answer: &'a Value, part: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    answer[part].as_object().into_iter().flatten()
}

fn header_name(name: &str) -> Result<HeaderName, String> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| format!("{name:?} is no header"))
}

fn header_value(value: &Value) -> Result<HeaderValue, String> {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    HeaderValue::from_str(&text).map_err(|_| "a header has a value that no header may have".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn status_headers_cookies_and_body_are_taken_over() {
        let response = read(&json!({
            "statusCode": 201,
            "headers": { "etag": "\"1\"" },
            "multiValueHeaders": { "etag": ["\"1\""], "vary": ["a", "b"] },
            "cookies": ["a=1; Secure", "b=2"],
            "body": "4Lij",
            "isBase64Encoded": true,
        }));
        let response = response.expect("a response");
        assert_eq!(response.status(), 201);
        let all = |name: &str| response.headers().get_all(name).iter().count();
        assert_eq!((all("etag"), all("vary"), all("set-cookie")), (1, 2, 2));
    }

    #[test]
    fn an_answer_without_a_status_is_a_body() {
        let response = read(&json!({ "a": 1 })).expect("a response");
        assert_eq!(
            (response.status().as_u16(), response.headers()["content-type"].as_bytes()),
            (200, &b"application/json"[..])
        );
    }

    #[test]
    fn what_no_response_can_be_is_an_error() {
        for answer in [
            json!({ "statusCode": "no" }),
            json!({ "statusCode": 99_999 }),
            json!({ "statusCode": 200, "headers": { "a b": "c" } }),
            json!({ "statusCode": 200, "headers": { "a": "b\nc" } }),
            json!({ "statusCode": 200, "body": "*", "isBase64Encoded": true }),
        ] {
            assert!(read(&answer).is_err(), "{answer}");
        }
    }
}
