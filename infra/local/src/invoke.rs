//! Calling a function as Lambda does: an event in, an answer out, in a task of its own, for so long
//! and no longer.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

/// What a function makes of an event; an error is for the log, not for who called.
pub type Answer = Pin<Box<dyn Future<Output = Result<Value, String>> + Send>>;

/// A function: takes the JSON of an event and gives the JSON of an answer.
pub type Invoke = Arc<dyn Fn(Value) -> Answer + Send + Sync>;

/// A function with the time that the template allows it.
#[derive(Clone)]
pub(crate) struct Callable {
    pub(crate) name: String,
    pub(crate) timeout: Duration,
    pub(crate) invoke: Invoke,
}

/// All functions by name.
pub(crate) type Callables = BTreeMap<String, Callable>;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoAnswer {
    #[error("it failed: {0}")]
    Failed(String),
    #[error("it panicked: {0}")]
    Panicked(String),
    #[error("it took longer than {0:?}")]
    TooLong(Duration),
}

impl Callable {
    /// Calls the function. A panic stays in its task; a call that takes too long is broken off.
    pub(crate) async fn call(&self, event: Value) -> Result<Value, NoAnswer> {
        // The future is made inside the task too, so that a panic while making it is held as well.
        let invoke = Arc::clone(&self.invoke);
        let mut task = tokio::spawn(async move { invoke(event).await });
        match tokio::time::timeout(self.timeout, &mut task).await {
            Ok(Ok(answer)) => answer.map_err(NoAnswer::Failed),
            Ok(Err(error)) => Err(NoAnswer::Panicked(error.to_string())),
            Err(_) => {
                task.abort();
                Err(NoAnswer::TooLong(self.timeout))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn callable(invoke: Invoke) -> Callable {
        Callable { name: "toy".into(), timeout: Duration::from_millis(50), invoke }
    }

    #[tokio::test]
    async fn a_panic_and_an_endless_call_are_failures() {
        let panics = callable(Arc::new(|_| Box::pin(async { panic!("a mistake") })));
        assert!(
            matches!(panics.call(Value::Null).await, Err(NoAnswer::Panicked(cause)) if cause.contains("a mistake"))
        );
        let sleeps = callable(Arc::new(|_| Box::pin(std::future::pending())));
        assert!(matches!(sleeps.call(Value::Null).await, Err(NoAnswer::TooLong(_))));
        let echoes = callable(Arc::new(|event| Box::pin(async { Ok(event) })));
        assert_eq!(echoes.call(Value::from(1)).await.ok(), Some(Value::from(1)));
    }
}
