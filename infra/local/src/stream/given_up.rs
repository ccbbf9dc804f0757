//! What the on-failure queue is told of a batch that was given up: where it stands in the stream, not what is in it,
//! as in the cloud.

use jiff::Timestamp;
use palad_environment::Random;
use serde_json::{Value, json};

use super::reader::Record;
use crate::names;
use crate::template::{ACCOUNT, REGION, StreamSource};

/// The message for these records, which `function` did not take in so many `tries`.
pub(crate) fn message(
    source: &StreamSource,
    shard: &str,
    function: &str,
    records: &[Record],
    tries: u32,
    random: &Random,
) -> Value {
    let (first, last) = (records.first(), records.last());
    let sequence = |record: Option<&Record>| record.map(|record| record.sequence.clone());
    let arrival = |record: Option<&Record>| {
        let seconds =
            record.and_then(|record| record.event["dynamodb"]["ApproximateCreationDateTime"].as_f64());
        #[expect(clippy::cast_possible_truncation, reason = "seconds of a date")]
        seconds.and_then(|seconds| Timestamp::from_second(seconds as i64).ok()).map(|at| at.to_string())
    };
    json!({
        "requestContext": {
            "requestId": names::uuid(random),
            "functionArn": format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:palad-local-{function}"),
            "condition": "RetryAttemptsExhausted",
            "approximateInvokeCount": tries,
        },
        "responseContext": { "statusCode": 200, "executedVersion": "$LATEST", "functionError": null },
        "version": "1.0",
        "timestamp": Timestamp::now().to_string(),
        "DDBStreamBatchInfo": {
            "shardId": shard,
            "startSequenceNumber": sequence(first),
            "endSequenceNumber": sequence(last),
            "approximateArrivalOfFirstRecord": arrival(first),
            "approximateArrivalOfLastRecord": arrival(last),
            "batchSize": records.len(),
            "streamArn": source.arn,
        },
    })
}
