//! A way from containers to what listens on this machine alone: the runner binds to 127.0.0.1, where no
//! container can reach it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};

/// Forwards every connection that comes to `address` to `port` on 127.0.0.1. Gives the port there.
pub(crate) async fn to_this_machine(address: IpAddr, port: u16) -> Result<u16, String> {
    let failed = |error: std::io::Error| format!("cannot listen on {address}: {error}");
    let listener = TcpListener::bind(SocketAddr::new(address, 0)).await.map_err(failed)?;
    let at = listener.local_addr().map_err(failed)?.port();
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            tokio::spawn(forward(connection, port));
        }
    });
    Ok(at)
}

/// A connection that breaks off is for its two ends to notice.
async fn forward(mut from: TcpStream, port: u16) {
    let Ok(mut to) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await else { return };
    // Small messages back and forth: waiting to fill a packet would cost 40 ms each time.
    let _ = from.set_nodelay(true).and_then(|()| to.set_nodelay(true));
    let _ = copy_bidirectional(&mut from, &mut to).await;
}
