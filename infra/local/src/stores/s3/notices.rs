//! New objects, told to the queues that the template connects to their bucket.
//!
//! What is to be told is written down before the object is, and sent after it. So a process that is killed between
//! finds it at the next start: a queue hears of every object at least once, as in the cloud.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use aws_sdk_s3::Client;
use jiff::Timestamp;
use palad_environment::Random;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::queue::Queues;
use crate::template::{Bucket, Notification, REGION};
use crate::{durable, names};

/// An object that queues are to hear of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NewObject {
    pub(crate) bucket: String,
    pub(crate) key: String,
    pub(crate) size: usize,
    pub(crate) e_tag: String,
}

/// Tells queues of new objects.
pub(crate) struct Notices {
    folder: PathBuf,
    rules: BTreeMap<String, Vec<Notification>>,
    queues: Queues,
    random: Random,
}

/// Something written down in `folder` that is still to be told.
#[derive(Debug)]
pub(crate) struct Pending(String);

impl Notices {
    /// The notices of these buckets. Each queue that is new to its bucket gets a test event, once.
    pub(crate) fn open(
        folder: &Path,
        buckets: &[Bucket],
        queues: Queues,
        random: Random,
    ) -> io::Result<Self> {
        let rules =
            buckets.iter().map(|bucket| (bucket.name.clone(), bucket.notifications.clone())).collect();
        let notices = Self { folder: folder.to_owned(), rules, queues, random };
        for (bucket, rules) in &notices.rules {
            for rule in rules {
                let mark = format!("set-up-{bucket}-{}", rule.queue);
                if !folder.join(&mark).exists() {
                    notices.send(&rule.queue, &notices.test_event(bucket))?;
                    durable::write(folder, &mark, b"")?;
                }
            }
        }
        Ok(notices)
    }

    /// Writes down that `object` is about to be there, if anybody wants to hear of it.
    pub(crate) fn expect(&self, object: &NewObject) -> io::Result<Option<Pending>> {
        if self.listeners(object).next().is_none() {
            return Ok(None);
        }
        let name = format!("pending-{}", names::uuid(&self.random));
        durable::write(&self.folder, &name, &serde_json::to_vec(object)?)?;
        Ok(Some(Pending(name)))
    }

    /// The object is there: tells the queues.
    pub(crate) fn tell(&self, pending: &Pending, object: &NewObject) -> io::Result<()> {
        for rule in self.listeners(object) {
            self.send(&rule.queue, &self.event(object))?;
        }
        self.forget(pending)
    }

    /// The object is not there after all.
    pub(crate) fn forget(&self, pending: &Pending) -> io::Result<()> {
        fs::remove_file(self.folder.join(&pending.0))
    }

    /// Tells what an earlier run had no time to tell.
    pub(crate) async fn recover(&self, client: &Client) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if !name.starts_with("pending-") {
                continue;
            }
            let object: NewObject = serde_json::from_slice(&fs::read(self.folder.join(&name))?)?;
            let found = client.head_object().bucket(&object.bucket).key(&object.key).send().await;
            let pending = Pending(name);
            match found.as_ref().ok().and_then(|found| found.e_tag()) {
                Some(e_tag) if e_tag.trim_matches('"') == object.e_tag => self.tell(&pending, &object)?,
                _ => self.forget(&pending)?,
            }
        }
        Ok(())
    }

    fn listeners<'a>(&'a self, object: &'a NewObject) -> impl Iterator<Item = &'a Notification> {
        let rules = self.rules.get(&object.bucket).map_or(&[][..], Vec::as_slice);
        rules.iter().filter(|rule| object.key.starts_with(&rule.prefix) && object.key.ends_with(&rule.suffix))
    }

    fn send(&self, queue: &str, body: &Value) -> io::Result<()> {
        let queue = self.queues.get(queue).ok_or_else(|| io::Error::other(format!("no queue {queue}")))?;
        queue.send(body.to_string(), json!({}), Duration::ZERO, &self.random).map(drop)
    }

    fn test_event(&self, bucket: &str) -> Value {
        json!({
            "Service": "Amazon S3",
            "Event": "s3:TestEvent",
            "Time": millis(Timestamp::now()),
            "Bucket": bucket,
            "RequestId": names::uuid(&self.random),
            "HostId": names::uuid(&self.random),
        })
    }

    fn event(&self, object: &NewObject) -> Value {
        let now = Timestamp::now();
        json!({ "Records": [{
            "eventVersion": "2.1",
            "eventSource": "aws:s3",
            "awsRegion": REGION,
            "eventTime": millis(now),
            "eventName": "ObjectCreated:Put",
            "userIdentity": { "principalId": "AWS:PALAD" },
            "requestParameters": { "sourceIPAddress": "127.0.0.1" },
            "responseElements": {
                "x-amz-request-id": names::uuid(&self.random),
                "x-amz-id-2": names::uuid(&self.random),
            },
            "s3": {
                "s3SchemaVersion": "1.0",
                "configurationId": "palad",
                "bucket": {
                    "name": object.bucket,
                    "ownerIdentity": { "principalId": "PALAD" },
                    "arn": format!("arn:aws:s3:::{}", object.bucket),
                },
                "object": {
                    "key": encoded(&object.key),
                    "size": object.size,
                    "eTag": object.e_tag,
                    "sequencer": format!("{:018X}", now.as_microsecond()),
                },
            },
        }] })
    }
}

/// A key as the event has it: like a form's field, but for the slashes.
fn encoded(key: &str) -> String {
    let parts =
        key.split('/').map(|part| form_urlencoded::byte_serialize(part.as_bytes()).collect::<String>());
    parts.collect::<Vec<_>>().join("/")
}

fn millis(at: Timestamp) -> String {
    format!("{at:.3}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Queue;

    fn object(key: &str) -> NewObject {
        NewObject { bucket: "b".into(), key: key.into(), size: 3, e_tag: "e".into() }
    }

    fn open(folder: &Path) -> (Notices, Queues) {
        let queue = Queue { name: "q".into(), visibility: Duration::from_secs(60), dead_letters: None };
        let queues = Queues::open(&folder.join("queue"), &[queue]).expect("queues");
        let rule = Notification { queue: "q".into(), prefix: "in/".into(), suffix: String::new() };
        let bucket = Bucket { name: "b".into(), cors: Vec::new(), notifications: vec![rule] };
        let notices = Notices::open(&folder.join("events"), &[bucket], queues.clone(), Random::default());
        (notices.expect("notices"), queues)
    }

    fn bodies(queues: &Queues) -> Vec<Value> {
        let taken = queues.get("q").expect("the queue").take(10, Duration::from_secs(60)).expect("messages");
        taken.iter().map(|taken| serde_json::from_str(&taken.message.body).expect("JSON")).collect()
    }

    #[test]
    fn a_queue_gets_one_test_event_and_then_what_fits() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("events")).expect("a folder");
        open(folder.path());
        let (notices, queues) = open(folder.path());
        let first = bodies(&queues);
        assert_eq!((first.len(), &first[0]["Event"]), (1, &json!("s3:TestEvent")));

        let new = object("in/ก a+b.jpg");
        let pending = notices.expect(&new).expect("written").expect("somebody listens");
        notices.tell(&pending, &new).expect("told");
        let record = &bodies(&queues)[0]["Records"][0];
        assert_eq!(record["s3"]["object"]["key"], "in/%E0%B8%81+a%2Bb.jpg");
        assert_eq!(
            (&record["s3"]["object"]["size"], &record["s3"]["bucket"]["name"]),
            (&json!(3), &json!("b"))
        );
        assert!(notices.expect(&object("out/x")).expect("nothing written").is_none());
        assert_eq!(fs::read_dir(folder.path().join("events")).expect("a list").count(), 1, "only the mark");
    }
}
