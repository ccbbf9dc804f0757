//! The embedded S3: one folder for each bucket that the template declares.

use std::path::Path;

use aws_sdk_s3::Client;
use aws_sdk_s3::error::DisplayErrorContext;
use hyper_util::rt::TokioIo;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::StartError;
use crate::stop::Stopped;
use crate::stores::clients::{ACCESS_KEY, SECRET_KEY};

const PART: &str = "the embedded S3";

/// Serves the folder on `socket` until the end.
pub(crate) fn serve(
    folder: &Path,
    socket: TcpListener,
    stopped: Stopped,
) -> Result<JoinHandle<()>, StartError> {
    let files = FileSystem::new(folder).map_err(|error| failed(format!("{error:?}")))?;
    let mut builder = S3ServiceBuilder::new(files);
    builder.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
    let service = builder.build();
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

async fn connection(stream: TcpStream, service: S3Service) {
    // Without this each answer waits 40 ms for the acknowledgement of its first half.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "TCP_NODELAY was refused");
    }
    if let Err(error) =
        hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await
    {
        tracing::debug!(%error, "a connection to the embedded S3 broke off");
    }
}

/// Makes the buckets that are not there yet.
pub(crate) async fn create_buckets(client: &Client, names: &[String]) -> Result<(), StartError> {
    let existing =
        client.list_buckets().send().await.map_err(|error| failed(DisplayErrorContext(error).to_string()))?;
    let is_there = |name: &str| existing.buckets().iter().any(|bucket| bucket.name() == Some(name));
    for name in names.iter().filter(|name| !is_there(name)) {
        let created = client.create_bucket().bucket(name).send().await;
        created.map_err(|error| failed(format!("bucket {name}: {}", DisplayErrorContext(error))))?;
    }
    Ok(())
}

fn failed(message: String) -> StartError {
    StartError::Part(PART, message)
}
