//! Reading a table's stream from the embedded DynamoDB.

use dynoxide::Database;
use dynoxide::actions::get_records::GetRecordsRequest;
use dynoxide::actions::get_shard_iterator::GetShardIteratorRequest;
use serde_json::{Value, json};

use crate::template::{Begin, REGION, StreamSource};

/// Records that DynamoDB gives at a time.
const PAGE: usize = 1000;

/// Reads one table's stream. Its calls wait for the database: not for the threads that serve requests.
#[derive(Clone)]
pub(crate) struct Reader {
    database: Database,
    arn: String,
    shard: String,
}

/// A record as Lambda gets it, with its number in the stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) sequence: String,
    pub(crate) event: Value,
}

impl Reader {
    pub(crate) fn new(database: Database, source: &StreamSource) -> Self {
        // dynoxide gives each table one shard, of this name.
        Self { database, arn: source.arn.clone(), shard: format!("shardId-00000001-{}", source.table) }
    }

    pub(crate) fn shard(&self) -> &str {
        &self.shard
    }

    /// The number of the last record, if there are any.
    pub(crate) fn last(&self) -> Result<Option<String>, String> {
        let (mut after, mut last) = (None, None);
        loop {
            let page = self.page(after.as_deref())?;
            match page.last() {
                Some(record) => last = Some(record.sequence.clone()),
                None => return Ok(last),
            }
            after.clone_from(&last);
        }
    }

    /// The records after one, or from the oldest on: a page at most, and none at the end.
    pub(crate) fn page(&self, after: Option<&str>) -> Result<Vec<Record>, String> {
        let begin = match after {
            Some(_) => "AFTER_SEQUENCE_NUMBER",
            None => "TRIM_HORIZON",
        };
        let request = GetShardIteratorRequest {
            stream_arn: self.arn.clone(),
            shard_id: self.shard.clone(),
            shard_iterator_type: begin.to_owned(),
            sequence_number: after.map(str::to_owned),
        };
        let iterator = self.database.get_shard_iterator(request).map_err(|error| error.to_string())?;
        let request = GetRecordsRequest {
            shard_iterator: iterator.shard_iterator.unwrap_or_default(),
            limit: Some(PAGE),
        };
        let answer = self.database.get_records(request).map_err(|error| error.to_string())?;
        answer
            .records
            .iter()
            .map(|record| {
                let mut event = serde_json::to_value(record).map_err(|error| error.to_string())?;
                event["awsRegion"] = json!(REGION);
                event["eventSourceARN"] = json!(self.arn);
                Ok(Record { sequence: record.dynamodb.sequence_number.clone(), event })
            })
            .collect()
    }

    /// Where a function begins that has not read the stream yet.
    pub(crate) fn begin(&self, begin: Begin) -> Result<Option<String>, String> {
        match begin {
            Begin::TrimHorizon => Ok(None),
            Begin::Latest => self.last(),
        }
    }
}
