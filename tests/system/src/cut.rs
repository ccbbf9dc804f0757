//! A way to the store that can be cut where a process that is killed cuts it: at any call, before the store hears
//! of it or after it has done it, and for good until it is mended. Something else may happen right before a call, as
//! another writer would have it; and calls are counted, where they are what matters.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use palad_environment::Variables;
use palad_local::Surroundings;
use tokio::net::TcpListener;

/// The variable that names the store.
const STORE: &str = "AWS_ENDPOINT_URL_DYNAMODB";
/// More than the store takes in one call.
const LONGEST: usize = 32 * 1024 * 1024;

/// On which side of the store the way is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The call does not reach the store.
    Before,
    /// The store does what it was asked; the answer does not come back.
    After,
}

/// The way.
#[derive(Clone, Default)]
pub struct Cut(Arc<Mutex<Way>>);

#[derive(Default)]
struct Way {
    /// Calls since the way was armed or mended.
    calls: usize,
    /// At which call it ends, counted from one.
    ends: Option<(usize, Side)>,
    /// What happens right before which call, counted from one.
    meanwhile: Option<(usize, Event)>,
    /// How many calls for many items bring none of them yet, as when a table is busy.
    busy: usize,
}

type Event = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What becomes of a call.
enum Fate {
    Passes,
    IsLost,
    IsDoneUnheard,
    IsPutOff,
}

impl Cut {
    /// Cuts the way at a call from now, counted from one.
    pub fn arm(&self, call: usize, side: Side) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) =
            Way { ends: Some((call, side)), ..Way::default() };
    }

    /// Lets something happen between two calls from now: right before this one, counted from one, reaches the store.
    pub fn before_call(&self, call: usize, event: impl Future<Output = ()> + Send + 'static) {
        let way = Way { meanwhile: Some((call, Box::pin(event))), ..Way::default() };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = way;
    }

    /// Lets the next calls, each for many items, be answered as by a table that is too busy to get to them.
    pub fn put_off(&self, calls: usize) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Way { busy: calls, ..Way::default() };
    }

    /// Makes the way whole, and tells how many calls came since it was last made whole or armed.
    pub fn mend(&self) -> usize {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).calls
    }

    /// What becomes of the next call, and what happens before it.
    fn fate(&self) -> (Fate, Option<Event>) {
        let mut way = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        way.calls += 1;
        let fate = match way.ends {
            Some((call, Side::After)) if way.calls == call => Fate::IsDoneUnheard,
            Some((call, _)) if way.calls >= call => Fate::IsLost,
            _ if way.calls <= way.busy => Fate::IsPutOff,
            _ => Fate::Passes,
        };
        let calls = way.calls;
        (fate, way.meanwhile.take_if(|(call, _)| *call == calls).map(|(_, event)| event))
    }

    /// Leads these functions over this way.
    ///
    /// # Panics
    /// When there is no store, or no port.
    pub async fn lead(&self, surroundings: &mut Surroundings, functions: &[&str]) {
        for name in functions {
            let (variables, _) = surroundings.functions.get_mut(*name).expect("a function");
            let store = variables.require(STORE).expect("a store");
            let url = self.before(store).await;
            *variables = Variables::of_map([(STORE.to_owned(), url)].into()).or(variables);
        }
    }

    /// Serves for ever, in front of the store. Gives the address to ask instead.
    ///
    /// # Panics
    /// When there is no port.
    pub async fn before(&self, store: String) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let ahead = Ahead { cut: self.clone(), store, client: reqwest::Client::new() };
        let router = Router::new().fallback(hand_on).with_state(ahead);
        tokio::spawn(async move { axum::serve(listener, router).await });
        url
    }
}

#[derive(Clone)]
struct Ahead {
    cut: Cut,
    store: String,
    client: reqwest::Client,
}

async fn hand_on(State(ahead): State<Ahead>, request: Request) -> Response {
    let lost = || StatusCode::INTERNAL_SERVER_ERROR.into_response();
    let (fate, event) = ahead.cut.fate();
    if let Some(event) = event {
        event.await;
    }
    if matches!(fate, Fate::IsLost) {
        return lost();
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LONGEST).await else { return lost() };
    if matches!(fate, Fate::IsPutOff) {
        return put_off(&body);
    }
    let mut headers = parts.headers;
    headers.remove(http::header::HOST);
    let asked = ahead.client.request(parts.method, &ahead.store).headers(headers).body(body).send().await;
    let Ok(answer) = asked else { return lost() };
    let (status, headers) = (answer.status(), answer.headers().clone());
    let Ok(body) = answer.bytes().await else { return lost() };
    if matches!(fate, Fate::IsDoneUnheard) {
        return lost();
    }
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// Nothing of what was asked for, and all of it to be asked for again.
fn put_off(body: &[u8]) -> Response {
    let asked: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    axum::Json(serde_json::json!({ "Responses": {}, "UnprocessedKeys": asked["RequestItems"] }))
        .into_response()
}
