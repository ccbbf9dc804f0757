//! What a bucket's notification says.

use palad_api::QueueError;
use percent_encoding::percent_decode_str;
use serde::Deserialize;

#[derive(Deserialize)]
struct Notice {
    /// Absent in the test message that a bucket sends when it is set up.
    #[serde(rename = "Records", default)]
    records: Vec<Record>,
}

#[derive(Deserialize)]
struct Record {
    s3: Place,
}

#[derive(Deserialize)]
struct Place {
    bucket: Bucket,
    object: Object,
}

#[derive(Deserialize)]
struct Bucket {
    name: String,
}

#[derive(Deserialize)]
struct Object {
    key: String,
}

/// The buckets and keys of the objects that have arrived.
pub(crate) fn objects(body: &str) -> Result<Vec<(String, String)>, QueueError> {
    let notice: Notice =
        serde_json::from_str(body).map_err(|_| QueueError::new("not a notification of a bucket"))?;
    Ok(notice.records.into_iter().map(|Record { s3 }| (s3.bucket.name, decoded(&s3.object.key))).collect())
}

/// Keys are written as in a form: a space is a plus.
fn decoded(key: &str) -> String {
    percent_decode_str(&key.replace('+', " ")).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_decoded_and_test_messages_are_empty() {
        let body = r#"{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"b"},
            "object":{"key":"540001/a%20b+c","size":7}}}]}"#;
        assert_eq!(objects(body).expect("a notice"), [("b".to_owned(), "540001/a b c".to_owned())]);
        let test = r#"{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}"#;
        assert!(objects(test).expect("a test message").is_empty());
        assert!(objects("x").is_err());
    }
}
