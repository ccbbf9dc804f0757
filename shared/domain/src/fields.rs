//! What is wrong with a form, field by field.

use crate::say::Say;

/// One thing to mend, at one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// A JSON pointer (RFC 6901) into the body, such as `/post/person/first_name`.
    pub pointer: String,
    /// What to do about it.
    pub say: Say,
}

/// All that is to be mended in one form; never empty when it is an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// One error at one field.
    #[must_use]
    pub fn one(pointer: impl Into<String>, say: Say) -> Self {
        Self(vec![FieldError { pointer: pointer.into(), say }])
    }

    /// Notes one more error.
    pub fn add(&mut self, pointer: impl Into<String>, say: Say) {
        self.0.push(FieldError { pointer: pointer.into(), say });
    }

    /// Keeps the value, or notes the error at `pointer` and keeps going, so that one answer names
    /// every field that is wrong.
    pub fn keep<T>(&mut self, pointer: &str, result: Result<T, Say>) -> Option<T> {
        result.map_err(|say| self.add(pointer, say)).ok()
    }

    /// Takes over errors found deeper inside, below `prefix`.
    pub fn extend_below(&mut self, prefix: &str, inner: FieldErrors) {
        self.0.extend(
            inner
                .0
                .into_iter()
                .map(|error| FieldError { pointer: format!("{prefix}{}", error.pointer), say: error.say }),
        );
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The errors in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &FieldError> {
        self.0.iter()
    }
}
