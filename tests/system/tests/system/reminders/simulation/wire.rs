//! The way of a worker that is to be killed: it ends at the call at which that happens. A call that has passed goes on
//! to its end, as it would in the cloud, and is waited for: whatever was broken off stands still then.

use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use palad_environment::Variables;
use palad_system_tests::{Side, relay, serve};
use tokio::sync::watch;

use super::kills::Kill;

/// Where the services are that a function calls.
const SERVICES: [&str; 3] = ["AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL_SQS", "AWS_ENDPOINT_URL_SESV2"];

/// A way to the services.
#[derive(Clone, Default)]
pub(super) struct Wire(watch::Sender<Way>);

#[derive(Default)]
struct Way {
    /// Where it ends.
    kill: Option<Kill>,
    /// Calls since then was said.
    calls: usize,
    /// Calls that have passed and are not at their end.
    under_way: usize,
    has_ended: bool,
}

/// What becomes of a call.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Passing {
    Through,
    /// It is heard, and the worker is killed before it has the answer.
    AsTheLast,
    Not,
}

impl Wire {
    /// Serves for ever, in front of the services. Gives the variables that lead over this way.
    pub(super) async fn before(&self, variables: &Variables) -> Variables {
        let client = reqwest::Client::new();
        let mut led = std::collections::BTreeMap::new();
        for name in SERVICES {
            let service = variables.require(name).expect("a service");
            let ahead = Ahead { wire: self.clone(), service, client: client.clone() };
            let url = serve(Router::new().fallback(hand_on).with_state(ahead)).await;
            led.insert(name.to_owned(), url);
        }
        Variables::of_map(led).or(variables)
    }

    /// Says where it ends, for the next worker.
    pub(super) fn arm(&self, kill: Kill) {
        self.0.send_replace(Way { kill: Some(kill), ..Way::default() });
    }

    /// Does some work, until the way ends or there is no more to do, and then says nothing of it.
    pub(super) async fn work<T>(&self, work: impl Future<Output = T>) {
        let (mut way, work) = (self.0.subscribe(), Box::pin(work));
        tokio::select! {
            biased;
            _ = way.wait_for(|way| way.has_ended) => {}
            _ = work => {}
        }
        let _ = way.wait_for(|way| way.under_way == 0).await.map(drop);
    }

    fn begin(&self) -> Passing {
        let mut passing = Passing::Through;
        self.0.send_modify(|way| {
            way.calls += 1;
            passing = match way.kill {
                Some(kill) if way.calls == kill.call && kill.side == Side::After => Passing::AsTheLast,
                Some(kill) if way.calls >= kill.call => Passing::Not,
                _ => Passing::Through,
            };
            match passing {
                Passing::Not => way.has_ended = true,
                Passing::Through | Passing::AsTheLast => way.under_way += 1,
            }
        });
        passing
    }

    fn end(&self, passing: Passing) {
        self.0.send_modify(|way| {
            way.under_way -= 1;
            way.has_ended |= passing == Passing::AsTheLast;
        });
    }
}

#[derive(Clone)]
struct Ahead {
    wire: Wire,
    service: String,
    client: reqwest::Client,
}

async fn hand_on(State(ahead): State<Ahead>, request: Request) -> Response {
    let lost = || StatusCode::INTERNAL_SERVER_ERROR.into_response();
    let passing = ahead.wire.begin();
    if passing == Passing::Not {
        return lost();
    }
    // A task of its own: it goes on when the caller is killed.
    let passed = tokio::spawn(async move {
        let answer = relay(&ahead.client, &ahead.service, request).await;
        ahead.wire.end(passing);
        answer
    });
    match passed.await {
        Ok(Some(answer)) if passing == Passing::Through => answer,
        _ => lost(),
    }
}

/// The service takes its time, and the worker is gone at once: what it was asked is done all the same, and before
/// anything else goes on.
#[tokio::test]
async fn a_worker_is_killed_at_its_call_and_what_it_has_asked_is_waited_for() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    let done = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&done);
    let slow = move || {
        let counted = Arc::clone(&counted);
        async move {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            let _ = counted.fetch_add(1, Ordering::SeqCst);
        }
    };
    let url = serve(Router::new().fallback(slow)).await;
    let variables = Variables::of_map(SERVICES.map(|name| (name.to_owned(), url.clone())).into());
    let wire = Wire::default();
    let led = wire.before(&variables).await;
    let url = led.require(SERVICES[0]).expect("a service");
    for (side, heard) in [(Side::Before, 1), (Side::After, 2)] {
        wire.arm(Kill { call: 2, side });
        done.store(0, Ordering::SeqCst);
        let mut answers = 0;
        wire.work(async {
            for _ in 0..9 {
                let answer = reqwest::get(&url).await.expect("an answer");
                assert!(answer.status().is_success(), "it does not live to hear of that");
                answers += 1;
            }
        })
        .await;
        assert_eq!((answers, done.load(Ordering::SeqCst)), (1, heard), "{side:?}");
    }
    // Who has made all its calls before has nothing more to say.
    wire.arm(Kill { call: 2, side: Side::After });
    wire.work(async { reqwest::get(&url).await.expect("an answer") }).await;
}
