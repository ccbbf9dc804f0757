//! The site's socket. What hyper cannot read at all, such as a raw space in an address, it refuses with a 400 that says
//! nothing; on its way out that becomes a problem document like every other refusal.

use std::io::{self, IoSlice};
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

use super::problem::Problem;

/// How a refusal of hyper's own begins and what only such a one has: our own are never without a body.
const REFUSAL: &[u8] = b"HTTP/1.1 400 Bad Request\r\n";
const EMPTY: &[u8] = b"content-length: 0\r\n";

/// A socket that gives its connections clear refusals.
pub(crate) struct Clear(pub(crate) TcpListener);

/// One connection.
pub(crate) struct Connection {
    stream: TcpStream,
    /// What is still to be written before anything else.
    waiting: Vec<u8>,
}

/// Who is at the other end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source(pub(crate) SocketAddr);

impl Connected<IncomingStream<'_, Clear>> for Source {
    fn connect_info(stream: IncomingStream<'_, Clear>) -> Self {
        Self(*stream.remote_addr())
    }
}

impl Listener for Clear {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        // axum's own waits a little when the system has no more sockets to give.
        let (stream, source) = Listener::accept(&mut self.0).await;
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY was refused");
        }
        (Connection { stream, waiting: Vec::new() }, source)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connection {
    fn drain(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.waiting.is_empty() {
            let written = ready!(Pin::new(&mut self.stream).poll_write(context, &self.waiting))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.waiting.drain(..written);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.drain(context))?;
        if is_refusal(bytes) {
            self.waiting = refusal();
            return Poll::Ready(Ok(bytes.len()));
        }
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        ready!(self.drain(context))?;
        match parts.iter().find(|part| !part.is_empty()) {
            Some(first) if is_refusal(first) => self.poll_write(context, first),
            _ => Pin::new(&mut self.stream).poll_write_vectored(context, parts),
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.drain(context))?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.drain(context))?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

fn is_refusal(bytes: &[u8]) -> bool {
    bytes.starts_with(REFUSAL) && bytes.windows(EMPTY.len()).any(|part| part == EMPTY)
}

fn refusal() -> Vec<u8> {
    let body = Problem::UNREADABLE.body("").to_string();
    let head = "content-type: application/problem+json\r\ncache-control: no-store\r\nconnection: close";
    format!("HTTP/1.1 400 Bad Request\r\n{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}
