//! The queue and mail services on one port: told apart by what they are asked.

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::serve::ListenerExt;
use http::{Method, Request, StatusCode};
use palad_environment::Random;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::gateway::whole;
use crate::mail::{self, PostOffice};
use crate::queue::{self, Queues};
use crate::stop::Stopped;

/// More than any message or mail may have.
const LARGEST: usize = 12 * 1024 * 1024;

/// What the port serves.
#[derive(Clone)]
pub(crate) struct Services {
    pub(crate) queues: Queues,
    pub(crate) mail: PostOffice,
    pub(crate) random: Random,
}

/// Serves on `socket` until the end.
pub(crate) fn serve(services: Services, socket: TcpListener, stopped: Stopped) -> JoinHandle<()> {
    let router = Router::new().fallback(respond).with_state(services);
    let socket = socket.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY was refused");
        }
    });
    tokio::spawn(async move {
        if let Err(error) = axum::serve(socket, router).with_graceful_shutdown(stopped.wait()).await {
            tracing::error!(%error, "the queue and mail services have stopped");
        }
    })
}

async fn respond(State(services): State<Services>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let body = match whole(body, LARGEST).await {
        Ok(body) => body,
        Err(problem) => return problem.response(""),
    };
    let target = parts.headers.get("x-amz-target").and_then(|target| target.to_str().ok());
    match (&parts.method, parts.uri.path(), target) {
        (&Method::POST, "/", Some(target)) => {
            queue::answer(services.queues, target.to_owned(), body, services.random).await
        }
        (&Method::POST, "/v2/email/outbound-emails", _) => mail::answer(services.mail, body).await,
        _ => (
            StatusCode::NOT_FOUND,
            "Neither a call of SQS (JSON) nor of SESv2 that is offered on one machine.\n",
        )
            .into_response(),
    }
}
