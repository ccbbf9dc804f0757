//! Stands between a client and the embedded DynamoDB, and counts what is asked.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

use crate::http::{self, Request};

/// What a signed call looks like; the embedded store wants to see one, and does not look closer.
const SIGNED: &str = "X-Amz-Date: 20270201T000000Z\r\nAuthorization: AWS4-HMAC-SHA256 Credential=palad/20270201/ap-southeast-7/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0\r\n";

/// Calls by their names.
#[derive(Clone, Default)]
pub(crate) struct Counter(Arc<Mutex<BTreeMap<String, u64>>>);

impl Counter {
    /// What was counted since the last time.
    pub(crate) fn take(&self) -> BTreeMap<String, u64> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn add(&self, call: &str) {
        let mut calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *calls.entry(call.to_owned()).or_default() += 1;
    }

    /// Serves for ever, in front of what listens on `port` of this machine. Gives the port to ask instead.
    pub(crate) fn before(&self, port: u16) -> Result<u16, String> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(|error| error.to_string())?;
        let own = listener.local_addr().map_err(|error| error.to_string())?.port();
        let counter = self.clone();
        std::thread::spawn(move || {
            for connection in listener.incoming().filter_map(Result::ok) {
                let counter = counter.clone();
                std::thread::spawn(move || counter.serve(connection, port));
            }
        });
        Ok(own)
    }

    fn serve(&self, connection: TcpStream, port: u16) -> Option<()> {
        connection.set_nodelay(true).ok()?;
        let behind = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()?;
        behind.set_nodelay(true).ok()?;
        let (mut connection, mut behind) = (BufReader::new(connection), BufReader::new(behind));
        while let Some(Request { target, body, .. }) = http::read(&mut connection) {
            self.add(target.rsplit('.').next().unwrap_or_default());
            let head = format!(
                "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: {target}\r\n{SIGNED}Content-Type: application/x-amz-json-1.0\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            behind.get_mut().write_all(&[head.as_bytes(), &body].concat()).ok()?;
            let (status, body) = answer(&mut behind)?;
            let headers = "Content-Type: application/x-amz-json-1.0\r\nx-amzn-RequestId: COUNTED\r\n";
            http::write(connection.get_mut(), status, headers, &body)?;
        }
        Some(())
    }
}

fn answer(behind: &mut BufReader<TcpStream>) -> Option<(u16, Vec<u8>)> {
    let mut line = String::new();
    behind.read_line(&mut line).ok()?;
    let status = line.split_whitespace().nth(1)?.parse().ok()?;
    let mut length = 0;
    loop {
        let mut header = String::new();
        behind.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim_end().split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    behind.read_exact(&mut body).ok()?;
    Some((status, body))
}
