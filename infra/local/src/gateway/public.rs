//! What the CDN serves from the public bucket on the site's own origin: photos, lists, open data, files.

use aws_sdk_s3::Client;
use aws_sdk_s3::error::{DisplayErrorContext, SdkError};
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

use super::files::names;
use super::problem::Problem;
use super::routes::decoded;

/// The folders of the bucket that anybody may read.
const FOLDERS: [&str; 4] = ["/photos/", "/open/", "/lists/", "/files/"];

/// The public bucket as the CDN shows it.
pub(crate) struct Public {
    client: Client,
    bucket: String,
}

impl Public {
    pub(crate) fn new(client: Client, bucket: String) -> Self {
        Self { client, bucket }
    }

    /// Whether a path is the bucket's and not the website's.
    pub(crate) fn has(path: &str) -> bool {
        FOLDERS.iter().any(|folder| path.len() > folder.len() && path.starts_with(folder))
    }

    /// The object at `path`, or nothing where there is none.
    pub(crate) async fn respond(
        &self,
        method: &Method,
        path: &str,
        headers: &HeaderMap,
        request_id: &str,
    ) -> Option<Response> {
        if method != Method::GET && method != Method::HEAD {
            return None;
        }
        let key = decoded(path.trim_start_matches('/'));
        // A way up and out of the bucket is no key.
        if key.split('/').any(|part| part.is_empty() || part.starts_with('.')) || key.contains(['\\', '\0']) {
            return None;
        }
        let object = match self.client.get_object().bucket(&self.bucket).key(&key).send().await {
            Ok(object) => object,
            // Where the key is a folder there is no object either.
            Err(SdkError::ServiceError(_)) => return None,
            Err(error) => {
                let cause = DisplayErrorContext(error).to_string();
                tracing::error!(cause, "the public bucket could not be read");
                return Some(Problem::INTERNAL.response(request_id));
            }
        };
        let e_tag = object.e_tag().unwrap_or_default().to_owned();
        let mut answer = HeaderMap::new();
        for (name, value) in [
            (CONTENT_TYPE, object.content_type()),
            (CONTENT_ENCODING, object.content_encoding()),
            (CONTENT_DISPOSITION, object.content_disposition()),
            (CACHE_CONTROL, object.cache_control()),
            (ETAG, Some(e_tag.as_str())),
        ] {
            set(&mut answer, name, value);
        }
        if names(headers, &e_tag) {
            return Some((StatusCode::NOT_MODIFIED, answer).into_response());
        }
        set(&mut answer, CONTENT_LENGTH, object.content_length().map(|length| length.to_string()).as_deref());
        if method == Method::HEAD {
            return Some((answer, Body::empty()).into_response());
        }
        match object.body.collect().await {
            Ok(body) => Some((answer, Body::from(body.into_bytes())).into_response()),
            Err(error) => {
                tracing::error!(%error, "an object of the public bucket broke off");
                Some(Problem::INTERNAL.response(request_id))
            }
        }
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: Option<&str>) {
    if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_four_folders_are_public() {
        for path in ["/photos/a.jpg", "/open/province/54.html", "/lists/agencies.json", "/files/a.pdf"] {
            assert!(Public::has(path), "{path}");
        }
        for path in ["/photos/", "/photos", "/open", "/files", "/api/lists/a", "/photosx/a", "/"] {
            assert!(!Public::has(path), "{path}");
        }
    }
}
