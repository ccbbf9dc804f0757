//! The server on the site's port: parts requests by their path.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::response::Response;
use http::Request;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::files::Site;
use super::listener::{Clear, Source};
use super::public::Public;
use super::routes::Routes;
use super::{Problem, api};
use crate::names;
use crate::stop::Stopped;
use crate::tools::Tools;

/// What the site's port serves.
pub(crate) struct Gateway {
    pub(crate) routes: Routes,
    pub(crate) site: Site,
    pub(crate) public: Public,
    pub(crate) tools: Tools,
}

/// Serves on `socket` until the end; requests that have begun are finished.
pub(crate) fn serve(gateway: Gateway, socket: TcpListener, stopped: Stopped) -> JoinHandle<()> {
    let router = Router::new().fallback(respond).with_state(Arc::new(gateway));
    let service = router.into_make_service_with_connect_info::<Source>();
    tokio::spawn(async move {
        if let Err(error) = axum::serve(Clear(socket), service).with_graceful_shutdown(stopped.wait()).await {
            tracing::error!(%error, "the gateway has stopped");
        }
    })
}

async fn respond(
    State(gateway): State<Arc<Gateway>>,
    ConnectInfo(Source(source)): ConnectInfo<Source>,
    request: Request<Body>,
) -> Response {
    let path = request.uri().path();
    let request_id = names::uuid(&gateway.tools.random);
    let below =
        |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if below("/api") {
        let now = gateway.tools.clock.now();
        api::respond(&gateway.routes, request, source.ip(), &request_id, now).await
    } else if below("/local") {
        match gateway.tools.respond(request).await {
            Ok(response) => response,
            Err(problem) => Problem::response(problem, &request_id),
        }
    } else {
        if Public::has(path)
            && let Some(mut response) =
                gateway.public.respond(request.method(), path, request.headers(), &request_id).await
        {
            gateway.site.add_headers(response.headers_mut());
            return response;
        }
        gateway.site.respond(request.method(), path, request.headers())
    }
}
