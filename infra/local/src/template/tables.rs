//! Tables: keys, indexes, stream and expiry.

use std::collections::BTreeMap;

use serde_json::Value;

use super::TemplateError;
use super::stack::{Resource, Stack};

/// A table as the template declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// The attributes that are keys somewhere, with their type: S, N or B.
    pub attributes: BTreeMap<String, String>,
    /// The attribute of the partition key, then that of the sort key if it has one.
    pub keys: Vec<String>,
    /// Its global secondary indexes.
    pub indexes: Vec<Index>,
    /// What its stream shows, where it has one: NEW_AND_OLD_IMAGES.
    pub stream: Option<String>,
    /// The attribute that says when an item expires, where items do.
    pub expiry: Option<String>,
}

/// A global secondary index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// Its keys, as those of a table.
    pub keys: Vec<String>,
    /// ALL, KEYS_ONLY or INCLUDE.
    pub projection: String,
}

pub(super) fn read(stack: &Stack, resource: &Resource) -> Result<Table, TemplateError> {
    let mut attributes = BTreeMap::new();
    for definition in list(&stack.get(resource, "AttributeDefinitions")?) {
        attributes.insert(text(&definition["AttributeName"]), text(&definition["AttributeType"]));
    }
    let indexes = list(&stack.get(resource, "GlobalSecondaryIndexes")?)
        .iter()
        .map(|index| Index {
            name: text(&index["IndexName"]),
            keys: keys(&index["KeySchema"]),
            projection: text(&index["Projection"]["ProjectionType"]),
        })
        .collect::<Vec<_>>();
    let expiry = stack.get(resource, "TimeToLiveSpecification")?;
    let table = Table {
        name: stack.text(resource, "TableName")?,
        keys: keys(&stack.get(resource, "KeySchema")?),
        stream: stack.get(resource, "StreamSpecification.StreamViewType")?.as_str().map(str::to_owned),
        expiry: (expiry["Enabled"] == true).then(|| text(&expiry["AttributeName"])),
        attributes,
        indexes,
    };
    let used = table.keys.iter().chain(table.indexes.iter().flat_map(|index| &index.keys));
    for key in used {
        if !table.attributes.contains_key(key) {
            return Err(resource.error(&format!("key {key} is not among its AttributeDefinitions")));
        }
    }
    if table.keys.is_empty() || table.indexes.iter().any(|index| index.keys.is_empty()) {
        return Err(resource.error("a table and an index need a HASH key"));
    }
    Ok(table)
}

/// The partition key first, whatever the order in the template.
fn keys(schema: &Value) -> Vec<String> {
    let of = |kind: &str| {
        list(schema)
            .iter()
            .filter(|key| key["KeyType"] == kind)
            .map(|key| text(&key["AttributeName"]))
            .collect()
    };
    let (mut keys, sort): (Vec<String>, Vec<String>) = (of("HASH"), of("RANGE"));
    if !keys.is_empty() {
        keys.extend(sort);
    }
    keys
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
