//! Guessing: what somebody can do who has many addresses, much time and the most popular numbers, and what
//! the owners notice of it (nothing, on their own devices).

mod answers;
mod at_once;
mod codes;
mod day;
mod given_back;
mod guards;
mod kills;
#[path = "../../../../../shared/domain/tests/guessing/people.rs"]
mod people;
mod telephone;
mod ways_in;

use std::net::Ipv4Addr;

use palad_system_tests::{Browser, PASSWORD};
use serde_json::{Value, json};

/// What sign-in answered to a call from an address that the gateway names.
#[derive(Clone, Debug)]
struct Guess {
    status: u64,
    answer: Value,
    body: Value,
}

/// Signs in from this address, with a browser that is new each time.
async fn guess(browser: &Browser, from: Ipv4Addr, agency: &str, number: &str) -> Guess {
    let body = json!({ "agency": agency, "password": number }).to_string();
    call(browser, from, "POST /api/session", "", &body).await
}

/// Begins a registration from this address.
async fn register(browser: &Browser, from: Ipv4Addr, agency: &str, email: &str) -> Guess {
    let body = json!({ "agency": agency, "email": email, "password": PASSWORD }).to_string();
    call_function(browser, "registration", from, "POST /api/registrations", "", &body).await
}

/// Tries a code of a letter for a claim from this address, in the claim's browser.
async fn try_letter(browser: &Browser, from: Ipv4Addr, cookies: &str, claim: &str, typed: &str) -> Guess {
    let body = json!({ "letter_code": typed }).to_string();
    let mut event = event(from, "POST /api/registrations/{claim}/proof", cookies, &body);
    event["rawPath"] = json!(format!("/api/registrations/{claim}/proof"));
    event["requestContext"]["http"]["path"] = event["rawPath"].clone();
    event["pathParameters"] = json!({ "claim": claim });
    run(browser, "registration", &event).await
}

/// Asks for a link for a new password from this address.
async fn ask_for_reset(browser: &Browser, from: Ipv4Addr, agency: &str, email: &str) -> u64 {
    let body = json!({ "agency": agency, "email": email }).to_string();
    call(browser, from, "POST /api/password-resets", "", &body).await.status
}

/// The first step of a sign-in as staff, from this address.
async fn staff_guess(browser: &Browser, from: Ipv4Addr, email: &str, passphrase: &str) -> Guess {
    let body = json!({ "email": email, "passphrase": passphrase }).to_string();
    call(browser, from, "POST /api/staff/session", "", &body).await
}

/// Gives a code from this address, with these cookies.
async fn give_code(browser: &Browser, from: Ipv4Addr, cookies: &str, challenge: &str, code: &str) -> Guess {
    let body = json!({ "challenge": challenge, "code": code }).to_string();
    call(browser, from, "POST /api/session/code", cookies, &body).await
}

async fn call(browser: &Browser, from: Ipv4Addr, route: &str, cookies: &str, body: &str) -> Guess {
    call_function(browser, "login", from, route, cookies, body).await
}

async fn call_function(
    browser: &Browser,
    function: &str,
    from: Ipv4Addr,
    route: &str,
    cookies: &str,
    body: &str,
) -> Guess {
    run(browser, function, &event(from, route, cookies, body)).await
}

/// What the gateway hands to a function.
fn event(from: Ipv4Addr, route: &str, cookies: &str, body: &str) -> Value {
    let (method, path) = route.split_once(' ').expect("a route");
    json!({
        "version": "2.0",
        "routeKey": route,
        "rawPath": path,
        "rawQueryString": "",
        "cookies": [cookies],
        "headers": {
            "content-type": "application/json",
            "sec-fetch-site": "same-origin",
            // What a caller writes there himself changes nothing.
            "x-forwarded-for": "192.0.2.1",
            "cloudfront-viewer-address": "192.0.2.2:443",
        },
        "body": body,
        "isBase64Encoded": false,
        "requestContext": {
            "routeKey": route,
            "requestId": "a-request-of-the-test",
            "stage": "$default",
            "http": { "method": method, "path": path, "sourceIp": from.to_string() },
        },
    })
}

async fn run(browser: &Browser, function: &str, event: &Value) -> Guess {
    let answer = browser.post(&format!("/local/run/{function}"), event).await.expect(200).json();
    let body = serde_json::from_str(answer["body"].as_str().unwrap_or_default()).unwrap_or_default();
    Guess { status: answer["statusCode"].as_u64().expect("a status"), answer, body }
}

impl Guess {
    /// The challenge, where there is one.
    fn challenge(&self) -> Option<String> {
        self.body["challenge"].as_str().map(str::to_owned)
    }

    /// The device cookie, as a browser sends it back.
    fn cookies(&self) -> String {
        let cookies = self.answer["cookies"].as_array().cloned().unwrap_or_default();
        let pairs = cookies.iter().filter_map(|cookie| cookie.as_str()?.split(';').next());
        pairs.collect::<Vec<_>>().join("; ")
    }

    /// How long to wait, in seconds.
    fn wait(&self) -> Option<i64> {
        let headers = self.answer["headers"].as_object()?;
        let (_, wait) = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("retry-after"))?;
        wait.as_str()?.parse().ok()
    }
}
