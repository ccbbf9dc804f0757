//! As much of HTTP/1.1 as the two stand-ins need: requests with a length, answers with a length, one after
//! the other on one connection. No more, so that what is measured is the function.

use std::io::{BufRead, BufReader, Read, Write};

/// A request.
pub(crate) struct Request {
    /// `GET`.
    pub(crate) method: String,
    /// The path with its query.
    pub(crate) path: String,
    /// The value of `X-Amz-Target`, by which services of AWS tell calls apart.
    pub(crate) target: String,
    /// The body.
    pub(crate) body: Vec<u8>,
}

/// The next request of a connection, or none at its end.
pub(crate) fn read(connection: &mut BufReader<impl Read>) -> Option<Request> {
    let mut line = String::new();
    connection.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (mut length, mut target, mut is_chunked) = (0, String::new(), false);
    loop {
        let mut header = String::new();
        connection.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim_end().split_once(':') else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().ok()?,
            "x-amz-target" => target = value.trim().to_owned(),
            "transfer-encoding" => is_chunked = value.trim().eq_ignore_ascii_case("chunked"),
            _ => {}
        }
    }
    let body = if is_chunked { chunks(connection)? } else { exactly(connection, length)? };
    Some(Request { method, path, target, body })
}

fn exactly(connection: &mut impl Read, length: usize) -> Option<Vec<u8>> {
    let mut body = vec![0; length];
    connection.read_exact(&mut body).ok()?;
    Some(body)
}

fn chunks(connection: &mut BufReader<impl Read>) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        connection.read_line(&mut line).ok()?;
        let length = usize::from_str_radix(line.trim(), 16).ok()?;
        body.extend(exactly(connection, length)?);
        exactly(connection, 2)?;
        if length == 0 {
            return Some(body);
        }
    }
}

/// Writes an answer in one piece. `headers` end each with a line break.
pub(crate) fn write(connection: &mut impl Write, status: u16, headers: &str, body: &[u8]) -> Option<()> {
    let mut answer =
        format!("HTTP/1.1 {status} OK\r\n{headers}Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    answer.extend(body);
    connection.write_all(&answer).and_then(|()| connection.flush()).ok()
}
