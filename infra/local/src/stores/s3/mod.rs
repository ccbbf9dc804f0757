//! The embedded S3: one folder for each bucket that the template declares.

mod cors;
mod notices;
mod objects;

use std::path::Path;
use std::sync::Arc;

use aws_sdk_s3::Client;
use aws_sdk_s3::error::DisplayErrorContext;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{Body, HttpError, HttpResponse};
use s3s_fs::FileSystem;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::StartError;
use crate::stop::Stopped;
use crate::stores::clients::{ACCESS_KEY, SECRET_KEY};
use crate::template::Bucket;
use cors::Cors;
pub(crate) use notices::Notices;
use objects::Objects;

const PART: &str = "the embedded S3";

/// Serves the folder on `socket` until the end, with the rules of these buckets.
pub(crate) fn serve(
    folder: &Path,
    buckets: &[Bucket],
    notices: Arc<Notices>,
    socket: TcpListener,
    stopped: Stopped,
) -> Result<JoinHandle<()>, StartError> {
    let files = FileSystem::new(folder).map_err(|error| failed(format!("{error:?}")))?;
    let mut builder = S3ServiceBuilder::new(Objects::new(files, notices));
    builder.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
    let service = Guarded { service: builder.build(), cors: Arc::new(Cors::new(buckets)) };
    Ok(tokio::spawn(async move {
        let mut connections = JoinSet::new();
        let mut stopped = std::pin::pin!(stopped.clone().wait());
        loop {
            tokio::select! {
                () = &mut stopped => return,
                accepted = socket.accept() => match accepted {
                    Ok((stream, _)) => { connections.spawn(connection(stream, service.clone())); }
                    Err(error) => tracing::warn!(%error, "the embedded S3 could not accept a connection"),
                },
                Some(_) = connections.join_next() => {}
            }
        }
    }))
}

/// S3 with its rules for pages of other origins in front.
#[derive(Clone)]
struct Guarded {
    service: S3Service,
    cors: Arc<Cors>,
}

impl Guarded {
    async fn respond(self, request: http::Request<Incoming>) -> Result<HttpResponse, HttpError> {
        if let Some(answer) = self.cors.preflight(&request) {
            return Ok(answer);
        }
        let headers = self.cors.headers(&request);
        let mut response = self.service.call(request.map(Body::from)).await?;
        response.headers_mut().extend(headers);
        Ok(response)
    }
}

async fn connection(stream: TcpStream, guarded: Guarded) {
    // Without this each answer waits 40 ms for the acknowledgement of its first half.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "TCP_NODELAY was refused");
    }
    let service = service_fn(move |request| guarded.clone().respond(request));
    if let Err(error) =
        hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await
    {
        tracing::debug!(%error, "a connection to the embedded S3 broke off");
    }
}

/// Makes the buckets that are not there yet.
pub(crate) async fn create_buckets(client: &Client, buckets: &[Bucket]) -> Result<(), StartError> {
    let existing =
        client.list_buckets().send().await.map_err(|error| failed(DisplayErrorContext(error).to_string()))?;
    let is_there = |name: &str| existing.buckets().iter().any(|bucket| bucket.name() == Some(name));
    for name in buckets.iter().map(|bucket| &bucket.name).filter(|name| !is_there(name)) {
        let created = client.create_bucket().bucket(name).send().await;
        created.map_err(|error| failed(format!("bucket {name}: {}", DisplayErrorContext(error))))?;
    }
    Ok(())
}

fn failed(message: String) -> StartError {
    StartError::Part(PART, message)
}
