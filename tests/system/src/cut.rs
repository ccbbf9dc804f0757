//! A way to the store, or to another service, that can be cut where a process that is killed cuts it: at any call, before
//! the store hears of it or after it has done it, and for good until it is mended. Something else may happen right before a call, as
//! another writer would have it; and calls are counted, where they are what matters.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use palad_environment::Variables;
use palad_local::Surroundings;
use serde_json::json;

use crate::relay::{LONGEST, relay, serve};

/// The variable that names the store.
const STORE: &str = "AWS_ENDPOINT_URL_DYNAMODB";
/// The variable that names the queues.
const QUEUES: &str = "AWS_ENDPOINT_URL_SQS";
/// The variable that names the buckets.
const BUCKETS: &str = "AWS_ENDPOINT_URL_S3";
/// The variable that names them as browsers reach them.
const BUCKETS_OF_BROWSERS: &str = "UPLOAD_ENDPOINT";

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

    /// Leads these functions over this way to the store.
    ///
    /// # Panics
    /// When there is no store, or no port.
    pub async fn lead(&self, surroundings: &mut Surroundings, functions: &[&str]) {
        self.lead_to(STORE, surroundings, functions).await;
    }

    /// Leads these functions over this way to the queues, into which they put their orders.
    ///
    /// # Panics
    /// When there are no queues, or no port.
    pub async fn lead_to_queues(&self, surroundings: &mut Surroundings, functions: &[&str]) {
        self.lead_to(QUEUES, surroundings, functions).await;
    }

    /// Leads these functions over this way to the buckets, and browsers past it.
    ///
    /// # Panics
    /// When there are no buckets, or no port.
    pub async fn lead_to_buckets(&self, surroundings: &mut Surroundings, functions: &[&str]) {
        for name in functions {
            let (variables, _) = surroundings.functions.get_mut(*name).expect("a function");
            let buckets = variables.require(BUCKETS).expect("buckets");
            *variables = Variables::of_map([(BUCKETS_OF_BROWSERS.to_owned(), buckets)].into()).or(variables);
        }
        self.lead_to(BUCKETS, surroundings, functions).await;
    }

    async fn lead_to(&self, service: &'static str, surroundings: &mut Surroundings, functions: &[&str]) {
        for name in functions {
            let (variables, _) = surroundings.functions.get_mut(*name).expect("a function");
            let url = self.before(variables.require(service).expect("a service")).await;
            *variables = Variables::of_map([(service.to_owned(), url)].into()).or(variables);
        }
    }

    /// Serves for ever, in front of the store. Gives the address to ask instead.
    ///
    /// # Panics
    /// When there is no port.
    pub async fn before(&self, store: String) -> String {
        let ahead = Ahead { cut: self.clone(), store, client: reqwest::Client::new() };
        serve(Router::new().fallback(hand_on).with_state(ahead)).await
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
    if matches!(fate, Fate::IsPutOff) {
        return put_off(request).await.unwrap_or_else(lost);
    }
    let answer = relay(&ahead.client, &ahead.store, request).await;
    answer.filter(|_| !matches!(fate, Fate::IsDoneUnheard)).unwrap_or_else(lost)
}

/// Nothing of what was asked for, and all of it to be asked for again.
async fn put_off(request: Request) -> Option<Response> {
    let body = to_bytes(request.into_body(), LONGEST).await.ok()?;
    let asked: serde_json::Value = serde_json::from_slice(&body).ok()?;
    Some(axum::Json(json!({ "Responses": {}, "UnprocessedKeys": asked["RequestItems"] })).into_response())
}
