//! Queues as folders, messages as files.
//!
//! A message that was acknowledged is a file that was synced; it is removed when a function has
//! taken it, and survives whatever happens between. Each try is charged before it is made, so that
//! a message which kills the process does not come back for ever.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use palad_environment::Random;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::Notify;

use crate::template::Queue as Declared;
use crate::{durable, names};

/// A message as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) body: String,
    /// The sender's own attributes, as they came over the wire.
    pub(crate) attributes: Value,
    /// Milliseconds since 1970, as in all of SQS.
    pub(crate) sent_at: i64,
    pub(crate) first_received_at: Option<i64>,
    pub(crate) received: u32,
    /// From when it can be seen: a pause after a failure outlives the process that failed.
    #[serde(default)]
    pub(crate) visible_at: i64,
}

/// A message that is being worked on, with the name by which it is removed.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    pub(crate) handle: String,
    pub(crate) message: Message,
}

/// One queue.
pub(crate) struct Queue {
    pub(crate) declared: Declared,
    folder: PathBuf,
    /// From when each message can be seen, by the name of its file: the order of arrival.
    waiting: Mutex<BTreeMap<String, Instant>>,
    dead_letters: Option<Arc<Queue>>,
    pub(crate) changed: Notify,
    /// How many functions take messages from it.
    consumers: AtomicUsize,
    /// How many of them are at work.
    at_work: AtomicUsize,
}

/// A function that takes messages from a queue, and is at work while this is kept.
pub(crate) struct AtWork<'a>(&'a AtomicUsize);

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// All queues of the template, by name.
#[derive(Clone)]
pub(crate) struct Queues(BTreeMap<String, Arc<Queue>>);

impl Queues {
    /// The queues in `folder`, with what waits in them since the last run.
    pub(crate) fn open(folder: &Path, declared: &[Declared]) -> io::Result<Self> {
        let mut queues = BTreeMap::new();
        // Those that others send their failures to come first.
        let (second, first): (Vec<_>, Vec<_>) =
            declared.iter().partition(|queue| queue.dead_letters.is_some());
        for queue in first.into_iter().chain(second) {
            let dead = queue.dead_letters.as_ref().and_then(|dead| queues.get(&dead.queue).cloned());
            queues.insert(queue.name.clone(), Arc::new(Queue::open(folder, queue, dead)?));
        }
        Ok(Self(queues))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Arc<Queue>> {
        self.0.get(name)
    }

    /// Whether no function is at work on a message, or could be now. What waits for another try does not count.
    pub(crate) fn are_idle(&self) -> bool {
        self.0.values().all(|queue| queue.is_idle())
    }
}

impl Queue {
    fn open(parent: &Path, declared: &Declared, dead_letters: Option<Arc<Queue>>) -> io::Result<Self> {
        let folder = parent.join(&declared.name);
        fs::create_dir_all(&folder)?;
        let mut waiting = BTreeMap::new();
        for entry in fs::read_dir(&folder)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.starts_with(durable::UNFINISHED) {
                // Never acknowledged: whoever sent it has sent it again, or knows that it failed.
                fs::remove_file(folder.join(name))?;
            } else {
                let message: Message = serde_json::from_slice(&fs::read(folder.join(&name))?)?;
                waiting.insert(name, Instant::now() + until(message.visible_at));
            }
        }
        Ok(Self {
            declared: declared.clone(),
            folder,
            waiting: Mutex::new(waiting),
            dead_letters,
            changed: Notify::new(),
            consumers: AtomicUsize::new(0),
            at_work: AtomicUsize::new(0),
        })
    }

    /// Keeps a message. After this returns it is not lost.
    pub(crate) fn send(
        &self,
        body: String,
        attributes: Value,
        delay: Duration,
        random: &Random,
    ) -> io::Result<Message> {
        let id = names::uuid(random);
        let sent_at = Timestamp::now().as_millisecond();
        let visible_at = from_now(delay);
        let message =
            Message { id, body, attributes, sent_at, first_received_at: None, received: 0, visible_at };
        let name = format!("{sent_at:015}-{}.json", message.id);
        self.keep(&name, &message)?;
        self.waiting().insert(name, Instant::now() + delay);
        self.changed.notify_one();
        Ok(message)
    }

    /// At most `count` messages, hidden from others for `hidden` and each charged with a try, which is written down
    /// when it fails: that somebody ends the whole system is not the message's fault, and must not make a dead
    /// letter of it. One that has had all its tries goes to the dead letters instead.
    pub(crate) fn take(&self, count: usize, hidden: Duration) -> io::Result<Vec<Taken>> {
        let now = Instant::now();
        let mut names: Vec<String> = Vec::new();
        for (name, from) in self.waiting().iter_mut() {
            if *from <= now && names.len() < count {
                *from = now + hidden;
                names.push(name.clone());
            }
        }
        let mut taken = Vec::new();
        for handle in names {
            let mut message: Message = serde_json::from_slice(&fs::read(self.folder.join(&handle))?)?;
            if self.is_spent(&message) {
                self.bury(&handle, &message)?;
                continue;
            }
            message.received += 1;
            message.first_received_at.get_or_insert_with(|| Timestamp::now().as_millisecond());
            taken.push(Taken { handle, message });
        }
        Ok(taken)
    }

    /// The message is done with.
    pub(crate) fn remove(&self, handle: &str) -> io::Result<()> {
        if self.waiting().remove(handle).is_some() {
            fs::remove_file(self.folder.join(handle))
        } else {
            Ok(())
        }
    }

    /// The message was not taken: it comes back `after` a while, or goes to the dead letters.
    pub(crate) fn give_back(&self, taken: &Taken, after: Duration) -> io::Result<()> {
        if self.is_spent(&taken.message) {
            return self.bury(&taken.handle, &taken.message);
        }
        self.keep(&taken.handle, &Message { visible_at: from_now(after), ..taken.message.clone() })?;
        if let Some(from) = self.waiting().get_mut(&taken.handle) {
            *from = Instant::now() + after;
        }
        Ok(())
    }

    /// How long until there is something to take; none when the queue is empty.
    pub(crate) fn next_in(&self) -> Option<Duration> {
        let next = self.waiting().values().min().copied();
        next.map(|from| from.saturating_duration_since(Instant::now()))
    }

    /// Counts a function that takes messages from here.
    pub(crate) fn is_consumed(&self) {
        self.consumers.fetch_add(1, Ordering::SeqCst);
    }

    /// Said before messages are taken, and kept until they are settled.
    pub(crate) fn at_work(&self) -> AtWork<'_> {
        self.at_work.fetch_add(1, Ordering::SeqCst);
        AtWork(&self.at_work)
    }

    /// Whether nobody works on a message and none could be taken, by a function that takes some.
    fn is_idle(&self) -> bool {
        self.consumers.load(Ordering::SeqCst) == 0
            || (self.next_in() != Some(Duration::ZERO) && self.at_work.load(Ordering::SeqCst) == 0)
    }

    pub(crate) fn len(&self) -> usize {
        self.waiting().len()
    }

    fn is_spent(&self, message: &Message) -> bool {
        self.declared.dead_letters.as_ref().is_some_and(|dead| message.received >= dead.after)
    }

    fn bury(&self, handle: &str, message: &Message) -> io::Result<()> {
        let Some(dead) = &self.dead_letters else { return Ok(()) };
        durable::relocate(handle, &self.folder, &dead.folder)?;
        self.waiting().remove(handle);
        dead.waiting().insert(handle.to_owned(), Instant::now());
        dead.changed.notify_one();
        tracing::warn!(
            queue = self.declared.name,
            message = message.id,
            tries = message.received,
            "moved to the dead letters"
        );
        Ok(())
    }

    fn keep(&self, name: &str, message: &Message) -> io::Result<()> {
        durable::write(&self.folder, name, &serde_json::to_vec(message)?)
    }

    fn waiting(&self) -> MutexGuard<'_, BTreeMap<String, Instant>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The moment this long from now, in milliseconds since 1970.
fn from_now(pause: Duration) -> i64 {
    Timestamp::now().as_millisecond().saturating_add(i64::try_from(pause.as_millis()).unwrap_or(i64::MAX))
}

/// How long it is until a moment; nothing when it is past.
fn until(moment: i64) -> Duration {
    let left = moment.saturating_sub(Timestamp::now().as_millisecond());
    Duration::from_millis(u64::try_from(left).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::DeadLetters;

    const HIDDEN: Duration = Duration::from_secs(60);

    fn open(folder: &Path) -> Queues {
        let declared = [
            Declared {
                name: "a".into(),
                visibility: HIDDEN,
                dead_letters: Some(DeadLetters { queue: "a-dead".into(), after: 2 }),
            },
            Declared { name: "a-dead".into(), visibility: HIDDEN, dead_letters: None },
        ];
        Queues::open(folder, &declared).expect("queues")
    }

    fn send(queues: &Queues, body: &str) {
        let queue = queues.get("a").expect("the queue");
        queue.send(body.into(), Value::Null, Duration::ZERO, &Random::default()).expect("a message");
    }

    #[test]
    fn what_was_sent_outlives_the_process_and_what_was_done_does_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let queues = open(folder.path());
        send(&queues, "one");
        send(&queues, "two");
        let queue = queues.get("a").expect("the queue");
        let taken = queue.take(1, HIDDEN).expect("messages");
        assert_eq!(taken.len(), 1);
        queue.remove(&taken[0].handle).expect("removed");
        let other = queue.take(10, HIDDEN).expect("messages");
        assert_eq!((other.len(), other[0].message.received), (1, 1));
        assert!(queue.take(10, HIDDEN).expect("none").is_empty(), "hidden while it is worked on");

        // Killed here: the second one was neither removed nor given back.
        fs::write(folder.path().join("a/.new-half"), "{").expect("half a message");
        let queues = open(folder.path());
        let again = queues.get("a").expect("the queue").take(10, HIDDEN).expect("messages");
        assert_eq!(again.len(), 1);
        assert_eq!(
            (again[0].message.id.clone(), again[0].message.received),
            (other[0].message.id.clone(), 1)
        );
    }

    #[test]
    fn after_its_tries_a_message_is_a_dead_letter() {
        let folder = tempfile::tempdir().expect("a folder");
        let queues = open(folder.path());
        send(&queues, "poison");
        let (queue, dead) = (queues.get("a").expect("the queue"), queues.get("a-dead").expect("the other"));
        for attempt in 1..=2 {
            let taken = queue.take(10, HIDDEN).expect("messages");
            assert_eq!(taken[0].message.received, attempt);
            queue.give_back(&taken[0], Duration::ZERO).expect("given back");
        }
        assert_eq!((queue.len(), dead.len()), (0, 1));
        assert_eq!(open(folder.path()).get("a-dead").expect("the queue").len(), 1);
    }

    #[test]
    fn a_pause_after_a_failure_outlives_the_process() {
        let folder = tempfile::tempdir().expect("a folder");
        let queues = open(folder.path());
        send(&queues, "again");
        let queue = queues.get("a").expect("the queue");
        let taken = queue.take(1, HIDDEN).expect("messages");
        queue.give_back(&taken[0], HIDDEN).expect("given back");
        let queues = open(folder.path());
        let queue = queues.get("a").expect("the queue");
        assert!(queue.take(1, HIDDEN).expect("none").is_empty());
        assert!(queue.next_in().expect("one waits") > Duration::from_secs(50));
    }

    #[test]
    fn a_delayed_message_is_not_seen_yet() {
        let folder = tempfile::tempdir().expect("a folder");
        let queues = open(folder.path());
        let queue = queues.get("a").expect("the queue");
        queue.send("later".into(), Value::Null, HIDDEN, &Random::default()).expect("a message");
        assert!(queue.take(10, HIDDEN).expect("none").is_empty());
        assert!(queue.next_in().expect("one waits") > Duration::from_secs(50));
    }
}
