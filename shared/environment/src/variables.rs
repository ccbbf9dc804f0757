//! Environment variables, read once when a function starts.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The environment variables of one function: the process's own on Lambda, a map in `cargo run`
/// and in tests, where many functions share a process.
#[derive(Clone)]
pub struct Variables(Arc<Lookup>);

type Lookup = dyn Fn(&str) -> Option<String> + Send + Sync;

impl Variables {
    /// The variables of this process.
    #[must_use]
    pub fn of_process() -> Self {
        Self(Arc::new(|name| std::env::var(name).ok()))
    }

    /// The variables in `map`, and no others.
    #[must_use]
    pub fn of_map(map: BTreeMap<String, String>) -> Self {
        Self(Arc::new(move |name| map.get(name).cloned()))
    }

    /// These variables, and those of `other` where these have none.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        let (first, second) = (self.clone(), other.clone());
        Self(Arc::new(move |name| first.get(name).or_else(|| second.get(name))))
    }

    /// The value of `name`, or none where it is absent or empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<String> {
        (self.0)(name).filter(|value| !value.is_empty())
    }

    /// The value of `name`.
    ///
    /// # Errors
    /// When it is absent or empty.
    pub fn require(&self, name: &'static str) -> Result<String, VariablesError> {
        self.get(name).ok_or(VariablesError::Missing(name))
    }

    /// The value of `name`, understood by `parse`.
    ///
    /// # Errors
    /// When it is absent, empty or malformed.
    pub fn parse<T>(
        &self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, VariablesError> {
        parse(&self.require(name)?).ok_or(VariablesError::Malformed(name))
    }
}

/// Why a function cannot start. One line that names the variable, never its value.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum VariablesError {
    /// The variable is not set.
    #[error("environment variable {0} is missing: set it in template.yaml")]
    Missing(&'static str),
    /// The variable is set to something that cannot be read.
    #[error("environment variable {0} is malformed: see its description in template.yaml")]
    Malformed(&'static str),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_or_malformed_variable_is_named_without_its_value() {
        let map = BTreeMap::from([("A".to_owned(), "secret".to_owned()), ("B".to_owned(), String::new())]);
        let variables = Variables::of_map(map);
        assert_eq!(variables.require("A").as_deref(), Ok("secret"));
        assert_eq!(variables.require("B"), Err(VariablesError::Missing("B")));
        let error = variables.parse("A", |v| v.parse::<u32>().ok()).expect_err("not a number");
        assert!(error.to_string().contains('A') && !error.to_string().contains("secret"));
    }
}
