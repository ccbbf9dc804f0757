//! Event patterns: which records a function wants.

use serde_json::Value;

/// A pattern of FilterCriteria, understood. Objects are descended into; a list at their end holds what the value may
/// be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter(Node);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    Each(Vec<(String, Node)>),
    Any(Vec<Rule>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Rule {
    Equals(Value),
    Prefix(String),
    Exists(bool),
    AnythingBut(Vec<Value>),
}

impl Filter {
    /// Reads a pattern.
    ///
    /// # Errors
    /// When it is not JSON, or has a rule that the local runner does not know.
    pub fn parse(pattern: &str) -> Result<Self, String> {
        let pattern: Value = serde_json::from_str(pattern).map_err(|error| format!("not JSON: {error}"))?;
        match node(&pattern)? {
            node @ Node::Each(_) => Ok(Self(node)),
            Node::Any(_) => Err("a pattern is an object".to_owned()),
        }
    }

    /// Whether a record fits.
    #[must_use]
    pub fn fits(&self, record: &Value) -> bool {
        self.0.fits(Some(record))
    }
}

fn node(pattern: &Value) -> Result<Node, String> {
    match pattern {
        Value::Object(map) => {
            let each = map.iter().map(|(name, inner)| Ok((name.clone(), node(inner)?)));
            Ok(Node::Each(each.collect::<Result<_, String>>()?))
        }
        Value::Array(rules) => Ok(Node::Any(rules.iter().map(rule).collect::<Result<_, _>>()?)),
        other => Err(format!("{other} must stand in a list")),
    }
}

fn rule(rule: &Value) -> Result<Rule, String> {
    let Value::Object(map) = rule else { return Ok(Rule::Equals(rule.clone())) };
    match map.iter().next().filter(|_| map.len() == 1) {
        Some((name, Value::String(prefix))) if name == "prefix" => Ok(Rule::Prefix(prefix.clone())),
        Some((name, Value::Bool(exists))) if name == "exists" => Ok(Rule::Exists(*exists)),
        Some((name, Value::Array(values))) if name == "anything-but" => Ok(Rule::AnythingBut(values.clone())),
        _ => Err(format!("the local runner does not know the rule {rule}")),
    }
}

impl Node {
    fn fits(&self, value: Option<&Value>) -> bool {
        match self {
            Self::Each(inner) => {
                inner.iter().all(|(name, node)| node.fits(value.and_then(|value| value.get(name))))
            }
            Self::Any(rules) => rules.iter().any(|rule| rule.fits(value)),
        }
    }
}

impl Rule {
    fn fits(&self, value: Option<&Value>) -> bool {
        match (self, value) {
            (Self::Equals(wanted), Some(value)) => wanted == value,
            (Self::Prefix(prefix), Some(Value::String(text))) => text.starts_with(prefix.as_str()),
            // Only an end of the tree counts as a value, as in the cloud.
            (Self::Exists(wanted), value) => {
                *wanted == value.is_some_and(|value| !value.is_object() && !value.is_array())
            }
            (Self::AnythingBut(values), Some(value)) => !values.contains(value),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fits(pattern: &Value, record: &Value) -> bool {
        Filter::parse(&pattern.to_string()).expect("a pattern").fits(record)
    }

    #[test]
    fn equality_prefix_and_existence_are_judged() {
        let record = json!({ "eventName": "MODIFY", "dynamodb": {
            "Keys": { "sk": { "S": "POST" }, "pk": { "S": "AGENCY#540001" } },
            "NewImage": { "version": { "N": "3" }, "open": { "BOOL": true } } } });
        for (pattern, expected) in [
            (json!({ "dynamodb": { "Keys": { "sk": { "S": ["AGENCY", "POST"] } } } }), true),
            (json!({ "dynamodb": { "Keys": { "sk": { "S": ["AGENCY"] } } } }), false),
            (json!({ "dynamodb": { "Keys": { "pk": { "S": [{ "prefix": "AGENCY#" }] } } } }), true),
            (json!({ "dynamodb": { "Keys": { "pk": { "S": [{ "prefix": "CHANGES" }] } } } }), false),
            (json!({ "dynamodb": { "NewImage": { "gone": { "S": [{ "exists": false }] } } } }), true),
            (json!({ "dynamodb": { "NewImage": { "version": { "N": [{ "exists": true }] } } } }), true),
            (json!({ "dynamodb": { "OldImage": { "version": { "N": [{ "exists": true }] } } } }), false),
            (json!({ "eventName": [{ "anything-but": ["REMOVE"] }] }), true),
            (json!({ "eventName": ["MODIFY"], "dynamodb": { "Keys": { "sk": { "S": ["X"] } } } }), false),
            (json!({ "dynamodb": { "NewImage": { "open": { "BOOL": [true] } } } }), true),
            (json!({}), true),
        ] {
            assert_eq!(fits(&pattern, &record), expected, "{pattern}");
        }
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        for pattern in ["", "[]", r#"{"a":"b"}"#, r#"{"a":[{"numeric":[">",1]}]}"#, r#"{"a":[{"prefix":1}]}"#]
        {
            assert!(Filter::parse(pattern).is_err(), "{pattern}");
        }
    }
}
