//! A stand-in for the Lambda runtime API: gives events to a function, takes its answers, and notes when.

use std::io::BufReader;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use crate::http;

/// The API for one process.
pub(crate) struct RuntimeApi {
    /// What `AWS_LAMBDA_RUNTIME_API` is set to.
    pub(crate) address: String,
    events: Sender<Vec<u8>>,
    heard: Receiver<(Instant, Heard)>,
}

/// What the function said.
#[derive(Debug)]
enum Heard {
    /// It asks for an event.
    Ready,
    /// It answers.
    Answer(Vec<u8>),
    /// It failed.
    Failure(Vec<u8>),
}

impl RuntimeApi {
    /// Listens on a port of its own.
    pub(crate) fn start() -> Result<Self, String> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(|error| error.to_string())?;
        let address = listener.local_addr().map_err(|error| error.to_string())?.to_string();
        let (events, to_give) = channel::<Vec<u8>>();
        let (hear, heard) = channel();
        // One connection at a time: that is how runtimes ask. Peers open a new one for each request.
        std::thread::spawn(move || {
            let mut number = 0;
            for connection in listener.incoming().filter_map(Result::ok) {
                if serve(connection, &to_give, &hear, &mut number).is_none() {
                    // The benchmark has ended.
                    return;
                }
            }
        });
        Ok(Self { address, events, heard })
    }

    /// Waits until the function asks for its first event. Gives the moment.
    pub(crate) fn ready(&self, patience: Duration) -> Result<Instant, String> {
        match self.heard.recv_timeout(patience) {
            Ok((at, Heard::Ready)) => Ok(at),
            Ok((_, other)) => Err(format!("it does not start: {other:?}")),
            Err(_) => Err("it does not start".to_owned()),
        }
    }

    /// Gives an event and waits for the answer. Gives the answer and how long it took.
    pub(crate) fn call(&self, event: &[u8], patience: Duration) -> Result<(Vec<u8>, Duration), String> {
        let began = Instant::now();
        self.events.send(event.to_vec()).map_err(|_| "it is gone".to_owned())?;
        let answer = match self.heard.recv_timeout(patience) {
            Ok((at, Heard::Answer(answer))) => (answer, at.duration_since(began)),
            Ok((_, Heard::Failure(error))) => {
                return Err(format!("it fails: {}", String::from_utf8_lossy(&error)));
            }
            Ok((_, Heard::Ready)) => return Err("it asks for a second event before it answers".to_owned()),
            Err(_) => return Err("no answer".to_owned()),
        };
        self.ready(patience).map(|_| answer)
    }
}

/// Serves a connection to its end; none when nobody wants to know any more.
fn serve(
    connection: TcpStream,
    to_give: &Receiver<Vec<u8>>,
    hear: &Sender<(Instant, Heard)>,
    number: &mut u64,
) -> Option<()> {
    let _ = connection.set_nodelay(true);
    let Ok(mut out) = connection.try_clone() else { return Some(()) };
    let mut connection = BufReader::new(connection);
    while let Some(request) = http::read(&mut connection) {
        let at = Instant::now();
        if request.method == "GET" {
            hear.send((at, Heard::Ready)).ok()?;
            let event = to_give.recv().ok()?;
            *number += 1;
            let deadline = jiff::Timestamp::now().as_millisecond() + 60_000;
            let headers = format!(
                "Lambda-Runtime-Aws-Request-Id: 00000000-0000-4000-8000-{number:012}\r\n\
                 Lambda-Runtime-Deadline-Ms: {deadline}\r\n\
                 Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:ap-southeast-7:000000000000:function:bench\r\n\
                 Content-Type: application/json\r\n"
            );
            if http::write(&mut out, 200, &headers, &event).is_none() {
                return Some(());
            }
        } else {
            let failed = request.path.ends_with("/error");
            let heard = if failed { Heard::Failure(request.body) } else { Heard::Answer(request.body) };
            hear.send((at, heard)).ok()?;
            if http::write(&mut out, 202, "", b"").is_none() {
                return Some(());
            }
        }
    }
    Some(())
}
