//! Items of a table: written and read attribute by attribute.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::StoreError;
use crate::tables::{EXPIRES_AT, PK, SK};

/// The attributes of an item.
pub(crate) type Attributes = HashMap<String, AttributeValue>;

/// A string attribute.
pub(crate) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

/// A number attribute.
pub(crate) fn number(value: impl ToString) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// The key of an item.
pub(crate) fn key(pk: impl Into<String>, sk: impl Into<String>) -> Attributes {
    HashMap::from([(PK.to_owned(), text(pk)), (SK.to_owned(), text(sk))])
}

/// Builds an item.
pub(crate) struct Builder(Attributes);

impl Builder {
    pub(crate) fn new(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self(key(pk, sk))
    }

    pub(crate) fn text(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.insert(name.to_owned(), text(value));
        self
    }

    pub(crate) fn number(mut self, name: &str, value: impl ToString) -> Self {
        self.0.insert(name.to_owned(), number(value));
        self
    }

    pub(crate) fn time(self, name: &str, value: Timestamp) -> Self {
        self.text(name, value.to_string())
    }

    /// A structured value, as JSON text: it is read and written whole, and never searched.
    pub(crate) fn json(self, name: &str, value: &impl Serialize) -> Result<Self, StoreError> {
        let json = serde_json::to_string(value)
            .map_err(|error| StoreError::Failed(format!("attribute {name} cannot be written: {error}")))?;
        Ok(self.text(name, json))
    }

    pub(crate) fn expires(self, at: Timestamp) -> Self {
        self.number(EXPIRES_AT, at.as_second())
    }

    pub(crate) fn build(self) -> Attributes {
        self.0
    }
}

/// Reads an item that was built here.
pub(crate) struct Reader<'a>(pub(crate) &'a Attributes);

impl Reader<'_> {
    /// Whether the item says anything of this.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(crate) fn find_text(&self, name: &str) -> Option<String> {
        self.0.get(name).and_then(|value| value.as_s().ok()).cloned()
    }

    pub(crate) fn text(&self, name: &str) -> Result<String, StoreError> {
        self.find_text(name).ok_or_else(|| self.unreadable(name))
    }

    /// A text attribute that is understood by `parse`.
    pub(crate) fn parse<T>(
        &self,
        name: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, StoreError> {
        parse(&self.text(name)?).ok_or_else(|| self.unreadable(name))
    }

    pub(crate) fn time(&self, name: &str) -> Result<Timestamp, StoreError> {
        self.parse(name, |text| text.parse().ok())
    }

    /// A time that need not be there.
    pub(crate) fn find_time(&self, name: &str) -> Result<Option<Timestamp>, StoreError> {
        self.find_text(name).map(|_| self.time(name)).transpose()
    }

    pub(crate) fn number(&self, name: &str) -> Result<u64, StoreError> {
        self.0
            .get(name)
            .and_then(|value| value.as_n().ok())
            .and_then(|digits| digits.parse().ok())
            .ok_or_else(|| self.unreadable(name))
    }

    pub(crate) fn json<T: DeserializeOwned>(&self, name: &str) -> Result<T, StoreError> {
        self.parse(name, |text| serde_json::from_str(text).ok())
    }

    /// When the item may be forgotten; for items that are to be, the far past where it is missing.
    pub(crate) fn expires(&self) -> Timestamp {
        self.number(EXPIRES_AT)
            .ok()
            .and_then(|seconds| i64::try_from(seconds).ok())
            .and_then(|seconds| Timestamp::from_second(seconds).ok())
            .unwrap_or(Timestamp::UNIX_EPOCH)
    }

    // Names the item by its sort key alone: some partition keys are secret.
    fn unreadable(&self, name: &str) -> StoreError {
        let sk = self.find_text(SK).unwrap_or_default();
        let kind = sk.split('#').next().unwrap_or_default();
        StoreError::Failed(format!("attribute {name} of an item {kind} cannot be read"))
    }
}
