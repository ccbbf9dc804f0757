//! The embedded DynamoDB: one SQLite file, with the tables that the template declares.

use std::path::{Path, PathBuf};
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::DisplayErrorContext;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
    ProjectionType, ScalarAttributeType, StreamSpecification, StreamViewType, TimeToLiveSpecification,
};
use dynoxide::Database;
use jiff::{SignedDuration, Timestamp};
use palad_environment::Clock;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::StartError;
use crate::stop::Stopped;
use crate::stores::stream;
use crate::template::Table;

const PART: &str = "the embedded DynamoDB";

/// Serves the database in `file` on `socket` until the end.
///
/// On a thread of its own: it works while it holds its one lock, and on the threads that serve
/// requests it would hold those up too. One thread also takes requests in the order they come,
/// where several would fight for the lock and some wait so long that their callers give up.
pub(crate) fn serve(
    file: &Path,
    socket: TcpListener,
    stopped: Stopped,
) -> Result<(JoinHandle<()>, Database), StartError> {
    let database = Database::new(&file.to_string_lossy()).map_err(|error| failed(error.to_string()))?;
    // SQLite's NORMAL, under its write-ahead log: what was acknowledged survives a killed process, which is what
    // this machine promises; only a failing machine could lose the last moment. A sync for every item would
    // make an import of the country take half a minute.
    database.disable_bulk_loading().map_err(|error| failed(error.to_string()))?;
    stream::index(file).map_err(|error| failed(error.to_string()))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| failed(error.to_string()))?;
    let socket = socket.into_std().map_err(|error| failed(error.to_string()))?;
    let served = database.clone();
    let task = tokio::task::spawn_blocking(move || {
        runtime.block_on(async {
            let served = match TcpListener::from_std(socket) {
                Ok(socket) => dynoxide::server::serve_with_shutdown(socket, served, stopped.wait()).await,
                Err(error) => Err(error.to_string()),
            };
            if let Err(error) = served {
                tracing::error!(%error, "the embedded DynamoDB has stopped");
            }
        });
    });
    Ok((task, database))
}

/// Makes the tables that are not there yet.
pub(crate) async fn create_tables(client: &Client, tables: &[Table]) -> Result<(), StartError> {
    let existing =
        client.list_tables().send().await.map_err(|error| failed(DisplayErrorContext(error).to_string()))?;
    for table in tables.iter().filter(|table| !existing.table_names().contains(&table.name)) {
        create_table(client, table)
            .await
            .map_err(|error| failed(format!("table {}: {error}", table.name)))?;
    }
    Ok(())
}

/// Deletes the tables with all they hold, and makes them again.
pub(crate) async fn empty_tables(client: &Client, tables: &[Table]) -> Result<(), StartError> {
    for table in tables {
        let deleted = client.delete_table().table_name(&table.name).send().await;
        deleted.map_err(|error| failed(DisplayErrorContext(error).to_string()))?;
    }
    create_tables(client, tables).await
}

async fn create_table(client: &Client, table: &Table) -> Result<(), String> {
    let mut request = client
        .create_table()
        .table_name(&table.name)
        .billing_mode(BillingMode::PayPerRequest)
        .set_key_schema(Some(key_schema(&table.keys)?));
    for (name, kind) in &table.attributes {
        let kind = ScalarAttributeType::from(kind.as_str());
        let attribute = AttributeDefinition::builder().attribute_name(name).attribute_type(kind).build();
        request = request.attribute_definitions(attribute.map_err(|error| error.to_string())?);
    }
    for index in &table.indexes {
        let projection = ProjectionType::from(index.projection.as_str());
        let built = GlobalSecondaryIndex::builder()
            .index_name(&index.name)
            .set_key_schema(Some(key_schema(&index.keys)?))
            .projection(Projection::builder().projection_type(projection).build())
            .build();
        request = request.global_secondary_indexes(built.map_err(|error| error.to_string())?);
    }
    if let Some(view) = &table.stream {
        let stream = StreamSpecification::builder()
            .stream_enabled(true)
            .stream_view_type(StreamViewType::from(view.as_str()))
            .build();
        request = request.stream_specification(stream.map_err(|error| error.to_string())?);
    }
    request.send().await.map_err(|error| DisplayErrorContext(error).to_string())?;
    if let Some(attribute) = &table.expiry {
        let expiry = TimeToLiveSpecification::builder().enabled(true).attribute_name(attribute).build();
        let expiry = expiry.map_err(|error| error.to_string())?;
        let request = client.update_time_to_live().table_name(&table.name).time_to_live_specification(expiry);
        request.send().await.map_err(|error| DisplayErrorContext(error).to_string())?;
    }
    Ok(())
}

fn key_schema(keys: &[String]) -> Result<Vec<KeySchemaElement>, String> {
    keys.iter()
        .zip([KeyType::Hash, KeyType::Range])
        .map(|(name, kind)| {
            let key = KeySchemaElement::builder().attribute_name(name).key_type(kind).build();
            key.map_err(|error| error.to_string())
        })
        .collect()
}

/// Deletes what has expired, now and then, as DynamoDB does, and what the stream no longer keeps.
/// Nothing expires while the clock is moved: what is fresh by a clock that was set back would be
/// gone at once by the machine's.
pub(crate) async fn sweep(database: Database, file: PathBuf, clock: Clock, stopped: Stopped) {
    let mut stopped = std::pin::pin!(stopped.wait());
    loop {
        tokio::select! {
            () = &mut stopped => return,
            () = tokio::time::sleep(Duration::from_secs(60)) => {}
        }
        let is_moved = clock.now().duration_since(Timestamp::now()).abs() > SignedDuration::from_secs(30);
        let (swept, file) = (database.clone(), file.clone());
        let sweeping = tokio::task::spawn_blocking(move || {
            if !is_moved {
                let count = swept.sweep_ttl().map_err(|error| error.to_string())?;
                tracing::debug!(count, "expired items deleted");
            }
            stream::trim(&file, Timestamp::now()).map_err(|error| error.to_string())
        });
        if let Err(error) = sweeping.await.unwrap_or_else(|error| Err(error.to_string())) {
            tracing::warn!(error, "expired items or old stream records could not be deleted");
        }
    }
}

fn failed(message: String) -> StartError {
    StartError::Part(PART, message)
}
