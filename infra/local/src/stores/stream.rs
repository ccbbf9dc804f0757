//! The table stream of the embedded DynamoDB, kept quick and short.
//!
//! dynoxide looks for the last sequence number among all stream records at every write, without an index, and
//! never deletes a record: after some ten thousand writes each new one takes longer than a second of a
//! person's patience. So its file gets an index here, and records older than DynamoDB keeps them are deleted.

use std::path::Path;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;

/// How long DynamoDB keeps a stream record.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// Records deleted at a time, so that requests wait for no more than that.
const BATCH: usize = 500;

fn open(file: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(file)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    Ok(connection)
}

/// Gives the file the index, if it has none yet.
pub(crate) fn index(file: &Path) -> rusqlite::Result<()> {
    open(file)?.execute_batch(
        "CREATE INDEX IF NOT EXISTS palad_stream_order
             ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
         CREATE INDEX IF NOT EXISTS palad_stream_age ON _stream_records (created_at);",
    )
}

/// Deletes the records that DynamoDB would have deleted by `now`.
pub(crate) fn trim(file: &Path, now: Timestamp) -> rusqlite::Result<()> {
    let connection = open(file)?;
    let before = (now - KEPT).as_second();
    let sql = format!(
        "DELETE FROM _stream_records WHERE id IN (SELECT id FROM _stream_records WHERE created_at < ?1 LIMIT {BATCH})"
    );
    while connection.execute(&sql, [before])? == BATCH {}
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_sequence_number_is_found_by_the_index_and_old_records_go() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("db");
        drop(dynoxide::Database::new(&file.to_string_lossy()).expect("a database"));
        index(&file).expect("an index");
        index(&file).expect("the same index");
        let connection = open(&file).expect("a connection");
        let plan: String = connection
            .query_row(
                "EXPLAIN QUERY PLAN SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1
                     FROM _stream_records WHERE table_name = 'a'",
                [],
                |row| row.get(3),
            )
            .expect("a plan");
        assert!(plan.contains("INDEX palad_stream_order"), "{plan}");
        let now: Timestamp = "2026-11-23T12:00:00Z".parse().expect("a time");
        for hours in [1, 23, 25, 48] {
            let at = (now - SignedDuration::from_hours(hours)).as_second();
            let sql = "INSERT INTO _stream_records (table_name, event_name, keys_json, sequence_number, shard_id, created_at)
                 VALUES ('a', 'INSERT', '{}', '1', 's', ?1)";
            connection.execute(sql, [at]).expect("a record");
        }
        trim(&file, now).expect("trimmed");
        let left: i64 = connection
            .query_row("SELECT COUNT(*) FROM _stream_records", [], |row| row.get(0))
            .expect("a count");
        assert_eq!(left, 2);
    }
}
