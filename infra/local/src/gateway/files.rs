//! The website's files, served as the CDN serves them.

use std::collections::HashMap;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use ring::digest::{SHA256, digest};

/// One file of the website.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteFile {
    /// Where it is, from the root: `/register/index.html`.
    pub path: String,
    /// Its media type.
    pub content_type: String,
    /// How long it may be kept.
    pub cache_control: String,
    /// Its bytes.
    pub body: Vec<u8>,
}

struct Kept {
    headers: HeaderMap,
    etag: String,
    body: axum::body::Bytes,
}

/// All files, by path.
pub(crate) struct Site {
    files: HashMap<String, Kept>,
    /// What every answer gets.
    common: HeaderMap,
}

impl Site {
    /// The files, each with its own headers and those that every file gets.
    pub(crate) fn new(files: Vec<SiteFile>, headers: &[(String, String)]) -> Result<Self, String> {
        let mut kept = HashMap::new();
        let mut common = HeaderMap::new();
        for (name, value) in headers {
            insert(&mut common, name, value).map_err(|()| format!("the header {name} is not one"))?;
        }
        for file in files {
            let etag = format!("\"{}\"", HEXLOWER.encode(&digest(&SHA256, &file.body).as_ref()[..12]));
            let own = [
                (CONTENT_TYPE.as_str(), file.content_type.as_str()),
                (CACHE_CONTROL.as_str(), file.cache_control.as_str()),
                (ETAG.as_str(), etag.as_str()),
            ];
            let mut map = common.clone();
            for (name, value) in own {
                insert(&mut map, name, value)
                    .map_err(|()| format!("{}: the header {name} is not one", file.path))?;
            }
            kept.insert(file.path, Kept { headers: map, etag, body: file.body.into() });
        }
        Ok(Self { files: kept, common })
    }

    /// Gives an answer from elsewhere on this origin the headers that every file has.
    pub(crate) fn add_headers(&self, headers: &mut HeaderMap) {
        headers.extend(self.common.clone());
    }

    /// The response for a path as it came over the wire. `/register` and `/register/` are
    /// `/register/index.html`; what is not there is the page `/404.html`.
    pub(crate) fn respond(&self, method: &Method, path: &str, headers: &HeaderMap) -> Response {
        if method != Method::GET && method != Method::HEAD {
            return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response();
        }
        let trimmed = path.trim_end_matches('/');
        let found = self.files.get(path).or_else(|| self.files.get(&format!("{trimmed}/index.html")));
        let (status, file) = match (found, self.files.get("/404.html")) {
            (Some(file), _) => (StatusCode::OK, file),
            (None, Some(page)) => (StatusCode::NOT_FOUND, page),
            (None, None) => return StatusCode::NOT_FOUND.into_response(),
        };
        let unchanged = status == StatusCode::OK && names(headers, &file.etag);
        let status = if unchanged { StatusCode::NOT_MODIFIED } else { status };
        let mut response = Response::new(Body::empty());
        *response.status_mut() = status;
        *response.headers_mut() = file.headers.clone();
        if !unchanged {
            // hyper leaves the body of an answer to HEAD away, and keeps its length.
            *response.body_mut() = Body::from(file.body.clone());
        }
        response
    }
}

fn insert(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), ()> {
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(drop)?;
    headers.insert(name, HeaderValue::from_str(value).map_err(drop)?);
    Ok(())
}

/// Whether If-None-Match names the tag.
pub(super) fn names(headers: &HeaderMap, etag: &str) -> bool {
    let values = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        let file = |path: &str| SiteFile {
            path: path.into(),
            content_type: "text/html; charset=utf-8".into(),
            cache_control: "no-cache".into(),
            body: path.as_bytes().to_vec(),
        };
        let headers = [("x-content-type-options".to_owned(), "nosniff".to_owned())];
        Site::new(vec![file("/index.html"), file("/register/index.html"), file("/404.html")], &headers)
            .expect("a site")
    }

    fn get(path: &str) -> Response {
        site().respond(&Method::GET, path, &HeaderMap::new())
    }

    #[test]
    fn a_folder_is_its_index() {
        let tag = |path: &str| get(path).headers()[ETAG].clone();
        assert_eq!(tag("/register"), tag("/register/index.html"));
        assert_eq!(tag("/register/"), tag("/register/index.html"));
        assert_eq!(tag("/"), tag("/index.html"));
        assert_eq!(get("/").headers()["x-content-type-options"], "nosniff");
    }

    #[test]
    fn what_is_not_there_is_the_page_that_says_so() {
        for path in ["/nothing", "/register/../index.html", "/%2e%2e", "/index"] {
            assert_eq!(get(path).status(), 404, "{path}");
        }
        assert_eq!(site().respond(&Method::POST, "/", &HeaderMap::new()).status(), 405);
    }

    #[test]
    fn what_a_browser_has_is_not_sent_again() {
        let mut headers = HeaderMap::new();
        headers.insert(IF_NONE_MATCH, get("/").headers()[ETAG].clone());
        assert_eq!(site().respond(&Method::GET, "/", &headers).status(), 304);
        assert_eq!(site().respond(&Method::GET, "/register", &headers).status(), 200);
        assert_eq!(site().respond(&Method::GET, "/nothing", &headers).status(), 404);
    }
}
