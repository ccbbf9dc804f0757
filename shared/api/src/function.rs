//! A function that answers HTTP calls: from the gateway's event to the gateway's answer.

use std::convert::Infallible;
use std::future::Future;
use std::time::Instant;

use lambda_http::lambda_runtime::{Context, Error, LambdaEvent};
use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, BoxFuture, Service, service_fn};
use palad_store::StoreError;
use serde_json::Value;

use crate::catch::caught;
use crate::edge::Edge;
use crate::problem::ApiError;
use crate::request::Request;
use crate::respond::Response;
use crate::{event, guard, log};

/// One HTTP function. Its handler reads as a story: who asks, may they, what do they ask, do it,
/// answer; everything else is done around it by [`answer`].
pub trait HttpFunction: Send + Sync + 'static {
    /// The name of its folder, which is also its name in the log.
    const NAME: &'static str;

    /// Where it stands.
    fn edge(&self) -> &Edge;

    /// Opens the way to the store before the first call, which then need not wait for it. Its failure is
    /// only noted: the first call will say what is wrong, if it still is.
    fn warm_up(&self) -> impl Future<Output = Result<(), StoreError>> + Send {
        std::future::ready(Ok(()))
    }

    /// Answers one call. Write it as `async fn handle(&self, request: Request) -> Result<...>`.
    fn handle(&self, request: Request) -> impl Future<Output = Result<Response, ApiError>> + Send;
}

/// Takes an event of the gateway (HTTP API, payload version 2) and gives the gateway's answer.
///
/// A caller always gets an answer: a panic is a 500, a handler that would outlast the function's
/// time is a 503.
///
/// # Errors
/// When the event is of another kind; the error names it.
pub async fn answer<F: HttpFunction>(function: &F, event: Value, context: Context) -> Result<Value, Error> {
    let started = Instant::now();
    let cold = log::is_cold(F::NAME);
    let (route, request_id, result) = match event::read(event) {
        Err(kind) => {
            tracing::error!(function = F::NAME, cause = kind, cold, "event refused");
            return Err(kind.into());
        }
        Ok(Err(unreadable)) => (String::new(), context.request_id.clone(), Err(unreadable)),
        Ok(Ok(request)) => {
            let request = Request::new(request, function.edge(), &context);
            (request.route().to_owned(), request.request_id().to_owned(), served(function, request).await)
        }
    };
    let result = result.and_then(|response| match response.fault() {
        None => Ok(response),
        Some(fault) => Err(ApiError::internal(fault)),
    });
    let (response, cause) = match result {
        Ok(response) => (response, None),
        Err(error) => {
            let cause = error.cause().map(str::to_owned);
            (error.into_response(&request_id), cause)
        }
    };
    log::request(F::NAME, &route, &request_id, response.status(), started, cold, cause.as_deref());
    Ok(serialised(response).await?)
}

async fn served<F: HttpFunction>(function: &F, request: Request) -> Result<Response, ApiError> {
    guard::admit(function.edge(), request.method(), request.headers())?;
    let time_left = request.time_left();
    // Boxed: the SDK's calls nest so deeply that the compiler gives up on the whole as one type.
    let handler: BoxFuture<'_, Result<Response, ApiError>> = Box::pin(function.handle(request));
    let handled = caught(handler);
    let handled = match time_left {
        Some(time_left) => match tokio::time::timeout(time_left, handled).await {
            Ok(handled) => handled,
            Err(_) => return Err(ApiError::unavailable("out of time")),
        },
        None => handled.await,
    };
    handled.unwrap_or_else(|panic| Err(ApiError::internal(panic)))
}

/// The answer as `lambda_http` itself writes it. Its writer is reached only through its adapter,
/// which wants a call to answer; an empty one will do.
async fn serialised(response: Response) -> Result<Value, serde_json::Error> {
    let mut response = Some(response.into_http());
    let mut adapter = Adapter::from(service_fn(move |_: lambda_http::Request| {
        let response = response.take().unwrap_or_default();
        async move { Ok::<_, Infallible>(response) }
    }));
    let call = LambdaEvent::new(LambdaRequest::ApiGatewayV2(Default::default()), Context::default());
    let Ok(response) = adapter.call(call).await;
    serde_json::to_value(response)
}
