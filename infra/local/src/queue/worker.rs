//! Takes messages off a queue and calls the function that the template connects to it, as Lambda's
//! own poller does.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::event;
use super::folder::{Queue, Taken};
use crate::invoke::Callable;
use crate::stop::Stopped;

/// Works until the end. A call that has begun is finished first, for a mail that was sent and not
/// noted would be sent again.
pub(crate) async fn work(queue: Arc<Queue>, function: Callable, batch: usize, stopped: Stopped) {
    let mut end = std::pin::pin!(stopped.clone().wait());
    queue.is_consumed();
    while !stopped.is_now() {
        let at_work = queue.at_work();
        let (source, hidden) = (Arc::clone(&queue), queue.declared.visibility);
        match blocking(move || source.take(batch, hidden)).await {
            Ok(taken) if taken.is_empty() => {}
            Ok(taken) => {
                deliver(&queue, &function, taken).await;
                continue;
            }
            Err(error) => {
                tracing::error!(queue = queue.declared.name, %error, "messages could not be taken");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
        drop(at_work);
        let pause = queue.next_in().unwrap_or(Duration::from_secs(3600));
        tokio::select! {
            () = &mut end => return,
            () = queue.changed.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

async fn deliver(queue: &Arc<Queue>, function: &Callable, taken: Vec<Taken>) {
    let name = &queue.declared.name;
    let failed = match function.call(event::build(name, &taken)).await {
        Ok(answer) => failures(&answer, &taken),
        Err(error) => {
            tracing::warn!(function = function.name, queue = name, %error, "a batch was not taken");
            all(&taken)
        }
    };
    let queue = Arc::clone(queue);
    let settled = blocking(move || {
        for message in &taken {
            if failed.contains(&message.message.id) {
                let pause = pause_after(message.message.received, queue.declared.visibility);
                queue.give_back(message, pause)?;
            } else {
                queue.remove(&message.handle)?;
            }
        }
        Ok(())
    });
    if let Err(error) = settled.await {
        tracing::error!(%error, "what became of a batch could not be written down; it will be delivered again");
    }
}

/// The messages that the answer names as failed. As with Lambda, a name that is none of theirs
/// fails them all, and so does an answer of another form.
fn failures(answer: &Value, taken: &[Taken]) -> BTreeSet<String> {
    let list = match answer.get("batchItemFailures") {
        None | Some(Value::Null) => return BTreeSet::new(),
        Some(Value::Array(list)) => list,
        Some(_) => return all(taken),
    };
    let every = all(taken);
    let mut failed = BTreeSet::new();
    for item in list {
        match item["itemIdentifier"].as_str().filter(|id| every.contains(*id)) {
            Some(id) => failed.insert(id.to_owned()),
            None => return every,
        };
    }
    failed
}

fn all(taken: &[Taken]) -> BTreeSet<String> {
    taken.iter().map(|message| message.message.id.clone()).collect()
}

/// The cloud tries again after the visibility timeout, minutes; here a person is waiting: after 1,
/// 4, 9 ... seconds, but never later than in the cloud.
fn pause_after(tries: u32, visibility: Duration) -> Duration {
    Duration::from_secs(u64::from(tries).saturating_pow(2)).min(visibility)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::folder::Message;
    use serde_json::json;

    fn taken(id: &str) -> Taken {
        let message = Message {
            id: id.into(),
            body: String::new(),
            attributes: Value::Null,
            sent_at: 0,
            first_received_at: None,
            received: 1,
            visible_at: 0,
        };
        Taken { handle: id.into(), message }
    }

    #[test]
    fn only_named_messages_failed_unless_the_answer_is_wrong() {
        let batch = [taken("a"), taken("b")];
        let failed = |answer: Value| failures(&answer, &batch).into_iter().collect::<Vec<_>>();
        assert!(failed(Value::Null).is_empty());
        assert!(failed(json!({ "batchItemFailures": [] })).is_empty());
        assert_eq!(failed(json!({ "batchItemFailures": [{ "itemIdentifier": "b" }] })), ["b"]);
        assert_eq!(failed(json!({ "batchItemFailures": [{ "itemIdentifier": "c" }] })), ["a", "b"]);
        assert_eq!(failed(json!({ "batchItemFailures": [{ "itemIdentifier": "" }] })), ["a", "b"]);
        assert_eq!(failed(json!({ "batchItemFailures": 1 })), ["a", "b"]);
    }

    #[test]
    fn a_failed_message_comes_back_later_each_time() {
        let visibility = Duration::from_secs(5);
        assert_eq!(pause_after(1, visibility), Duration::from_secs(1));
        assert_eq!(pause_after(2, visibility), Duration::from_secs(4));
        assert_eq!(pause_after(9, visibility), visibility);
    }
}
