//! Asks what a browser would ask: with its cookies, and with the headers that say where a call comes
//! from.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::Value;

/// One browser, with cookies of its own. `Secure` cookies are sent over plain HTTP too, as browsers do
/// for a site on their own machine.
pub struct Browser {
    client: reqwest::Client,
    site: String,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
}

/// A call that is being put together.
pub struct Call<'a> {
    browser: &'a Browser,
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
}

impl Browser {
    /// A browser that knows nothing yet, on a page of the site.
    ///
    /// # Panics
    /// When no client can be made.
    #[must_use]
    pub fn at(site: &str) -> Self {
        let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(60));
        let client = client.redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        Self { client, site: site.to_owned(), cookies: Mutex::default() }
    }

    /// Begins a call. Changing calls are JSON from the site's own page unless told otherwise.
    #[must_use]
    pub fn call(&self, method: &str, path: &str) -> Call<'_> {
        let method: Method = method.parse().unwrap_or(Method::GET);
        let mut headers = HeaderMap::new();
        headers.insert("sec-fetch-site", HeaderValue::from_static("same-origin"));
        if method != Method::GET {
            headers.extend(self.site.parse().ok().map(|origin| (http::header::ORIGIN, origin)));
        }
        Call { browser: self, method, path: path.to_owned(), headers, body: None }
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.call("GET", path).send().await
    }

    /// POST of JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.call("POST", path).json(body).send().await
    }

    /// The value of a cookie.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    /// Puts a cookie there, or takes it away.
    pub fn set_cookie(&self, name: &str, value: Option<&str>) {
        let mut cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        match value {
            Some(value) => cookies.insert(name.to_owned(), value.to_owned()),
            None => cookies.remove(name),
        };
    }

    /// Another browser with the same cookies.
    #[must_use]
    pub fn copy(&self) -> Self {
        let cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Self { client: self.client.clone(), site: self.site.clone(), cookies: Mutex::new(cookies) }
    }

    /// The same browser at a site that has moved to other ports.
    #[must_use]
    pub fn moved_to(&self, site: &str) -> Self {
        Self { site: site.to_owned(), ..self.copy() }
    }

    fn keep_cookies(&self, headers: &HeaderMap) {
        for header in headers.get_all(http::header::SET_COOKIE) {
            let text = header.to_str().unwrap_or_default();
            let Some((name, value)) = text.split(';').next().and_then(|pair| pair.split_once('=')) else {
                continue;
            };
            let ends = text.contains("Max-Age=0;") || value.is_empty();
            self.set_cookie(name, (!ends).then_some(value));
        }
    }
}

impl Call<'_> {
    /// Gives it a JSON body.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.header("content-type", "application/json").body(body.to_string())
    }

    /// Gives it any body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Sets a header.
    ///
    /// # Panics
    /// When it is none.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().expect("a header name");
        self.headers.insert(name, value.parse().expect("a header value"));
        self
    }

    /// Leaves a header away.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    /// Says which version the caller has read.
    #[must_use]
    pub fn if_match(self, version: u64) -> Self {
        self.header("if-match", &format!("\"{version}\""))
    }

    /// Names the request, so that it is carried out once.
    #[must_use]
    pub fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// Sends it.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn send(self) -> Answer {
        let asked = format!("{} {}", self.method, self.path);
        self.try_send().await.unwrap_or_else(|error| panic!("{asked}: {error}"))
    }

    /// Sends it to a system that may be gone.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn try_send(self) -> Result<Answer, reqwest::Error> {
        let Self { browser, method, path, headers, body } = self;
        let cookies = browser.cookies.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut request = browser.client.request(method, format!("{}{path}", browser.site)).headers(headers);
        if !cookies.is_empty() {
            let pairs: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(http::header::COOKIE, pairs.join("; "));
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        browser.keep_cookies(&headers);
        Ok(Answer { status, headers, text: response.text().await? })
    }
}

impl Answer {
    /// The body as JSON; null where it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// The same answer, if it has this status.
    ///
    /// # Panics
    /// When it has another one.
    #[must_use]
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// A header as text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The version that the ETag names.
    #[must_use]
    pub fn version(&self) -> Option<u64> {
        self.header("etag")?.trim_matches('"').parse().ok()
    }

    /// The pointers of all fields that are to be mended.
    #[must_use]
    pub fn pointers(&self) -> Vec<String> {
        let body = self.json();
        let errors = body["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|error| error["pointer"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Checks that this is a problem as the API promises them, in Thai and in English.
    ///
    /// # Panics
    /// When it is not.
    #[track_caller]
    pub fn assert_problem(&self, status: u16, slug: &str) {
        let body = self.json();
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{}", self.text);
        assert_eq!(body["type"], format!("/problems/{slug}"), "{}", self.text);
        assert_eq!(body["status"], status, "{}", self.text);
        let is_thai =
            |text: &Value| text.as_str().is_some_and(|text| text.contains(|c| ('ก'..='๛').contains(&c)));
        let is_english =
            |text: &Value| text.as_str().is_some_and(|text| text.ends_with(['.', '?'])) && !is_thai(text);
        assert!(is_thai(&body["title"]) && is_thai(&body["detail"]), "{}", self.text);
        assert!(is_english(&body["detail_en"]), "{}", self.text);
        assert!(body["request_id"].as_str().is_some_and(|id| id.len() >= 8), "{}", self.text);
        for error in body["errors"].as_array().into_iter().flatten() {
            assert!(error["pointer"].is_string() && is_thai(&error["detail"]), "{}", self.text);
            assert!(error["detail_en"].as_str().is_some_and(|text| !text.is_empty()), "{}", self.text);
        }
    }
}
