//! Handing calls on to a service, for those who stand in between.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::Response;
use tokio::net::TcpListener;

/// More than any of the services takes in one call.
pub(crate) const LONGEST: usize = 32 * 1024 * 1024;

/// Serves for ever, on a port of its own. Gives the address to ask.
///
/// # Panics
/// When there is no port.
pub async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

/// Hands a request on to a service, and its whole answer back; none where one of them was broken off.
pub async fn relay(client: &reqwest::Client, service: &str, request: Request) -> Option<Response> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, LONGEST).await.ok()?;
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    // The host too stays as it was: a call of a bucket is signed with it.
    let headers = parts.headers;
    let url = format!("{}{path}", service.trim_end_matches('/'));
    let asked = client.request(parts.method, url).headers(headers).body(body).send().await.ok()?;
    let (status, headers) = (asked.status(), asked.headers().clone());
    let mut response = Response::new(Body::from(asked.bytes().await.ok()?));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Some(response)
}
